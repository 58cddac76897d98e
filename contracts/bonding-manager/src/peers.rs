//! The other contracts: where they are and what is asked of them.
//! Always holds: a transaction asks the Controller whether it runs and the RoundsManager for everything about the round, once each.

use confluence_kit::{Address, Result, ensure, interface, manager, peers};

interface! {
    /// The clock.
    RoundsManager {
        /// The round, whether it is initialised, whether terms are locked in it.
        view roundState() -> (u32, bool, bool);
    }
    /// Inflation, and the purse.
    Minter {
        exec createReward(stake: u128, total: u128) -> u128;
        exec trustedTransferTokens(to: Address, amount: u128);
        exec trustedBurnTokens(amount: u128);
        exec trustedWithdrawETH(to: Address, amount: u128);
        view currentMintableTokens() -> u128;
        view currentMintedTokens() -> u128;
    }
    /// LPT. As in the original, what it answers is not looked at beyond its form.
    LivepeerToken {
        exec transferFrom(from: Address, to: Address, amount: u128) -> bool;
    }
    /// Brings fees; is not called.
    TicketBroker {}
    /// Brings stakes from L1; is not called.
    L2Migrator {}
    /// Slashes; is not called.
    Verifier {}
}

peers! {
    rounds_manager: RoundsManager = "RoundsManager";
    minter: Minter = "Minter";
    token: LivepeerToken = "LivepeerToken";
    ticket_broker: TicketBroker = "TicketBroker";
    l2_migrator: L2Migrator = "L2Migrator";
    verifier: Verifier = "Verifier";
}

/// The round, if users may act: "system is paused", "current round is not initialized".
#[inline(never)]
pub fn running_round() -> Result<u32> {
    Ok(running_round_and_lock()?.0)
}

/// [`running_round`], and whether terms are locked.
#[inline(never)]
pub fn running_round_and_lock() -> Result<(u32, bool)> {
    manager::not_paused()?;
    let (round, is_initialized, is_locked) = rounds_manager().roundState()?;
    ensure!(is_initialized, "current round is not initialized");
    Ok((round, is_locked))
}

/// The round, whether or not it is initialised.
#[inline(never)]
pub fn current_round() -> Result<u32> {
    Ok(rounds_manager().roundState()?.0)
}
