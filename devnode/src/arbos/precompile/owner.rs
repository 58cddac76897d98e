//! `ArbOwner` (0x70): the chain owners' settings. Costs them nothing.

use alloy_primitives::U256;

use super::{
    args::Args,
    call::Call,
    fault::require,
    method::{Answer, Gate, Precompile, account, flag, give, nothing, view, word, write},
    owner_pricing, owner_wasm,
};
use crate::arbos::{
    address::{ARB_OWNER, L1_PRICER_FUNDS},
    state::{AddressSet, Cell, Word, fields, l1_pricing as l1, l2_pricing as l2, programs},
};

/// Features that take rights away from users are announced this many seconds ahead.
const NOTICE: u64 = 7 * 24 * 60 * 60;
/// Highest brotli quality.
const BROTLI_BEST: u64 = 11;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_OWNER,
    &[
        write("addChainOwner(address)", |call, args| {
            fields::CHAIN_OWNERS.add(call, args.address(0))?;
            nothing()
        }),
        write("removeChainOwner(address)", |call, args| {
            remove(
                call,
                args,
                fields::CHAIN_OWNERS,
                "tried to remove non-owner",
            )
        }),
        view("isChainOwner(address)", |call, args| {
            flag(fields::CHAIN_OWNERS.contains(call, args.address(0))?)
        }),
        view("getAllChainOwners()", |call, _| {
            give(&(fields::CHAIN_OWNERS.list(call)?,))
        }),
        view("getNetworkFeeAccount()", |call, _| {
            account(call.get(fields::NETWORK_FEE_ACCOUNT)?)
        }),
        view("getInfraFeeAccount()", |call, _| {
            account(call.get(fields::INFRA_FEE_ACCOUNT)?)
        })
        .since(5),
        write("setNetworkFeeAccount(address)", |call, args| {
            set(call, fields::NETWORK_FEE_ACCOUNT, args.address(0))
        }),
        write("setInfraFeeAccount(address)", |call, args| {
            set(call, fields::INFRA_FEE_ACCOUNT, args.address(0))
        })
        .since(5),
        write("scheduleArbOSUpgrade(uint64,uint64)", |call, args| {
            call.set(fields::UPGRADE_VERSION, args.u64(0))?;
            set(call, fields::UPGRADE_TIME, args.u64(1))
        }),
        write("setChainConfig(string)", |call, args| {
            fields::CHAIN_CONFIG.write(call, args.bytes(0))?;
            nothing()
        })
        .since(11),
        write("setBrotliCompressionLevel(uint64)", |call, args| {
            require(
                args.u64(0) <= BROTLI_BEST,
                "invalid brotli compression level",
            )?;
            set(call, fields::BROTLI_LEVEL, args.u64(0))
        })
        .since(20),
        write("setCalldataPriceIncrease(bool)", |call, args| {
            set(call, fields::CALLDATA_PRICE_INCREASE, args.bool(0))
        })
        .since(40),
        write("setCollectTips(bool)", |call, args| {
            set(call, fields::COLLECT_TIPS, args.bool(0))
        })
        .since(60),
        // L2 pricing
        write("setL2BaseFee(uint256)", |call, args| {
            set(call, l2::BASE_FEE, args.word(0))
        }),
        write(
            "setMinimumL2BaseFee(uint256)",
            owner_pricing::set_min_base_fee,
        ),
        write("setSpeedLimit(uint64)", |call, args| {
            require(args.u64(0) != 0, "speed limit must be nonzero")?;
            set(call, l2::SPEED_LIMIT, args.u64(0))
        }),
        write("setMaxTxGasLimit(uint64)", owner_pricing::set_max_tx_gas),
        write("setMaxBlockGasLimit(uint64)", |call, args| {
            set(call, l2::BLOCK_GAS_LIMIT, args.u64(0))
        })
        .since(50),
        write("setL2GasPricingInertia(uint64)", |call, args| {
            require(args.u64(0) != 0, "price inertia must be nonzero")?;
            set(call, l2::INERTIA, args.u64(0))
        }),
        write("setL2GasBacklogTolerance(uint64)", |call, args| {
            set(call, l2::TOLERANCE, args.u64(0))
        }),
        write("setGasBacklog(uint64)", |call, args| {
            set(call, l2::BACKLOG, args.u64(0))
        })
        .since(50),
        write(
            "setGasPricingConstraints(uint64[3][])",
            owner_pricing::set_constraints,
        )
        .since(50),
        write(
            "setMultiGasPricingConstraints(tuple[])",
            owner_pricing::set_multi_constraints,
        )
        .selector([0xd9, 0x08, 0x84, 0xfe])
        .since(60),
        // L1 pricing
        write("setL1BaseFeeEstimateInertia(uint64)", |call, args| {
            set(call, l1::INERTIA, args.u64(0))
        }),
        write("setL1PricingInertia(uint64)", |call, args| {
            set(call, l1::INERTIA, args.u64(0))
        }),
        write("setL1PricingEquilibrationUnits(uint256)", |call, args| {
            set(call, l1::EQUILIBRATION_UNITS, args.word(0))
        }),
        write("setL1PricingRewardRecipient(address)", |call, args| {
            set(call, l1::REWARD_RECIPIENT, args.address(0))
        }),
        write("setL1PricingRewardRate(uint64)", |call, args| {
            set(call, l1::REWARD_PER_UNIT, args.u64(0))
        }),
        write("setL1PricePerUnit(uint256)", |call, args| {
            set(call, l1::PRICE_PER_UNIT, args.word(0))
        }),
        write("setParentGasFloorPerToken(uint64)", |call, args| {
            set(call, l1::GAS_FLOOR_PER_TOKEN, args.u64(0))
        })
        .since(50),
        write("setPerBatchGasCharge(int64)", |call, args| {
            set(call, l1::PER_BATCH_GAS, args.i64(0))
        }),
        write("setAmortizedCostCapBips(uint64)", |call, args| {
            set(call, l1::AMORTIZED_COST_CAP_BIPS, args.u64(0))
        }),
        write("releaseL1PricerSurplusFunds(uint256)", release_surplus).since(10),
        // Stylus
        write("setInkPrice(uint32)", owner_wasm::ink_price).since(30),
        write("setWasmMaxStackDepth(uint32)", owner_wasm::max_stack_depth).since(30),
        write("setWasmFreePages(uint16)", owner_wasm::free_pages).since(30),
        write("setWasmPageGas(uint16)", owner_wasm::page_gas).since(30),
        write("setWasmPageLimit(uint16)", owner_wasm::page_limit).since(30),
        write("setWasmMinInitGas(uint8,uint16)", owner_wasm::min_init_gas).since(30),
        write(
            "setWasmInitCostScalar(uint64)",
            owner_wasm::init_cost_scalar,
        )
        .since(30),
        write("setWasmExpiryDays(uint16)", owner_wasm::expiry_days).since(30),
        write("setWasmKeepaliveDays(uint16)", owner_wasm::keepalive_days).since(30),
        write(
            "setWasmBlockCacheSize(uint16)",
            owner_wasm::block_cache_size,
        )
        .since(30),
        write("setWasmMaxSize(uint32)", owner_wasm::max_size).since(40),
        write("setWasmActivationGas(uint64)", |call, args| {
            set(call, programs::ACTIVATION_GAS, args.u64(0))
        })
        .since(59),
        write(
            "setMaxStylusContractFragments(uint8)",
            owner_wasm::max_fragments,
        )
        .since(60),
        write("addWasmCacheManager(address)", |call, args| {
            programs::CACHE_MANAGERS.add(call, args.address(0))?;
            nothing()
        })
        .since(30),
        write("removeWasmCacheManager(address)", |call, args| {
            remove(
                call,
                args,
                programs::CACHE_MANAGERS,
                "tried to remove non-manager",
            )
        })
        .since(30),
        // native token
        write("setNativeTokenManagementFrom(uint64)", |call, args| {
            set_feature_start(call, args, fields::NATIVE_TOKEN_FROM)
        })
        .since(41),
        write("addNativeTokenOwner(address)", |call, args| {
            add_if_started(
                call,
                args,
                fields::NATIVE_TOKEN_FROM,
                fields::NATIVE_TOKEN_OWNERS,
            )
        })
        .since(41),
        write("removeNativeTokenOwner(address)", |call, args| {
            remove(
                call,
                args,
                fields::NATIVE_TOKEN_OWNERS,
                "tried to remove non native token owner",
            )
        })
        .since(41),
        view("isNativeTokenOwner(address)", |call, args| {
            flag(fields::NATIVE_TOKEN_OWNERS.contains(call, args.address(0))?)
        })
        .since(41),
        view("getAllNativeTokenOwners()", |call, _| {
            give(&(fields::NATIVE_TOKEN_OWNERS.list(call)?,))
        })
        .since(41),
        // filtering
        write("setTransactionFilteringFrom(uint64)", |call, args| {
            set_feature_start(call, args, fields::FILTERING_FROM)
        })
        .since(60),
        write("addTransactionFilterer(address)", |call, args| {
            add_if_started(
                call,
                args,
                fields::FILTERING_FROM,
                fields::TRANSACTION_FILTERERS,
            )
        })
        .since(60),
        write("removeTransactionFilterer(address)", |call, args| {
            remove(
                call,
                args,
                fields::TRANSACTION_FILTERERS,
                "tried to remove non filterer",
            )
        })
        .since(60),
        view("isTransactionFilterer(address)", |call, args| {
            flag(fields::TRANSACTION_FILTERERS.contains(call, args.address(0))?)
        })
        .since(60),
        view("getAllTransactionFilterers()", |call, _| {
            give(&(fields::TRANSACTION_FILTERERS.list(call)?,))
        })
        .since(60),
        write("setFilteredFundsRecipient(address)", |call, args| {
            set(call, fields::FILTERED_FUNDS_RECIPIENT, args.address(0))
        })
        .since(60),
        view("getFilteredFundsRecipient()", |call, _| {
            account(call.get(fields::FILTERED_FUNDS_RECIPIENT)?)
        })
        .since(60),
    ],
)
.gate(Gate::Owners);

