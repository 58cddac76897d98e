//! Genesis and upgrades: a chain upgraded is a chain born later.

use super::*;
use crate::arbos::{
    NEWEST_VERSION, address::*, arbos_version, run_internal, stylus_params, tx::InternalTx,
};

fn start_at(memory: &mut Memory, time: u64) {
    memory.block.timestamp = time;
    run_internal(
        memory,
        &InternalTx::start_block(412_346, U256::ZERO, 0, 7, 0),
    );
}

fn schedule(memory: &mut Memory, version: u64, time: u64) {
    let words = [version, time].map(U256::from);
    owner_calls(
        memory,
        ARB_OWNER,
        "scheduleArbOSUpgrade(uint64,uint64)",
        &words,
    );
}

#[test]
fn genesis_is_a_nitro_dev_chains() {
    let mut memory = chain(40);
    assert_eq!(memory.nonce(ARBOS_STATE), 1);
    assert!(!memory.code(BLOCK_HISTORY).is_empty());
    let posters = calldata("getBatchPosters()", &[]);
    let list = output(&call_as(&mut memory, USER, ARB_AGGREGATOR, &posters, GAS));
    assert_eq!(U256::from_be_slice(&list[64..]), word(SEQUENCER));
    let params = stylus_params(&mut memory);
    assert_eq!((params.version, params.max_stack_depth), (2, 262_144));
    assert_eq!(stylus_params(&mut chain(60)).max_fragment_count, 4);
}

#[test]
fn an_upgraded_chain_has_the_state_of_one_born_at_the_version() {
    for (from, to) in [(40, 51), (40, 60), (51, 60), (40, 41), (50, 59)] {
        let mut upgraded = chain(from);
        schedule(&mut upgraded, to, 0);
        start_at(&mut upgraded, NOW + 1);
        let mut born = chain(to);
        schedule(&mut born, to, 0);
        start_at(&mut born, NOW + 1);
        assert_eq!(upgraded.codes, born.codes, "{from} to {to}");
        let nonzero = |memory: &Memory| -> HashMap<_, _> {
            let slots = memory.slots.clone().into_iter();
            slots.filter(|(_, value)| !value.is_zero()).collect()
        };
        assert_eq!(nonzero(&upgraded), nonzero(&born), "{from} to {to}");
    }
}

#[test]
fn upgrades_wait_for_their_time_and_never_go_back() {
    let mut memory = chain(40);
    schedule(&mut memory, 51, NOW + 10);
    let pending = |memory: &mut Memory| {
        owner_calls(memory, ARB_OWNER_PUBLIC, "getScheduledUpgrade()", &[]).to::<u64>()
    };
    start_at(&mut memory, NOW + 9);
    assert_eq!((arbos_version(&mut memory), pending(&mut memory)), (40, 51));
    start_at(&mut memory, NOW + 10);
    assert_eq!((arbos_version(&mut memory), pending(&mut memory)), (51, 0));
    schedule(&mut memory, 40, 0);
    schedule(&mut memory, NEWEST_VERSION + 1, 0);
    start_at(&mut memory, NOW + 11);
    assert_eq!(
        arbos_version(&mut memory),
        51,
        "a version not known stays pending"
    );
}

#[test]
fn a_stack_limit_the_owner_lowered_survives_the_upgrade() {
    let mut memory = chain(40);
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setWasmMaxStackDepth(uint32)",
        &[U256::from(1_000)],
    );
    schedule(&mut memory, 60, 0);
    start_at(&mut memory, NOW + 1);
    assert_eq!(stylus_params(&mut memory).max_stack_depth, 1_000);
}
