//! Executing without a transaction.

use alloy_eips::BlockId;
use alloy_primitives::U64;

use crate::{
    chain::{BlockOverrides, Message, StateOverrides},
    rpc::{
        args::Args,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::answer,
        overrides::{BlockArgs, StateArgs},
        request::TransactionArgs,
    },
};

pub(super) const METHODS: Methods = &[("eth_call", call), ("eth_estimateGas", estimate)];

/// What both methods take.
struct Question {
    message: Message,
    at: BlockId,
    state: StateOverrides,
    block: BlockOverrides,
}

impl Question {
    fn read(context: &Context, args: &Args, at: BlockId) -> Result<Self, RpcError> {
        args.at_most(4)?;
        let chain_id = context.chain().config().chain_id;
        Ok(Self {
            message: args.required::<TransactionArgs>(0)?.message(chain_id)?,
            at: args.optional(1)?.unwrap_or(at),
            state: args
                .optional::<StateArgs>(2)?
                .unwrap_or_default()
                .checked()?,
            block: args.optional::<BlockArgs>(3)?.unwrap_or_default().0,
        })
    }
}

fn call(context: &Context, args: &Args) -> Answer {
    let question = Question::read(context, args, BlockId::latest())?;
    let outcome = context.chain().call(
        &question.message,
        question.at,
        &question.state,
        &question.block,
    )?;
    answer(&outcome.output)
}

fn estimate(context: &Context, args: &Args) -> Answer {
    let question = Question::read(context, args, BlockId::pending())?;
    let gas = context.chain().estimate(
        &question.message,
        question.at,
        &question.state,
        &question.block,
    )?;
    answer(&U64::from(gas))
}
