//! What the rehearsal showed: on a terminal, or as one JSON document.

use std::fmt;

use alloy::primitives::{B256, U256, utils::format_ether};
use serde::Serialize;

use super::{
    BUILDING, Conservation, Dust, Faults, Moved, Phase, Point, Proofs, Repair, Stake,
    account::with_difference,
};
use crate::{bench::thousands, poll::decimal, snapshot::Provenance};

/// See the head of this file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Where the list is from.
    pub list: Provenance,
    /// Root of the list that was built from L1.
    pub root: B256,
    /// Whether that is the root of the published list.
    pub is_golden: bool,
    /// What L2 said to proofs before the claims.
    pub proofs: Proofs,
    /// What everything that was made up follows from.
    pub seed: u64,
    /// Percent of the orchestrators that were to move before the claims.
    pub share_percent: u64,
    /// L1 blocks a round, instead of Livepeer's 5,760.
    pub round_blocks: u64,
    /// Entries of the list.
    pub leaves: usize,
    /// Entries with nothing to claim.
    pub empty: usize,
    /// Orchestrators.
    pub orchestrators: usize,
    /// Orchestrators that did not move.
    pub never: usize,
    /// What moved.
    pub classes: Vec<Moved>,
    /// Tickets that failed and were redeemed by a stranger.
    pub redeemed: u64,
    /// Tickets that expired and were sent again.
    pub expired: u64,
    /// Each of them, with the reason.
    pub repairs: Vec<Repair>,
    /// What broke on the way, if it was wanted to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faults: Option<Faults>,
    /// Rounds on L2.
    pub rounds: u64,
    /// Calls for rewards.
    pub rewards: u64,
    /// LPT base units that they minted.
    #[serde(serialize_with = "decimal")]
    pub minted: U256,
    /// Winning tickets.
    pub winning_tickets: u64,
    /// Wei that they paid.
    #[serde(serialize_with = "decimal")]
    pub won: U256,
    /// Where all LPT is.
    #[serde(serialize_with = "with_difference")]
    pub lpt: Conservation,
    /// Where all ether is.
    #[serde(serialize_with = "with_difference")]
    pub eth: Conservation,
    /// What pools keep.
    pub dust: Dust,
    /// Accounts on L2 that own something.
    pub owners: usize,
    /// Stake per orchestrator.
    pub stakes: Vec<Stake>,
    /// What took how long.
    pub phases: Vec<Phase>,
    /// How many had arrived when.
    pub course: Vec<Point>,
}

/// A row of the conservation table: what, LPT, ETH.
pub(super) type Row = (&'static str, String, String);

impl Report {
    /// Whether every unit is accounted for.
    #[must_use]
    pub fn holds(&self) -> bool {
        [&self.lpt, &self.eth].iter().all(|it| {
            let rounding = it.rounding().is_some_and(|it| it <= self.most_rounding());
            it.difference().is_zero() && it.unowned().is_zero() && rounding
        })
    }

    /// Base units that rounding can leave at most: whoever shares is rounded down once a round and asset, and once when it is told.
    fn most_rounding(&self) -> U256 {
        U256::from(self.owners) * U256::from(self.rounds + 2)
    }

    /// The rows of the conservation table.
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |what, of: fn(&Conservation) -> U256| {
            (
                what,
                format_ether(of(&self.lpt)),
                format_ether(of(&self.eth)),
            )
        };
        vec![
            row("on L1 before", |it| it.before),
            row("made on L2, as rewards", |it| it.made),
            row("on L1 after", |it| it.on_l1),
            row("owned by accounts on L2", |it| it.owned),
            row("paid out to accounts on L2", |it| it.paid),
            row("in flight, for who did not come", |it| it.owed),
            row("kept by rounding", |it| it.rounding().unwrap_or_default()),
            row("difference", |it| it.difference() + it.unowned()),
        ]
    }

    /// Milliseconds of everything but the build, which comes first.
    #[must_use]
    pub fn run_ms(&self) -> u64 {
        let ran = self.phases.iter().filter(|phase| phase.what != BUILDING);
        ran.map(|phase| phase.ms).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let golden = match self.is_golden {
            true => "the published one",
            false => "not the published one",
        };
        writeln!(f, "list       {}", self.list)?;
        writeln!(f, "root       {} ({golden}), built from L1", self.root)?;
        let Proofs { accepted, refused } = &self.proofs;
        writeln!(
            f,
            "proofs     {accepted} of {accepted} accepted by MerkleSnapshot, and {} forged ones refused: {}",
            refused.len(),
            refused.join("; ")
        )?;
        writeln!(
            f,
            "made up    {} orchestrators' own stakes, wallets, locks and broadcasters: seed {}",
            self.orchestrators, self.seed
        )?;
        writeln!(f)?;
        self.write_classes(f)?;
        if let Some(faults) = &self.faults {
            writeln!(f, "{faults}")?;
        }
        writeln!(f)?;
        writeln!(
            f,
            "{:<32} {:>28} {:>24}",
            "where everything is", "LPT", "ETH"
        )?;
        for (what, lpt, eth) in self.rows() {
            writeln!(f, "{what:<32} {lpt:>28} {eth:>24}")?;
        }
        writeln!(
            f,
            "kept by rounding: {} LPT base units and {} wei, of which {} and {} in {} pools whose delegators have all claimed",
            self.lpt.rounding().unwrap_or_default(),
            self.eth.rounding().unwrap_or_default(),
            self.dust.stake,
            self.dust.fees,
            self.dust.pools
        )?;
        writeln!(f)?;
        for Phase { what, ms } in &self.phases {
            writeln!(f, "{:>7.2} s  {what}", *ms as f64 / 1000.0)?;
        }
        let ran = self.run_ms() as f64 / 1000.0;
        write!(f, "{ran:>7.2} s  altogether after the build")
    }
}

impl Report {
    fn write_classes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<28} {:>8} {:>28} {:>22} {:>10} {:>10}",
            "moved", "accounts", "LPT", "ETH", "L1 gas", "L2 gas"
        )?;
        for it in &self.classes {
            writeln!(
                f,
                "{:<28} {:>8} {:>28} {:>22} {:>10} {:>10}",
                it.class.name(),
                thousands(it.accounts),
                format_ether(it.lpt),
                format_ether(it.eth),
                thousands(it.each(it.gas_l1)),
                thousands(it.each(it.gas_l2)),
            )?;
        }
        writeln!(
            f,
            "gas is per account; {} of {} leaves are empty; {} of {} orchestrators did not come, and what they own waits for them",
            self.empty, self.leaves, self.never, self.orchestrators
        )?;
        writeln!(
            f,
            "{} tickets failed and were redeemed by a stranger; {} expired and was sent again:",
            self.redeemed, self.expired
        )?;
        for repair in &self.repairs {
            writeln!(f, "  {repair}")?;
        }
        writeln!(
            f,
            "{} rounds of {} L1 blocks: {} rewards of {} LPT, {} winning tickets of {} ETH",
            self.rounds,
            self.round_blocks,
            self.rewards,
            format_ether(self.minted),
            self.winning_tickets,
            format_ether(self.won)
        )
    }
}
