//! Doing what a plan says.
//! Always holds: a step whose effect is on chain is not sent again; the next one is sent only after the one before is mined.

use super::{
    Inputs, PlanError,
    contract::Book,
    steps::{Action, Done, Plan, Step},
};
use crate::{
    client::ClientError,
    l2::{self, L2},
};
use alloy::primitives::U256;

/// Deploys and wires the L2 side, paused, and says where everything is.
///
/// # Errors
/// A missing artifact; whatever the chain refuses.
pub async fn deploy_l2(l2: &L2, inputs: &Inputs<'_>) -> Result<Book, PlanError> {
    let plan = Plan::l2(inputs)?;
    l2::ensure_factory(l2).await?;
    l2::ensure_deployer(l2).await?;
    for step in &plan.steps {
        if !is_done(l2, &step.done).await? {
            perform(l2, step).await?;
        }
    }
    Ok(plan.book)
}

/// Whether a step's effect is on chain.
pub(super) async fn is_done(l2: &L2, done: &Done) -> Result<bool, ClientError> {
    match done {
        Done::Code(at) => Ok(!l2.code(*at).await?.is_empty()),
        Done::Answer { to, data, expected } => match l2.call(*to, data.clone()).await {
            Ok(answer) => Ok(answer == *expected),
            // a contract that refuses to answer has not been told yet
            Err(ClientError::Reverted { .. }) => Ok(false),
            Err(error) => Err(error),
        },
        Done::Slots { at, slots } => {
            for (slot, expected) in slots {
                if l2.storage(*at, *slot).await? != *expected {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

/// Sends a step and waits for it.
pub(super) async fn perform(l2: &L2, step: &Step) -> Result<(), ClientError> {
    match &step.action {
        Action::Program {
            code,
            constructor,
            salt,
        } => {
            l2::deploy_at(l2, code, constructor.as_deref(), *salt).await?;
        }
        Action::Evm { creation, salt } => {
            let data = [salt.as_slice(), creation].concat().into();
            let to = Some(l2::FACTORY);
            l2.send(&step.what, to, data, U256::ZERO).await?;
        }
        Action::Call { to, data } => {
            l2.send(&step.what, Some(*to), data.clone(), U256::ZERO)
                .await?;
        }
    }
    Ok(())
}
