//! Doing what a plan says.
//! Always holds: a step whose effect is on chain is not sent again; the next one is sent only after the one before is mined.

use super::{
    Inputs, PlanError,
    contract::Book,
    draw::Plan,
    step::{Action, Step},
};
use crate::{
    client::{ClientError, Mined},
    l2::{self, L2},
};

/// Deploys and wires the L2 side, paused, and says where everything is.
///
/// # Errors
/// A missing artifact; whatever the chain refuses.
pub async fn deploy_l2(l2: &L2, inputs: &Inputs<'_>) -> Result<Book, PlanError> {
    let plan = Plan::l2(inputs)?;
    plan.apply(l2, |_, _| ()).await?;
    Ok(plan.book)
}

impl Plan {
    /// Does what is not done yet; `before` hears of each step's number and the step itself before it is sent.
    ///
    /// # Errors
    /// Whatever the chain refuses. Applying again goes on there.
    pub async fn apply(
        &self,
        l2: &L2,
        mut before: impl FnMut(usize, &Step),
    ) -> Result<Vec<(usize, Mined)>, PlanError> {
        let mut sent = Vec::new();
        // the power is handed over last: whatever was changed since then is the Governor's doing
        if self.is_complete(l2).await? {
            return Ok(sent);
        }
        if let Some(account) = l2.from() {
            l2.settled(account).await?;
        }
        l2::ensure_factory(l2).await?;
        l2::ensure_deployer(l2).await?;
        for (number, step) in self.steps.iter().enumerate() {
            if step.done.difference(l2).await?.is_some() {
                before(number, step);
                sent.push((number, perform(l2, step).await?));
            }
        }
        Ok(sent)
    }

    /// Whether the last step is done.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn is_complete(&self, l2: &L2) -> Result<bool, PlanError> {
        match self.steps.last() {
            Some(last) => match last.done.difference(l2).await {
                Ok(difference) => Ok(difference.is_none()),
                // there is no contract yet that could answer
                Err(ClientError::Answer { .. }) => Ok(false),
                Err(error) => Err(error.into()),
            },
            None => Ok(true),
        }
    }
}

/// Sends a step and waits for it.
async fn perform(l2: &L2, step: &Step) -> Result<Mined, ClientError> {
    if let Action::Program {
        code,
        constructor,
        salt,
    } = &step.action
    {
        let deployed = l2::deploy_at(l2, code, constructor.as_deref(), *salt).await?;
        return Ok(deployed.mined);
    }
    step.send(l2).await
}
