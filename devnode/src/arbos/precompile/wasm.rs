//! `ArbWasm` (0x71): programs' activation and what is known of them, and the Stylus parameters.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::Call,
    errors::{
        ProgramExpired, ProgramInsufficientValue, ProgramKeepaliveTooSoon, ProgramNeedsUpgrade,
        ProgramNotActivated,
    },
    fault::Fault,
    method::{Answer, Precompile, give, nothing, payable, view, word},
    wasm_activate::activate_program,
};
use crate::{
    arbos::{
        address::ARB_WASM,
        state::{fields, programs},
    },
    stylus::{
        NotCallable, ProgramRecord, StylusParams,
        entry::{InitGas, init_gas},
        params::PAGE_RAMP,
    },
};

sol! {
    /// A program can be called from now on.
    event ProgramActivated(
        bytes32 indexed codehash, bytes32 moduleHash, address program, uint256 dataFee, uint16 version
    );
    /// A program's activation counts from now again.
    event ProgramLifetimeExtended(bytes32 indexed codehash, uint256 dataFee);
}

/// Gas of one unit of the least init gas.
const INIT_UNIT: u64 = 128;
/// Gas of one unit of the least init gas of a cached program.
const CACHED_INIT_UNIT: u64 = 32;
/// Percent of one unit of a cost scalar.
const SCALAR_PERCENT: u64 = 2;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_WASM,
    &[
        payable("activateProgram(address)", activate_program),
        payable("codehashKeepalive(bytes32)", keep_alive),
        view("stylusVersion()", |call, _| {
            param(call, |params| params.version.into())
        }),
        view("inkPrice()", |call, _| {
            param(call, |params| params.ink_price.into())
        }),
        view("maxStackDepth()", |call, _| {
            param(call, |params| params.max_stack_depth.into())
        }),
        view("freePages()", |call, _| {
            param(call, |params| params.free_pages.into())
        }),
        view("pageGas()", |call, _| {
            param(call, |params| params.page_gas.into())
        }),
        view("pageRamp()", |call, _| param(call, |_| PAGE_RAMP)),
        view("pageLimit()", |call, _| {
            param(call, |params| params.page_limit.into())
        }),
        view("minInitGas()", |call, _| {
            let params = programs::params(call)?;
            let init = u64::from(params.min_init_gas) * INIT_UNIT;
            give(&(
                init,
                u64::from(params.min_cached_init_gas) * CACHED_INIT_UNIT,
            ))
        }),
        view("initCostScalar()", |call, _| {
            param(call, |params| {
                u64::from(params.init_cost_scalar) * SCALAR_PERCENT
            })
        }),
        view("expiryDays()", |call, _| {
            param(call, |params| params.expiry_days.into())
        }),
        view("keepaliveDays()", |call, _| {
            param(call, |params| params.keepalive_days.into())
        }),
        view("blockCacheSize()", |call, _| {
            param(call, |params| params.block_cache_size.into())
        }),
        view("activationGas()", |call, _| {
            word(U256::from(call.get(programs::ACTIVATION_GAS)?))
        })
        .since(59),
        view("codehashVersion(bytes32)", |call, args| {
            let (_, program) = of_hash(call, args.hash(0))?;
            word(U256::from(program.version))
        }),
        view("codehashAsmSize(bytes32)", |call, args| {
            let (_, program) = of_hash(call, args.hash(0))?;
            word(U256::from(program.asm_size()))
        }),
        view("programVersion(address)", |call, args| {
            let (_, program) = of_account(call, args.address(0))?;
            word(U256::from(program.version))
        }),
        view("programInitGas(address)", |call, args| {
            let (params, program) = of_account(call, args.address(0))?;
            let InitGas { init, cached } = init_gas(&params, &program);
            give(&(init.saturating_add(cached), cached))
        }),
        view("programMemoryFootprint(address)", |call, args| {
            let (_, program) = of_account(call, args.address(0))?;
            word(U256::from(program.footprint))
        }),
        view("programTimeLeft(address)", |call, args| {
            let (params, program) = of_account(call, args.address(0))?;
            word(U256::from(program.time_left(&params, call.now())))
        }),
    ],
)
.since(30);

fn param(call: &mut Call<'_, '_>, read: fn(&StylusParams) -> u64) -> Answer {
    let params = programs::params(call)?;
    word(U256::from(read(&params)))
}

/// The program of an account, if it can be called.
fn of_account(
    call: &mut Call<'_, '_>,
    account: Address,
) -> Result<(StylusParams, ProgramRecord), Fault> {
    let code_hash = call.code_hash(account)?;
    of_hash(call, code_hash)
}

/// The program of a code hash, if it can be called.
fn of_hash(
    call: &mut Call<'_, '_>,
    code_hash: B256,
) -> Result<(StylusParams, ProgramRecord), Fault> {
    let params = programs::params(call)?;
    let program = programs::record(call, code_hash)?;
    program
        .check_callable(&params, call.now())
        .map_err(not_callable)?;
    Ok((params, program))
}

/// Why a program cannot be called, as a Solidity error.
fn not_callable(why: NotCallable) -> Fault {
    match why {
        NotCallable::NotActivated => Fault::solidity(&ProgramNotActivated {}),
        NotCallable::NeedsUpgrade { version, current } => Fault::solidity(&ProgramNeedsUpgrade {
            version,
            stylusVersion: current,
        }),
        NotCallable::Expired { age_seconds } => Fault::solidity(&ProgramExpired {
            ageInSeconds: age_seconds,
        }),
    }
}

fn keep_alive(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let (code_hash, now) = (args.hash(0), call.now());
    let (params, mut program) = of_hash(call, code_hash)?;
    if program.is_too_fresh_to_keep_alive(&params, now) {
        return Err(Fault::solidity(&ProgramKeepaliveTooSoon {
            ageInSeconds: program.age_seconds(now),
        }));
    }
    program.activated_at_hours = ProgramRecord::hours_at(now);
    let fee = programs::charge_data(call, program.asm_size(), now)?;
    programs::set_record(call, code_hash, program)?;
    pay_data_fee(call, fee)?;
    call.emit(&ProgramLifetimeExtended {
        codehash: code_hash,
        dataFee: fee,
    })?;
    nothing()
}

/// Takes the fee out of the call's value and gives back the rest, by moving balances: no code runs.
pub(super) fn pay_data_fee(call: &mut Call<'_, '_>, fee: U256) -> Result<(), Fault> {
    let (value, caller) = (call.frame.value, call.frame.caller);
    let Some(rest) = value.checked_sub(fee) else {
        return Err(Fault::solidity(&ProgramInsufficientValue {
            have: value,
            want: fee,
        }));
    };
    let network = call.get(fields::NETWORK_FEE_ACCOUNT)?;
    let paid =
        call.host.transfer(ARB_WASM, network, fee) && call.host.transfer(ARB_WASM, caller, rest);
    super::fault::require(paid, "the call's value has left this account")
}
