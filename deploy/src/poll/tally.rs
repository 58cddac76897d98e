//! What votes weigh, and whether a poll passed (LIP-16). Pure: the chain was read before.
//! Always holds: nobody's stake counts twice. An orchestrator votes with all that is delegated to it, less the stakes of those of its
//! delegators who voted themselves; a DelegatorPool, which cannot vote, is a delegator who did not.

use std::{collections::HashMap, fmt};

use alloy::primitives::{Address, U256};
use serde::{Serialize, Serializer};

/// What a vote can be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// For the proposal.
    Yes,
    /// Against it.
    No,
}

impl Choice {
    /// The number that stands for it on chain.
    #[must_use]
    pub fn id(self) -> u64 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
        }
    }

    fn of(id: U256) -> Option<Self> {
        [Self::Yes, Self::No]
            .into_iter()
            .find(|choice| U256::from(choice.id()) == id)
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yes => "yes",
            Self::No => "no",
        })
    }
}

/// A voter at the block of the count. Amounts are LPT base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Who voted.
    pub voter: Address,
    /// Its last vote.
    pub choice: U256,
    /// Its own stake, with what it earned.
    pub stake: U256,
    /// Whom its stake is with.
    pub delegate: Address,
    /// All that is delegated to it, if it is a registered orchestrator.
    pub delegated: Option<U256>,
}

/// A voter and what its vote weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Who voted.
    pub voter: Address,
    /// Its last vote; `None` if it was for neither side.
    pub choice: Option<Choice>,
    /// LPT base units.
    #[serde(serialize_with = "decimal")]
    pub weight: U256,
    /// Whether it voted as an orchestrator.
    pub orchestrator: bool,
}

/// The result of a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Every voter, the heaviest first.
    pub votes: Vec<Side>,
    /// Weight for the proposal, LPT base units.
    #[serde(serialize_with = "decimal")]
    pub yes: U256,
    /// Weight against it.
    #[serde(serialize_with = "decimal")]
    pub no: U256,
    /// All active stake.
    #[serde(serialize_with = "decimal")]
    pub total_stake: U256,
    /// Millionths of all stake that voted.
    pub turnout_ppm: u64,
    /// Millionths of the votes that were for the proposal.
    pub support_ppm: u64,
    /// Whether enough stake voted.
    pub quorum_reached: bool,
    /// Whether enough of it was for the proposal.
    pub quota_reached: bool,
    /// Both.
    pub passed: bool,
}

/// A share of the whole counts in millionths.
const PPM: u64 = 1_000_000;

/// Counts ballots, one a voter.
#[must_use]
pub fn tally(ballots: &[Ballot], total_stake: U256, quorum_ppm: u64, quota_ppm: u64) -> Tally {
    // What an orchestrator's delegators voted with themselves is not its to vote with.
    let mut taken: HashMap<Address, U256> = HashMap::new();
    for ballot in ballots
        .iter()
        .filter(|ballot| ballot.voter != ballot.delegate)
    {
        let sum = taken.entry(ballot.delegate).or_default();
        *sum = sum.saturating_add(ballot.stake);
    }
    let mut votes: Vec<_> = ballots
        .iter()
        .map(|ballot| Side {
            voter: ballot.voter,
            choice: Choice::of(ballot.choice),
            weight: match ballot.delegated {
                // Stakes are rounded down one by one, their sum is not: it may be some units larger.
                Some(all) => {
                    all.saturating_sub(taken.get(&ballot.voter).copied().unwrap_or_default())
                }
                None => ballot.stake,
            },
            orchestrator: ballot.delegated.is_some(),
        })
        .collect();
    votes.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.voter.cmp(&b.voter)));
    let weight = |choice| {
        let of_it = votes.iter().filter(|side| side.choice == Some(choice));
        of_it.fold(U256::ZERO, |sum, side| sum.saturating_add(side.weight))
    };
    let (yes, no) = (weight(Choice::Yes), weight(Choice::No));
    let cast = yes.saturating_add(no);
    // As in LIP-16: cast >= total * quorum, and yes > cast * quota, each product rounded down.
    let share = |of: U256, ppm: u64| of.saturating_mul(U256::from(ppm)) / U256::from(PPM);
    let quorum_reached = cast >= share(total_stake, quorum_ppm);
    let quota_reached = yes > share(cast, quota_ppm);
    Tally {
        votes,
        yes,
        no,
        total_stake,
        turnout_ppm: ppm(cast, total_stake),
        support_ppm: ppm(yes, cast),
        quorum_reached,
        quota_reached,
        passed: quorum_reached && quota_reached,
    }
}

fn ppm(part: U256, whole: U256) -> u64 {
    let parts = part.saturating_mul(U256::from(PPM)).checked_div(whole);
    parts.unwrap_or_default().saturating_to()
}

/// Amounts leave in decimal: JSON numbers would lose digits.
pub(crate) fn decimal<S: Serializer>(amount: &U256, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&amount.to_string())
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
