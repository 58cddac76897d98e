//! What needs somebody, and what that somebody does.

use serde::Serialize;

use crate::{
    client::Revert,
    plan::{Concern, Difference, ProgramState},
};

/// What kind of trouble, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A program cannot be called.
    ProgramInactive,
    /// Something could not be looked at.
    Unreadable,
    /// Somebody holds less than it owes.
    Short,
    /// Other code stands somewhere than was deployed.
    Code,
    /// A proxy runs something else, or obeys somebody else.
    Proxy,
    /// Something is paused that should run.
    Paused,
    /// Something runs that should be paused.
    Open,
    /// The switch-over has begun and is not over.
    SwitchOver,
    /// A ticket waits on L2.
    TicketWaits,
    /// A ticket ended without having run, and nothing was sent in its place.
    TicketLost,
    /// A contract keeps an old address of another.
    PeerOutOfSync,
    /// A setting is not what was deployed.
    Setting,
    /// A program must be kept alive soon.
    ProgramExpires,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub kind: Kind,
    /// What is the matter.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    pub(super) fn new(kind: Kind, what: String, remedy: impl Into<String>) -> Self {
        Self {
            kind,
            what,
            remedy: remedy.into(),
        }
    }

    pub(super) fn of_program(program: &ProgramState) -> Option<Self> {
        let ProgramState {
            contract,
            code_hash,
            days_left,
            ..
        } = program;
        program.trouble()?;
        Some(match days_left {
            None => Self::new(
                Kind::ProgramInactive,
                format!("{contract}'s program is not active: every call to it fails"),
                format!(
                    "anyone calls ArbWasm.activateProgram(PROGRAM) at 0x..71 with its data fee; the code hash is {code_hash}"
                ),
            ),
            Some(days) => Self::new(
                Kind::ProgramExpires,
                format!("{contract}'s program expires in {days} days"),
                format!(
                    "anyone calls ArbWasm.codehashKeepalive({code_hash}) at 0x..71 with its data fee"
                ),
            ),
        })
    }

    pub(super) fn of_difference(difference: Difference) -> Option<Self> {
        let Difference { concern, what, how } = difference;
        let (kind, remedy) = match concern {
            // these are looked at more closely elsewhere
            Concern::Program | Concern::Switch => return None,
            Concern::Code => (
                Kind::Code,
                "if nobody decided it, treat it as an incident: `confluence pause`; else write a new manifest",
            ),
            Concern::Proxy => (
                Kind::Proxy,
                "if no upgrade was decided, treat it as an incident: `confluence pause`; else write a new manifest",
            ),
            Concern::Setting => (
                Kind::Setting,
                "if the Governor decided so, write a new manifest; else have it set back",
            ),
            Concern::Peer => (
                Kind::PeerOutOfSync,
                "anyone calls that contract's syncControllerContracts()",
            ),
        };
        Some(Self::new(kind, format!("{what}: {how}"), remedy))
    }

    pub(super) fn blind() -> Self {
        Self::new(
            Kind::Unreadable,
            "settings, tickets and funds were not looked at: programs that they are read from cannot be called".to_owned(),
            "activate the programs, then run `confluence doctor` again",
        )
    }

    pub(super) fn unreadable(what: &str, reason: &Revert) -> Self {
        Self::new(
            Kind::Unreadable,
            format!("what is held and owed could not be read: {what} says {reason}"),
            "mend what else is named here, then run `confluence doctor` again",
        )
    }
}
