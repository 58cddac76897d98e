//! What a ticket will cost, before it is sent.
//! Always holds: the ether to send is exactly what the ticket needs; Nitro leaves anything above it with the sender's alias,
//! where nobody can reach it.

use alloy::{
    primitives::{Address, Bytes, U256},
    rpc::types::state::StateOverride,
    sol_types::SolCall as _,
};
use serde::Serialize;

use super::{
    TicketError,
    bridge::{Inbox, NODE_INTERFACE, NodeInterface, alias},
};
use crate::client::{L1, L2};

/// What is added to estimates, since prices move between the estimate and L2's execution. Whatever is not used comes back
/// to the refund address, so that a buffer costs nothing but the ether's stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buffers {
    /// On the submission fee: L1's base fee rises by at most 12.5 % a block.
    pub submission_percent: u64,
    /// On L2's gas: when the ticket runs, others may have moved, and its delegate's way to its place in the list of candidates may be
    /// longer. Rehearsals of the real population, a hundred moves at once, saw 40 more.
    pub gas_percent: u64,
    /// On L2's gas price.
    pub price_percent: u64,
}

impl Default for Buffers {
    /// Twenty L1 blocks of rising fees are more than a factor of 10; four covers eleven, and what is left is redeemable by hand.
    fn default() -> Self {
        Self {
            submission_percent: 300,
            gas_percent: 50,
            price_percent: 200,
        }
    }
}

/// What a ticket is sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fees {
    /// Most wei for keeping the ticket.
    pub max_submission_cost: U256,
    /// Gas for the first run.
    pub gas_limit: u64,
    /// Most wei a unit of gas.
    pub max_fee_per_gas: U256,
    /// Wei that the call brings.
    pub call_value: U256,
    /// Wei that the submission would cost at this moment's base fee, without buffer.
    pub expected_submission_fee: U256,
    /// Wei that the run would cost at this moment's price, without buffer.
    pub expected_gas_fee: U256,
}

impl Fees {
    /// Wei for fees, all of it.
    #[must_use]
    pub fn cost(&self) -> U256 {
        self.max_submission_cost + U256::from(self.gas_limit) * self.max_fee_per_gas
    }

    /// Wei to send with the ticket: fees and call value, no more.
    #[must_use]
    pub fn value(&self) -> U256 {
        self.cost() + self.call_value
    }

    /// Wei that are expected to come back to the refund address.
    #[must_use]
    pub fn refund(&self) -> U256 {
        self.cost()
            .saturating_sub(self.expected_submission_fee)
            .saturating_sub(self.expected_gas_fee)
    }
}

/// What is to be sent.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who calls the Inbox on L1.
    pub sender: Address,
    /// Whom the ticket calls on L2.
    pub to: Address,
    /// Wei that the call brings.
    pub call_value: U256,
    /// Gets what is left, and the call value if the ticket expires.
    pub refund_to: Address,
    /// Calldata.
    pub data: Bytes,
    /// What is not on L2 yet but will be when the ticket runs.
    pub overrides: Option<StateOverride>,
}

/// What sending a ticket takes now.
///
/// # Errors
/// Those of the clients: [`crate::client::ClientError::Reverted`] if the call would fail on L2.
pub async fn estimate(
    l1: &L1,
    l2: &L2,
    inbox: Address,
    draft: &Draft,
    buffers: Buffers,
) -> Result<Fees, TicketError> {
    let base_fee = U256::from(l1.head().await?.base_fee);
    let submission = Inbox::calculateRetryableSubmissionFeeCall {
        dataLength: U256::from(draft.data.len()),
        baseFee: base_fee,
    };
    let submission = l1.read(inbox, &submission).await?;
    let ether = U256::from(10).pow(U256::from(18));
    let call = NodeInterface::estimateRetryableTicketCall {
        sender: draft.sender,
        deposit: draft.call_value + ether,
        to: draft.to,
        l2CallValue: draft.call_value,
        excessFeeRefundAddress: draft.refund_to,
        callValueRefundAddress: draft.refund_to,
        data: draft.data.clone(),
    };
    // the node runs it as the sender's alias; who asks does not matter, but must be able to pay for asking
    let gas = l2
        .with_unlocked(alias(draft.sender))
        .estimate(
            "the ticket",
            NODE_INTERFACE,
            call.abi_encode().into(),
            U256::ZERO,
            draft.overrides.clone(),
        )
        .await?;
    let price = l2.gas_price().await?;
    let gas_limit = raised(U256::from(gas), buffers.gas_percent).saturating_to();
    Ok(Fees {
        max_submission_cost: raised(submission, buffers.submission_percent),
        gas_limit,
        max_fee_per_gas: raised(price, buffers.price_percent),
        call_value: draft.call_value,
        expected_submission_fee: submission,
        expected_gas_fee: U256::from(gas) * price,
    })
}

fn raised(amount: U256, percent: u64) -> U256 {
    amount * U256::from(100 + percent) / U256::from(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ether_to_send_is_what_the_ticket_needs_and_no_wei_more() {
        let fees = Fees {
            max_submission_cost: U256::from(1_000),
            gas_limit: 30_000,
            max_fee_per_gas: U256::from(7),
            call_value: U256::from(5),
            expected_submission_fee: U256::from(250),
            expected_gas_fee: U256::from(60_000),
        };
        assert_eq!(fees.value(), U256::from(1_000 + 210_000 + 5));
        assert_eq!(fees.refund(), U256::from(750 + 150_000));
    }
}
