//! The way of a transaction into the chain: by itself into a block of its own, or through the pool.

use std::sync::Arc;

use alloy_consensus::{
    SignableTransaction, Transaction, TxEnvelope, TypedTransaction, transaction::SignerRecoverable,
};
use alloy_primitives::{Address, B256, Signature, U256};

use super::{
    Chain, block::Block, config::Mining, error::TxError, event::Event, pool::Pending, state::NOW,
    tx::Tx,
};
use crate::evm::{intrinsic, job::Job};

impl Chain {
    /// Takes in a signed transaction as bytes. With automatic mining it is in a block when this returns.
    ///
    /// # Errors
    /// When it is malformed or not executable.
    pub fn submit_raw(&mut self, raw: &[u8]) -> Result<B256, TxError> {
        self.submit(Tx::decode_signed(raw)?)
    }

    /// Takes in a signed transaction.
    ///
    /// # Errors
    /// When its signature is not valid on this chain or it is not executable.
    pub fn submit(&mut self, tx: TxEnvelope) -> Result<B256, TxError> {
        if tx.is_eip4844() {
            return Err(TxError::TypeNotSupported);
        }
        if let Some(have) = tx.chain_id().filter(|id| *id != self.config.chain_id) {
            return Err(TxError::WrongChain {
                have,
                want: self.config.chain_id,
            });
        }
        let from = tx.recover_signer().map_err(|_| TxError::InvalidSignature)?;
        self.enter(tx, from)
    }

    /// Takes in a transaction of `from` without a signature, for impersonated accounts. Its hash covers a stand-in signature made
    /// of the sender's address.
    ///
    /// # Errors
    /// When it is not executable.
    pub fn submit_as(&mut self, from: Address, tx: TypedTransaction) -> Result<B256, TxError> {
        if matches!(tx, TypedTransaction::Eip4844(_)) {
            return Err(TxError::TypeNotSupported);
        }
        let sender = U256::from_be_slice(from.as_slice());
        let signature = Signature::new(sender, sender, false);
        let signed: TxEnvelope = match tx {
            TypedTransaction::Legacy(tx) => tx.into_signed(signature).into(),
            TypedTransaction::Eip2930(tx) => tx.into_signed(signature).into(),
            TypedTransaction::Eip1559(tx) => tx.into_signed(signature).into(),
            TypedTransaction::Eip4844(tx) => tx.into_signed(signature).into(),
            TypedTransaction::Eip7702(tx) => tx.into_signed(signature).into(),
        };
        self.enter(signed, from)
    }

    fn enter(&mut self, tx: TxEnvelope, from: Address) -> Result<B256, TxError> {
        let hash = *tx.tx_hash();
        // One that is in a block already has a nonce that is too low: that is what Nitro says of it.
        if self.pool.get(&hash).is_some() {
            return Err(TxError::AlreadyKnown);
        }
        self.check(&tx, from)?;
        if self.config.mining == Mining::Auto {
            let origin = self.sequenced();
            let mut draft = self.begin(&origin);
            if let Err(error) = self.include(&mut draft, tx.into(), from) {
                self.abandon(&draft);
                return Err(error);
            }
            self.announce(Event::Pending(hash));
            self.finish_sequenced(draft);
        } else {
            if self.pool.is_full() {
                return Err(TxError::PoolFull);
            }
            self.pool.push(Pending {
                tx: tx.into(),
                hash,
                from,
            });
            self.announce(Event::Pending(hash));
        }
        Ok(hash)
    }

    /// What the sequencer checks before it takes a transaction in.
    fn check(&self, tx: &TxEnvelope, from: Address) -> Result<(), TxError> {
        let base_fee = self.next_base_fee();
        let cap = U256::from(tx.max_fee_per_gas());
        if cap < base_fee {
            return Err(TxError::FeeCapTooLow {
                sender: from,
                cap,
                base_fee,
            });
        }
        let state = self.state.account(from, NOW).unwrap_or_default().nonce;
        if tx.nonce() < state {
            return Err(TxError::NonceTooLow {
                sender: from,
                tx: tx.nonce(),
                state,
            });
        }
        let want = intrinsic::gas(&Job::signed(tx, from));
        if tx.gas_limit() < want {
            return Err(TxError::IntrinsicGas {
                have: tx.gas_limit(),
                want,
            });
        }
        Ok(())
    }

    /// Makes a block of what waits in the pool, of nothing if need be. What does not fit or comes too early stays in the pool;
    /// what has become invalid is dropped.
    pub fn mine(&mut self) -> Arc<Block> {
        let origin = self.sequenced();
        let mut draft = self.begin(&origin);
        let mut waiting = self.pool.take();
        // Transactions of one account may have arrived in any order.
        loop {
            let mut later = Vec::new();
            let before = waiting.len();
            for pending in waiting {
                if draft.is_full_for(pending.tx.gas()) {
                    later.push(pending);
                    continue;
                }
                match self.include(&mut draft, pending.tx.clone(), pending.from) {
                    Err(error) if error.is_retryable() => later.push(pending),
                    Ok(()) | Err(_) => {}
                }
            }
            waiting = later;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        for pending in waiting {
            self.pool.push(pending);
        }
        self.finish_sequenced(draft)
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
}
