//! Counting a poll from the chain: who voted, and what everybody had at the end.
//! Always holds: stakes are read at one L2 block, the last in which a vote could be cast, or the latest while the poll is open.

use alloy::primitives::{Address, U256};
use confluence_abi::{IBondingManager, IPoll};
use serde::Serialize;

use super::{Ballot, Poll, PollError, Tally, Vote, last_votes, tally};
use crate::{client::L2, progress::Progress};

/// Voters asked about in one request.
const AT_ONCE: usize = 100;

/// A count and when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The poll.
    pub poll: Poll,
    /// Whether votes can still be cast.
    pub is_open: bool,
    /// Whether somebody closed it.
    pub is_destroyed: bool,
    /// L1's block number as L2 sees it.
    pub l1_block: u64,
    /// The L2 block at which stakes were read.
    pub counted_at: u64,
    /// Votes cast, repeated ones included.
    pub votes_cast: usize,
    /// The result, or what it would be now.
    pub tally: Tally,
}

/// Counts `poll` by the stakes that `bonding` keeps.
///
/// # Errors
/// [`PollError::Client`]; a node that does not keep old state refuses to read stakes at the end of an old poll.
pub async fn count(
    l2: &L2,
    bonding: Address,
    poll: Poll,
    progress: &Progress,
) -> Result<Counted, PollError> {
    let latest = l2.head().await?.number;
    let l1_block = l2.l1_number(latest).await?;
    let is_open = l1_block <= poll.end_block;
    let at = l2
        .last_block_of(poll.end_block, latest)
        .await?
        .unwrap_or(poll.opened_in)
        .max(poll.opened_in);
    let votes: Vec<_> = l2
        .logged::<IPoll::Vote>(poll.address, None, poll.opened_in)
        .await?
        .iter()
        .filter(|logged| logged.block <= at)
        .map(|logged| Vote {
            voter: logged.event.voter,
            choice: logged.event.choiceID,
        })
        .collect();
    let last = last_votes(&votes);
    let bar = progress.bar(last.len() as u64, "voters");
    let mut ballots = Vec::with_capacity(last.len());
    for votes in last.chunks(AT_ONCE) {
        ballots.extend(read_ballots(l2, bonding, votes, at).await?);
        bar.advance(votes.len() as u64);
    }
    let total: U256 = l2
        .read_at(bonding, &IBondingManager::getTotalBondedCall {}, at)
        .await?;
    let tally = tally(&ballots, total, poll.quorum_ppm, poll.quota_ppm);
    Ok(Counted {
        is_open,
        is_destroyed: poll.is_destroyed(l2).await?,
        l1_block,
        counted_at: at,
        votes_cast: votes.len(),
        tally,
        poll,
    })
}

/// What voters had at a block.
async fn read_ballots(
    l2: &L2,
    bonding: Address,
    votes: &[Vote],
    at: u64,
) -> Result<Vec<Ballot>, PollError> {
    let stakes: Vec<_> = votes
        .iter()
        .map(|vote| IBondingManager::pendingStakeCall {
            delegator: vote.voter,
            endRound: U256::ZERO,
        })
        .collect();
    let records: Vec<_> = votes
        .iter()
        .map(|vote| IBondingManager::getDelegatorCall {
            delegator: vote.voter,
        })
        .collect();
    let registered: Vec<_> = votes
        .iter()
        .map(|vote| IBondingManager::isRegisteredTranscoderCall {
            transcoder: vote.voter,
        })
        .collect();
    let stakes = l2.read_each_at(bonding, &stakes, at).await?;
    let records = l2.read_each_at(bonding, &records, at).await?;
    let registered = l2.read_each_at(bonding, &registered, at).await?;
    let all = votes.iter().zip(stakes).zip(records).zip(registered);
    Ok(all
        .map(|(((vote, stake), record), is_registered)| Ballot {
            voter: vote.voter,
            choice: vote.choice,
            stake,
            delegate: record.delegateAddress,
            delegated: is_registered.then_some(record.delegatedAmount),
        })
        .collect())
}
