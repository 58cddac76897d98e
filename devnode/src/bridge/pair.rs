//! Both chains in one value, for tests and tools: an L2 in this process and an anvil beside it. Any number may live side by
//! side; everything of a pair ends when it is dropped.

use super::{
    contracts::Contracts,
    error::BridgeError,
    running::{Bridge, L1Options, SharedFollower},
    status::Status,
};
use crate::node::{DevNode, Options, StartError};

/// See the head of this file.
#[derive(Debug)]
pub struct TwoChains {
    l2: DevNode,
}

impl TwoChains {
    /// Both chains with the contracts between them, on free ports, with everything else as it is by default.
    ///
    /// # Errors
    /// When npm's packages are missing, or a chain does not start.
    pub fn start() -> Result<Self, StartError> {
        Self::start_with(Options::default())
    }

    /// Both chains with these options; a default L1 if they have none.
    ///
    /// # Errors
    /// When npm's packages are missing, or a chain does not start.
    pub fn start_with(mut options: Options) -> Result<Self, StartError> {
        options.l1.get_or_insert_with(L1Options::default);
        DevNode::start(options).map(|l2| Self { l2 })
    }

    /// The L2 node.
    pub const fn l2(&self) -> &DevNode {
        &self.l2
    }

    /// URL of the L2 for HTTP clients.
    pub fn l2_url(&self) -> String {
        self.l2.http_url()
    }

    /// URL of the L1 for HTTP clients.
    pub fn l1_url(&self) -> String {
        self.bridge().l1_url().to_owned()
    }

    /// Where Bridge, Inbox, Outbox and rollup are on L1.
    pub fn contracts(&self) -> Contracts {
        *self.bridge().contracts()
    }

    /// The controls: hold, delay, fail, time.
    pub fn follower(&self) -> &SharedFollower {
        self.bridge().follower()
    }

    /// Looks at L1 now; see [`SharedFollower::sync`].
    ///
    /// # Errors
    /// When L1 does not answer.
    pub fn sync(&self) -> Result<Status, BridgeError> {
        self.follower().sync()
    }

    /// Stops both chains, saving them if they have state files.
    ///
    /// # Errors
    /// When the L2's state file cannot be written.
    pub fn stop(self) -> Result<(), crate::node::SaveError> {
        self.l2.stop()
    }

    fn bridge(&self) -> &Bridge {
        match self.l2.bridge() {
            Some(bridge) => bridge,
            // `start_with` never starts without an L1.
            None => unreachable!("a pair without a bridge"),
        }
    }
}