fn set<T: Word>(call: &mut Call<'_, '_>, cell: Cell<T>, value: T) -> Answer {
    call.set(cell, value)?;
    nothing()
}

fn remove(
    call: &mut Call<'_, '_>,
    args: &Args<'_>,
    set: AddressSet,
    missing: &'static str,
) -> Answer {
    let is_member = set.contains(call, args.address(0))?;
    require(is_member, missing)?;
    set.remove(call, args.address(0))?;
    nothing()
}

/// Schedules a feature with a week's notice; zero turns it off at once.
fn set_feature_start(call: &mut Call<'_, '_>, args: &Args<'_>, start: Cell<u64>) -> Answer {
    let (wanted, now) = (args.u64(0), call.now());
    if wanted != 0 {
        let scheduled = call.get(start)?;
        let earliest = now.saturating_add(NOTICE);
        let is_far = scheduled == 0 || scheduled > earliest;
        require(
            !is_far || wanted >= earliest,
            "feature must be enabled at least 7 days in the future",
        )?;
        let is_near = scheduled > now && scheduled <= earliest;
        require(
            !is_near || wanted >= scheduled,
            "feature cannot be enabled earlier than it is scheduled",
        )?;
    }
    set(call, start, wanted)
}

fn add_if_started(
    call: &mut Call<'_, '_>,
    args: &Args<'_>,
    start: Cell<u64>,
    set: AddressSet,
) -> Answer {
    let start = call.get(start)?;
    require(
        start != 0 && start <= call.now(),
        "feature is not enabled yet",
    )?;
    set.add(call, args.address(0))?;
    nothing()
}

/// Counts money that the pool got otherwise than as fees as available, at most as much as asked for.
fn release_surplus(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let balance = call.host.balance(L1_PRICER_FUNDS);
    let available = call.get(l1::FEES_AVAILABLE)?;
    let Some(surplus) = balance.checked_sub(available) else {
        return word(U256::ZERO);
    };
    let released = surplus.min(args.word(0));
    l1::add_fees(call, released)?;
    word(released)
}
