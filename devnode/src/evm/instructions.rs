//! Opcodes that differ on Arbitrum: BLOCKHASH knows L1 blocks, BLOBBASEFEE is refused, SELFDESTRUCT is refused to programs.

#![allow(clippy::needless_pass_by_value)] // revm's instructions take their context by value

use alloy_primitives::{Address, B256, U256};
use revm::{
    bytecode::opcode,
    context_interface::JournalTr,
    handler::instructions::EthInstructions,
    interpreter::{
        Instruction, InstructionContext, InstructionExecResult, InstructionResult,
        instructions::host,
        interpreter::EthInterpreter,
        interpreter_types::{InputsTr, RuntimeFlag},
    },
    primitives::hardfork::SpecId,
};

use super::{code, context::Context, quiet::Quiet};
use crate::arbos;

/// Blocks that BLOCKHASH looks back at most.
const BLOCK_HASH_WINDOW: u64 = 256;
/// Gas of touching a cold account (EIP-2929).
const COLD_ACCOUNT: u64 = 2600;
/// Gas of bringing an account into being by SELFDESTRUCT (EIP-150).
const NEW_ACCOUNT: u64 = 25_000;

/// revm's instructions with Arbitrum's own in place.
pub(crate) type Instructions<'a> = EthInstructions<EthInterpreter, Context<'a>>;

type Run<'c, 'a> = InstructionContext<'c, Context<'a>, EthInterpreter>;

/// The instruction table of a fork.
pub(crate) fn instructions<'a>(spec: SpecId) -> Instructions<'a> {
    let mut table = Instructions::new_mainnet_with_spec(spec);
    table.insert_instruction(opcode::BLOCKHASH, Instruction::new(block_hash), 20);
    table.insert_instruction(opcode::BLOBBASEFEE, Instruction::new(blob_base_fee), 2);
    table.insert_instruction(opcode::SELFDESTRUCT, Instruction::new(self_destruct), 5000);
    table
}

/// BLOCKHASH: hashes that ArbOS recorded for the last 256 L1 blocks.
fn block_hash(run: Run<'_, '_>) -> InstructionExecResult {
    let Some(top) = run.interpreter.stack.top() else {
        return Err(InstructionResult::StackUnderflow);
    };
    let current = run.host.block.number.saturating_to::<u64>();
    let hash = match u64::try_from(*top) {
        Ok(wanted) if wanted < current && current - wanted <= BLOCK_HASH_WINDOW => {
            if run.host.chain.shows_l2 {
                (run.host.chain.hashes)(wanted)
            } else {
                arbos::l1_block_hash(&mut *run.host, wanted)
            }
        }
        _ => B256::ZERO,
    };
    *top = hash.into();
    Ok(())
}

/// BLOBBASEFEE does not exist on Arbitrum.
fn blob_base_fee(run: Run<'_, '_>) -> InstructionExecResult {
    run.host.chain.failure = Some("BLOBBASEFEE is not supported on Arbitrum".into());
    Err(InstructionResult::NotActivated)
}

/// SELFDESTRUCT: a Stylus account that runs EVM code by delegate call must not destroy itself; go-ethereum has by then charged
/// what the instruction costs.
fn self_destruct(run: Run<'_, '_>) -> InstructionExecResult {
    let acting = run.interpreter.input.target_address();
    if code::is_program(
        run.host.quiet_code(acting).original_byte_slice(),
        run.host.chain.arbos,
    ) {
        if run.interpreter.runtime_flag.is_static() {
            return Err(InstructionResult::StateChangeDuringStaticCall);
        }
        let target = run.interpreter.stack.pop()?;
        let target = Address::from_word(B256::from(target));
        let has_balance = !run.host.quiet_balance(acting).is_zero();
        let Ok(load) = run.host.journaled_state.load_account(target);
        let mut gas = if load.is_cold { COLD_ACCOUNT } else { 0 };
        if has_balance && load.info.is_empty() {
            gas += NEW_ACCOUNT;
        }
        if !run.interpreter.gas.record_regular_cost(gas) {
            return Err(InstructionResult::OutOfGas);
        }
        return Err(InstructionResult::Revert);
    }
    let target = run
        .interpreter
        .stack
        .data()
        .last()
        .copied()
        .unwrap_or_default();
    let value = run.host.quiet_balance(acting);
    let result = host::selfdestruct(InstructionContext {
        interpreter: &mut *run.interpreter,
        host: &mut *run.host,
    });
    if result == Err(InstructionResult::SelfDestruct) {
        let target: U256 = target;
        run.host.chain.destroyed = Some((acting, Address::from_word(B256::from(target)), value));
    }
    result
}
