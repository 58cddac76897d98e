//! Looking things up: blocks, transactions, logs, and accounts as they were after any block.

use std::sync::Arc;

use alloy_eips::{BlockId, BlockNumberOrTag};
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, Log, U256};

use super::{
    Chain,
    block::{Block, Mined},
    error::UnknownBlock,
    filter::LogFilter,
    state::{NOW, Version},
};

/// An account as it was at some block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAt {
    /// Transactions sent, or contracts created.
    pub nonce: u64,
    /// Balance in wei.
    pub balance: U256,
    /// Hash of the code.
    pub code_hash: B256,
}

/// A log with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLog {
    /// The log.
    pub log: Log,
    /// Number of its block.
    pub block_number: u64,
    /// Hash of its block.
    pub block_hash: B256,
    /// Timestamp of its block in seconds.
    pub block_timestamp: u64,
    /// Hash of its transaction.
    pub tx_hash: B256,
    /// Position of its transaction in the block.
    pub tx_index: u64,
    /// Position of the log in the block.
    pub log_index: u64,
}

impl Chain {
    /// The newest block.
    pub fn head(&self) -> &Arc<Block> {
        // `new` makes the genesis block and nothing removes it.
        &self.blocks[self.blocks.len() - 1]
    }

    /// A block by number, tag or hash. "safe" and "finalized" are the newest, and so is "pending" (Nitro dev chain).
    pub fn block(&self, id: BlockId) -> Option<&Arc<Block>> {
        let number = match id {
            BlockId::Hash(hash) => *self.numbers.get(&hash.block_hash)?,
            BlockId::Number(BlockNumberOrTag::Number(number)) => number,
            BlockId::Number(BlockNumberOrTag::Earliest) => 0,
            BlockId::Number(_) => return Some(self.head()),
        };
        self.block_by_number(number)
    }

    /// A block by number.
    pub fn block_by_number(&self, number: u64) -> Option<&Arc<Block>> {
        self.blocks.get(usize::try_from(number).ok()?)
    }

    /// A block by hash.
    pub fn block_by_hash(&self, hash: &B256) -> Option<&Arc<Block>> {
        self.numbers
            .get(hash)
            .and_then(|number| self.block_by_number(*number))
    }

    /// A transaction in a block.
    pub fn transaction(&self, hash: &B256) -> Option<&Arc<Mined>> {
        let (number, index) = self.places.get(hash)?;
        self.block_by_number(*number)?.transactions.get(*index)
    }

    /// An account after a block; an account that does not exist is empty.
    pub fn account(&self, who: Address, at: BlockId) -> Result<AccountAt, UnknownBlock> {
        let account = self
            .state
            .account(who, self.version_at(at)?)
            .unwrap_or_default();
        Ok(AccountAt {
            nonce: account.nonce,
            balance: account.balance,
            code_hash: account.code_hash,
        })
    }

    /// Next nonce of an account; for "pending" after what it has in the pool.
    pub fn nonce(&self, who: Address, at: BlockId) -> Result<u64, UnknownBlock> {
        let nonce = self.account(who, at)?.nonce;
        Ok(if at.is_pending() {
            self.pool.next_nonce(who, nonce)
        } else {
            nonce
        })
    }

    /// Code after a block, Stylus prefix and all.
    pub fn code(&self, who: Address, at: BlockId) -> Result<Bytes, UnknownBlock> {
        let hash = self.account(who, at)?.code_hash;
        Ok(if hash == KECCAK256_EMPTY {
            Bytes::new()
        } else {
            self.state.code(hash).original_bytes()
        })
    }

    /// A storage slot after a block.
    pub fn storage(&self, who: Address, key: U256, at: BlockId) -> Result<B256, UnknownBlock> {
        Ok(self.state.slot(who, key, self.version_at(at)?).into())
    }

    /// All slots of an account that are not zero after a block, in order.
    pub fn storage_all(
        &self,
        who: Address,
        at: BlockId,
    ) -> Result<Vec<(U256, U256)>, UnknownBlock> {
        Ok(self.state.storage(who, self.version_at(at)?))
    }

    /// Logs of blocks `from..=to` that `filter` wants, at most `limit`; `None` when there are more.
    pub fn logs(
        &self,
        from: u64,
        to: u64,
        filter: &LogFilter,
        limit: usize,
    ) -> Option<Vec<FoundLog>> {
        let mut found = Vec::new();
        let to = to.min(self.head().number());
        for number in from..=to {
            let Some(block) = self.block_by_number(number) else {
                break;
            };
            if !filter.may_match(&block.header.logs_bloom) {
                continue;
            }
            for log in block.logs().filter(|found| filter.matches(&found.log)) {
                if found.len() == limit {
                    return None;
                }
                found.push(log);
            }
        }
        Some(found)
    }

    /// Version of the state after a block. What tests changed from outside belongs to the newest block.
    pub(crate) fn version_at(&self, at: BlockId) -> Result<Version, UnknownBlock> {
        let block = self.block(at).ok_or(UnknownBlock)?;
        Ok(if block.number() == self.head().number() {
            NOW
        } else {
            block.version
        })
    }
}

impl Block {
    /// All logs of the block in order.
    pub fn logs(&self) -> impl Iterator<Item = FoundLog> + '_ {
        self.transactions
            .iter()
            .flat_map(|mined| self.logs_of(mined))
    }

    /// The logs of one of its transactions.
    pub fn logs_of(&self, mined: &Mined) -> impl Iterator<Item = FoundLog> {
        let first = mined.receipt.first_log_index;
        (first..)
            .zip(&mined.receipt.logs)
            .map(|(log_index, log)| FoundLog {
                log: log.clone(),
                block_number: self.number(),
                block_hash: self.hash,
                block_timestamp: self.timestamp(),
                tx_hash: mined.hash,
                tx_index: mined.index,
                log_index,
            })
    }
}
