//! Deposits and the creation of tickets: types 0x64 and 0x69, which run no code and pay no gas of their own.
//!
//! Always holds: each wei of the deposit ends with the sender, in escrow, with the fee refund address or with the
//! network; `available` is what of the deposit is not spoken for yet, and refunds never exceed it.

use alloy_primitives::{Address, B256, Bytes, U256};

use super::{
    Host,
    address::{ARB_RETRYABLE_TX, escrow},
    meter::{Free, Meter},
    precompile::retryable_tx::{RedeemScheduled, TicketCreated},
    state::{
        State, fields, l2_pricing,
        tickets::{self, NewTicket, Ticket},
    },
    tx::{ArbTx, DepositTx, RetryTx, SubmitRetryableTx},
};

/// A first try with less gas than this is not made.
const LEAST_GAS: u64 = 21_000;

/// How the creation of a ticket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Gas the receipt shows: that of the first try, if one was scheduled.
    pub gas_used: u64,
    /// The ticket id, where there is a ticket.
    pub output: Bytes,
    /// Why there is no ticket.
    pub error: Option<SubmitError>,
}

/// Why a ticket was not created; the deposit stays with the sender.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The sender has less than the maximal submission fee.
    #[error("insufficient funds for max submission fee: address {from} have {have} want {want}")]
    Funds {
        /// Sender.
        from: Address,
        /// Its balance in wei.
        have: U256,
        /// Maximal submission fee in wei.
        want: U256,
    },
    /// The maximal submission fee is below the actual one.
    #[error("max submission fee {max} is less than the actual submission fee {actual}")]
    Fee {
        /// Maximal submission fee in wei.
        max: U256,
        /// Actual submission fee in wei.
        actual: U256,
    },
    /// The sender cannot pay the call value into escrow.
    #[error("insufficient funds for transfer: address {from}")]
    CallValue {
        /// Sender.
        from: Address,
    },
}

/// Wei for keeping `data_length` bytes of a ticket, at L1's base fee.
pub fn submission_fee(data_length: usize, l1_base_fee: U256) -> U256 {
    l1_base_fee.saturating_mul(U256::from(1_400 + 6 * data_length as u64))
}

/// Executes a deposit.
pub fn deposit(host: &mut dyn Host, tx: &DepositTx) {
    host.mint(tx.from, tx.value);
    // The sender has at least what was just minted.
    let _ = host.transfer(tx.from, tx.to, tx.value);
}

/// Executes the creation of a ticket.
pub fn submit_retryable(host: &mut dyn Host, tx: &SubmitRetryableTx) -> Submitted {
    let now = host.block().timestamp;
    let mut state = State::free(host);
    match create(&mut state, tx, now) {
        Ok(Ok(submitted)) => submitted,
        Ok(Err(error)) => Submitted {
            gas_used: 0,
            output: Bytes::new(),
            error: Some(error),
        },
    }
}

/// Takes at most `amount` out of `pool`.
pub(super) fn take(pool: &mut U256, amount: U256) -> U256 {
    let taken = amount.min(*pool);
    *pool -= taken;
    taken
}

fn create(
    state: &mut State<'_, Free>,
    tx: &SubmitRetryableTx,
    now: u64,
) -> Result<Result<Submitted, SubmitError>, <Free as Meter>::Error> {
    let id = ArbTx::SubmitRetryable(tx.clone()).hash();
    let network = state.get(fields::NETWORK_FEE_ACCOUNT)?;
    let mut available = tx.deposit_value;
    take(&mut available, tx.retry_value);
    state.host.mint(tx.from, tx.deposit_value);

    let have = state.host.balance(tx.from);
    if have < tx.max_submission_fee {
        return Ok(Err(SubmitError::Funds {
            from: tx.from,
            have,
            want: tx.max_submission_fee,
        }));
    }
    let fee = submission_fee(tx.retry_data.len(), tx.l1_base_fee);
    let Some(excess) = tx.max_submission_fee.checked_sub(fee) else {
        return Ok(Err(SubmitError::Fee {
            max: tx.max_submission_fee,
            actual: fee,
        }));
    };
    pay(state, tx.from, network, fee);
    let withheld_fee = take(&mut available, fee);
    let refund = take(&mut available, excess);
    pay(state, tx.from, tx.fee_refund_address, refund);

    if !state.host.transfer(tx.from, escrow(id), tx.retry_value) {
        pay(state, network, tx.from, fee);
        pay(state, tx.from, tx.fee_refund_address, withheld_fee);
        return Ok(Err(SubmitError::CallValue { from: tx.from }));
    }
    let new = NewTicket {
        from: tx.from,
        to: tx.retry_to,
        value: tx.retry_value,
        beneficiary: tx.beneficiary,
        data: &tx.retry_data,
    };
    Ticket::create(state, id, now, &new)?;
    log(state, &TicketCreated { ticketId: id });
    let withheld = Withheld {
        fee,
        withheld_fee,
        available,
    };
    schedule_first_try(state, tx, id, network, withheld).map(Ok)
}

