//! `confluence poll`: polls of stakeholders.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall as _,
};
use clap::Subcommand;
use confluence_abi::{IPoll, IPollCreator};

use super::chain::{On, Preview, Signing};
use super::{CliError, EXIT_CODES, Exit, Output, chain::ACCOUNT_HELP};
use crate::{
    client::L2,
    payments::registered,
    poll::{Choice, Listed, Opened, Poll, PollError, Voted, count},
};

/// Open a poll, vote, and count the votes
///
/// Votes are events on Arbitrum; what they weigh is the voter's stake at the poll's end. An orchestrator votes with all
/// that is delegated to it, less the stakes of those of its delegators who vote themselves. A poll passes if at least
/// 33.33 % of the active stake voted and more than half of that was for it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(Create),
    Vote(VoteFor),
    Show(Show),
    Tally(Count),
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Chain")]
struct System {
    #[command(flatten)]
    on: On,
    /// The PollCreator; what the Controller knows under that name if left out
    #[arg(long, value_name = "ADDRESS")]
    poll_creator: Option<Address>,
}

impl System {
    async fn creator(&self, l2: &L2) -> Result<Address, CliError> {
        Ok(match self.poll_creator {
            Some(creator) => creator,
            None => registered(l2, self.on.controller, "PollCreator").await?,
        })
    }
}

/// Open a poll
///
/// Takes 100 LPT at stake, of one's own or delegated to one, and pays nothing but gas. The poll takes votes for 57,600 L1
/// blocks, about eight days.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence poll create QmProposalHash --controller 0x...\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
struct Create {
    /// What it is about, usually the IPFS hash of a proposal
    proposal: String,
    #[command(flatten)]
    system: System,
    #[command(flatten)]
    signing: Signing,
}

/// Vote
///
/// The last vote counts. Voting costs about 23,000 gas; without stake it is possible and counts for nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence poll vote 0x... yes --controller 0x...\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
struct VoteFor {
    /// The poll
    poll: Address,
    /// For or against the proposal
    choice: Choice,
    #[command(flatten)]
    system: System,
    #[command(flatten)]
    signing: Signing,
}

/// List the polls
///
/// Every poll that was opened, whether it is open, and what it is about. Sends nothing and needs no key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence poll show --controller 0x...\n\n{EXIT_CODES}")
)]
struct Show {
    #[command(flatten)]
    system: System,
}

/// Count a poll
///
/// Reads all votes and what each voter had at stake in the last L2 block that could vote, so that anyone who counts
/// gets the same; while a poll is open, as of now. Old polls take a node that keeps all state. Sends nothing and
/// needs no key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence poll tally 0x... --controller 0x...\n  confluence poll tally 0x... --controller 0x... --json\n\n{EXIT_CODES}")
)]
struct Count {
    /// The poll
    poll: Address,
    #[command(flatten)]
    system: System,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        super::runtime()?.block_on(async {
            match self.verb {
                Verb::Create(args) => args.run(out).await,
                Verb::Vote(args) => args.run(out).await,
                Verb::Show(args) => args.run(out).await,
                Verb::Tally(args) => args.run(out).await,
            }
        })
    }
}

impl Create {
    async fn run(self, out: &Output) -> Result<Exit, CliError> {
        let (l2, me) = self.system.on.sending(&self.signing).await?;
        let creator = self.system.creator(&l2).await?;
        let call = IPollCreator::createPollCall {
            proposal: self.proposal.as_bytes().to_vec().into(),
        };
        let preview = Preview {
            action: "createPoll",
            from: me,
            to: creator,
            value: U256::ZERO,
            gas: l2
                .estimate(
                    "createPoll",
                    creator,
                    call.abi_encode().into(),
                    U256::ZERO,
                    None,
                )
                .await?,
        };
        self.signing.agree(&l2, &preview, out).await?;
        let (poll, mined) = Poll::open(&l2, creator, &self.proposal).await?;
        let opened = Opened {
            poll,
            transaction: mined.hash,
            gas: mined.gas,
        };
        out.result("confluence.poll.create/1", &opened)?;
        Ok(Exit::Done)
    }
}

impl VoteFor {
    async fn run(self, out: &Output) -> Result<Exit, CliError> {
        let (l2, me) = self.system.on.sending(&self.signing).await?;
        let creator = self.system.creator(&l2).await?;
        let poll = Poll::find(&l2, creator, self.poll).await?;
        poll.may_vote(&l2).await?;
        let call = IPoll::voteCall {
            choiceID: U256::from(self.choice.id()),
        };
        let preview = Preview {
            action: "vote",
            from: me,
            to: self.poll,
            value: U256::ZERO,
            gas: l2
                .estimate(
                    "vote",
                    self.poll,
                    call.abi_encode().into(),
                    U256::ZERO,
                    None,
                )
                .await?,
        };
        self.signing.agree(&l2, &preview, out).await?;
        let mined = poll.vote(&l2, self.choice).await?;
        let voted = Voted {
            poll: self.poll,
            voter: me,
            choice: self.choice,
            transaction: mined.hash,
            gas: mined.gas,
        };
        out.result("confluence.poll.vote/1", &voted)?;
        Ok(Exit::Done)
    }
}

impl Show {
    async fn run(self, out: &Output) -> Result<Exit, CliError> {
        let l2 = self.system.on.look().await?;
        let creator = self.system.creator(&l2).await?;
        let latest = l2.head().await?.number;
        let listed = Listed {
            l1_block: l2.l1_number(latest).await?,
            polls: Poll::all(&l2, creator).await?,
        };
        out.result("confluence.poll.show/1", &listed)?;
        Ok(Exit::Done)
    }
}

impl Count {
    async fn run(self, out: &Output) -> Result<Exit, CliError> {
        let l2 = self.system.on.look().await?;
        let creator = self.system.creator(&l2).await?;
        let bonding = IPollCreator::bondingManagerCall {};
        let bonding = l2.read(creator, &bonding).await.map_err(PollError::from)?;
        let poll = Poll::find(&l2, creator, self.poll).await?;
        let counted = count(&l2, bonding, poll, out.progress()).await?;
        out.result("confluence.poll.tally/1", &counted)?;
        Ok(Exit::Done)
    }
}
