//! When an orchestrator works and when it can redeem tickets, with the rounds named.
//! Always holds: a ticket made in round r can be redeemed in the rounds r to r + validity - 1, by an orchestrator that is active in
//! the round of the redemption. So who is active from the next round on can take tickets in this one.

use std::fmt;

use alloy::primitives::{Address, U256, utils::format_ether};
use confluence_abi::IBondingManager;
use serde::Serialize;

use super::{PaymentError, System};
use crate::{client::L2, poll::decimal};

/// The rounds that decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rounds {
    /// The current one.
    pub current: u64,
    /// From this one on it is active; 0 if it never was a candidate.
    pub activation: u64,
    /// From this one on it is not; `None` if no end is known.
    pub deactivation: Option<u64>,
    /// Rounds that a ticket is good for, its own included.
    pub ticket_validity: u64,
}

/// Where an orchestrator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Standing {
    /// Not bonded to itself.
    NotRegistered,
    /// Bonded to itself, but not among the candidates.
    Inactive,
    /// Active from a later round on.
    Pending {
        /// Its first round.
        from_round: u64,
        /// Whether a ticket made now is still good then.
        may_take_tickets: bool,
        /// The last round in which a ticket made now can be redeemed.
        redeem_until: u64,
    },
    /// Active.
    Active {
        /// Its last round, if it leaves.
        last_round: Option<u64>,
        /// The last round in which it can redeem a ticket made now.
        redeem_until: u64,
    },
}

impl Rounds {
    /// What follows from the rounds, for somebody who is registered or not.
    #[must_use]
    pub fn standing(&self, is_registered: bool) -> Standing {
        let last_valid = (self.current + self.ticket_validity).saturating_sub(1);
        let last_active = self.deactivation.map(|round| round.saturating_sub(1));
        let ended = last_active.is_some_and(|last| last < self.current || last < self.activation);
        match (ended || self.activation == 0, is_registered) {
            (true, false) => Standing::NotRegistered,
            (true, true) => Standing::Inactive,
            (false, _) if self.current < self.activation => Standing::Pending {
                from_round: self.activation,
                may_take_tickets: self.activation <= last_valid,
                redeem_until: last_valid,
            },
            (false, _) => Standing::Active {
                last_round: last_active,
                redeem_until: last_active.map_or(last_valid, |last| last.min(last_valid)),
            },
        }
    }
}

/// An orchestrator as the BondingManager knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Orchestrator {
    /// Its account.
    pub address: Address,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// The rounds behind that.
    pub rounds: Rounds,
    /// LPT base units delegated to it, its own included.
    #[serde(serialize_with = "decimal")]
    pub delegated: U256,
}

impl Orchestrator {
    /// An orchestrator as it is now.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn look(l2: &L2, system: &System, address: Address) -> Result<Self, PaymentError> {
        let record = IBondingManager::getTranscoderCall {
            transcoder: address,
        };
        let record = l2.read(system.bonding, &record).await?;
        let is_registered = IBondingManager::isRegisteredTranscoderCall {
            transcoder: address,
        };
        let is_registered = l2.read(system.bonding, &is_registered).await?;
        let stake = IBondingManager::transcoderTotalStakeCall {
            transcoder: address,
        };
        let rounds = Rounds {
            current: system.round(l2).await?,
            activation: record.activationRound.saturating_to(),
            // 2^256 - 1 stands for "no end".
            deactivation: u64::try_from(record.deactivationRound).ok(),
            ticket_validity: system.ticket_validity(l2).await?,
        };
        Ok(Self {
            address,
            standing: rounds.standing(is_registered),
            rounds,
            delegated: l2.read(system.bonding, &stake).await?,
        })
    }
}

impl fmt::Display for Orchestrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let now = self.rounds.current;
        writeln!(f, "orchestrator  {}", self.address)?;
        writeln!(f, "delegated     {} LPT", format_ether(self.delegated))?;
        writeln!(
            f,
            "round         {now}; a ticket is good for {} rounds, its own included",
            self.rounds.ticket_validity
        )?;
        match self.standing {
            Standing::NotRegistered => write!(
                f,
                "state         not registered: it is not bonded to itself"
            ),
            Standing::Inactive => write!(
                f,
                "state         not active: its stake is not among the largest; it should take no tickets"
            ),
            Standing::Pending {
                from_round,
                may_take_tickets: true,
                redeem_until,
            } => write!(
                f,
                "state         active from round {from_round} on\ntickets       may be taken now: those of round {now} can be redeemed in rounds {from_round} to {redeem_until}"
            ),
            Standing::Pending { from_round, .. } => write!(
                f,
                "state         active from round {from_round} on\ntickets       should not be taken before: those of round {now} are void by then"
            ),
            Standing::Active {
                last_round: None,
                redeem_until,
            } => write!(
                f,
                "state         active\ntickets       those of round {now} can be redeemed in rounds {now} to {redeem_until}"
            ),
            Standing::Active {
                last_round: Some(last),
                redeem_until,
            } => write!(
                f,
                "state         active until the end of round {last}\ntickets       all must be redeemed by then; those of round {now} in rounds {now} to {redeem_until}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounds(current: u64, activation: u64, deactivation: Option<u64>) -> Rounds {
        Rounds {
            current,
            activation,
            deactivation,
            ticket_validity: 2,
        }
    }

    #[test]
    fn who_is_active_from_the_next_round_on_may_take_tickets_now() {
        let standing = rounds(7, 8, None).standing(true);
        assert_eq!(
            standing,
            Standing::Pending {
                from_round: 8,
                may_take_tickets: true,
                redeem_until: 8
            }
        );
    }

    #[test]
    fn tickets_that_are_void_before_the_activation_should_not_be_taken() {
        let of_one_round = Rounds {
            ticket_validity: 1,
            ..rounds(7, 8, None)
        };
        let standing = of_one_round.standing(true);
        assert_eq!(
            standing,
            Standing::Pending {
                from_round: 8,
                may_take_tickets: false,
                redeem_until: 7
            }
        );
    }

    #[test]
    fn who_leaves_has_to_redeem_before() {
        let standing = rounds(7, 3, Some(8)).standing(false);
        assert_eq!(
            standing,
            Standing::Active {
                last_round: Some(7),
                redeem_until: 7
            }
        );
        assert_eq!(
            rounds(8, 3, Some(8)).standing(false),
            Standing::NotRegistered
        );
        assert_eq!(rounds(8, 3, Some(8)).standing(true), Standing::Inactive);
    }

    #[test]
    fn an_active_orchestrator_redeems_as_long_as_tickets_are_good() {
        let standing = rounds(7, 7, None).standing(true);
        assert_eq!(
            standing,
            Standing::Active {
                last_round: None,
                redeem_until: 8
            }
        );
    }

    #[test]
    fn who_left_before_it_became_active_never_is() {
        assert_eq!(rounds(7, 8, Some(8)).standing(true), Standing::Inactive);
    }

    #[test]
    fn an_unknown_account_is_not_registered() {
        assert_eq!(
            rounds(7, 0, Some(0)).standing(false),
            Standing::NotRegistered
        );
    }
}
