//! The other contracts: where they are and what is asked of them.

use confluence_kit::{Address, B256, Result, ensure, interface, manager, peers};

interface! {
    /// The clock, and the block hashes that tickets name.
    RoundsManager {
        /// The round, whether it is initialised, whether terms are locked in it.
        view roundState() -> (u32, bool, bool);
        view blockHashForRound(round: u32) -> B256;
    }
    /// Credits fees, and knows who is active.
    BondingManager {
        exec updateTranscoderWithFees(who: Address, fees: u128, round: u32);
        /// Whether somebody is active in a round, and how many are active in the current one.
        view activeSet(who: Address, round: u32) -> (bool, u32);
        view getTranscoderPoolSize() -> u32;
    }
    /// Holds all ether.
    Minter {
        payable depositETH() -> bool;
        exec trustedWithdrawETH(to: Address, amount: u128);
    }
}

peers! {
    rounds_manager: RoundsManager = "RoundsManager";
    bonding_manager: BondingManager = "BondingManager";
    minter: Minter = "Minter";
}

/// The round, if users may act: "system is paused", "current round is not initialized".
#[inline(never)]
pub fn running_round() -> Result<u32> {
    manager::not_paused()?;
    let (round, is_initialized, _) = rounds_manager().roundState()?;
    ensure!(is_initialized, "current round is not initialized");
    Ok(round)
}

/// The round, whether or not it is initialised.
#[inline(never)]
pub fn current_round() -> Result<u32> {
    Ok(rounds_manager().roundState()?.0)
}
