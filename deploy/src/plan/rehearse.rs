//! What a plan will cost: it is carried out on a devnode in this process, whose gas is that of a real chain, and the target
//! chain is asked for its prices and for what the same bytes cost on L1.
//! Always holds: the target chain is only read.

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    sol,
};
use confluence_devnode::{DevNode, Options, StartError};
use serde::Serialize;

use super::{
    Beginning, Inputs, L1Inputs, L1Origin, L1Plan, People, PlanError, deploy_legacy,
    draw::Plan,
    step::{Action, Step},
};
use crate::{
    client::L1,
    l2::{self, L2},
    ticket::bridge::NODE_INTERFACE,
};

sol! {
    #[derive(Debug)]
    interface NodeInterface {
        function gasEstimateL1Component(address to, bool contractCreation, bytes data) external payable returns (uint64 gasEstimateForL1, uint256 baseFee, uint256 l1BaseFeeEstimate);
    }
}

/// A step before it is done.
#[derive(Debug, Clone, Serialize)]
pub struct Forecast {
    /// What it does.
    pub what: String,
    /// The contract it creates, or calls.
    pub at: Address,
    /// Keccak-256 of the code that a creation leaves on chain, where that is a program's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_hash: Option<B256>,
    /// Whether it is done already.
    pub done: bool,
    /// Gas, what its bytes cost on L1 included.
    pub gas: u64,
    /// Wei for activating a program.
    pub activation_fee: U256,
    /// Wei altogether, at the target's price now.
    pub cost: U256,
}

/// Carries the plan out on a devnode and says what each step would take on `target`.
///
/// # Errors
/// The devnode does not start, or refuses a step: then the target would too.
pub async fn rehearse(
    target: &L2,
    inputs: &Inputs<'_>,
    plan: &Plan,
) -> Result<Vec<Forecast>, RehearsalError> {
    let node = DevNode::start(Options::default())?;
    let devnode = L2::connect(&node.http_url(), None, None)
        .await
        .map_err(PlanError::from)?;
    let accounts = devnode.unlocked().await.map_err(PlanError::from)?;
    let deployer = *accounts.first().ok_or(RehearsalError::NoAccount)?;
    let people = People {
        deployer,
        governor_owner: inputs.people.governor_owner,
    };
    let there = Plan::l2(&Inputs {
        people,
        ..inputs.clone()
    })?;
    let gas = there
        .apply(&devnode.with_unlocked(deployer), |_, _| ())
        .await?;

    let price = target.gas_price().await.map_err(PlanError::from)?;
    let mut forecasts = Vec::with_capacity(plan.steps.len());
    for (number, step) in plan.steps.iter().enumerate() {
        let gas = gas.iter().find(|(sent, _)| *sent == number);
        let gas = gas.map_or(0, |(_, mined)| mined.execution_gas());
        forecasts.push(forecast(target, step, gas, price).await?);
    }
    Ok(forecasts)
}

/// As [`rehearse`], for L1's side: carried out on the same kind of devnode, since these are plain EVM contracts, beside a stand-in
/// for Livepeer's.
///
/// # Errors
/// As [`rehearse`].
pub async fn rehearse_l1(
    target: &L1,
    inputs: &L1Inputs<'_>,
) -> Result<Vec<Forecast>, RehearsalError> {
    let node = DevNode::start(Options::default())?;
    let devnode = L1::connect(&node.http_url(), None, None)
        .await
        .map_err(PlanError::from)?;
    let accounts = devnode.unlocked().await.map_err(PlanError::from)?;
    let deployer = *accounts.first().ok_or(RehearsalError::NoAccount)?;
    let devnode = devnode.with_unlocked(deployer);
    let livepeer = deploy_legacy(&devnode, inputs.artifacts, deployer, Beginning::default());
    // whoever keeps the power there keeps it here
    let owner = match inputs.origin.owner == inputs.origin.deployer {
        true => deployer,
        false => inputs.origin.owner,
    };
    let origin = L1Origin {
        livepeer: livepeer.await?,
        deployer,
        owner,
        first_nonce: devnode.nonce(deployer).await.map_err(PlanError::from)?,
        ..inputs.origin
    };
    let there = L1Plan::new(&L1Inputs { origin, ..*inputs })?;
    let gas = there.apply(&devnode, |_, _| ()).await?;

    let price = target.gas_price().await.map_err(PlanError::from)?;
    let plan = L1Plan::new(inputs)?;
    let mut forecasts = Vec::with_capacity(plan.steps.len());
    for (number, step) in plan.steps.iter().enumerate() {
        let gas = gas.iter().find(|(sent, _)| *sent == number);
        let gas = gas.map_or(0, |(_, mined)| mined.execution_gas());
        let (to, _) = step.action.transaction();
        let difference = step.done.difference(target).await;
        forecasts.push(Forecast {
            what: format!("L1: {}", step.what),
            at: step.done.place().or(to).unwrap_or_default(),
            code_hash: None,
            done: difference.map_err(PlanError::from)?.is_none(),
            gas,
            activation_fee: U256::ZERO,
            cost: U256::from(gas) * price,
        });
    }
    Ok(forecasts)
}

async fn forecast(l2: &L2, step: &Step, gas: u64, price: U256) -> Result<Forecast, PlanError> {
    let (to, data) = step.action.transaction();
    let on_l1 = NodeInterface::gasEstimateL1ComponentCall {
        to: to.unwrap_or_default(),
        contractCreation: to.is_none(),
        data,
    };
    let on_l1 = l2.read(NODE_INTERFACE, &on_l1).await?.gasEstimateForL1;
    let (code_hash, activation_fee) = match &step.action {
        Action::Program { code, .. } => {
            (Some(keccak256(code)), l2::activation_fee(l2, code).await?)
        }
        _ => (None, U256::ZERO),
    };
    let gas = gas + on_l1;
    Ok(Forecast {
        what: step.what.clone(),
        at: step.done.place().or(to).unwrap_or_default(),
        code_hash,
        done: step.done.difference(l2).await?.is_none(),
        gas,
        activation_fee,
        cost: U256::from(gas) * price + activation_fee,
    })
}

/// Why a plan cannot be rehearsed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RehearsalError {
    /// A step failed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The devnode does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The devnode has no account.
    #[error("the devnode for the rehearsal has no account")]
    NoAccount,
}

impl RehearsalError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Plan(error) if error.is_usage())
    }
}

/// Wei of everything that is not done yet.
#[must_use]
pub fn total(forecasts: &[Forecast]) -> U256 {
    let open = forecasts.iter().filter(|forecast| !forecast.done);
    open.fold(U256::ZERO, |total, forecast| total + forecast.cost)
}
