//! What an owner should think of before moving: rules over a preview, without a chain.

use std::fmt;

use alloy::primitives::{Address, U256};
use serde::Serialize;

use super::Preview;
use crate::{
    migrate::{AccountKind, show::amount},
    ticket::Aliased,
};

/// Rounds before a lock can be withdrawn on L1 that count as soon.
const SOON: u64 = 3;

/// One thing to think of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "warning", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Warning {
    /// A contract on L1, nothing at the same address on L2.
    ContractOnOneSide {
        /// The wallet.
        account: Address,
    },
    /// A contract on L1, which no key can send for.
    ContractWallet {
        /// The wallet.
        account: Address,
    },
    /// The receiver runs code.
    ReceiverHasCode {
        /// Who.
        receiver: Address,
        /// Whether a key signs for it all the same.
        delegated: bool,
    },
    /// EIP-7702 code on one side only: it says nothing about the other.
    DelegatedOnOneSide {
        /// Which side has it.
        side: &'static str,
        /// Who.
        account: Address,
    },
    /// The receiver has code on L1: what tickets leave over goes to its alias.
    RefundsAtAlias {
        /// Who.
        receiver: Address,
        /// Who gets it on L2.
        alias: Address,
    },
    /// Something has moved already.
    Arrived {
        /// What.
        what: &'static str,
    },
    /// A part has moved already.
    PartArrived {
        /// LPT base units of it.
        #[serde(serialize_with = "crate::poll::decimal")]
        stake: U256,
    },
    /// A lock could soon be withdrawn on L1, and would be stake again on L2.
    LockWithdrawable {
        /// Its number.
        #[serde(serialize_with = "crate::poll::decimal")]
        id: U256,
        /// LPT base units.
        #[serde(serialize_with = "crate::poll::decimal")]
        amount: U256,
        /// From this round of L1 on.
        round: u64,
        /// L1's current round.
        now: u64,
        /// Rounds that unbonding takes on L2.
        period: u64,
    },
    /// Nothing is there at all.
    Empty {
        /// Whose.
        account: Address,
    },
}

/// What to think of, the gravest first.
pub(super) fn of(preview: &Preview) -> Vec<Warning> {
    let (account, receiver) = (preview.account, preview.receiver);
    let (has, arrived) = (&preview.holdings, &preview.arrived);
    let mut warnings = Vec::new();
    if preview.on_l1 == AccountKind::Contract {
        if account == receiver && preview.on_l2 == AccountKind::Key {
            warnings.push(Warning::ContractOnOneSide { account });
        }
        warnings.push(Warning::ContractWallet { account });
    }
    if preview.on_l2 != AccountKind::Key {
        warnings.push(Warning::ReceiverHasCode {
            receiver,
            delegated: preview.on_l2 == AccountKind::Delegated,
        });
    }
    let delegated = |kind| kind == AccountKind::Delegated;
    match (delegated(preview.on_l1), delegated(preview.on_l2)) {
        (true, false) => warnings.push(Warning::DelegatedOnOneSide {
            side: "L1",
            account,
        }),
        (false, true) => warnings.push(Warning::DelegatedOnOneSide {
            side: "L2",
            account: receiver,
        }),
        _ => {}
    }
    if preview.refunds_to != receiver {
        warnings.push(Warning::RefundsAtAlias {
            receiver,
            alias: preview.refunds_to,
        });
    }
    if arrived.whole {
        warnings.push(Warning::Arrived {
            what: "stake and fees",
        });
    } else if !arrived.stake.is_zero() {
        warnings.push(Warning::PartArrived {
            stake: arrived.stake,
        });
    }
    if arrived.sender {
        warnings.push(Warning::Arrived {
            what: "deposit and reserve",
        });
    }
    for lock in &has.locks {
        if !arrived.locks.contains(&lock.id) && lock.withdraw_round <= has.round + SOON {
            warnings.push(Warning::LockWithdrawable {
                id: lock.id,
                amount: lock.amount,
                round: lock.withdraw_round,
                now: has.round,
                period: preview.unbonding_period,
            });
        }
    }
    if preview.moves.is_empty() && !arrived.whole && !arrived.sender && arrived.locks.is_empty() {
        warnings.push(Warning::Empty { account });
    }
    warnings
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContractOnOneSide { account } => write!(
                f,
                "{account} is a contract on L1 and has no code on L2: nobody could use what arrives there. Choose another account with --l2-addr"
            ),
            Self::ContractWallet { account } => write!(
                f,
                "{account} is a contract: it sends for itself (`confluence migrate .. --safe-json FILE` writes the transaction), and cannot claim with a proof"
            ),
            Self::ReceiverHasCode {
                receiver,
                delegated: false,
            } => write!(
                f,
                "{receiver} is a contract on L2: it must take ether, or the fees keep the ticket from running, and be able to call BondingManager"
            ),
            Self::ReceiverHasCode { receiver, .. } => write!(
                f,
                "{receiver} runs a contract's code on L2 (EIP-7702), which gets the fees' ether: it must take it"
            ),
            Self::DelegatedOnOneSide { side, account } => write!(
                f,
                "{account} runs a contract's code on {side} only (EIP-7702): what that code allows there it does not allow on the other side; the key counts on both"
            ),
            Self::RefundsAtAlias { receiver, alias } => write!(
                f,
                "what a ticket leaves over, and the right to cancel it, go to {alias}, not to {receiver}: {}. What is moved itself arrives at {receiver}; an --l2-addr without code on L1 gets both",
                Aliased(*receiver)
            ),
            Self::Arrived { what } => write!(f, "{what} have arrived on L2 already"),
            Self::PartArrived { stake } => write!(
                f,
                "{} LPT of the stake have arrived already; the rest would move",
                amount(*stake)
            ),
            Self::LockWithdrawable {
                id,
                amount: units,
                round,
                now,
                period,
            } => {
                let lpt = amount(*units);
                match round <= now {
                    true => write!(f, "lock {id} ({lpt} LPT) can be withdrawn on L1 now")?,
                    false => write!(
                        f,
                        "lock {id} ({lpt} LPT) can be withdrawn on L1 from round {round} on, and it is {now}"
                    )?,
                }
                write!(
                    f,
                    "; on L2 it is stake again, and takes {period} rounds to unbond"
                )
            }
            Self::Empty { account } => write!(f, "{account} has nothing on L1 that could move"),
        }
    }
}

#[cfg(test)]
#[path = "warn_tests.rs"]
mod tests;
