//! A journey on which things break: the command is killed, the L2 node is restarted, connections are cut, at random points.
//! Always holds: what broke is not repaired by hand; the journey begins anew with what the chains know and what a state file would
//! hold, and ends as one on which nothing broke.

use std::{net::SocketAddr, path::PathBuf};

use confluence_devnode::{
    DevNode, Options as NodeOptions,
    bridge::{L1Options, TwoChains},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use serde::Serialize;
use tokio::sync::watch::{self, Receiver};

use super::{Journey, Notes, RehearseError, flaky::Flaky, stage::Urls, watch::Watch};
use crate::{progress::Progress, snapshot::Found};

/// Things that break on a journey.
const FAULTS: usize = 12;
/// Requests between two of them, at most.
const SPAN: u64 = 150;
/// Times that a journey may fail after everything that breaks has broken.
const TRIES: usize = 2;

/// What broke, and how often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// The command was killed.
    pub killed: u64,
    /// The L2 node was stopped and started again.
    pub restarted: u64,
    /// All connections were cut.
    pub cut: u64,
}

/// Chains that can be made to fail.
pub(super) struct Fragile {
    /// Keeps L1 while the L2 goes.
    keeper: TwoChains,
    node: Option<DevNode>,
    relays: [Flaky; 2],
    passed: Receiver<u64>,
    dice: ChaCha8Rng,
    state: tempfile::TempDir,
    pub(super) faults: Faults,
}

impl Fragile {
    /// New chains, behind relays.
    pub(super) async fn start(seed: u64) -> Result<Self, RehearseError> {
        let keeper = TwoChains::start()?;
        // its own L2 is not the one that is used
        keeper.follower().hold();
        let state = tempfile::tempdir()?;
        let node = DevNode::start(options(&keeper, state.path().join("l2")))?;
        let (count, passed) = watch::channel(0);
        let l1 = keeper.l1_url();
        let l1 = l1.trim_start_matches("http://").parse::<SocketAddr>();
        let l1 = l1.map_err(std::io::Error::other)?;
        let relays = [
            Flaky::to(l1, count.clone()).await?,
            Flaky::to(node.address(), count).await?,
        ];
        Ok(Self {
            keeper,
            node: Some(node),
            relays,
            passed,
            dice: ChaCha8Rng::seed_from_u64(seed),
            state,
            faults: Faults::default(),
        })
    }

    /// Where they answer.
    pub(super) fn urls(&self) -> Urls {
        Urls {
            l1: self.relays[0].url(),
            l2: self.relays[1].url(),
        }
    }

    /// Goes the journey to its end, whatever breaks.
    pub(super) async fn go(
        &mut self,
        journey: &Journey<'_>,
        notes: &mut Notes,
        watch: &mut Watch<'_>,
    ) -> Result<Found, RehearseError> {
        let progress = watch.progress.clone();
        let (mut broken, mut failed) = (0, 0);
        loop {
            let ended = {
                let again = async {
                    let stage = journey.stage.anew().await?;
                    let again = Journey {
                        stage: &stage,
                        ..*journey
                    };
                    again.go(notes, watch).await
                };
                let mut again = std::pin::pin!(again);
                loop {
                    let until = *self.passed.borrow() + 1 + self.dice.next_u64() % SPAN;
                    let mut passed = self.passed.clone();
                    tokio::select! {
                        ended = &mut again => break Some(ended),
                        _ = passed.wait_for(|count| *count >= until), if broken < FAULTS => {}
                    }
                    broken += 1;
                    if self.break_something(&progress).await? == Fault::Killed {
                        break None;
                    }
                }
            };
            match ended {
                Some(Ok(found)) => return Ok(found),
                Some(Err(error)) if broken >= FAULTS && failed >= TRIES => return Err(error),
                Some(Err(error)) => {
                    failed += usize::from(broken >= FAULTS);
                    progress.say(format!("stopped, and begun again: {error}"));
                }
                None => {}
            }
        }
    }

    async fn break_something(&mut self, progress: &Progress) -> Result<Fault, RehearseError> {
        Ok(match self.dice.next_u64() % 3 {
            0 => {
                progress.say("fault: the command is killed");
                self.faults.killed += 1;
                Fault::Killed
            }
            1 => {
                progress.say("fault: all connections are cut");
                self.faults.cut += 1;
                self.relays.iter().for_each(Flaky::cut);
                Fault::Cut
            }
            _ => {
                progress.say("fault: the L2 node is restarted");
                self.faults.restarted += 1;
                self.restart().await?;
                Fault::Restarted
            }
        })
    }

    async fn restart(&mut self) -> Result<(), RehearseError> {
        if let Some(node) = self.node.take() {
            let stopped = tokio::task::spawn_blocking(move || node.stop()).await;
            stopped
                .map_err(std::io::Error::other)?
                .map_err(std::io::Error::other)?;
        }
        let options = options(&self.keeper, self.state.path().join("l2"));
        let started = tokio::task::spawn_blocking(move || DevNode::start(options)).await;
        let node = started.map_err(std::io::Error::other)??;
        let [_, relay] = &self.relays;
        relay.lead_to(node.address());
        relay.cut();
        self.node = Some(node);
        Ok(())
    }
}

/// What a fault was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Killed,
    Cut,
    Restarted,
}

/// An L2 that follows the keeper's L1 and can be stopped without it.
fn options(keeper: &TwoChains, state: PathBuf) -> NodeOptions {
    NodeOptions {
        state: Some(state),
        l1: Some(L1Options {
            rpc: Some(keeper.l1_url()),
            contracts: Some(keeper.contracts()),
            ..L1Options::default()
        }),
        ..NodeOptions::default()
    }
}
