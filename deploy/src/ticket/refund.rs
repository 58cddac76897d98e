//! Who gets what a ticket leaves over, and may cancel it.
//! Always holds: the same account as L1's Inbox makes of the one it is given (nitro-contracts AbsInbox._createRetryableTicket): where
//! that has code on L1, be it a contract's or a delegation (EIP-7702), the Inbox puts its alias in its place, in case the same
//! address on L2 is somebody else's or nobody's.

use std::fmt;

use alloy::primitives::Address;

use super::bridge::alias;
use crate::client::{ClientError, L1};

/// Who on L2 is paid a ticket's refunds, and is its beneficiary, if `account` is given to L1's Inbox for that.
///
/// # Errors
/// Those of the client.
pub async fn refunds_to(l1: &L1, account: Address) -> Result<Address, ClientError> {
    match l1.code(account).await?.is_empty() {
        true => Ok(account),
        false => Ok(alias(account)),
    }
}

/// What an account must know whose alias stands in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aliased(pub(crate) Address);

impl fmt::Display for Aliased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (account, alias) = (self.0, alias(self.0));
        write!(
            f,
            "{account} has code on L1, so L1's Inbox puts its alias {alias} on L2 in its place; no key signs for an alias: only what {account} sends through the Inbox on L1 acts as {alias}"
        )
    }
}
