//! Redeeming, keeping and cancelling a ticket.
//! Always holds: nothing is sent for a ticket that is not open; the error says in which state it is instead.

use alloy::primitives::{Address, B256, TxHash, U256};

use super::{
    TicketError,
    bridge::{ARB_RETRYABLE_TX, ArbRetryableTx},
    state::{State, on_l2, scheduled, state},
};
use crate::{
    client::{ClientError, Mined, Receipt},
    l2::L2,
};

/// What redeeming led to.
#[derive(Debug, Clone)]
pub struct Redeemed {
    /// The transaction that redeemed.
    pub mined: Mined,
    /// The transaction that ran the ticket.
    pub attempt: TxHash,
}

/// Runs an open ticket with the caller's gas.
///
/// # Errors
/// [`TicketError::NotOpen`]; [`TicketError::StillFails`] if it ran and failed again.
pub async fn redeem(l2: &L2, id: B256) -> Result<Redeemed, TicketError> {
    open(l2, id).await?;
    let call = ArbRetryableTx::redeemCall { ticketId: id };
    let mined = match l2.transact(ARB_RETRYABLE_TX, &call, U256::ZERO).await {
        // the node's estimate runs the ticket as well, so that nothing was sent
        Err(ClientError::Reverted { reason, .. }) => {
            let why = format!("{reason}{}", reason.advice());
            return Err(TicketError::StillFails { id, why });
        }
        sent => sent?,
    };
    let receipt = Receipt {
        succeeded: true,
        mined,
    };
    let attempt = scheduled(&receipt, id);
    let run = match attempt {
        Some(hash) => l2.receipt(hash).await?.map(|run| (hash, run.succeeded)),
        None => None,
    };
    match run {
        Some((attempt, true)) => Ok(Redeemed {
            mined: receipt.mined,
            attempt,
        }),
        _ => {
            let why = match open(l2, id).await {
                Ok(State::FundsDeposited { why, .. }) => why,
                _ => "it could not be run".to_owned(),
            };
            Err(TicketError::StillFails { id, why })
        }
    }
}

/// Gives an open ticket another week; says until when (Unix seconds).
///
/// # Errors
/// [`TicketError::NotOpen`]; [`TicketError::TooEarly`] while more than a week is left.
pub async fn keepalive(l2: &L2, id: B256) -> Result<(u64, Mined), TicketError> {
    if let State::FundsDeposited { seconds_left, .. } = open(l2, id).await?
        && seconds_left > 604_800
    {
        return Err(TicketError::TooEarly { id, seconds_left });
    }
    let call = ArbRetryableTx::keepaliveCall { ticketId: id };
    let mined = l2.transact(ARB_RETRYABLE_TX, &call, U256::ZERO).await?;
    let event = mined.event::<ArbRetryableTx::LifetimeExtended>(ARB_RETRYABLE_TX);
    let until = event.map_or(0, |event| event.newTimeout.saturating_to());
    Ok((until, mined))
}

/// Gives an open ticket up: its call value goes to its beneficiary, who alone can do this.
///
/// # Errors
/// [`TicketError::NotOpen`]; [`TicketError::NotBeneficiary`].
pub async fn cancel(l2: &L2, id: B256) -> Result<Mined, TicketError> {
    open(l2, id).await?;
    let call = ArbRetryableTx::getBeneficiaryCall { ticketId: id };
    let beneficiary: Address = l2.read(ARB_RETRYABLE_TX, &call).await?;
    if let Some(from) = l2.from()
        && from != beneficiary
    {
        return Err(TicketError::NotBeneficiary {
            id,
            beneficiary,
            from,
        });
    }
    let call = ArbRetryableTx::cancelCall { ticketId: id };
    Ok(l2.transact(ARB_RETRYABLE_TX, &call, U256::ZERO).await?)
}

/// Makes sure that a ticket is open.
async fn open(l2: &L2, id: B256) -> Result<State, TicketError> {
    let ticket = on_l2(l2, id).await?;
    match state(l2, id, ticket.as_ref()).await? {
        State::NotCreated => Err(TicketError::Unknown {
            hash: id,
            looked: vec![("L2", l2.chain_id())],
        }),
        open @ State::FundsDeposited { .. } => Ok(open),
        other => Err(TicketError::NotOpen { id, state: other }),
    }
}
