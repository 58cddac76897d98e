//! What people read about polls.

use std::fmt;

use alloy::primitives::{Address, TxHash, U256, utils::format_ether};
use serde::Serialize;

use super::{Choice, Counted, Poll};

/// A poll was opened.
#[derive(Debug, Clone, Serialize)]
pub struct Opened {
    /// The poll.
    pub poll: Poll,
    /// The transaction.
    pub transaction: TxHash,
    /// Gas it used.
    pub gas: u64,
}

impl fmt::Display for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "poll         {}", self.poll.address)?;
        writeln!(f, "proposal     {}", self.poll.proposal)?;
        writeln!(f, "votes until  L1 block {}", self.poll.end_block)?;
        write!(f, "transaction  {}, {} gas", self.transaction, self.gas)
    }
}

/// A vote was cast.
#[derive(Debug, Clone, Serialize)]
pub struct Voted {
    /// The poll.
    pub poll: Address,
    /// Who voted.
    pub voter: Address,
    /// What for.
    pub choice: Choice,
    /// The transaction.
    pub transaction: TxHash,
    /// Gas it used.
    pub gas: u64,
}

impl fmt::Display for Voted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} voted {} in {}", self.voter, self.choice, self.poll)?;
        write!(f, "transaction  {}, {} gas", self.transaction, self.gas)
    }
}

/// All polls of a system.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// L1's block number as L2 sees it.
    pub l1_block: u64,
    /// The oldest first.
    pub polls: Vec<Poll>,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "L1 block {}", self.l1_block)?;
        for poll in &self.polls {
            let state = if self.l1_block <= poll.end_block {
                "open"
            } else {
                "over"
            };
            writeln!(
                f,
                "{}  {state}  until {}  {}",
                poll.address, poll.end_block, poll.proposal
            )?;
        }
        if self.polls.is_empty() {
            writeln!(f, "no polls")?;
        }
        Ok(())
    }
}

/// LPT with two digits behind the point; shorter than all 18.
fn lpt(amount: U256) -> String {
    let text = format_ether(amount);
    match text.split_once('.') {
        Some((whole, part)) => format!("{whole}.{}", &part[..part.len().min(2)]),
        None => text,
    }
}

fn percent(ppm: u64) -> String {
    format!("{}.{:02} %", ppm / 10_000, ppm % 10_000 / 100)
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (poll, tally) = (&self.poll, &self.tally);
        let state = match (self.is_open, self.is_destroyed) {
            (true, _) => "open, counted as it stands now",
            (false, false) => "over",
            (false, true) => "over, closed",
        };
        writeln!(f, "poll       {}", poll.address)?;
        writeln!(f, "proposal   {}", poll.proposal)?;
        writeln!(
            f,
            "state      {state}; votes until L1 block {}, now {}",
            poll.end_block, self.l1_block
        )?;
        writeln!(
            f,
            "counted    at L2 block {}, {} votes by {} voters",
            self.counted_at,
            self.votes_cast,
            tally.votes.len()
        )?;
        writeln!(f)?;
        writeln!(
            f,
            "{:<42}  {:<12}  {:>5}  {:>20}",
            "voter", "as", "vote", "LPT"
        )?;
        for side in &tally.votes {
            let role = if side.orchestrator {
                "orchestrator"
            } else {
                "delegator"
            };
            let choice = side
                .choice
                .map_or_else(|| "other".to_owned(), |choice| choice.to_string());
            writeln!(
                f,
                "{:<42}  {role:<12}  {choice:>5}  {:>20}",
                side.voter.to_string(),
                lpt(side.weight)
            )?;
        }
        writeln!(f)?;
        let reached = |is: bool| if is { "reached" } else { "not reached" };
        writeln!(f, "yes        {} LPT", lpt(tally.yes))?;
        writeln!(f, "no         {} LPT", lpt(tally.no))?;
        writeln!(
            f,
            "quorum     {} of {} needed: {} of {} LPT voted, {}",
            percent(tally.turnout_ppm),
            percent(poll.quorum_ppm),
            lpt(tally.yes.saturating_add(tally.no)),
            lpt(tally.total_stake),
            reached(tally.quorum_reached)
        )?;
        writeln!(
            f,
            "quota      {} yes, more than {} needed, {}",
            percent(tally.support_ppm),
            percent(poll.quota_ppm),
            reached(tally.quota_reached)
        )?;
        let verdict = match (self.is_open, tally.passed) {
            (false, true) => "passed",
            (false, false) => "did not pass",
            (true, true) => "would pass now",
            (true, false) => "would not pass now",
        };
        write!(f, "result     {verdict}")
    }
}
