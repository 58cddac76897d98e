//! Making blocks: ArbOS's start of block first, then transactions, each followed at once by the redeems it scheduled.

use std::{collections::VecDeque, sync::Arc};

use alloy_primitives::{Address, B256, U256, map::AddressSet};

use super::{
    Chain,
    block::{Block, HEADER_GAS_LIMIT, Mined, Receipt},
    commit::commit,
    config::BlockNumberMode,
    error::TxError,
    seal::Seal,
    state::{NOW, Version},
    tx::Tx,
    view::View,
};
use crate::{
    arbos::{
        self, Host, RunMode,
        address::{ARBOS, SEQUENCER},
        tx::{ArbTx, InternalTx, RetryTx},
    },
    evm::{
        intrinsic,
        job::{Scene, Surroundings},
        transact::{Ending, Executed},
    },
    stylus::RecentPrograms,
};

/// The message a block is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// Sequencer, or the aliased sender of a delayed message.
    pub(crate) poster: Address,
    /// Seconds since 1970.
    pub(crate) timestamp: u64,
    /// L1 block number.
    pub(crate) l1_number: u64,
    /// L1 base fee in wei; zero for sequenced messages.
    pub(crate) l1_base_fee: U256,
    /// Messages read from the delayed inbox, this one included.
    pub(crate) delayed_read: u64,
}

/// A block being made. What it did is in the state already, under versions after `since`.
#[derive(Debug)]
pub(crate) struct Draft {
    seal: Seal,
    since: Version,
    around: Surroundings,
    recent: RecentPrograms,
    mined: Vec<Mined>,
    compute_left: u64,
    users: usize,
}

impl Draft {
    /// Whether a transaction with this gas limit must wait for the next block.
    pub(crate) const fn is_full_for(&self, gas: u64) -> bool {
        self.users > 0 && self.compute_left < gas
    }
}

impl Chain {
    /// A message of the sequencer, now.
    pub(crate) fn sequenced(&mut self) -> Origin {
        let parent = self.head();
        let (timestamp, delayed_read) = (parent.timestamp(), u64::from(parent.header.nonce));
        Origin {
            poster: SEQUENCER,
            timestamp: self.clock.peek(timestamp),
            l1_number: self.l1_block,
            l1_base_fee: U256::ZERO,
            delayed_read,
        }
    }

    /// Starts a block: ArbOS's own transaction runs.
    pub(crate) fn begin(&mut self, origin: &Origin) -> Draft {
        let parent = self.head().clone();
        let number = parent.number() + 1;
        let timestamp = origin.timestamp.max(parent.timestamp());
        let seal = Seal {
            number,
            timestamp,
            coinbase: origin.poster,
            base_fee: self.next_base_fee(),
            delayed_read: origin.delayed_read,
            l1_number: parent.l1_number(),
            arbos: parent.arbos_version(),
            ..Seal::default()
        };
        let mut draft = Draft {
            since: self.state.version(),
            around: self.surroundings(&seal),
            seal,
            recent: RecentPrograms::default(),
            mined: Vec::new(),
            compute_left: u64::MAX,
            users: 0,
        };
        let start = InternalTx::start_block(
            self.config.chain_id,
            origin.l1_base_fee,
            origin.l1_number,
            number,
            timestamp - parent.timestamp(),
        );
        let started = self.include_one(&mut draft, ArbTx::Internal(start).into(), ARBOS);
        debug_assert!(
            started.is_ok(),
            "ArbOS's own transaction is always executable"
        );
        // What it changed holds for the rest of the block.
        let facts = self.with_arbos(&draft.around, arbos::header_facts);
        draft.seal.arbos = facts.version;
        draft.seal.l1_number = facts.l1_number;
        draft.around = self.surroundings(&draft.seal);
        draft.compute_left = self.with_arbos(&draft.around, arbos::block_limit);
        draft
    }

    /// Runs a transaction into the block, and after it the redeems it schedules.
    pub(crate) fn include(
        &mut self,
        draft: &mut Draft,
        tx: Tx,
        from: Address,
    ) -> Result<(), TxError> {
        let mut redeems = VecDeque::from(self.include_one(draft, tx, from)?);
        draft.users += 1;
        while let Some(retry) = redeems.pop_front() {
            let from = retry.from;
            // One whose ticket is gone, or whose gas does not cover the intrinsic gas, is dropped without a trace (Nitro).
            if let Ok(more) = self.include_one(draft, ArbTx::Retry(retry).into(), from) {
                redeems.extend(more);
            }
        }
        Ok(())
    }

