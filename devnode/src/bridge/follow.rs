//! Looks at L1, again and again: hands its messages to the L2, moves the L2's L1 clock, posts the L2's roots.
//!
//! Always holds: what has been read is what the L2's blocks say, so a restart or an L1 reorganisation only makes it
//! compare; blocks made of messages that L1 no longer has are taken back, and users' transactions in them made again.

use alloy_consensus::{TxEip1559, TypedTransaction};
use alloy_primitives::{B256, TxKind};
use alloy_sol_types::{SolCall as _, sol};
use serde_json::{Value, json};

use super::{
    confirm::Roots,
    contracts::Contracts,
    control::{Controls, Creation, LateRedeem},
    error::BridgeError,
    inbox,
    l1::{L1, L1Block},
    status::{Status, WaitingMessage},
};
use crate::{
    arbos::address::ARB_RETRYABLE_TX,
    chain::{DEV_ACCOUNT, L1Message, SharedChain},
};

sol! {
    function redeem(bytes32 ticketId) external returns (bytes32);
}

/// Gas for the redeem of a late ticket: as much as a transaction may compute with.
const REDEEM_GAS: u64 = 32_000_000;

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) l1: L1,
    pub(super) url: String,
    pub(super) chain: SharedChain,
    pub(super) contracts: Contracts,
    pub(super) controls: Controls,
    seen: Option<L1Block>,
    /// All messages of the inbox by index, from 0.
    messages: Vec<L1Message>,
    roots: Roots,
    error: Option<String>,
}

impl Follower {
    pub(super) fn new(l1: L1, url: String, chain: SharedChain, contracts: Contracts) -> Self {
        Self {
            l1,
            url,
            chain,
            contracts,
            controls: Controls::default(),
            seen: None,
            messages: Vec::new(),
            roots: Roots::default(),
            error: None,
        }
    }

    /// One look at L1, and everything that follows from it.
    pub(super) fn pass(&mut self) -> Result<(), BridgeError> {
        let done = self.read_l1().and_then(|()| {
            self.deliver_due();
            self.post_roots()
        });
        self.error = done.as_ref().err().map(ToString::to_string);
        done
    }

    fn read_l1(&mut self) -> Result<(), BridgeError> {
        let Some(head) = self.l1.block(None)? else {
            return Ok(());
        };
        if self.seen == Some(head) {
            return Ok(());
        }
        let bridge = self.contracts.bridge;
        let extended = match self.seen {
            Some(seen) if seen.number < head.number => {
                self.l1.block(Some(seen.number))? == Some(seen)
            }
            _ => false,
        };
        if let (true, Some(seen)) = (extended, self.seen) {
            let new = inbox::read(&self.l1, bridge, seen.number + 1, head.number)?;
            self.messages.extend(new);
        } else {
            let all = inbox::read(&self.l1, bridge, self.contracts.deployed_at, head.number)?;
            self.start_again(all)?;
        }
        self.seen = Some(head);
        self.roots.doubt();
        self.chain.write().follow_l1(head.number, head.timestamp);
        Ok(())
    }

    /// Takes in the messages of an L1 that is new to us, or that has another history than it had.
    fn start_again(&mut self, all: Vec<L1Message>) -> Result<(), BridgeError> {
        let mut chain = self.chain.write();
        let read = chain.messages_read();
        let agreed = (1..read)
            .find(|index| {
                let message = usize::try_from(*index).ok().and_then(|at| all.get(at));
                !message.is_some_and(|message| chain.has_read(message))
            })
            .unwrap_or(read);
        if agreed < read {
            if self.seen.is_none() && agreed == 1 {
                return Err(BridgeError::Ahead {
                    read,
                    have: all.len() as u64,
                });
            }
            tracing::warn!(from = agreed, "L1 was reorganised: taking messages back");
            chain.take_back_messages(agreed);
        }
        self.messages = all;
        self.roots.forget();
        Ok(())
    }