/// What is left after the submission fee was paid.
#[derive(Clone, Copy)]
struct Withheld {
    /// The submission fee.
    fee: U256,
    /// The part of it that came out of the deposit.
    withheld_fee: U256,
    /// What of the deposit nobody has got yet.
    available: U256,
}

fn schedule_first_try(
    state: &mut State<'_, Free>,
    tx: &SubmitRetryableTx,
    id: B256,
    network: Address,
    withheld: Withheld,
) -> Result<Submitted, <Free as Meter>::Error> {
    let Withheld {
        fee,
        withheld_fee,
        mut available,
    } = withheld;
    let is_on_chain = state.host.tx().mode.is_on_chain();
    // Calls and estimates may leave the price open; then gas is free.
    let base_fee = if !is_on_chain && tx.gas_fee_cap.is_zero() {
        U256::ZERO
    } else {
        state.host.block().base_fee
    };
    let gas = U256::from(tx.gas);
    let most = tx.gas_fee_cap.saturating_mul(gas);
    let can_pay = state.host.balance(tx.from) >= most;
    if !can_pay || tx.gas < LEAST_GAS || tx.gas_fee_cap < base_fee {
        let refund = take(&mut available, most);
        pay(state, tx.from, tx.fee_refund_address, refund);
        return Ok(Submitted {
            gas_used: 0,
            output: id.into(),
            error: None,
        });
    }

    // The gas is paid in advance, at the base fee; what the sender would have paid beyond it goes back.
    let cost = base_fee.saturating_mul(gas);
    let mut network_cost = cost;
    let infra = state.get(fields::INFRA_FEE_ACCOUNT)?;
    if !infra.is_zero() {
        let least = state.get(l2_pricing::MIN_BASE_FEE)?;
        let share = take(&mut network_cost, least.min(base_fee).saturating_mul(gas));
        pay(state, tx.from, infra, share);
    }
    pay(state, tx.from, network, network_cost);
    let withheld_gas = take(&mut available, cost);
    let too_much = tx.gas_fee_cap.saturating_sub(base_fee).saturating_mul(gas);
    let refund = take(&mut available, too_much);
    pay(state, tx.from, tx.fee_refund_address, refund);

    let max_refund = available
        .saturating_add(withheld_gas)
        .saturating_add(withheld_fee);
    let now = state.host.block().timestamp;
    if let Some(ticket) = Ticket::open(state, id, now)? {
        ticket.next_try(state)?;
    }
    let retry = RetryTx {
        chain_id: tx.chain_id,
        nonce: 0,
        from: tx.from,
        gas_fee_cap: base_fee,
        gas: tx.gas,
        to: tx.retry_to,
        value: tx.retry_value,
        data: tx.retry_data.clone(),
        ticket_id: id,
        refund_to: tx.fee_refund_address,
        max_refund,
        submission_fee_refund: fee,
    };
    let event = RedeemScheduled {
        ticketId: id,
        sequenceNum: 0,
        donatedGas: tx.gas,
        gasDonor: tx.fee_refund_address,
        maxRefund: max_refund,
        submissionFeeRefund: fee,
        retryTxHash: ArbTx::Retry(retry).hash(),
    };
    log(state, &event);
    Ok(Submitted {
        gas_used: tx.gas,
        output: id.into(),
        error: None,
    })
}

/// Moves what an account is known to have.
fn pay(state: &mut State<'_, Free>, from: Address, to: Address, amount: U256) {
    let moved = state.host.transfer(from, to, amount);
    debug_assert!(moved, "{from} has less than {amount}");
}

fn log(state: &mut State<'_, Free>, event: &impl alloy_sol_types::SolEvent) {
    state.host.log(alloy_primitives::Log {
        address: ARB_RETRYABLE_TX,
        data: event.encode_log_data(),
    });
}

/// The tries that a transaction's surviving logs announce, in order. One whose ticket is gone is left out.
pub fn scheduled(host: &mut dyn Host, logs: &[alloy_primitives::Log]) -> Vec<RetryTx> {
    use alloy_sol_types::SolEvent;
    let block = host.block();
    let mut state = State::free(host);
    logs.iter()
        .filter(|log| log.address == ARB_RETRYABLE_TX)
        .filter_map(|log| RedeemScheduled::decode_log_data(&log.data).ok())
        .filter_map(|event| {
            let Ok(ticket) = Ticket::open(&mut state, event.ticketId, block.timestamp);
            let Ok(call) = ticket?.call(&mut state);
            Some(RetryTx {
                chain_id: block.chain_id,
                nonce: event.sequenceNum,
                from: call.from,
                gas_fee_cap: block.base_fee,
                gas: event.donatedGas,
                to: call.to,
                value: call.value,
                data: call.data.into(),
                ticket_id: event.ticketId,
                refund_to: event.gasDonor,
                max_refund: event.maxRefund,
                submission_fee_refund: event.submissionFeeRefund,
            })
        })
        .collect()
}

/// Whether a ticket exists and is alive now; a scheduled try of one that is not is dropped without a trace.
pub fn ticket_is_open(host: &mut dyn Host, id: B256) -> bool {
    let now = host.block().timestamp;
    let Ok(ticket) = tickets::Ticket::open(&mut State::free(host), id, now);
    ticket.is_some()
}
