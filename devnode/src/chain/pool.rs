//! Transactions that wait for a block: with automatic mining none ever stays here.

use alloy_primitives::{Address, B256};

use super::tx::Tx;

/// Transactions the pool holds at most.
pub const POOL_LIMIT: usize = 16_384;

/// A transaction that waits for a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The transaction.
    pub tx: Tx,
    /// Its hash.
    pub hash: B256,
    /// Its sender.
    pub from: Address,
}

/// Waiting transactions in order of arrival.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    waiting: Vec<Pending>,
}

impl Pool {
    pub(crate) fn waiting(&self) -> &[Pending] {
        &self.waiting
    }

    pub(crate) fn get(&self, hash: &B256) -> Option<&Pending> {
        self.waiting.iter().find(|pending| pending.hash == *hash)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.waiting.len() >= POOL_LIMIT
    }

    pub(crate) fn push(&mut self, pending: Pending) {
        self.waiting.push(pending);
    }

    pub(crate) fn remove(&mut self, hash: &B256) -> Option<Pending> {
        let index = self
            .waiting
            .iter()
            .position(|pending| pending.hash == *hash)?;
        Some(self.waiting.remove(index))
    }

    pub(crate) fn take(&mut self) -> Vec<Pending> {
        std::mem::take(&mut self.waiting)
    }

    /// The first nonce of `who`, from `nonce` on, that no waiting transaction has.
    pub(crate) fn next_nonce(&self, who: Address, nonce: u64) -> u64 {
        let mut used: Vec<u64> = self
            .waiting
            .iter()
            .filter(|pending| pending.from == who)
            .map(|pending| pending.tx.nonce())
            .collect();
        used.sort_unstable();
        used.into_iter().fold(
            nonce,
            |next, used| if used == next { next + 1 } else { next },
        )
    }
}
