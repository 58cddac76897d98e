//! What failed on the way, and how it was mended.

use alloy::primitives::{Address, B256};
use serde::{Deserialize, Serialize};

use super::{RehearseError, diary::Diary};

/// A ticket that did not run when it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Its id; zero if L2 never knew it.
    pub ticket: B256,
    /// What it carries.
    pub what: String,
    /// Whose it is, if one account's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Address>,
    /// Why it did not run.
    pub why: String,
    /// What was done about it.
    pub how: Remedy,
}

/// What is done about a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// A stranger redeemed it.
    Redeemed,
    /// Its week was over, and it was sent again.
    SentAgain,
}

impl Repair {
    /// Notes it before it is done, once, whoever is cut short meanwhile.
    pub(super) fn note(self, diary: &mut Diary) -> Result<(), RehearseError> {
        let noted = &diary.notes().repairs;
        match noted.iter().any(|it| it.ticket == self.ticket) {
            true => Ok(()),
            false => diary.note(|notes| notes.repairs.push(self)),
        }
    }
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        if let Some(account) = self.account {
            write!(f, " of {account}")?;
        }
        write!(f, ": {}; {}", self.why, self.how)
    }
}

impl std::fmt::Display for Remedy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Redeemed => "redeemed by a stranger",
            Self::SentAgain => "sent again",
        })
    }
}
