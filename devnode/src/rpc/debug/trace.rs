//! Runs a transaction of the chain, or a call, once more under the tracer that was asked for.

use alloy_eips::BlockId;
use alloy_primitives::B256;
use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    call::CallTracer,
    config::{Choice, TraceConfig},
    prestate,
    steps::StepTracer,
    stylus::StylusTracer,
};
use crate::{
    chain::{Block, BlockOverrides, CallError, Chain, Message, Mined, StateOverrides, Traced},
    evm::trace::Tracer,
    rpc::{
        args::Args,
        blockid::{BlockTag, unknown},
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::answer,
        request::TransactionArgs,
    },
};

pub(super) const METHODS: Methods = &[
    ("debug_traceBlockByHash", block_by_hash),
    ("debug_traceBlockByNumber", block_by_number),
    ("debug_traceCall", call),
    ("debug_traceTransaction", transaction),
];

/// What to run.
enum Subject<'a> {
    Transaction(&'a Mined, &'a Block),
    Call(Box<Call>),
}

/// A call that nobody has made.
struct Call {
    message: Message,
    at: BlockId,
    state: StateOverrides,
    block: BlockOverrides,
}

impl Subject<'_> {
    fn run(&self, chain: &Chain, tracer: &mut dyn Tracer) -> Result<Traced, RpcError> {
        match self {
            Self::Transaction(mined, _) => chain
                .trace_transaction(&mined.hash, tracer)
                .ok_or_else(not_found),
            Self::Call(call) => {
                let Call {
                    message,
                    at,
                    state,
                    block,
                } = &**call;
                Ok(chain.trace_call(message, *at, state, block, tracer)?)
            }
        }
    }

    fn trace(&self, chain: &Chain, choice: &Choice) -> Answer {
        match choice {
            Choice::Call {
                only_top_call,
                with_log,
            } => {
                let mut tracer = CallTracer::new(*only_top_call, *with_log);
                let traced = self.run(chain, &mut tracer)?;
                answer(&match self {
                    Self::Transaction(mined, block) => Some(tracer.of_transaction(mined, block)),
                    Self::Call(call) => tracer.of_call(
                        call.message.gas.unwrap_or(chain.config().call_gas_cap),
                        gas_used(&traced),
                    ),
                })
            }
            Choice::Prestate(settings) => {
                let traced = self.run(chain, &mut ())?;
                prestate::answer(&traced.touched, *settings)
            }
            Choice::Stylus => {
                let mut tracer = StylusTracer::default();
                self.run(chain, &mut tracer)?;
                answer(&tracer.finish())
            }
            Choice::Steps(settings) => {
                let mut tracer = StepTracer::new(*settings);
                let traced = self.run(chain, &mut tracer)?;
                tracer.answer(gas_used(&traced), &traced.outcome)
            }
        }
    }
}

fn gas_used(traced: &Traced) -> u64 {
    match &traced.outcome {
        Ok(outcome) => outcome.gas_used,
        Err(CallError::Revert { gas_used, .. } | CallError::Halt { gas_used, .. }) => *gas_used,
        Err(_) => 0,
    }
}

fn not_found() -> RpcError {
    RpcError::server("transaction not found")
}

fn transaction(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let hash: B256 = args.required(0)?;
    let config = args.optional::<TraceConfig>(1)?.unwrap_or_default();
    let chain = context.chain();
    let mined = chain.transaction(&hash).ok_or_else(not_found)?;
    let block = chain
        .block_by_number(mined.block_number)
        .ok_or_else(not_found)?;
    Subject::Transaction(mined, block).trace(&chain, &config.choice)
}

fn call(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    let request: TransactionArgs = args.required(0)?;
    let at = args.optional(1)?.unwrap_or_default();
    let config = args.optional::<TraceConfig>(2)?.unwrap_or_default();
    let chain = context.chain();
    let subject = Subject::Call(Box::new(Call {
        message: request.message(chain.config().chain_id)?,
        at,
        state: config.state.checked()?,
        block: config.block.0,
    }));
    subject.trace(&chain, &config.choice)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfBlock {
    tx_hash: B256,
    result: Box<RawValue>,
}

fn whole_block(context: &Context, args: &Args, id: BlockId) -> Answer {
    args.at_most(2)?;
    let config = args.optional::<TraceConfig>(1)?.unwrap_or_default();
    let chain = context.chain();
    let block = chain.block(id).ok_or_else(|| unknown(id))?;
    let traces = block.transactions.iter().map(|mined| {
        let result = Subject::Transaction(mined, block).trace(&chain, &config.choice)?;
        Ok(OfBlock {
            tx_hash: mined.hash,
            result,
        })
    });
    answer(&traces.collect::<Result<Vec<_>, RpcError>>()?)
}

fn block_by_number(context: &Context, args: &Args) -> Answer {
    whole_block(context, args, args.required::<BlockTag>(0)?.0.into())
}

fn block_by_hash(context: &Context, args: &Args) -> Answer {
    whole_block(context, args, args.required::<B256>(0)?.into())
}
