//! How far the switch-over is, and which switches should be open at that point.

use alloy::primitives::Address;
use confluence_abi::{IController, IL1SwitchOver, IL2SwitchOver};
use serde::Serialize;

use super::{DoctorError, Finding, Kind};
use crate::{
    client::{L1, L2},
    plan::{Contract, Manifest},
};

/// How far a deployment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Deployed; the switch-over has not begun.
    Waiting,
    /// L1 has sent everything; L2 has not started.
    Underway,
    /// L2 runs.
    Running,
    /// The switch-over was given up on L1, and L2 still waits for it.
    GivenUp,
    /// The Governor has taken L2 over without a switch-over.
    Aborted,
    /// L2 alone, without L1's side.
    Alone,
}

/// Something that can be paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// The contract.
    pub contract: &'static str,
    /// Which chain.
    pub side: &'static str,
    /// Where.
    pub at: Address,
    /// Whether it is paused.
    pub paused: bool,
}

impl Stage {
    pub(super) async fn of(
        l1: Option<&L1>,
        l2: &L2,
        manifest: &Manifest,
    ) -> Result<Self, DoctorError> {
        let book = manifest.book();
        let (Some(l1), Some(side)) = (l1, &manifest.l1) else {
            return Ok(Self::Alone);
        };
        let there = book.at(Contract::L2SwitchOver)?;
        let there = l2.read(there, &IL2SwitchOver::statusCall {}).await?;
        let here = side.contracts.switch_over;
        let here = l1.read(here, &IL1SwitchOver::statusCall {}).await?;
        Ok(match (there, here) {
            (2, _) => Self::Running,
            (3, _) => Self::Aborted,
            (1, _) | (_, IL1SwitchOver::Status::Started) => Self::Underway,
            (_, IL1SwitchOver::Status::Aborted) => Self::GivenUp,
            _ => Self::Waiting,
        })
    }

    pub(super) fn finding(self) -> Option<Finding> {
        let (what, remedy) = match self {
            Self::Underway => (
                "the switch-over has started on L1, and L2 does not run yet",
                "`confluence switchover follow --redeem` says what is missing and mends it",
            ),
            Self::GivenUp => (
                "the switch-over was given up on L1, and L2SwitchOver still owns the Controller",
                "the Governor calls L2SwitchOver.abort(), which gives it the Controller",
            ),
            _ => return None,
        };
        Some(Finding::new(Kind::SwitchOver, what.to_owned(), remedy))
    }

    /// What it means, for people.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Waiting => "waiting for the switch-over",
            Self::Underway => "being switched over",
            Self::Running => "running",
            Self::GivenUp => "switch-over given up",
            Self::Aborted => "running without a switch-over",
            Self::Alone => "L2 alone",
        }
    }

    /// Whether a switch should be paused now.
    fn pauses(self, contract: &str) -> bool {
        let starts_it = matches!(contract, "Controller" | "L1Migrator");
        match self {
            Self::Waiting | Self::GivenUp => starts_it,
            // L1Migrator opens with the transaction that starts it
            Self::Underway => contract == "Controller",
            Self::Running | Self::Aborted | Self::Alone => false,
        }
    }
}

impl Switch {
    pub(super) fn finding(&self, stage: Stage) -> Option<Finding> {
        let Self {
            contract, side, at, ..
        } = self;
        match (stage.pauses(contract), self.paused) {
            (false, true) => Some(Finding::new(
                Kind::Paused,
                format!("{contract} {at} on {side} is paused"),
                match stage {
                    Stage::Running => {
                        "`confluence unpause` starts everything again, once what it was paused for is over"
                    }
                    _ => "whoever governs it calls unpause() on it",
                },
            )),
            (true, false) => Some(Finding::new(
                Kind::Open,
                format!("{contract} {at} on {side} is open before the switch-over"),
                "whoever governs it calls pause() on it: the switch-over opens it",
            )),
            _ => None,
        }
    }
}

/// All switches, L1's first.
pub(super) async fn switches(
    l1: Option<&L1>,
    l2: &L2,
    manifest: &Manifest,
) -> Result<Vec<Switch>, DoctorError> {
    let mut switches = Vec::new();
    if let (Some(l1), Some(side)) = (l1, &manifest.l1) {
        for (contract, at) in [
            ("L1Migrator", side.contracts.migrator),
            ("L1LPTGateway", side.contracts.gateway),
        ] {
            switches.push(Switch {
                contract,
                side: "L1",
                at,
                // the same function in all of them
                paused: l1.read(at, &IController::pausedCall {}).await?,
            });
        }
    }
    let book = manifest.book();
    for (contract, it) in [
        ("Controller", Contract::Controller),
        ("L2LPTGateway", Contract::L2LPTGateway),
    ] {
        if book.has(it) {
            let at = book.at(it)?;
            switches.push(Switch {
                contract,
                side: "L2",
                at,
                paused: l2.read(at, &IController::pausedCall {}).await?,
            });
        }
    }
    Ok(switches)
}
