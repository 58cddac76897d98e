//! The rehearsal: Livepeer's whole population moves from L1 to L2 on two chains, and every unit is accounted for.
//! Always holds: deployment, switch-over, snapshot, moves and claims go through the code that the commands go through; what is made
//! up (who is not in the list) follows from a seed; what was done is read from the chains, so that a journey that was cut short
//! goes on where it stopped.

mod account;
mod arrivals;
mod chaos;
mod chart;
mod claim;
mod classes;
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
mod report;
mod send;
mod stage;
mod watch;

use std::path::{Path, PathBuf};

use alloy::primitives::U256;
use confluence_devnode::bridge::TwoChains;

pub use account::{Conservation, Dust, Stake};
pub use chaos::Faults;
pub use classes::{Class, Moved};
pub use error::RehearseError;
pub use html::{page, picture};
pub use proofs::Proofs;
pub use report::Report;
pub use stage::Urls;
pub use watch::{Phase, Point};

use crate::{
    network::Migration,
    progress::Progress,
    snapshot::{Found, Leaf, Population as Like, Provenance, Search, SnapshotError},
};
use account::Known;
use arrivals::Arrival;
use chaos::Fragile;
use classes::Classes;
use earn::Earned;
use population::{Population, Way};
use stage::{ROUND_BLOCKS, Stage};
use watch::Watch;

/// What is rehearsed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
    /// The migration whose list is moved.
    pub migration: Migration,
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
    /// Development chains that run already; otherwise new ones are started.
    pub urls: Option<Urls>,
    /// Breaks things on the way, at points that follow from this seed; on chains of its own.
    pub chaos: Option<u64>,
}

/// Two chains.
enum Chains {
    /// Ours, which end with this value.
    Own(Box<TwoChains>),
    /// Ours, which break.
    Fragile(Box<Fragile>),
    /// Somebody's.
    There(Urls),
}

impl Chains {
    fn at(urls: Option<Urls>) -> Result<Self, RehearseError> {
        Ok(match urls {
            Some(urls) => Self::There(urls),
            None => Self::Own(Box::new(TwoChains::start()?)),
        })
    }

    /// Where they answer.
    fn urls(&self) -> Urls {
        match self {
            Self::Own(pair) => Urls {
                l1: pair.l1_url(),
                l2: pair.l2_url(),
            },
            Self::Fragile(fragile) => fragile.urls(),
            Self::There(urls) => urls.clone(),
        }
    }
}

/// What a journey that goes on has to know, and cannot read from the chains.
#[derive(Debug, Default)]
struct Notes {
    /// Wei that the switch-over's tickets gave back to L2Migrator.
    refund: Option<U256>,
    /// What L2 said to proofs.
    proofs: Proofs,
}

/// Who goes, where and on whose list.
struct Journey<'a> {
    options: &'a Options,
    stage: &'a Stage,
    all: &'a Population,
    /// The list that was loaded.
    loaded: &'a Found,
    /// Where the list that is built from L1 goes.
    file: &'a Path,
}

/// Moves everybody.
///
/// # Errors
/// See [`RehearseError`]. A difference is no error here but in the report: [`Report::holds`].
pub async fn run(options: &Options, progress: &Progress) -> Result<Report, RehearseError> {
    let mut watch = Watch::start(progress);
    let phase = watch.begin("building programs and contracts");
    let artifacts = stage::artifacts(&options.folder, progress)?;
    watch.over(phase);

    let phase = watch.begin("reading the list, making the population");
    let loaded = list(options, progress)?;
    let all = Population::of(&loaded.list, options.share, options.seed)?;
    watch.over(phase);

    let phase = watch.begin("starting both chains");
    let mut chains = match options.chaos {
        Some(seed) => Chains::Fragile(Box::new(Fragile::start(seed).await?)),
        None => Chains::at(options.urls.clone())?,
    };
    watch.over(phase);

    let phase = watch.begin("deploying both sides");
    let round = options.migration.snapshot_round;
    let stage = Stage::set(&chains.urls(), &artifacts, round, all.lpt()).await?;
    watch.over(phase);

    let phase = watch.begin("loading and freezing L1");
    load::load(&stage, &all).await?;
    leave::freeze(&stage, round).await?;
    watch.over(phase);

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("snapshot.json");
    let journey = Journey {
        options,
        stage: &stage,
        all: &all,
        loaded: &loaded,
        file: &file,
    };
    let mut notes = Notes::default();
    let built = match &mut chains {
        Chains::Fragile(fragile) => fragile.go(&journey, &mut notes, &mut watch).await?,
        _ => journey.go(&mut notes, &mut watch).await?,
    };
    // whoever accounts for it has new connections as well
    let stage = stage.anew().await?;
    let journey = Journey {
        stage: &stage,
        ..journey
    };
    let faults = match &chains {
        Chains::Fragile(fragile) => Some(fragile.faults),
        _ => None,
    };
    let report = journey.report(&built, &notes, watch).await?;
    Ok(Report { faults, ..report })
}

