//! Money comes in. Only a sender's own funding ends its unlocking: else anybody could keep it from its money.

use crate::events::{DepositFunded, ReserveFunded, UnlockCancelled};
use crate::peers;
use crate::storage::{Sender, State};
use confluence_kit::math::{narrow, wide};
use confluence_kit::{Address, Checked, Result, U256, emit, ensure, manager, msg};

/// Adds the wei sent to the caller's deposit.
///
/// # Errors
/// * "system is paused".
///
/// # Events
/// `UnlockCancelled` if it was unlocking, `DepositFunded`.
///
/// # Source
/// TicketBroker.fundDeposit; deviation: none.
pub fn fund_deposit(s: &mut State) -> Result {
    manager::not_paused()?;
    let (who, amount) = (msg::sender(), narrow(&msg::value())?);
    let mut sender = s.senders.edit(&who);
    sender.deposit.add(amount)?;
    lock_again(&who, &mut sender);
    sender.store();
    keep(amount)?;
    emit!(DepositFunded {
        sender: &who,
        amount
    });
    Ok(())
}

/// Adds the wei sent to the caller's reserve.
///
/// # Errors
/// * "system is paused".
///
/// # Events
/// `ReserveFunded`, `UnlockCancelled` if it was unlocking.
///
/// # Source
/// TicketBroker.fundReserve; deviation: none.
pub fn fund_reserve(s: &mut State) -> Result {
    manager::not_paused()?;
    let (who, amount) = (msg::sender(), narrow(&msg::value())?);
    let mut sender = s.senders.edit(&who);
    sender.reserve.add(amount)?;
    emit!(ReserveFunded {
        reserveHolder: &who,
        amount
    });
    lock_again(&who, &mut sender);
    sender.store();
    keep(amount)
}

/// Splits the wei sent between the caller's deposit and reserve.
///
/// # Errors, events, source
/// As [`fund_deposit_and_reserve_for`].
pub fn fund_deposit_and_reserve(s: &mut State, deposit: U256, reserve: U256) -> Result {
    fund_deposit_and_reserve_for(s, &msg::sender(), deposit, reserve)
}

/// Splits the wei sent between the deposit and the reserve of `who`.
///
/// # Arguments
/// * `deposit`, `reserve` - wei, together what is sent.
///
/// # Errors
/// * "system is paused".
/// * `Panic(0x11)` - the sum leaves 256 bits.
/// * "msg.value does not equal sum of deposit amount and reserve amount".
///
/// # Events
/// `UnlockCancelled` if the caller is `who` and was unlocking, `ReserveFunded`, `DepositFunded`; the last two also for nothing.
///
/// # Source
/// TicketBroker.fundDepositAndReserveFor; deviation: none.
#[inline(never)]
pub fn fund_deposit_and_reserve_for(
    s: &mut State,
    who: &Address,
    deposit: U256,
    reserve: U256,
) -> Result {
    manager::not_paused()?;
    let value = msg::value();
    ensure!(
        value == deposit.plus(reserve)?,
        "msg.value does not equal sum of deposit amount and reserve amount"
    );
    let (deposit, reserve) = (narrow(&deposit)?, narrow(&reserve)?);
    let mut sender = s.senders.edit(who);
    sender.deposit.add(deposit)?;
    sender.reserve.add(reserve)?;
    if msg::sender() == *who {
        lock_again(who, &mut sender);
    }
    sender.store();
    emit!(ReserveFunded {
        reserveHolder: who,
        amount: reserve
    });
    keep(narrow(&value)?)?;
    emit!(DepositFunded {
        sender: who,
        amount: deposit
    });
    Ok(())
}

/// A sender that funds itself stays.
#[inline(never)]
pub(crate) fn lock_again(who: &Address, sender: &mut Sender) {
    if sender.withdraw_round != 0 {
        sender.withdraw_round = 0;
        emit!(UnlockCancelled { sender: who });
    }
}

/// The Minter holds all ether; it is called for nothing too, as in the original.
#[inline(never)]
fn keep(amount: u128) -> Result {
    peers::minter().depositETH(&wide(amount))?;
    Ok(())
}
