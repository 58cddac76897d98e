//! What is stored, slot by slot. A slot's name is its tag and the account or hash (`confluence_kit::storage`).
//!
//! Bounds, each checked where it is written and answered with `Panic(0x11)`:
//! * Wei below 2^88, 309 million ETH, more than twice all there is: `msg.value` cannot exceed it.
//! * Rounds and periods below 2^32. A round a minute lasts 8,000 years.
//!
//! The original keeps what was drawn from a reserve for every round; only the current round is ever asked for, so one record,
//! which says its round, takes the place of all of them and costs a rewrite instead of a new slot.

use confluence_kit::storage::Flag;
use confluence_kit::{Address, B256, Narrow, storage};

/// Wei.
pub type Wei = Narrow<11>;

storage! {
    /// A broadcaster's money. Written by itself, by whoever funds it, and with each ticket of its that is redeemed.
    senders: Sender[Address] @ 1 {
        /// From this round on it can withdraw, and its tickets are worth nothing; 0 if it has not unlocked.
        withdraw_round: u32,
        /// Pays winning tickets.
        deposit: Wei,
        /// Pays them when the deposit does not suffice, to each active orchestrator its part.
        reserve: Wei,
        _spare: [u8; 6],
    }
    /// What was drawn from a reserve in its latest round, by all. Written when something is drawn.
    claims: RoundClaims[Address] @ 2 { round: u32, claimed: Wei, _spare: [u8; 17] }
    /// What one orchestrator drew from a reserve in its latest round: holder, claimant. Written when it draws.
    shares: ShareClaimed[(Address, Address)] @ 3 { round: u32, claimed: Wei, _spare: [u8; 17] }
    /// Tickets that were redeemed, by 30 of their hash's 32 bytes. Written once each.
    used: UsedTicket[B256] @ 4 { used: Flag, _spare: [u8; 31] }
    /// What the Controller's owner sets.
    terms: Terms[()] @ 5 {
        /// Rounds between unlocking and withdrawing.
        unlock_period: u32,
        /// Rounds, its own included, in which a ticket can be redeemed.
        ticket_validity_period: u32,
        /// Whether redeeming follows the original where X11 and X12 differ from it.
        original_rules: Flag,
        _spare: [u8; 23],
    }
}

impl Sender {
    /// Whether its money can still be drawn, and not yet be withdrawn.
    pub fn is_locked(&self, round: u32) -> bool {
        self.withdraw_round == 0 || round < self.withdraw_round
    }

    /// Whether it has anything.
    pub fn has_funds(&self) -> bool {
        !self.deposit.is_zero() || !self.reserve.is_zero()
    }
}

macro_rules! of_a_round {
    ($($record:ident)*) => { $(
        impl $record {
            /// Wei drawn in `round`.
            pub fn in_round(&self, round: u32) -> u128 {
                if self.round == round { self.claimed.get() } else { 0 }
            }
        }
    )* };
}
of_a_round! { RoundClaims ShareClaimed }
