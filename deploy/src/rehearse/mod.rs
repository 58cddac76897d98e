//! The rehearsal: Livepeer's whole population moves from L1 to L2 on two chains, and every unit is accounted for.
//! Always holds: deployment, switch-over, snapshot, moves and claims go through the code that the commands go through; what is made
//! up (who is not in the list) follows from a seed; what was done is read from the chains, and the little that they do not tell from
//! a diary, so that a rehearsal that was killed goes on where it stopped.

mod account;
mod arrivals;
mod chaos;
mod chart;
mod claim;
mod classes;
mod diary;
mod earn;
mod error;
mod flaky;
mod html;
mod leave;
mod load;
mod moving;
mod population;
mod proofs;
mod publish;
mod repair;
mod report;
mod send;
mod stage;
mod watch;

use std::path::{Path, PathBuf};

use confluence_devnode::bridge::TwoChains;

pub use account::{Conservation, Dust, Stake};
pub use chaos::{Chaos, Faults};
pub use classes::{Class, Moved};
pub use error::RehearseError;
pub use html::{page, picture};
pub use proofs::Proofs;
pub use repair::{Remedy, Repair};
pub use report::Report;
pub use stage::Urls;
pub use watch::{Phase, Point};

use crate::{
    network::{Migration, Network},
    plan::Artifacts,
    progress::Progress,
    snapshot::{Found, Leaf, Population as Like, Provenance, Search, SnapshotError},
};
use account::Known;
use arrivals::Arrival;
use classes::Classes;
use diary::{About, Diary};
use earn::Earned;
use population::{Population, Way};
use stage::{ROUND_BLOCKS, Stage};
use watch::{Running, Watch};

/// The phase that does not count as running.
const BUILDING: &str = "building programs and contracts";

/// What is rehearsed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
    /// Name or file of the network whose migration's list is moved.
    pub network: String,
    /// The list's file, if the user names one.
    pub list: Option<PathBuf>,
    /// Entries of a synthetic list to use instead of the published one.
    pub accounts: Option<usize>,
    /// What everything that is made up follows from.
    pub seed: u64,
    /// Percent of the orchestrators that move before delegators claim; half of the rest moves after.
    pub share: u64,
    /// Rounds with rewards before the claims; winning tickets are paid in all but the first.
    pub rounds: u64,
    /// On which chains.
    pub on: On,
}

/// The chains of a rehearsal.
#[derive(Debug, Clone)]
pub enum On {
    /// New ones.
    New,
    /// Development chains that run already.
    There {
        /// Where they answer.
        urls: Urls,
        /// A folder that remembers how far it is: given again, a rehearsal that was cut short goes on.
        state: Option<PathBuf>,
    },
    /// New ones, on which things break.
    Breaking(Chaos),
}

/// Who goes, where and on whose list.
struct Journey<'a> {
    options: &'a Options,
    migration: &'a Migration,
    stage: &'a Stage,
    all: &'a Population,
    /// The list that was loaded.
    loaded: &'a Found,
}

/// Moves everybody.
///
/// # Errors
/// See [`RehearseError`]. A difference is no error here but in the report: [`Report::holds`].
pub async fn run(options: &Options, progress: &Progress) -> Result<Report, RehearseError> {
    let ready = Ready::make(options, progress)?;
    let folder = tempfile::tempdir()?;
    match &options.on {
        On::Breaking(chaos) => chaos::run(options, chaos, ready, progress).await,
        On::New => {
            let phase = Running::begin(progress, "starting both chains");
            let pair = TwoChains::start()?;
            let ready = ready.after(phase.over());
            let urls = Urls {
                l1: pair.l1_url(),
                l2: pair.l2_url(),
            };
            through(options, ready, &urls, folder.path(), progress).await
        }
        On::There { urls, state } => {
            let folder = state.as_deref().unwrap_or(folder.path());
            through(options, ready, urls, folder, progress).await
        }
    }
}

/// What a rehearsal needs before there are chains.
struct Ready {
    artifacts: Artifacts,
    migration: Migration,
    loaded: Found,
    all: Population,
    /// What that took.
    phases: Vec<Phase>,
}

impl Ready {
    fn make(options: &Options, progress: &Progress) -> Result<Self, RehearseError> {
        let reading = Running::begin(progress, "reading the list, making the population");
        let network = Network::load(&options.network)?;
        let migration = network.migration()?.clone();
        let loaded = list(options, &migration, progress)?;
        let all = Population::of(&loaded.list, options.share, options.seed)?;
        let reading = reading.over();

        let building = Running::begin(progress, BUILDING);
        let artifacts = Artifacts::build(&options.folder, progress)?;
        Ok(Self {
            artifacts,
            migration,
            loaded,
            all,
            phases: vec![reading, building.over()],
        })
    }

    /// The same after this phase.
    fn after(mut self, phase: Phase) -> Self {
        self.phases.push(phase);
        self
    }
}

/// The whole way on chains that run, or what is left of it.
async fn through(
    options: &Options,
    ready: Ready,
    urls: &Urls,
    folder: &Path,
    progress: &Progress,
) -> Result<Report, RehearseError> {
    let Ready {
        artifacts,
        migration,
        loaded,
        all,
        phases,
    } = ready;
    let about = About::of(&loaded, &all, options);
    let diary = Diary::open(folder, about)?;
    let mut watch = Watch::start(progress, diary, phases)?;
    let phase = watch.begin("deploying both sides");
    let round = migration.snapshot_round;
    let stage = Stage::set(urls, &artifacts, round, all.lpt(), &mut watch.diary).await?;
    watch.over(phase)?;

    let phase = watch.begin("loading and freezing L1");
    load::load(&stage, &all, round, &mut watch.diary).await?;
    watch.over(phase)?;

    let journey = Journey {
        options,
        migration: &migration,
        stage: &stage,
        all: &all,
        loaded: &loaded,
    };
    let built = journey.go(&mut watch).await?;
    // L1 is asked for the same block: whether that is done before or after everybody has moved makes no difference
    let phase = watch.begin("checking the snapshot in another way");
    publish::check_list(&stage, &built, &mut watch).await?;
    watch.over(phase)?;
    journey.report(&built, watch).await
}

