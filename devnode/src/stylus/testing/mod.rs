//! What the Stylus tests share: a small state in memory and four modules whose figures are known.
//!
//! The figures come from a real Nitro prover (ArbOS 40, stylus version 2).

mod modules;
mod world;

use std::sync::Arc;

use alloy_primitives::{Address, B256, Bytes, U256};

pub(crate) use modules::{A, B, C, D, wasm};
pub(crate) use world::MemoryWorld;

use super::{
    Entry, Environment, Outcome, Program, ProgramRecord, Step, StylusParams, StylusRules,
    accept::{self},
    activate::{Activation, activate},
    run::CompiledProgram,
};

/// Rules of a debug chain of this ArbOS version.
pub(crate) fn rules(arbos_version: u64) -> StylusRules {
    let params = StylusParams::genesis(arbos_version);
    StylusRules {
        stylus_version: params.version,
        debug_chain: true,
        page_limit: params.page_limit,
    }
}

/// Activates with gas enough; the gas used comes along.
pub(crate) fn activated(wasm: &[u8], arbos_version: u64) -> (Activation, u64) {
    let mut gas = 100_000_000;
    let activation = activate(wasm, B256::ZERO, &rules(arbos_version), &mut gas).unwrap();
    (activation, 100_000_000 - gas)
}

/// Translates a program without judging it, as for nodes whose native stack does not end first.
pub(crate) fn compiled(wasm: &[u8]) -> Arc<CompiledProgram> {
    compiled_for(wasm, 3)
}

/// Translates a program without judging it, as for nodes of this stylus version.
pub(crate) fn compiled_for(wasm: &[u8], stylus_version: u16) -> Arc<CompiledProgram> {
    let (module, metered) = accept::parse(wasm, &rules(40)).unwrap();
    Arc::new(CompiledProgram::new(&metered.to_wasm(&module, stylus_version)).unwrap())
}

/// Surroundings with a value of its own in each place.
pub(crate) fn environment() -> Environment {
    Environment {
        acting: Address::repeat_byte(0xac),
        caller: Address::repeat_byte(0xca),
        value: U256::from(0x7a1e),
        read_only: false,
        reentrant: false,
        origin: Address::repeat_byte(0x09),
        gas_price: U256::from(0x9a5),
        base_fee: U256::from(0xba5e),
        coinbase: Address::repeat_byte(0xcb),
        block_number: 0xb10c,
        block_timestamp: 0x71e5,
        chain_id: 412_346,
        max_code_size: 24_576,
    }
}

/// An entry at ArbOS 40 whose own costs are nothing, so that gas is ink.
pub(crate) fn free_entry(program: Arc<CompiledProgram>, calldata: &[u8], gas: u64) -> Entry {
    let params = StylusParams {
        min_cached_init_gas: 0,
        ..StylusParams::genesis(40)
    };
    Entry {
        program,
        record: ProgramRecord {
            version: 2,
            cached: true,
            ..ProgramRecord::default()
        },
        recently_run: false,
        params,
        arbos_version: 40,
        env: environment(),
        calldata: Bytes::copy_from_slice(calldata),
        gas_limit: gas,
    }
}

/// Runs a program that asks for no other frame.
pub(crate) fn run(entry: Entry, world: &mut MemoryWorld) -> Outcome {
    let mut program = match Program::enter(entry, world) {
        Ok(program) => program,
        Err(outcome) => return outcome,
    };
    match program.run(world, None) {
        Step::Done(outcome) => outcome,
        other => panic!("unexpected {other:?}"),
    }
}
