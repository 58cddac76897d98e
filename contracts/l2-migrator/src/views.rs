//! What has arrived, and whom it deals with.

use crate::peers;
use crate::storage::State;
use confluence_kit::abi::{Reply, reply};
use confluence_kit::{Address, Result};

/// BondingManager.
pub fn bonding_manager(_: &State) -> Result<Address> {
    Ok(peers::bonding_manager().0)
}

/// TicketBroker.
pub fn ticket_broker(_: &State) -> Result<Address> {
    Ok(peers::ticket_broker().0)
}

/// MerkleSnapshot.
pub fn merkle_snapshot(_: &State) -> Result<Address> {
    Ok(peers::merkle_snapshot().0)
}

/// LPT.
pub fn token(_: &State) -> Result<Address> {
    Ok(peers::token().0)
}

/// Whether all of an account's stake and fees have arrived.
pub fn is_migrated(s: &State, who: &Address) -> Result<bool> {
    Ok(s.accounts.get(who).is_done.get())
}

/// LPT base units of an account's stake that have arrived, and whether its fees have.
pub fn migrated_parts(s: &State, who: &Address) -> Result<Reply> {
    let account = s.accounts.get(who);
    Ok(reply()
        .number(account.arrived.get())
        .flag(account.fees_paid.get()))
}

/// The pool of an orchestrator's delegators; null before it has migrated, and if it had none.
pub fn pool(s: &State, orchestrator: &Address) -> Result<Address> {
    Ok(s.delegates.get(orchestrator).pool)
}

/// LPT base units of what was delegated to somebody on L1 that have arrived.
pub fn claimed_delegated_stake(s: &State, delegate: &Address) -> Result<u128> {
    Ok(s.delegates.get(delegate).claimed.get())
}
