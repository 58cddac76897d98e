//! Moving what an account has on L1 to L2: checked before anything is sent, sent as one ticket, followed to its end.
//! Always holds: nothing is sent that a look at both chains shows to fail; what was sent is found on chain again, so that an
//! interrupted move is gone on with instead of being paid for twice.

mod authority;
mod check;
mod error;
mod follow;
mod hints;
mod holdings;
mod order;
mod safe;
pub(crate) mod show;
mod sides;

pub use authority::Authority;
pub use error::MigrateError;
pub use follow::{Followed, Initiated, follow, initiated, status_of, ticket_of, underway};
pub(crate) use hints::places_of_claim;
pub use hints::{Neighbours, Standings};
pub use holdings::{Arrived, Holdings, Lock};
pub use order::{Brings, Order, Quote, Ready};
pub use safe::Batch;
pub use sides::Sides;

/// What code an account has, as far as it matters for who can use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// A key alone.
    Key,
    /// A key whose account runs another contract's code (EIP-7702).
    Delegated,
    /// A contract.
    Contract,
}

/// Days in which a ticket that can still run was sent: it lives for a week, and a keepalive adds one.
pub const TICKET_DAYS: u64 = 14;
/// What code of an EIP-7702 account begins with.
const DELEGATION: [u8; 3] = [0xef, 0x01, 0x00];

impl AccountKind {
    /// What an account with this code is.
    #[must_use]
    pub fn of(code: &[u8]) -> Self {
        match code {
            [] => Self::Key,
            code if code.len() == 23 && code.starts_with(&DELEGATION) => Self::Delegated,
            _ => Self::Contract,
        }
    }

    /// Whether a key signs for it.
    #[must_use]
    pub fn has_key(self) -> bool {
        self != Self::Contract
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_with_a_delegation_still_has_its_key() {
        let delegated = [&DELEGATION[..], &[7; 20]].concat();
        assert_eq!(AccountKind::of(&delegated), AccountKind::Delegated);
        assert!(AccountKind::Delegated.has_key());
        assert_eq!(AccountKind::of(&[]), AccountKind::Key);
        // one byte too many is a contract, whatever it begins with
        let contract = [&delegated[..], &[0]].concat();
        assert!(!AccountKind::of(&contract).has_key());
    }
}
