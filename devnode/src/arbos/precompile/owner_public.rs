//! `ArbOwnerPublic` (0x6b): what everyone may know about the chain's owners and their settings.

use alloy_primitives::U256;

use super::{
    args::Args,
    call::Call,
    fault::{Fault, require},
    method::{Answer, Precompile, account, flag, give, view, word, write},
};
use crate::arbos::{
    address::ARB_OWNER_PUBLIC,
    state::{fields, l1_pricing, programs},
};

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_OWNER_PUBLIC,
    &[
        view("isChainOwner(address)", |call, args| {
            flag(fields::CHAIN_OWNERS.contains(call, args.address(0))?)
        }),
        write("rectifyChainOwner(address)", rectify).since(11),
        view("getAllChainOwners()", |call, _| {
            give(&(fields::CHAIN_OWNERS.list(call)?,))
        }),
        view("isNativeTokenOwner(address)", |call, args| {
            flag(fields::NATIVE_TOKEN_OWNERS.contains(call, args.address(0))?)
        })
        .since(41),
        view("getAllNativeTokenOwners()", |call, _| {
            give(&(fields::NATIVE_TOKEN_OWNERS.list(call)?,))
        })
        .since(41),
        view("getNativeTokenManagementFrom()", |call, _| {
            word(U256::from(call.get(fields::NATIVE_TOKEN_FROM)?))
        })
        .since(50),
        view("getNetworkFeeAccount()", |call, _| {
            account(call.get(fields::NETWORK_FEE_ACCOUNT)?)
        }),
        view("getInfraFeeAccount()", |call, _| {
            account(call.get(fields::INFRA_FEE_ACCOUNT)?)
        }),
        view("getBrotliCompressionLevel()", |call, _| {
            word(U256::from(call.get(fields::BROTLI_LEVEL)?))
        })
        .since(20),
        view("getScheduledUpgrade()", scheduled_upgrade).since(20),
        view("isCalldataPriceIncreaseEnabled()", |call, _| {
            flag(call.get(fields::CALLDATA_PRICE_INCREASE)?)
        })
        .since(40),
        view("getParentGasFloorPerToken()", |call, _| {
            word(U256::from(call.get(l1_pricing::GAS_FLOOR_PER_TOKEN)?))
        })
        .since(50),
        view("getMaxStylusContractFragments()", |call, _| {
            word(U256::from(programs::params(call)?.max_fragment_count))
        })
        .since(60),
        view("getCollectTips()", |call, _| {
            flag(call.get(fields::COLLECT_TIPS)?)
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
        view("getTransactionFilteringFrom()", |call, _| {
            word(U256::from(call.get(fields::FILTERING_FROM)?))
        })
        .since(60),
        view("getFilteredFundsRecipient()", |call, _| {
            account(call.get(fields::FILTERED_FUNDS_RECIPIENT)?)
        })
        .since(60),
    ],
);

/// Repairs what only chains from before ArbOS 11 can have wrong; here there is never anything to repair.
fn rectify(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let placed = fields::CHAIN_OWNERS.is_well_placed(call, args.address(0))?;
    require(placed.is_some(), "RectifyMapping: Address is not an owner")?;
    Err(Fault::Plain(
        "RectifyMapping: Owner address is correctly mapped",
    ))
}

fn scheduled_upgrade(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    let version = call.get(fields::UPGRADE_VERSION)?;
    let time = call.get(fields::UPGRADE_TIME)?;
    if call.version() >= version {
        return give(&(0_u64, 0_u64));
    }
    give(&(version, time))
}
