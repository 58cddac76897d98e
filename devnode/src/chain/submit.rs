//! The way of a transaction into the chain, and the making of blocks.

use std::sync::Arc;

use alloy_consensus::{Header, TypedTransaction};
use alloy_primitives::{Address, B256, U256};

use super::{
    Chain,
    block::{Block, HEADER_GAS_LIMIT},
    error::TxError,
    pool::Pending,
    state::Account,
    tx::Tx,
};

impl Chain {
    /// Takes in a signed transaction as bytes. With automatic mining it is in a block when this returns.
    ///
    /// # Errors
    /// When it is malformed or not executable.
    pub fn submit_raw(&mut self, raw: &[u8]) -> Result<B256, TxError> {
        let _ = raw;
        Err(TxError::TypeNotSupported)
    }

    /// Takes in a signed transaction.
    ///
    /// # Errors
    /// When it is not executable.
    pub fn submit(&mut self, tx: Tx) -> Result<B256, TxError> {
        if self.knows(&tx.hash()) {
            return Err(TxError::AlreadyKnown);
        }
        Err(TxError::TypeNotSupported)
    }

    /// Takes in a transaction of `from` without a signature, for impersonated accounts.
    ///
    /// # Errors
    /// When it is not executable.
    pub fn submit_as(&mut self, from: Address, tx: TypedTransaction) -> Result<B256, TxError> {
        let _ = (from, tx);
        Err(TxError::TypeNotSupported)
    }

    /// Makes a block of what waits in the pool, of nothing if need be.
    pub fn mine(&mut self) -> Arc<Block> {
        self.head().clone()
    }

    /// Transactions that wait for a block, in order of arrival.
    pub fn pending(&self) -> &[Pending] {
        self.pool.waiting()
    }

    /// A waiting transaction.
    pub fn pending_transaction(&self, hash: &B256) -> Option<&Pending> {
        self.pool.get(hash)
    }

    /// Takes a waiting transaction out again.
    pub fn drop_pending(&mut self, hash: &B256) -> bool {
        self.pool.remove(hash).is_some()
    }

    pub(crate) fn make_genesis(&mut self) {
        self.state.advance();
        for (who, balance) in self.config.accounts.clone() {
            self.state.set_account(
                who,
                Account {
                    balance,
                    ..Account::default()
                },
            );
        }
        let header = Header {
            gas_limit: HEADER_GAS_LIMIT,
            difficulty: U256::ONE,
            base_fee_per_gas: Some(100_000_000),
            extra_data: B256::ZERO.into(),
            ..Header::default()
        };
        let hash = header.hash_slow();
        self.numbers.insert(hash, 0);
        self.blocks.push(Arc::new(Block {
            size: header.size() as u64,
            header,
            hash,
            transactions: Vec::new(),
            version: self.state.version(),
        }));
    }
}
