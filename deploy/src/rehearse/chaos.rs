//! A rehearsal on which things break: the command is killed, the L2 node is restarted, connections are cut, at random points.
//! Always holds: the command is a process of its own, killed as `kill -9` does it; what broke is not repaired by hand: the same
//! command is begun again with the same diary, and ends as one on which nothing broke.

use std::{
    fmt,
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};

use confluence_devnode::{
    DevNode, Options as NodeOptions,
    bridge::{L1Options, TwoChains},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use serde::Serialize;
use tokio::{
    process::{Child, Command},
    sync::watch::{self, Receiver},
};

use super::{
    Options, Ready, RehearseError, Report, flaky::Flaky, stage::Urls, through, watch::Running,
};
use crate::progress::Progress;

/// Things that break at most.
const FAULTS: u32 = 24;
/// Bytes sent to the nodes before the first of them, at most; the later ones lie further and further apart, so that they reach to the
/// end of a long rehearsal and many strike a short one.
const SPAN: u64 = 80_000;
/// By how much further, in percent.
const FURTHER: u64 = 125;
/// Times that the command may fail by itself.
const TRIES: usize = 2;

/// What breaks a rehearsal.
#[derive(Debug, Clone)]
pub struct Chaos {
    /// Where and what follows from this, and from how fast the chains are.
    pub seed: u64,
    /// The `confluence` that is begun and killed.
    pub command: PathBuf,
}

/// What broke, and how often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// The command's process was killed.
    pub killed: u64,
    /// The L2 node was stopped and started again.
    pub restarted: u64,
    /// All connections were cut.
    pub cut: u64,
    /// The command gave up because of one of the two, and was begun again.
    pub gave_up: u64,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            killed,
            restarted,
            cut,
            gave_up,
        } = self;
        write!(
            f,
            "on the way the command was killed {killed} times, the L2 node restarted {restarted} times, all connections cut {cut} \
             times, at which the command gave up {gave_up} times; each time it was begun again"
        )
    }
}

/// Goes the whole way, whatever breaks.
pub(super) async fn run(
    options: &Options,
    chaos: &Chaos,
    ready: Ready,
    progress: &Progress,
) -> Result<Report, RehearseError> {
    let starting = Running::begin(progress, "starting both chains");
    let mut fragile = Fragile::start(chaos.seed, progress).await?;
    let starting = starting.over();
    let running = Running::begin(progress, "going on whatever breaks");
    fragile.outlast(options, &chaos.command).await?;
    running.over();
    // all is done: what is left is to account for it
    let (urls, folder) = (fragile.urls(), fragile.diary());
    let report = through(options, ready.after(starting), &urls, &folder, progress).await?;
    Ok(Report {
        faults: Some(fragile.faults),
        ..report
    })
}

/// Chains that can be made to fail.
struct Fragile<'a> {
    progress: &'a Progress,
    /// Keeps L1 while the L2 goes.
    keeper: TwoChains,
    node: Option<DevNode>,
    relays: [Flaky; 2],
    passed: Receiver<u64>,
    dice: ChaCha8Rng,
    folder: tempfile::TempDir,
    struck: u32,
    faults: Faults,
}

/// How the command ended.
enum End {
    Killed,
    Done,
    /// Because something else had broken while it ran.
    GaveUp,
    /// By itself.
    Failed,
}

impl<'a> Fragile<'a> {
    /// New chains, behind relays.
    async fn start(seed: u64, progress: &'a Progress) -> Result<Self, RehearseError> {
        let keeper = TwoChains::start()?;
        // its own L2 is not the one that is used
        keeper.follower().hold();
        let folder = tempfile::tempdir()?;
        let node = DevNode::start(follower(&keeper, folder.path()))?;
        let (count, passed) = watch::channel(0);
        let l1 = keeper.l1_url();
        let l1 = l1.trim_start_matches("http://").parse::<SocketAddr>();
        let l1 = l1.map_err(std::io::Error::other)?;
        let relays = [
            Flaky::to(l1, count.clone()).await?,
            Flaky::to(node.address(), count).await?,
        ];
        Ok(Self {
            progress,
            keeper,
            node: Some(node),
            relays,
            passed,
            dice: ChaCha8Rng::seed_from_u64(seed),
            folder,
            struck: 0,
            faults: Faults::default(),
        })
    }

    /// Where they answer.
    fn urls(&self) -> Urls {
        Urls {
            l1: self.relays[0].url(),
            l2: self.relays[1].url(),
        }
    }

    /// The command's own folder.
    fn diary(&self) -> PathBuf {
        self.folder.path().join("rehearsal")
    }

    /// Where the command says what it does.
    fn said(&self) -> PathBuf {
        self.folder.path().join("said")
    }

