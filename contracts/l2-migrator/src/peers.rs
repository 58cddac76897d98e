//! The other contracts: where they are and what is asked of them.
//! Always holds: BondingManager may take as much LPT from here as it is told to bond, and no contract that was BondingManager before may.

use crate::storage::State;
use confluence_kit::abi::{Array, Hint};
use confluence_kit::{Address, B256, Result, U256, interface};

interface! {
    /// Stakes.
    BondingManager {
        /// Bonded LPT, fees, delegate; what follows is not asked for.
        view getDelegator(who: Address) -> (u128, u128, Address);
        exec bondForWithHint(amount: u128, owner: Address, to: Address, old: Hint, new: Hint);
        exec bondPoolWithHint(amount: u128, pool: Address, to: Address, hint: Hint);
    }
    /// Broadcasters' funds.
    TicketBroker {
        payable fundDepositAndReserveFor(who: Address, deposit: u128, reserve: u128);
    }
    /// Roots of snapshots.
    MerkleSnapshot {
        view verify(id: B256, proof: Array<B256>, leaf: B256) -> bool;
    }
    /// LPT. What it answers is not looked at beyond its form.
    Token {
        exec approve(spender: Address, amount: U256) -> bool;
    }
    /// An orchestrator's delegators' stake.
    DelegatorPool {
        exec initialize(bondingManager: Address);
        exec claimUpTo(delegator: Address, stake: u128, old: Hint, new: Hint) -> u128;
    }
}

mod registered {
    use super::{BondingManager, MerkleSnapshot, TicketBroker, Token};
    confluence_kit::peers! {
        bonding_manager: BondingManager = "BondingManager";
        ticket_broker: TicketBroker = "TicketBroker";
        merkle_snapshot: MerkleSnapshot = "MerkleSnapshot";
        token: Token = "LivepeerToken";
    }
}
pub use registered::{bonding_manager, merkle_snapshot, ticket_broker, token};

/// Brings the stored addresses up to date with the registry. The LPT here is BondingManager's to take from then on: the original
/// allows it anew for each bond, which costs a new slot each time.
///
/// # Events
/// `ControllerContractUpdate` for each change, the token's `Approval`.
///
/// # Source
/// L2Migrator.syncControllerContracts; deviation: D6, the allowance.
pub fn sync_controller_contracts(s: &mut State) -> Result {
    let (old_token, old_manager) = (token(), bonding_manager());
    registered::sync_controller_contracts(s)?;
    let (token, manager) = (token(), bonding_manager());
    if token.0 == old_token.0 && manager.0 == old_manager.0 {
        return Ok(());
    }
    if !old_token.0.is_zero() && !old_manager.0.is_zero() {
        old_token.approve(&old_manager.0, U256::ZERO)?;
    }
    if !token.0.is_zero() && !manager.0.is_zero() {
        token.approve(&manager.0, U256::MAX)?;
    }
    Ok(())
}