    /// Runs a single transaction into the block; returns the redeems it schedules.
    fn include_one(
        &mut self,
        draft: &mut Draft,
        tx: Tx,
        from: Address,
    ) -> Result<Vec<RetryTx>, TxError> {
        let before = self.state.version();
        let hashes = |number| self.hash_of(number);
        let scene = Scene {
            view: View {
                state: &self.state,
                version: NOW,
                overlay: None,
            },
            block: &draft.around,
            hashes: &hashes,
            recent: draft.recent.clone(),
            removed: AddressSet::default(),
            mode: RunMode::Commit,
        };
        let done = crate::evm::execute(scene, &tx, from, None)?;
        for program in &done.programs {
            draft.recent.touch(*program, u16::MAX);
        }
        let donated: u64 = done.scheduled.iter().map(|retry| retry.gas).sum();
        let compute = done
            .gas_used
            .saturating_sub(done.poster_gas)
            .saturating_sub(donated);
        draft.compute_left = draft
            .compute_left
            .saturating_sub(compute.max(intrinsic::TX));
        draft.mined.push(Mined {
            hash: tx.hash(),
            from,
            index: draft.mined.len() as u64,
            block_number: draft.seal.number,
            receipt: receipt(&done),
            before,
            programs: done.programs,
            tx,
        });
        commit(&mut self.state, done.state);
        Ok(done.scheduled)
    }

    /// Makes a block of the sequencer part of the chain; it uses up a timestamp that was set for one block.
    pub(crate) fn finish_sequenced(&mut self, draft: Draft) -> Arc<Block> {
        let parent = self.head().timestamp();
        self.clock.take(parent);
        self.finish(draft)
    }

    /// Makes the block part of the chain.
    pub(crate) fn finish(&mut self, draft: Draft) -> Arc<Block> {
        let facts = self.with_arbos(&draft.around, arbos::header_facts);
        let seal = Seal {
            send_count: facts.send_count,
            send_root: facts.send_root,
            l1_number: facts.l1_number,
            arbos: facts.version,
            collects_tips: facts.collects_tips,
            ..draft.seal
        };
        self.append_block(&seal, draft.mined, draft.since)
    }

    /// Undoes everything the block did.
    pub(crate) fn abandon(&mut self, draft: &Draft) {
        self.state.rewind(draft.since);
    }

    /// Base fee of the next block in wei.
    pub fn next_base_fee(&self) -> U256 {
        let around = self.surroundings_at(self.head());
        self.with_arbos(&around, arbos::header_facts).next_base_fee
    }

    /// Asks ArbOS about the state as it is now.
    pub(crate) fn with_arbos<T>(
        &self,
        around: &Surroundings,
        ask: impl FnOnce(&mut dyn Host) -> T,
    ) -> T {
        let hashes = |number| self.hash_of(number);
        let scene = Scene {
            view: View {
                state: &self.state,
                version: NOW,
                overlay: None,
            },
            block: around,
            hashes: &hashes,
            recent: RecentPrograms::default(),
            removed: AddressSet::default(),
            mode: RunMode::Call,
        };
        ask(&mut crate::evm::machine(scene, around.base_fee, around.base_fee, None).cx)
    }

    /// What executions in a block with this seal see.
    pub(crate) fn surroundings(&self, seal: &Seal) -> Surroundings {
        Surroundings {
            chain_id: self.config.chain_id,
            arbos: seal.arbos,
            l2_number: seal.number,
            l1_number: seal.l1_number,
            shows_l2: self.config.block_number == BlockNumberMode::L2Height,
            timestamp: seal.timestamp,
            coinbase: seal.coinbase,
            base_fee: seal.base_fee,
            gas_limit: HEADER_GAS_LIMIT,
            prev_randao: B256::with_last_byte(1),
            max_code_size: self.config.max_code_size,
        }
    }
}

fn receipt(done: &Executed) -> Receipt {
    Receipt {
        success: done.ending == Ending::Success,
        gas_used: done.gas_used,
        gas_used_for_l1: done.poster_gas,
        contract_address: done.created,
        logs: done.logs.clone(),
        failure: match &done.ending {
            Ending::Halt(text) => Some(text.clone()),
            Ending::Success | Ending::Revert => None,
        },
        ..Receipt::default()
    }
}
