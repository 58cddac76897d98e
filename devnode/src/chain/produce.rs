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
    arbos::{RunMode, address::SEQUENCER, tx::RetryTx},
    evm::{
        intrinsic,
        job::{Scene, Surroundings},
        transact::{Ending, Executed},
    },
    stylus::RecentPrograms,
};

/// Compute gas of a block beyond which further transactions wait for the next (ArbOS `perBlockGasLimit`).
const BLOCK_COMPUTE_GAS: u64 = 32_000_000;

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
    redeems: VecDeque<RetryTx>,
    compute_left: u64,
    users: usize,
}

impl Draft {
    /// Whether a transaction with this gas limit must wait for the next block.
    pub(crate) const fn is_full_for(&self, gas: u64) -> bool {
        self.users > 0 && self.compute_left < gas
    }

    /// Whether a user's transaction is in it.
    pub(crate) const fn has_users(&self) -> bool {
        self.users > 0
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
        let base_fee = self.next_base_fee();
        let since = self.state.version();
        let seal = Seal {
            number,
            timestamp,
            coinbase: origin.poster,
            base_fee,
            delayed_read: origin.delayed_read,
            send_count: parent.send_count(),
            send_root: parent.send_root(),
            l1_number: origin.l1_number.max(parent.l1_number()),
            arbos: parent.arbos_version(),
            collects_tips: false,
        };
        let around = self.surroundings(&seal);
        Draft {
            seal,
            since,
            around,
            recent: RecentPrograms::default(),
            mined: Vec::new(),
            redeems: VecDeque::new(),
            compute_left: BLOCK_COMPUTE_GAS,
            users: 0,
        }
    }

    /// Runs a transaction into the block, with the redeems it schedules.
    pub(crate) fn include(
        &mut self,
        draft: &mut Draft,
        tx: Tx,
        from: Address,
    ) -> Result<(), TxError> {
        self.include_one(draft, tx, from)?;
        draft.users += 1;
        while let Some(retry) = draft.redeems.pop_front() {
            let from = retry.from;
            // A redeem whose ticket is gone is dropped without a trace (Nitro).
            let _dropped =
                self.include_one(draft, crate::arbos::tx::ArbTx::Retry(retry).into(), from);
        }
        Ok(())
    }

    fn include_one(&mut self, draft: &mut Draft, tx: Tx, from: Address) -> Result<(), TxError> {
        let before = self.state.version();
        let blocks = &self.blocks;
        let hashes = |number: u64| -> B256 {
            usize::try_from(number)
                .ok()
                .and_then(|number| blocks.get(number))
                .map_or(B256::ZERO, |block| block.hash)
        };
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
        let hash = tx.hash();
        for program in &done.programs {
            draft.recent.touch(*program, u16::MAX);
        }
        let compute = done.gas_used.saturating_sub(done.poster_gas);
        draft.compute_left = draft
            .compute_left
            .saturating_sub(compute.max(intrinsic::TX));
        let mined = Mined {
            hash,
            from,
            index: draft.mined.len() as u64,
            block_number: draft.seal.number,
            receipt: receipt(&done),
            before,
            programs: done.programs,
            tx,
        };
        commit(&mut self.state, done.state);
        draft.mined.push(mined);
        Ok(())
    }

    /// Makes the block part of the chain.
    pub(crate) fn finish(&mut self, draft: Draft) -> Arc<Block> {
        // Blocks of the sequencer use up a timestamp that was set for one block.
        let parent = self.head().timestamp();
        self.clock.take(parent);
        self.append_block(&draft.seal, draft.mined, draft.since)
    }

    /// Undoes everything the block did.
    pub(crate) fn abandon(&mut self, draft: &Draft) {
        self.state.rewind(draft.since);
    }

    /// Base fee of the next block in wei.
    pub fn next_base_fee(&self) -> U256 {
        U256::from(100_000_000)
    }

    /// What executions in a block with this seal see.
    pub(crate) fn surroundings(&self, seal: &Seal) -> Surroundings {
        Surroundings {
            chain_id: self.config.chain_id,
            arbos: seal.arbos,
            l2_number: seal.number,
            shown_number: match self.config.block_number {
                BlockNumberMode::L1Clock => seal.l1_number,
                BlockNumberMode::L2Height => seal.number,
            },
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
