//! What somebody has to hear of.

use std::fmt;

use alloy::primitives::{Address, B256};
use serde::Serialize;

/// One message, about one ticket or about the watching itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "alert", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Alert {
    /// A ticket waits on L2.
    Waits {
        /// Which.
        ticket: B256,
        /// Whose account on L1.
        account: Address,
        /// Why it did not run.
        why: String,
        /// Seconds until it expires.
        seconds_left: u64,
    },
    /// A ticket expires soon.
    Expires {
        /// Which.
        ticket: B256,
        /// Whose account on L1.
        account: Address,
        /// Seconds until then.
        seconds_left: u64,
    },
    /// A ticket was redeemed by this command.
    Redeemed {
        /// Which.
        ticket: B256,
        /// Whose account on L1.
        account: Address,
        /// In this transaction.
        transaction: B256,
    },
    /// Redeeming was tried and failed.
    StillFails {
        /// Which.
        ticket: B256,
        /// Whose account on L1.
        account: Address,
        /// Why.
        why: String,
    },
    /// A ticket ended without having run.
    Lost {
        /// Which.
        ticket: B256,
        /// Whose account on L1.
        account: Address,
        /// Its state, and what to do.
        what: String,
    },
    /// The chains could not be asked for a while.
    Blind {
        /// Passes that failed one after another.
        failures: u64,
        /// The last failure.
        why: String,
    },
    /// They can be asked again.
    Sees,
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waits {
                ticket,
                account,
                why,
                seconds_left,
            } => write!(
                f,
                "ticket {ticket} of {account} waits: {why}; {} left. Redeem it with `confluence redeem {ticket}`",
                days(*seconds_left)
            ),
            Self::Expires {
                ticket,
                account,
                seconds_left,
            } => write!(
                f,
                "ticket {ticket} of {account} expires in {}: redeem it, or give it another week with `confluence keepalive {ticket}`",
                days(*seconds_left)
            ),
            Self::Redeemed {
                ticket,
                account,
                transaction,
            } => write!(f, "ticket {ticket} of {account} redeemed in {transaction}"),
            Self::StillFails {
                ticket,
                account,
                why,
            } => write!(
                f,
                "ticket {ticket} of {account} was tried and still fails: {why}"
            ),
            Self::Lost {
                ticket,
                account,
                what,
            } => write!(f, "ticket {ticket} of {account} did not run: {what}"),
            Self::Blind { failures, why } => {
                write!(
                    f,
                    "the chains could not be read {failures} times in a row: {why}"
                )
            }
            Self::Sees => write!(f, "the chains can be read again"),
        }
    }
}

fn days(seconds: u64) -> String {
    match seconds {
        172_800.. => format!("{} days", seconds / 86_400),
        7_200.. => format!("{} hours", seconds / 3_600),
        _ => format!("{} minutes", seconds / 60),
    }
}