    /// Begins the command again and again until it ends well.
    async fn outlast(&mut self, options: &Options, command: &Path) -> Result<(), RehearseError> {
        let mut failed = 0;
        loop {
            let mut child = self.begin(options, command)?;
            match self.strike_until_end(&mut child).await? {
                End::Done => return Ok(()),
                End::Killed => {}
                End::GaveUp => self.faults.gave_up += 1,
                End::Failed if failed < TRIES => failed += 1,
                End::Failed => {
                    return Err(RehearseError::Command {
                        command: command.to_owned(),
                        why: self.last_words(),
                    });
                }
            }
        }
    }

    fn begin(&self, options: &Options, command: &Path) -> Result<Child, RehearseError> {
        fs::create_dir_all(self.diary())?;
        let Options {
            folder,
            network,
            list,
            accounts,
            seed,
            share,
            rounds,
            on: _,
        } = options;
        let mut begun = Command::new(command);
        let urls = self.urls();
        begun
            .arg("rehearse")
            .args(["--l1-rpc", &urls.l1, "--l2-rpc", &urls.l2])
            .arg("--state")
            .arg(self.diary())
            .arg("--root")
            .arg(folder)
            .args(["--network", network])
            .args(["--seed", &seed.to_string()])
            .args(["--share", &share.to_string()])
            .args(["--rounds", &rounds.to_string()]);
        if let Some(list) = list {
            begun.arg("--list").arg(list);
        }
        if let Some(accounts) = accounts {
            begun.args(["--accounts", &accounts.to_string()]);
        }
        let child = begun
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(self.said())?)
            .kill_on_drop(true)
            .spawn()?;
        Ok(child)
    }

    /// Lets things break while the command runs.
    async fn strike_until_end(&mut self, child: &mut Child) -> Result<End, RehearseError> {
        let mut alone = true;
        loop {
            let gap = self.gap();
            let until = *self.passed.borrow() + gap;
            let mut passed = self.passed.clone();
            let ended = tokio::select! {
                ended = child.wait() => Some(ended?),
                _ = passed.wait_for(|count| *count >= until), if self.struck < FAULTS => None,
            };
            match ended {
                Some(status) if status.success() => {
                    let sent = *self.passed.borrow();
                    self.progress.say(format!("done, after {sent} bytes"));
                    return Ok(End::Done);
                }
                Some(_) => {
                    let words = self.last_words();
                    self.progress
                        .say(format!("the command gave up, and is begun again: {words}"));
                    return Ok(if alone { End::Failed } else { End::GaveUp });
                }
                None => {}
            }
            alone = false;
            self.struck += 1;
            let what = self.dice.next_u64() % 3;
            let said = [
                "the command is killed",
                "all connections are cut",
                "the L2 node is restarted",
            ];
            let (said, sent, doing) = (
                said[what as usize],
                *self.passed.borrow(),
                self.last_words(),
            );
            self.progress.say(format!(
                "fault: {said} (after {sent} bytes, when this was being done: {doing})"
            ));
            match what {
                0 => {
                    self.faults.killed += 1;
                    child.kill().await?;
                    return Ok(End::Killed);
                }
                1 => {
                    self.faults.cut += 1;
                    self.relays.iter().for_each(Flaky::cut);
                }
                _ => {
                    self.faults.restarted += 1;
                    self.restart().await?;
                }
            }
        }
    }

    /// Bytes until the next fault.
    fn gap(&mut self) -> u64 {
        let span = (0..self.struck).fold(SPAN, |span, _| span * FURTHER / 100);
        1 + self.dice.next_u64() % span
    }

    /// What the command said last.
    fn last_words(&self) -> String {
        let said = fs::read_to_string(self.said()).unwrap_or_default();
        let error = said.lines().rev().find(|line| line.contains("error: "));
        error.or(said.lines().last()).unwrap_or_default().to_owned()
    }

    async fn restart(&mut self) -> Result<(), RehearseError> {
        if let Some(node) = self.node.take() {
            let stopped = tokio::task::spawn_blocking(move || node.stop()).await;
            stopped
                .map_err(std::io::Error::other)?
                .map_err(std::io::Error::other)?;
        }
        let options = follower(&self.keeper, self.folder.path());
        let started = tokio::task::spawn_blocking(move || DevNode::start(options)).await;
        let node = started.map_err(std::io::Error::other)??;
        let [_, relay] = &self.relays;
        relay.lead_to(node.address());
        relay.cut();
        self.node = Some(node);
        Ok(())
    }
}

/// An L2 that follows the keeper's L1 and can be stopped without it.
fn follower(keeper: &TwoChains, folder: &Path) -> NodeOptions {
    NodeOptions {
        state: Some(folder.join("l2")),
        l1: Some(L1Options {
            rpc: Some(keeper.l1_url()),
            contracts: Some(keeper.contracts()),
            ..L1Options::default()
        }),
        ..NodeOptions::default()
    }
}