impl Journey<'_> {
    /// From the switch-over to the last claim; the list that was built from L1.
    async fn go(&self, notes: &mut Notes, watch: &mut Watch<'_>) -> Result<Found, RehearseError> {
        let Self {
            options,
            stage,
            all,
            ..
        } = *self;
        let phase = watch.begin("switching over");
        let refund = leave::switch_over(stage, all).await?;
        // later on, what is there is not the refund alone
        notes.refund.get_or_insert(refund);
        earn::begin_round(stage, 1).await?;
        moving::send_and_forget(stage, all).await?;
        watch.over(phase);

        let phase = watch.begin("building the snapshot from L1");
        let built = publish::build_list(stage, self.file, watch.progress).await?;
        self.same_root(&built)?;
        watch.over(phase);

        let phase = watch.begin("moving orchestrators, wallets, locks, broadcasters");
        let root = built.root();
        publish::publish(stage, &options.migration, root).await?;
        notes.proofs = proofs::check(stage, &options.migration, &built).await?;
        for way in [Way::Expired, Way::Redeemed, Way::Itself, Way::Signed] {
            if way == Way::Redeemed {
                stage.fail_tickets(all.coming(way).count()).await?;
            }
            moving::move_in(stage, all, way, watch).await?;
        }
        earn::set_terms(stage, all).await?;
        moving::move_others(stage, all, watch).await?;
        watch.over(phase);

        let phase = watch.begin("rounds with rewards and winning tickets");
        for number in 0..options.rounds {
            earn::a_round(stage, all, number + 2).await?;
        }
        watch.over(phase);

        let phase = watch.begin("claiming, late orchestrators in between");
        publish::enable(stage, &options.migration, root).await?;
        let claimants: Vec<&Leaf> = all.claimants().collect();
        let (first, second) = claimants.split_at(claimants.len() / 2);
        claim::claim(stage, all, &built, first, watch).await?;
        moving::move_in(stage, all, Way::Late, watch).await?;
        claim::claim(stage, all, &built, second, watch).await?;
        watch.over(phase);
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
    async fn report(
        &self,
        built: &Found,
        notes: &Notes,
        mut watch: Watch<'_>,
    ) -> Result<Report, RehearseError> {
        let Self {
            options,
            stage,
            all,
            loaded,
            ..
        } = *self;
        let phase = watch.begin("accounting for every unit");
        let arrivals = Arrival::all(stage).await?;
        let classes = Classes::read(stage, all, &arrivals).await?;
        let earned = Earned::read(stage).await?;
        let known = Known {
            arrivals: &arrivals,
            earned: &earned,
            refund: notes.refund.unwrap_or_default(),
            paid: classes.paid,
        };
        let accounts = account::account(stage, all, &known).await?;
        let stakes = account::stakes(stage, all).await?;
        watch.over(phase);
        Ok(Report {
            list: loaded.provenance.clone(),
            root: built.root(),
            proofs: notes.proofs.clone(),
            is_golden: built.root() == options.migration.snapshot_root,
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
            phases: watch.phases,
            course: watch.course,
        })
    }
}

/// The list that is moved.
fn list(options: &Options, progress: &Progress) -> Result<Found, SnapshotError> {
    if let Some(leaves) = options.accounts {
        return Found::synthetic(Like::like_published(leaves), options.seed);
    }
    let search = Search::new(&options.migration, options.list.as_deref());
    let (found, why_synthetic) = search.anyhow_or_synthetic(options.seed)?;
    if let Some(why) = why_synthetic {
        progress.say(format!("using a synthetic list, because {why}"));
    }
    Ok(found)
}
