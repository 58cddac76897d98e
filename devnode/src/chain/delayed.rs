//! How far the chain has read the delayed inbox, and how to go back where L1 went back (Nitro's reorganisation: blocks of
//! messages that are gone are dropped, users' transactions after them are sequenced again).

use std::sync::Arc;

use alloy_primitives::{B256, U256};

use super::{
    Chain,
    block::{Block, Mined},
    commit::commit,
    inbox::{self, L1Message},
    produce::Origin,
    tx::Tx,
};
use crate::arbos::{
    self,
    address::SEQUENCER,
    tx::{ArbTx, InternalTx},
};

/// What a message will create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: B256,
    /// Wei per gas that its auto-redeem pays at most.
    pub(crate) fee_cap: U256,
}

fn read_by(block: &Block) -> u64 {
    u64::from(block.header.nonce)
}

impl Chain {
    /// Messages of the delayed inbox read so far, the one that initialised the chain included.
    pub fn messages_read(&self) -> u64 {
        read_by(self.head())
    }

    /// The ticket that a message creates, if it creates one.
    pub(crate) fn ticket_of(&self, message: &L1Message) -> Option<Ticket> {
        let transactions = inbox::parse(message, self.config.chain_id).ok()?;
        let (tx, _) = transactions.first()?;
        let Tx::Arbitrum(arb) = tx else { return None };
        let ArbTx::SubmitRetryable(submit) = &**arb else {
            return None;
        };
        Some(Ticket {
            id: tx.hash(),
            fee_cap: submit.gas_fee_cap,
        })
    }

    /// Whether this very message is among those read: whether its block is the one it would make.
    pub(crate) fn has_read(&self, message: &L1Message) -> bool {
        let read = message.index.saturating_add(1);
        let at = self.blocks.partition_point(|block| read_by(block) < read);
        let (Some(block), Some(parent)) =
            (self.blocks.get(at), self.blocks.get(at.wrapping_sub(1)))
        else {
            return false;
        };
        let start = InternalTx::start_block(
            self.config.chain_id,
            message.l1_base_fee,
            message.l1_block,
            block.number(),
            block.timestamp().saturating_sub(parent.timestamp()),
        );
        let start = Tx::from(ArbTx::Internal(start)).hash();
        let own = inbox::parse(message, self.config.chain_id).unwrap_or_default();
        block.header.beneficiary == message.sender
            && block.timestamp() == message.timestamp.max(parent.timestamp())
            && block.transactions.first().map(|mined| mined.hash) == Some(start)
            && block.transactions.iter().skip(1).all(|mined| {
                matches!(&mined.tx, Tx::Arbitrum(tx) if matches!(**tx, ArbTx::Retry(_)))
                    || own.iter().any(|(tx, _)| tx.hash() == mined.hash)
            })
    }

    /// Goes back to before message `keep` was read, then sequences again what users had sent since.
    pub(crate) fn take_back_messages(&mut self, keep: u64) {
        let kept = self.blocks.partition_point(|block| read_by(block) <= keep);
        let cut = self.blocks.split_at(kept.max(1)).1.to_vec();
        if cut.is_empty() {
            return;
        }
        self.cut_to(kept.max(1));
        for block in cut
            .iter()
            .filter(|block| block.header.beneficiary == SEQUENCER)
        {
            self.sequence_again(block);
        }
    }

    /// Makes a block of what users sent in one that was dropped. What has become invalid without the messages is lost, and
    /// so is a block that only had such.
    fn sequence_again(&mut self, dropped: &Block) {
        let sent: Vec<&Arc<Mined>> = dropped
            .transactions
            .iter()
            .filter(|mined| matches!(mined.tx, Tx::Ethereum(_)))
            .collect();
        if sent.is_empty() {
            return;
        }
        let origin = Origin {
            poster: SEQUENCER,
            timestamp: dropped.timestamp(),
            l1_number: dropped.l1_number(),
            l1_base_fee: U256::ZERO,
            delayed_read: self.messages_read(),
        };
        let mut draft = self.begin(&origin);
        let included = sent
            .into_iter()
            .filter(|mined| {
                self.include(&mut draft, mined.tx.clone(), mined.from)
                    .is_ok()
            })
            .count();
        if included == 0 {
            self.abandon(&draft);
        } else {
            self.finish(draft);
        }
    }

    /// Takes over L1's number, and its time where that is ahead.
    pub(crate) fn follow_l1(&mut self, number: u64, timestamp: u64) {
        self.l1_block = number;
        if self.clock.now() < timestamp {
            self.clock.set(timestamp);
        }
    }

    /// Lets the next block have a base fee above `fee_cap`, as a burst of traffic would; the one after has the usual one again.
    pub(crate) fn raise_base_fee_above(&mut self, fee_cap: U256) {
        let around = self.surroundings_at(self.head());
        let base_fee = fee_cap.saturating_add(U256::ONE);
        if base_fee <= self.next_base_fee() {
            return;
        }
        let changes = crate::evm::change(&self.state, &around, |host| {
            arbos::set_base_fee(host, base_fee);
        });
        commit(&mut self.state, changes);
    }
}