    fn deliver_due(&mut self) {
        loop {
            let mut chain = self.chain.write();
            let now = chain.next_timestamp();
            let next = usize::try_from(chain.messages_read()).ok();
            let Some(message) = next.and_then(|next| self.messages.get(next)) else {
                break;
            };
            if !self.controls.lets_pass(message.timestamp, now) {
                break;
            }
            if let Some(ticket) = chain.ticket_of(message) {
                let creation = self.controls.next_creation();
                if creation != Creation::Normal {
                    chain.raise_base_fee_above(ticket.fee_cap);
                }
                if let Creation::Late(seconds) = creation {
                    let at = now.saturating_add(seconds);
                    let ticket = ticket.id;
                    self.controls.redeems.push(LateRedeem { ticket, at });
                }
            }
            let delivered = chain.deliver(message);
            if let Some(error) = delivered.malformed {
                tracing::warn!(index = message.index, %error, "a message is malformed");
            }
            self.controls.passed();
        }
        let now = self.chain.read().next_timestamp();
        self.redeem_due(now);
    }

    /// Redeems the late tickets that are due, as anybody could.
    pub(super) fn redeem_due(&mut self, now: u64) {
        for ticket in self.controls.take_due(now) {
            if let Err(error) = self.redeem(ticket) {
                tracing::warn!(%ticket, %error, "a late redeem was refused");
            }
        }
    }

    fn redeem(&self, ticket: B256) -> Result<B256, crate::chain::TxError> {
        let mut chain = self.chain.write();
        let nonce = chain
            .nonce(DEV_ACCOUNT, alloy_eips::BlockId::pending())
            .unwrap_or_default();
        let tx = TxEip1559 {
            chain_id: chain.config().chain_id,
            nonce,
            gas_limit: REDEEM_GAS,
            max_fee_per_gas: chain.next_base_fee().saturating_to(),
            to: TxKind::Call(ARB_RETRYABLE_TX),
            input: redeemCall { ticketId: ticket }.abi_encode().into(),
            ..TxEip1559::default()
        };
        chain.submit_as(DEV_ACCOUNT, TypedTransaction::Eip1559(tx))
    }

    fn post_roots(&mut self) -> Result<(), BridgeError> {
        let head = self.chain.read().head().clone();
        let may_post = !self.controls.hold_roots;
        self.roots.post(&self.l1, &self.contracts, &head, may_post)
    }

    /// One look, and everything that follows from it also on L1, if L1 makes its blocks by itself.
    pub(super) fn settle(&mut self) -> Result<(), BridgeError> {
        self.pass()?;
        // Nodes that are not anvil do not know; nobody waits for their blocks here.
        let mines = self.l1.ask::<bool>("anvil_getAutomine", ());
        if mines.unwrap_or(false) {
            self.roots.arrived(&self.l1)?;
        }
        Ok(())
    }

    /// Moves both chains `seconds` into the future, L1 by `blocks` blocks and the L2 by one.
    pub(super) fn advance(&mut self, seconds: u64, blocks: u64) -> Result<(), BridgeError> {
        // The L2 first: L1's new time then is no news to it.
        self.chain.write().increase_time(seconds);
        self.l1.ask::<Value>("evm_increaseTime", json!([seconds]))?;
        for _ in 0..blocks.max(1) {
            self.l1.ask::<Value>("evm_mine", ())?;
        }
        self.pass()?;
        self.chain.write().mine();
        Ok(())
    }

    pub(super) fn status(&self) -> Status {
        let chain = self.chain.read();
        let read = chain.messages_read();
        let waiting = self
            .messages
            .iter()
            .skip(usize::try_from(read).unwrap_or(usize::MAX));
        Status {
            l1_url: self.url.clone(),
            l1_chain_id: self.l1.chain_id(),
            l1_block: self.seen.map_or(0, |block| block.number),
            contracts: self.contracts,
            messages_on_l1: self.messages.len() as u64,
            messages_read: read,
            waiting: waiting
                .map(|message| WaitingMessage {
                    index: message.index,
                    kind: message.kind,
                    sender: message.sender,
                    ticket_id: chain.ticket_of(message).map(|ticket| ticket.id),
                    due: message
                        .timestamp
                        .saturating_add(self.controls.delay_seconds),
                })
                .collect(),
            held: self.controls.hold,
            delay_seconds: self.controls.delay_seconds,
            failing_redeems: self.controls.failing,
            late_redeems: self.controls.late.0,
            tickets_to_redeem: self
                .controls
                .redeems
                .iter()
                .map(|late| late.ticket)
                .collect(),
            sends: chain.head().send_count(),
            sends_confirmed: self.roots.cover(chain.head()),
            roots_held: self.controls.hold_roots,
            error: self.error.clone(),
        }
    }
}
