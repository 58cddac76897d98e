//! How a request names a block: by tag, number or hash. On a dev chain the latest block is also the safe, the
//! finalised and (since blocks are made on demand) the pending one.

use std::sync::Arc;

use alloy_eips::{BlockId, BlockNumberOrTag, RpcBlockHash};
use alloy_primitives::B256;
use serde_json::Value;

use super::{
    error::RpcError,
    read::{Read, Refused, field},
};
use crate::chain::{Block, Chain};

/// The block a state query is about.
pub(crate) fn block_of(chain: &Chain, id: BlockId) -> Result<&Arc<Block>, RpcError> {
    chain.block(id).ok_or_else(|| unknown(id))
}

/// What Nitro says of a block that it does not have.
pub(crate) fn unknown(id: BlockId) -> RpcError {
    RpcError::server(if id.is_hash() {
        "header for hash not found"
    } else {
        "header not found"
    })
}

/// A block number or tag, where a hash is not allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BlockTag(pub(crate) BlockNumberOrTag);

impl Read for BlockTag {
    fn read(value: &Value) -> Result<Self, Refused> {
        // go-ethereum looks at the text between the quotes, if there are any.
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        tag(&text).map(Self)
    }
}

impl Read for BlockId {
    fn read(value: &Value) -> Result<Self, Refused> {
        let Some(object) = value.as_object() else {
            let text = String::read(value)?;
            return match text.len() {
                66 => B256::read(value).map(Self::from),
                _ => tag(&text).map(Self::Number),
            };
        };
        let number = field::<BlockTag>(object, "erased", "blockNumber")?;
        let hash = field::<B256>(object, "erased", "blockHash")?;
        let require_canonical = field::<bool>(object, "erased", "requireCanonical")?;
        match (number, hash) {
            (Some(_), Some(_)) => Err(Refused::text(
                "cannot specify both BlockHash and BlockNumber, choose one or the other",
            )),
            (Some(BlockTag(tag)), None) => Ok(Self::Number(tag)),
            (None, Some(block_hash)) => Ok(Self::Hash(RpcBlockHash {
                block_hash,
                require_canonical,
            })),
            (None, None) => Err(Refused::text(
                "invalid arguments; neither block nor hash specified",
            )),
        }
    }
}

fn tag(text: &str) -> Result<BlockNumberOrTag, Refused> {
    match text {
        "latest" => Ok(BlockNumberOrTag::Latest),
        "safe" => Ok(BlockNumberOrTag::Safe),
        "finalized" => Ok(BlockNumberOrTag::Finalized),
        "pending" => Ok(BlockNumberOrTag::Pending),
        "earliest" => Ok(BlockNumberOrTag::Earliest),
        "" => Err(Refused::text("empty hex string")),
        _ => {
            let number = u64::read(&Value::from(text)).map_err(|refused| match refused {
                Refused::Kind { what, .. } => Refused::Text(what),
                other => other,
            })?;
            if i64::try_from(number).is_err() {
                return Err(Refused::text("block number larger than int64"));
            }
            Ok(BlockNumberOrTag::Number(number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn blocks_are_named_by_tag_number_or_hash() {
        let hash = B256::repeat_byte(7);
        let cases = [
            (json!("latest"), BlockId::latest()),
            (json!("finalized"), BlockId::finalized()),
            (json!("pending"), BlockId::pending()),
            (json!("earliest"), BlockId::earliest()),
            (json!("0x10"), BlockId::number(16)),
            (json!(hash), BlockId::from(hash)),
            (json!({"blockNumber": "0x2"}), BlockId::number(2)),
            (json!({"blockHash": hash}), BlockId::from(hash)),
        ];
        for (value, id) in cases {
            assert_eq!(BlockId::read(&value), Ok(id), "{value}");
        }
    }

    #[test]
    fn what_names_no_block_is_refused_in_go_ethereums_words() {
        let cases = [
            (json!("newest"), "hex string without 0x prefix"),
            (json!("0x01"), "hex number with leading zero digits"),
            (
                json!("0xffffffffffffffff"),
                "block number larger than int64",
            ),
            (
                json!(5),
                "json: cannot unmarshal number into Go value of type string",
            ),
            (
                json!({}),
                "invalid arguments; neither block nor hash specified",
            ),
        ];
        for (value, words) in cases {
            assert_eq!(
                BlockId::read(&value).unwrap_err().to_string(),
                words,
                "{value}"
            );
        }
        assert_eq!(
            BlockTag::read(&json!(5)).unwrap_err().to_string(),
            "hex string without 0x prefix"
        );
    }
}
