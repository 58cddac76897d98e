//! `ArbAggregator` (0x6d): who posts batches, and to whom the money for it goes.

use alloy_primitives::{Address, U256};

use super::{
    args::Args,
    call::Call,
    fault::{Fault, require},
    method::{Answer, Precompile, account, give, nothing, view, word, write},
};
use crate::arbos::{
    address::{ARB_AGGREGATOR, SEQUENCER},
    state::{fields, l1_pricing as l1},
};

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_AGGREGATOR,
    &[
        view("getPreferredAggregator(address)", |_, _| {
            give(&(SEQUENCER, true))
        }),
        view("getDefaultAggregator()", |_, _| account(SEQUENCER)),
        view("getBatchPosters()", |call, _| {
            give(&(l1::BATCH_POSTERS.list(call)?,))
        }),
        write("addBatchPoster(address)", add_poster),
        view("getFeeCollector(address)", |call, args| {
            let poster = known_poster(call, args.address(0))?;
            account(call.get(l1::pay_to(poster))?)
        }),
        write("setFeeCollector(address,address)", set_collector),
        view("getTxBaseFee(address)", |_, _| word(U256::ZERO)),
        write("setTxBaseFee(address,uint256)", |_, _| nothing()),
    ],
);

fn add_poster(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let (caller, poster) = (call.frame.caller, args.address(0));
    let is_owner = fields::CHAIN_OWNERS.contains(call, caller)?;
    require(is_owner, "must be called by chain owner")?;
    if !l1::BATCH_POSTERS.contains(call, poster)? {
        l1::add_poster(call, poster, poster)?;
    }
    nothing()
}

fn known_poster(call: &mut Call<'_, '_>, poster: Address) -> Result<Address, Fault> {
    let is_known = l1::BATCH_POSTERS.contains(call, poster)?;
    require(is_known, "tried to open a batch poster that does not exist")?;
    Ok(poster)
}

fn set_collector(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let caller = call.frame.caller;
    let poster = known_poster(call, args.address(0))?;
    let collector = call.get(l1::pay_to(poster))?;
    if caller != poster && caller != collector {
        let is_owner = fields::CHAIN_OWNERS.contains(call, caller)?;
        require(
            is_owner,
            "only a batch poster, its fee collector or a chain owner may change it",
        )?;
    }
    call.set(l1::pay_to(poster), args.address(1))?;
    nothing()
}
