//! Around a try of a ticket (type 0x68): the call value comes out of escrow, the gas was paid before, refunds follow.
//!
//! Always holds: `refund_to` never gets more than came from the deposit (`max_refund`); what goes beyond is the
//! sender's; after a success the ticket is gone, after a failure its call value is back in escrow.

use alloy_primitives::{Address, U256};

use super::{
    Host,
    address::escrow,
    meter::{Free, Meter},
    state::{State, fields, l2_pricing, tickets},
    submit::take,
    tx::RetryTx,
};

/// Prepares a try. False when the escrow does not hold the call value: then the transaction fails without gas.
#[must_use]
pub fn begin_retry(host: &mut dyn Host, tx: &RetryTx) -> bool {
    if !host.transfer(escrow(tx.ticket_id), tx.from, tx.value) {
        return false;
    }
    let price = host.block().base_fee;
    host.mint(tx.from, price.saturating_mul(U256::from(tx.gas)));
    true
}

/// Settles a try that used all but `gas_left` of its gas and had the unused gas credited to its sender.
pub fn end_retry(host: &mut dyn Host, tx: &RetryTx, gas_left: u64, success: bool) {
    let mut state = State::free(host);
    let Ok(()) = settle(&mut state, tx, gas_left, success);
}

fn settle(
    state: &mut State<'_, Free>,
    tx: &RetryTx,
    gas_left: u64,
    success: bool,
) -> Result<(), <Free as Meter>::Error> {
    let network = state.get(fields::NETWORK_FEE_ACCOUNT)?;
    let infra = state.get(fields::INFRA_FEE_ACCOUNT)?;
    let gas_used = tx.gas.saturating_sub(gas_left);
    let unused = tx.gas_fee_cap.saturating_mul(U256::from(gas_left));
    // The sender did not pay for the gas, so what the EVM gave back to it is not its own.
    let _ = state.host.burn(tx.from, unused);

    let mut pool = tx.max_refund;
    if success {
        refund(state, tx, network, tx.submission_fee_refund, &mut pool);
    } else {
        take(&mut pool, tx.submission_fee_refund);
    }
    take(
        &mut pool,
        tx.gas_fee_cap.saturating_mul(U256::from(gas_used)),
    );
    let mut network_refund = unused;
    if !infra.is_zero() {
        let least = state.get(l2_pricing::MIN_BASE_FEE)?.min(tx.gas_fee_cap);
        let share = take(
            &mut network_refund,
            least.saturating_mul(U256::from(gas_left)),
        );
        refund(state, tx, infra, share, &mut pool);
    }
    refund(state, tx, network, network_refund, &mut pool);

    if success {
        tickets::delete(state, tx.ticket_id)?;
    } else {
        let returned = state.host.transfer(tx.from, escrow(tx.ticket_id), tx.value);
        debug_assert!(returned, "a failed try spent nothing");
    }
    l2_pricing::use_gas(state, gas_used)
}

/// Pays back out of `from`, first to the refund address as far as the deposit goes. An account that has spent the
/// money meanwhile pays nothing.
fn refund(state: &mut State<'_, Free>, tx: &RetryTx, from: Address, amount: U256, pool: &mut U256) {
    let to_refund_address = take(pool, amount);
    let _ = state.host.transfer(from, tx.refund_to, to_refund_address);
    let _ = state
        .host
        .transfer(from, tx.from, amount - to_refund_address);
}
