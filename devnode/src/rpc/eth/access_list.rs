//! `eth_createAccessList`: what a call would touch, so that it can be paid for in advance.

use std::collections::{BTreeMap, BTreeSet};

use alloy_eips::{
    BlockId,
    eip2930::{AccessList, AccessListItem},
};
use alloy_primitives::{Address, B256, U64, U256};
use revm::bytecode::opcode;
use serde::Serialize;

use crate::{
    chain::{BlockOverrides, CallError, Chain, Message, Traced},
    evm::trace::{FrameStart, Runs, Step, Tracer},
    rpc::{
        args::Args,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::answer,
        overrides::StateArgs,
        request::TransactionArgs,
    },
};

pub(super) const METHODS: Methods = &[("eth_createAccessList", create)];

/// A list changes what is touched only by way of gas, so few rounds settle it.
const ROUNDS: usize = 10;

/// Accounts and slots that instructions name.
#[derive(Debug, Default)]
struct Touched {
    accounts: BTreeMap<Address, BTreeSet<B256>>,
    precompiles: BTreeSet<Address>,
}

impl Tracer for Touched {
    fn wants_steps(&self) -> bool {
        true
    }

    fn enter(&mut self, frame: &FrameStart) {
        if frame.runs == Runs::Precompile {
            self.precompiles.insert(frame.code_address);
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        let operand = |index: usize| step.stack.iter().rev().nth(index).copied();
        let account = |word: U256| Address::from_word(word.into());
        match step.opcode {
            opcode::SLOAD | opcode::SSTORE => {
                if let Some(key) = operand(0) {
                    self.accounts
                        .entry(step.address)
                        .or_default()
                        .insert(key.into());
                }
            }
            opcode::BALANCE
            | opcode::EXTCODECOPY
            | opcode::EXTCODEHASH
            | opcode::EXTCODESIZE
            | opcode::SELFDESTRUCT => {
                if let Some(word) = operand(0) {
                    self.accounts.entry(account(word)).or_default();
                }
            }
            opcode::CALL | opcode::CALLCODE | opcode::DELEGATECALL | opcode::STATICCALL => {
                if let Some(word) = operand(1) {
                    self.accounts.entry(account(word)).or_default();
                }
            }
            _ => {}
        }
    }
}

impl Touched {
    /// The list; without accounts that are warm anyway, unless slots of them are named.
    fn list(self, warm: &[Address]) -> AccessList {
        let is_warm = |who: &Address| warm.contains(who) || self.precompiles.contains(who);
        AccessList(
            self.accounts
                .iter()
                .filter(|(who, slots)| !slots.is_empty() || !is_warm(who))
                .map(|(who, slots)| AccessListItem {
                    address: *who,
                    storage_keys: slots.iter().copied().collect(),
                })
                .collect(),
        )
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    access_list: AccessList,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    gas_used: U64,
}

fn create(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    let chain = context.chain();
    let mut message = args
        .required::<TransactionArgs>(0)?
        .message(chain.config().chain_id)?;
    let at = args.optional(1)?.unwrap_or_default();
    let state = args.optional::<StateArgs>(2)?.unwrap_or_default();
    let traced = settle(&chain, &mut message, at, &state)?;
    let (gas_used, error) = match traced.outcome {
        Ok(outcome) => (outcome.gas_used, None),
        Err(CallError::Revert { gas_used, .. }) => (gas_used, Some("execution reverted".into())),
        Err(CallError::Halt { message, gas_used }) => (gas_used, Some(message)),
        Err(other) => return Err(other.into()),
    };
    let access_list = message.access_list.unwrap_or_default();
    answer(&Created {
        access_list,
        error,
        gas_used: U64::from(gas_used),
    })
}

/// Runs the message until its access list names all that it touches.
fn settle(
    chain: &Chain,
    message: &mut Message,
    at: BlockId,
    state: &StateArgs,
) -> Result<Traced, RpcError> {
    let from = message.from.unwrap_or_default();
    let nonce = chain.nonce(from, at).unwrap_or_default();
    let warm = [from, message.to.unwrap_or_else(|| from.create(nonce))];
    let mut rounds = 0;
    loop {
        let mut touched = Touched::default();
        let block = BlockOverrides::default();
        let traced = chain.trace_call(message, at, &state.0, &block, &mut touched)?;
        let list = touched.list(&warm);
        rounds += 1;
        if message.access_list.as_ref() == Some(&list) || rounds == ROUNDS {
            return Ok(traced);
        }
        message.access_list = Some(list);
    }
}
