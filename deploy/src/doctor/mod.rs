//! A deployment's health on one page: what needs somebody now or soon, and what to do about each of it.
//! Always holds: only standard RPC methods are used and nothing is sent; a finding names its remedy; amounts on L2 are all of one
//! block, so that what is held and what is owed are of the same moment.

mod finding;
mod funds;
mod show;
mod stage;
mod tickets;

use std::collections::BTreeMap;

use serde::Serialize;

pub use finding::{Finding, Kind};
pub use funds::Fund;
pub use stage::{Stage, Switch};

use crate::{
    client::{ClientError, L1, L2},
    plan::{
        Concern, Difference, Findings, Manifest, NotDeployed, PlanError, ProgramState, programs,
        verify, verify_l1,
    },
    ticket::TicketError,
};

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Health {
    /// The network's name.
    pub network: String,
    /// L2's block at which everything was read.
    pub l2_block: u64,
    /// How far the switch-over is; unknown while the programs cannot be called.
    pub stage: Option<Stage>,
    /// What needs somebody, the worst first.
    pub findings: Vec<Finding>,
    /// Comparisons with the manifest that were made.
    pub checks: usize,
    /// How every program stands with ArbOS.
    pub programs: Vec<ProgramState>,
    /// What can be paused.
    pub switches: Vec<Switch>,
    /// Tickets of the last weeks, by their states' names.
    pub tickets: BTreeMap<&'static str, usize>,
    /// What is held and owed.
    pub funds: Vec<Fund>,
}

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DoctorError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The deployment could not be read.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A ticket could not be read.
    #[error(transparent)]
    Ticket(#[from] TicketError),
}

impl From<NotDeployed> for DoctorError {
    fn from(error: NotDeployed) -> Self {
        Self::Plan(error.into())
    }
}

impl DoctorError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::Plan(error) => error.is_usage(),
            Self::Ticket(error) => error.is_usage(),
        }
    }
}

/// From where on events are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// L1's block before the first ticket that may still be open.
    pub l1: u64,
    /// L2's block when the deployment began.
    pub l2: u64,
}

/// Looks at everything.
///
/// # Errors
/// A chain that does not answer; a manifest that lacks a contract. A contract that refuses to answer is a finding.
pub async fn examine(
    l1: Option<&L1>,
    l2: &L2,
    manifest: &Manifest,
    since: Since,
) -> Result<Health, DoctorError> {
    let book = manifest.book();
    let mut health = Health {
        network: manifest.network.clone(),
        l2_block: l2.head().await?.number,
        stage: None,
        findings: Vec::new(),
        checks: 0,
        programs: programs(l2, &book).await?,
        switches: Vec::new(),
        tickets: BTreeMap::new(),
        funds: Vec::new(),
    };
    let findings = &mut health.findings;
    findings.extend(health.programs.iter().filter_map(Finding::of_program));
    // a system of which a part cannot be called says nothing that can be relied on
    if health.programs.iter().any(|it| it.days_left.is_none()) {
        findings.push(Finding::blind());
        return Ok(health);
    }
    if let (Some(l1), Some(side)) = (l1, &manifest.l1) {
        let found = tickets::look(l1, l2, &side.contracts, since.l1).await?;
        health.tickets = found.states;
        health.findings.extend(found.findings);
    }
    let stage = Stage::of(l1, l2, manifest).await?;
    health.stage = Some(stage);
    health.findings.extend(stage.finding());
    health.switches = stage::switches(l1, l2, manifest).await?;
    let switches = health.switches.iter();
    health
        .findings
        .extend(switches.filter_map(|switch| switch.finding(stage)));

    let compared = compared(l1, l2, manifest).await?;
    health.checks = compared.checks;
    let differences = compared.differences.into_iter();
    health
        .findings
        .extend(differences.filter_map(Finding::of_difference));
    match funds::look(l1, l2, manifest, stage, health.l2_block, since.l2).await {
        Ok(funds) => {
            health
                .findings
                .extend(funds.iter().filter_map(Fund::finding));
            health.funds = funds;
        }
        Err(DoctorError::Client(ClientError::Reverted { what, reason, .. })) => {
            health.findings.push(Finding::unreadable(&what, &reason));
        }
        Err(error) => return Err(error),
    }
    health.findings.sort_by_key(|finding| finding.kind);
    Ok(health)
}

/// Both sides compared with the manifest; programs and switches have their own checks.
async fn compared(l1: Option<&L1>, l2: &L2, manifest: &Manifest) -> Result<Findings, DoctorError> {
    let mut findings = verify(l2, manifest).await?;
    if let Some(l1) = l1 {
        verify_l1(l1, l2, manifest, &mut findings).await?;
    }
    findings.differences.retain(|difference: &Difference| {
        !matches!(difference.concern, Concern::Program | Concern::Switch)
    });
    Ok(findings)
}