impl Journey<'_> {
    /// From the switch-over to the last claim; the list that was built from L1.
    async fn go(&self, watch: &mut Watch<'_>) -> Result<Found, RehearseError> {
        let Self {
            options,
            migration,
            stage,
            all,
            ..
        } = *self;
        let phase = watch.begin("switching over");
        let refund = leave::switch_over(stage, all, &mut watch.diary).await?;
        // later on, what is there is not the refund alone
        watch.diary.note(|notes| {
            notes.refund.get_or_insert(refund);
        })?;
        earn::begin_round(stage, 1).await?;
        moving::send_and_forget(stage, all).await?;
        watch.over(phase)?;

        let phase = watch.begin("building the snapshot from L1");
        let built = publish::build_list(stage, watch).await?;
        self.same_root(&built)?;
        watch.over(phase)?;

        let phase = watch.begin("moving orchestrators, wallets, locks, broadcasters");
        let root = built.root();
        publish::publish(stage, migration, root).await?;
        let proofs = proofs::check(stage, migration, &built).await?;
        watch.diary.note(|notes| notes.proofs = proofs)?;
        for way in [Way::Expired, Way::Redeemed, Way::Itself, Way::Signed] {
            if way == Way::Redeemed {
                moving::fail_next(stage, all, way).await?;
            }
            moving::move_in(stage, all, way, watch).await?;
        }
        earn::set_terms(stage, all).await?;
        moving::move_others(stage, all, watch).await?;
        watch.over(phase)?;

        let phase = watch.begin("rounds with rewards and winning tickets");
        for number in 0..options.rounds {
            earn::a_round(stage, all, number + 2).await?;
        }
        watch.over(phase)?;

        let phase = watch.begin("claiming, late orchestrators in between");
        publish::enable(stage, migration, root).await?;
        let claimants: Vec<&Leaf> = all.claimants().collect();
        let (first, second) = claimants.split_at(claimants.len() / 2);
        claim::claim(stage, all, &built, first, watch).await?;
        moving::move_in(stage, all, Way::Late, watch).await?;
        claim::claim(stage, all, &built, second, watch).await?;
        watch.over(phase)?;
        Ok(built)
    }

    /// What was built from L1 is what was loaded, and what was published where that was loaded.
    fn same_root(&self, built: &Found) -> Result<(), RehearseError> {
        let expected = match &self.loaded.provenance {
            Provenance::Published { root, .. } => *root,
            _ => self.loaded.root(),
        };
        match built.root() {
            found if found == expected => Ok(()),
            found => Err(RehearseError::OtherRoot { expected, found }),
        }
    }

    /// Accounts for everything.
    async fn report(&self, built: &Found, mut watch: Watch<'_>) -> Result<Report, RehearseError> {
        let Self {
            options,
            migration,
            stage,
            all,
            loaded,
        } = *self;
        let phase = watch.begin("accounting for every unit");
        let arrivals = Arrival::all(stage).await?;
        let classes = Classes::read(stage, all, &arrivals).await?;
        let earned = Earned::read(stage).await?;
        let known = Known {
            arrivals: &arrivals,
            earned: &earned,
            refund: watch.diary.notes().refund.unwrap_or_default(),
            paid: classes.paid,
        };
        let accounts = account::account(stage, all, &known).await?;
        let stakes = account::stakes(stage, all).await?;
        watch.over(phase)?;
        let notes = watch.diary.notes();
        Ok(Report {
            list: loaded.provenance.clone(),
            root: built.root(),
            proofs: notes.proofs.clone(),
            is_golden: built.root() == migration.snapshot_root,
            seed: options.seed,
            share_percent: options.share,
            round_blocks: ROUND_BLOCKS,
            leaves: all.leaves.len(),
            empty: all.leaves.len() - all.claimants().count(),
            orchestrators: all.orchestrators.len(),
            never: all.coming(Way::Never).count(),
            classes: classes.moved,
            redeemed: classes.redeemed,
            expired: classes.expired,
            repairs: notes.repairs.clone(),
            faults: None,
            rounds: earned.rounds,
            rewards: earned.rewards,
            minted: earned.minted,
            winning_tickets: earned.tickets,
            won: earned.won,
            lpt: accounts.lpt,
            eth: accounts.eth,
            dust: accounts.dust,
            owners: accounts.owners,
            stakes,
            phases: notes.phases.clone(),
            course: notes.course.clone(),
        })
    }
}

/// The list that is moved.
fn list(
    options: &Options,
    migration: &Migration,
    progress: &Progress,
) -> Result<Found, SnapshotError> {
    if let Some(leaves) = options.accounts {
        return Found::synthetic(Like::like_published(leaves), options.seed);
    }
    let search = Search::new(migration, options.list.as_deref());
    let (found, why_synthetic) = search.anyhow_or_synthetic(options.seed)?;
    if let Some(why) = why_synthetic {
        progress.say(format!("using a synthetic list, because {why}"));
    }
    Ok(found)
}
