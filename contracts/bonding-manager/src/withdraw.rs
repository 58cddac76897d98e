//! LPT and wei leave the protocol.

use crate::claim::claim;
use crate::events::{WithdrawFees, WithdrawStake};
use crate::storage::State;
use crate::{peers, rebond};
use confluence_kit::{Address, Result, emit, ensure, msg};

/// Pays out a lock that has run out. Claims nothing.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "invalid unbonding lock ID".
/// * "withdraw round must be before or equal to the current round".
///
/// # Events
/// The token's, `WithdrawStake`.
///
/// # Source
/// BondingManager.withdrawStake; deviation: none.
pub fn withdraw_stake(s: &mut State, lock: u32) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let it = rebond::take(s, &sender, lock)?;
    ensure!(
        it.withdraw_round <= round,
        "withdraw round must be before or equal to the current round"
    );
    peers::minter().trustedTransferTokens(&sender, it.amount)?;
    emit!(WithdrawStake {
        delegator: &sender,
        unbondingLockId: lock,
        amount: it.amount,
        withdrawRound: it.withdraw_round,
    });
    Ok(())
}

/// Pays out fees.
///
/// # Arguments
/// * `recipient` - whom they are paid to.
/// * `amount` - wei; may be 0.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "invalid recipient", "insufficient fees to withdraw".
/// * what the Minter or the recipient answers.
///
/// # Events
/// `EarningsClaimed`, `WithdrawFees`.
///
/// # Source
/// BondingManager.withdrawFees; deviation: none.
pub fn withdraw_fees(s: &mut State, recipient: &Address, amount: u128) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    claim(s, &sender, round)?;
    ensure!(!recipient.is_zero(), "invalid recipient");
    let mut d = s.delegators.edit(&sender);
    ensure!(d.fees.get() >= amount, "insufficient fees to withdraw");
    d.fees.sub(amount)?;
    d.store();
    peers::minter().trustedWithdrawETH(recipient, amount)?;
    emit!(WithdrawFees {
        delegator: &sender,
        recipient,
        amount
    });
    Ok(())
}
