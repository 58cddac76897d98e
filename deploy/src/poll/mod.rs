//! Polls of stakeholders: opening one, voting, and counting the votes from what the chain recorded.
//! Always holds: a count is a function of the chain at one L2 block; whoever counts again gets the same.

mod count;
mod report;
mod tally;

use alloy::primitives::{Address, Bytes, TxHash, U256};
use confluence_abi::{IPoll, IPollCreator};
use serde::Serialize;

pub use count::{Counted, count};
pub use report::{Listed, Opened, Voted};
pub(crate) use tally::decimal;
pub use tally::{Ballot, Choice, Side, Tally, tally};

use crate::client::{ClientError, L2, Mined};

/// Why a poll could not be opened, voted on or counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PollError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A contract of the system could not be found.
    #[error(transparent)]
    System(#[from] crate::payments::PaymentError),
    /// There is no contract of ours.
    #[error("{poll} is no poll of the PollCreator {creator}; check both addresses")]
    NoPoll {
        /// What was asked for.
        poll: Address,
        /// Where it was looked for.
        creator: Address,
    },
    /// The poll takes no votes any more.
    #[error("poll {poll} took votes until L1 block {end}, and it is block {now} now")]
    Over {
        /// The poll.
        poll: Address,
        /// Its last block.
        end: u64,
        /// L1's block.
        now: u64,
    },
    /// PollCreator logged nothing.
    #[error("the transaction {hash} opened no poll; is {creator} a PollCreator?")]
    NotOpened {
        /// The transaction.
        hash: TxHash,
        /// Where it was sent.
        creator: Address,
    },
}

impl PollError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::System(error) => error.is_usage(),
            Self::NoPoll { .. } | Self::Over { .. } => true,
            Self::NotOpened { .. } => false,
        }
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        match self {
            Self::Client(error) => error.is_pending(),
            Self::System(error) => error.is_pending(),
            _ => false,
        }
    }
}

/// A poll as it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Poll {
    /// Where it is.
    pub address: Address,
    /// What it is about, usually an IPFS hash.
    pub proposal: String,
    /// The last L1 block that can vote.
    pub end_block: u64,
    /// Millionths of all stake that must have voted.
    pub quorum_ppm: u64,
    /// Millionths of the votes that "yes" must exceed.
    pub quota_ppm: u64,
    /// The L2 block that it was opened in.
    pub opened_in: u64,
}

impl Poll {
    fn of(event: &IPollCreator::PollCreated, opened_in: u64) -> Self {
        Self {
            address: event.poll,
            proposal: text(&event.proposal),
            end_block: event.endBlock.saturating_to(),
            quorum_ppm: event.quorum.saturating_to(),
            quota_ppm: event.quota.saturating_to(),
            opened_in,
        }
    }

    /// Opens a poll.
    ///
    /// # Errors
    /// "PollCreator#createPoll: INSUFFICIENT_STAKE" as a revert; [`PollError::NotOpened`].
    pub async fn open(
        l2: &L2,
        creator: Address,
        proposal: &str,
    ) -> Result<(Self, Mined), PollError> {
        let call = IPollCreator::createPollCall {
            proposal: proposal.as_bytes().to_vec().into(),
        };
        let mined = l2.transact(creator, &call, U256::ZERO).await?;
        let event = mined.event(creator).ok_or(PollError::NotOpened {
            hash: mined.hash,
            creator,
        })?;
        Ok((Self::of(&event, mined.block), mined))
    }

    /// A poll by its address.
    ///
    /// # Errors
    /// [`PollError::NoPoll`].
    pub async fn find(l2: &L2, creator: Address, poll: Address) -> Result<Self, PollError> {
        let topic = Some(poll.into_word());
        let opened = l2.logged::<IPollCreator::PollCreated>(creator, topic, 0);
        match opened.await?.first() {
            Some(logged) => Ok(Self::of(&logged.event, logged.block)),
            None => Err(PollError::NoPoll { poll, creator }),
        }
    }

    /// All polls of a PollCreator, the oldest first.
    ///
    /// # Errors
    /// [`PollError::Client`].
    pub async fn all(l2: &L2, creator: Address) -> Result<Vec<Self>, PollError> {
        let opened = l2.logged::<IPollCreator::PollCreated>(creator, None, 0);
        let opened = opened.await?;
        Ok(opened
            .iter()
            .map(|logged| Self::of(&logged.event, logged.block))
            .collect())
    }

    /// Whether it still takes votes.
    ///
    /// # Errors
    /// [`PollError::Over`].
    pub async fn may_vote(&self, l2: &L2) -> Result<(), PollError> {
        let now = l2.l1_number(l2.head().await?.number).await?;
        if now > self.end_block {
            return Err(PollError::Over {
                poll: self.address,
                end: self.end_block,
                now,
            });
        }
        Ok(())
    }

    /// Votes with the client's account.
    ///
    /// # Errors
    /// "poll is over", before anything is sent.
    pub async fn vote(&self, l2: &L2, choice: Choice) -> Result<Mined, PollError> {
        let call = IPoll::voteCall {
            choiceID: U256::from(choice.id()),
        };
        Ok(l2.transact(self.address, &call, U256::ZERO).await?)
    }

    /// Whether somebody closed it after its end.
    ///
    /// # Errors
    /// [`PollError::Client`].
    pub async fn is_destroyed(&self, l2: &L2) -> Result<bool, PollError> {
        Ok(l2.read(self.address, &IPoll::destroyedCall {}).await?)
    }
}

/// A proposal is text by custom; what is not is shown in hex.
fn text(proposal: &Bytes) -> String {
    match std::str::from_utf8(proposal) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        _ => proposal.to_string(),
    }
}

/// A vote as the chain has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// Who voted.
    pub voter: Address,
    /// What for; 0 is yes, 1 is no, all else counts for neither.
    pub choice: U256,
}

/// Keeps each voter's last vote, in the order of their first ones.
#[must_use]
pub fn last_votes(votes: &[Vote]) -> Vec<Vote> {
    let mut last: Vec<Vote> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for vote in votes {
        match places.get(&vote.voter) {
            Some(&place) => last[place] = *vote,
            None => {
                places.insert(vote.voter, last.len());
                last.push(*vote);
            }
        }
    }
    last
}
