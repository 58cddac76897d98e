//! Log queries, and the filters that HTTP clients poll.

use alloy_eips::BlockNumberOrTag;
use alloy_primitives::{Address, B256};
use serde_json::Value;

use crate::{
    chain::{Chain, FoundLog, LogFilter},
    rpc::{
        args::Args,
        blockid::BlockTag,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        filters::Kind,
        json::{LogJson, answer},
        limits,
        read::{Read, Refused, field, object},
    },
};

pub(super) const METHODS: Methods = &[
    ("eth_getFilterChanges", changes),
    ("eth_getFilterLogs", filter_logs),
    ("eth_getLogs", logs),
    ("eth_newBlockFilter", new_block_filter),
    ("eth_newFilter", new_filter),
    ("eth_newPendingTransactionFilter", new_pending_filter),
    ("eth_uninstallFilter", uninstall),
];

/// Which logs of which blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogQuery {
    blocks: Blocks,
    pub(crate) filter: LogFilter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blocks {
    One(B256),
    Range(BlockNumberOrTag, BlockNumberOrTag),
}

impl Default for Blocks {
    fn default() -> Self {
        Self::Range(BlockNumberOrTag::Latest, BlockNumberOrTag::Latest)
    }
}

impl Read for LogQuery {
    fn read(value: &Value) -> Result<Self, Refused> {
        const OWNER: &str = "input";
        let fields = object(value, "filters.input")?;
        let from = field::<BlockTag>(fields, OWNER, "fromBlock")?;
        let to = field::<BlockTag>(fields, OWNER, "toBlock")?;
        let blocks = match field::<B256>(fields, OWNER, "blockHash")? {
            Some(_) if from.is_some() || to.is_some() => {
                return Err(Refused::text(
                    "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other",
                ));
            }
            Some(hash) => Blocks::One(hash),
            None => {
                let tag =
                    |given: Option<BlockTag>| given.map_or(BlockNumberOrTag::Latest, |tag| tag.0);
                Blocks::Range(tag(from), tag(to))
            }
        };
        let addresses = match fields.get("address") {
            Some(list @ Value::Array(_)) => Vec::<Address>::read(list)?,
            Some(Value::Null) | None => Vec::new(),
            Some(one) => {
                vec![Address::read(one).map_err(|_| Refused::text("invalid addresses in query"))?]
            }
        };
        if addresses.len() > limits::LOG_ADDRESSES {
            return Err(Refused::text("exceed max addresses"));
        }
        let filter = LogFilter {
            addresses,
            topics: topics(fields.get("topics"))?,
        };
        Ok(Self { blocks, filter })
    }
}

fn topics(value: Option<&Value>) -> Result<Vec<Vec<B256>>, Refused> {
    let list = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(Refused::text("invalid topic(s)")),
    };
    // An event has four topics at most.
    if list.len() > 4 {
        return Err(Refused::text("exceed max topics"));
    }
    list.iter()
        .map(|wanted| match wanted {
            Value::Null => Ok(Vec::new()),
            Value::String(_) => Ok(vec![B256::read(wanted)?]),
            Value::Array(any) if any.len() > limits::LOG_TOPICS => {
                Err(Refused::text("exceed max topics"))
            }
            // A null among the alternatives matches everything.
            Value::Array(any) if any.iter().any(Value::is_null) => Ok(Vec::new()),
            Value::Array(any) => any.iter().map(B256::read).collect(),
            _ => Err(Refused::text("invalid topic(s)")),
        })
        .collect()
}

impl LogQuery {
    /// The logs of the blocks it names.
    pub(crate) fn run(&self, chain: &Chain) -> Result<Vec<LogJson>, RpcError> {
        let (from, to) = match self.blocks {
            Blocks::One(hash) => {
                let block = chain
                    .block_by_hash(&hash)
                    .ok_or_else(|| RpcError::server("unknown block"))?;
                (block.number(), block.number())
            }
            Blocks::Range(from, to) => {
                let head = chain.head().number();
                let number = |tag| match tag {
                    BlockNumberOrTag::Number(number) => number,
                    BlockNumberOrTag::Earliest => 0,
                    _ => head,
                };
                let (from, to) = (number(from), number(to));
                if from > to {
                    return Err(RpcError::server("invalid block range params"));
                }
                (from, to)
            }
        };
        self.between(chain, from, to)
    }

    /// Wanted logs of blocks `from..=to`, whatever blocks the query names.
    pub(crate) fn between(
        &self,
        chain: &Chain,
        from: u64,
        to: u64,
    ) -> Result<Vec<LogJson>, RpcError> {
        let found: Vec<FoundLog> = chain
            .logs(from, to, &self.filter, limits::LOGS)
            .ok_or_else(|| {
                RpcError::limit(format!("query returned more than {} results", limits::LOGS))
            })?;
        Ok(found
            .into_iter()
            .map(|log| LogJson::new(log, false))
            .collect())
    }
}

fn logs(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(&args.required::<LogQuery>(0)?.run(&context.chain())?)
}

fn new_filter(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let query = args.required(0)?;
    let next = context.chain().head().number() + 1;
    answer(&context.filters.add(Kind::Logs(query, next)))
}

fn new_block_filter(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let next = context.chain().head().number() + 1;
    answer(&context.filters.add(Kind::Blocks(next)))
}

fn new_pending_filter(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(&context.filters.add(Kind::Pending(context.events())))
}

fn changes(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context
        .filters
        .changes(&args.required::<String>(0)?, &context.chain())
}

fn filter_logs(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(
        &context
            .filters
            .logs(&args.required::<String>(0)?, &context.chain())?,
    )
}

fn uninstall(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(&context.filters.remove(&args.required::<String>(0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn topics_may_be_exact_alternatives_or_anything() {
        let (a, b) = (B256::repeat_byte(1), B256::repeat_byte(2));
        let query = LogQuery::read(&json!({"topics": [a, null, [a, b], [a, null]]})).unwrap();
        assert_eq!(query.filter.topics, [vec![a], vec![], vec![a, b], vec![]]);
    }

    #[test]
    fn a_query_names_one_block_or_a_range() {
        let refused =
            LogQuery::read(&json!({"blockHash": B256::ZERO, "fromBlock": "0x1"})).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other"
        );
        assert!(LogQuery::read(&json!({"topics": [[], [], [], [], []]})).is_err());
    }
}
