//! What would move if an account migrated now: how much, to where, at what cost, and what to think of before.
//! Always holds: a preview sends nothing, and shows what is there even where moving it would fail; then it says why.

mod show;
mod warn;

use alloy::primitives::{Address, U256};
use confluence_abi::{IBondingManager, IRoundsManager};
use serde::Serialize;

pub use warn::Warning;

use crate::{
    client::{ClientError, L1, L2},
    migrate::{AccountKind, Arrived, Holdings, MigrateError, Order, Ready, Sides},
    poll::decimal,
    sign::{Move, What},
    ticket::{self, Buffers},
};

/// What would move.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// The account on L1.
    pub account: Address,
    /// What it is there.
    pub on_l1: AccountKind,
    /// Who would get it on L2.
    pub receiver: Address,
    /// What that is on L2.
    pub on_l2: AccountKind,
    /// Who gets on L2 what tickets leave over: the receiver, or its alias.
    pub refunds_to: Address,
    /// What it has on L1.
    pub holdings: Holdings,
    /// What of that has arrived.
    pub arrived: Arrived,
    /// Each way to move something, with its cost or why it would fail.
    pub moves: Vec<Proposal>,
    /// L2's current round; what is bonded in it works from the next one on.
    pub round: u64,
    /// Rounds that unbonding takes on L2.
    pub unbonding_period: u64,
    /// What to think of before.
    pub warnings: Vec<Warning>,
}

/// One transaction that could be sent.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// What the command calls it.
    pub kind: &'static str,
    /// The command that does it.
    pub command: String,
    /// What it brings and costs.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Whether it would work.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It would, and what it costs.
    Works(Box<Costs>),
    /// It would not.
    Fails {
        /// Why, and what to do.
        why: String,
    },
}

/// What a move brings and costs.
#[derive(Debug, Clone, Serialize)]
pub struct Costs {
    /// What arrives.
    pub brings: crate::migrate::Brings,
    /// The parts of the cost.
    pub quote: crate::migrate::Quote,
    /// Wei that it is expected to cost, all together.
    #[serde(serialize_with = "decimal")]
    pub expected: U256,
    /// Wei that the payer has to have on L1.
    #[serde(serialize_with = "decimal")]
    pub needs: U256,
}

impl Costs {
    fn of(ready: Ready) -> Self {
        Self {
            expected: ready.quote.expected(),
            needs: ready.quote.needs(),
            brings: ready.brings,
            quote: ready.quote,
        }
    }
}

impl Preview {
    /// Looks at both chains.
    ///
    /// # Errors
    /// Those of the clients; what makes a move fail is part of the preview.
    pub async fn look(
        l1: &L1,
        l2: &L2,
        sides: &Sides,
        account: Address,
        receiver: Address,
    ) -> Result<Self, MigrateError> {
        let holdings = Holdings::look(l1, sides, account).await?;
        let ids: Vec<U256> = holdings.locks.iter().map(|lock| lock.id).collect();
        let arrived = Arrived::look(l2, sides, account, &ids).await?;
        let on_l1 = AccountKind::of(&l1.code(account).await?);
        let on_l2 = AccountKind::of(&l2.code(receiver).await?);
        let round = l2.read(sides.l2_rounds, &IRoundsManager::currentRoundCall {});
        let period = l2.read(sides.l2_bonding, &IBondingManager::unbondingPeriodCall {});
        let mut preview = Self {
            account,
            on_l1,
            receiver,
            on_l2,
            refunds_to: ticket::refunds_to(l1, receiver).await?,
            moves: Vec::new(),
            round: round.await?.saturating_to(),
            unbonding_period: period.await?,
            warnings: Vec::new(),
            holdings,
            arrived,
        };
        for what in preview.worth_moving() {
            let proposal = preview.proposal(l1, l2, sides, what).await?;
            preview.moves.push(proposal);
        }
        preview.warnings = warn::of(&preview);
        Ok(preview)
    }

    /// What has something to it and has not arrived.
    fn worth_moving(&self) -> Vec<What> {
        let (has, arrived) = (&self.holdings, &self.arrived);
        let has_stake = !has.stake.is_zero() || !has.fees.is_zero();
        let has_funds = !has.deposit.is_zero() || !has.reserve.is_zero();
        let mut kinds = Vec::new();
        if has_stake && !arrived.whole {
            kinds.push(What::Delegator);
        }
        let ids = self.waiting_locks();
        if !ids.is_empty() {
            kinds.push(What::Locks { ids });
        }
        if has_funds && !arrived.sender {
            kinds.push(What::Sender);
        }
        kinds
    }

    /// Locks that have not arrived.
    fn waiting_locks(&self) -> Vec<U256> {
        let locks = self.holdings.locks.iter().map(|lock| lock.id);
        locks
            .filter(|id| !self.arrived.locks.contains(id))
            .collect()
    }

    async fn proposal(
        &self,
        l1: &L1,
        l2: &L2,
        sides: &Sides,
        what: What,
    ) -> Result<Proposal, MigrateError> {
        let kind = what.name();
        let mut command = format!("confluence migrate {kind}");
        if let What::Locks { ids } = &what {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            command.push_str(&format!(" --ids {}", ids.join(",")));
        }
        if self.receiver != self.account {
            command.push_str(&format!(" --l2-addr {}", self.receiver));
        }
        let order = Order {
            moved: Move {
                l1_addr: self.account,
                l2_addr: self.receiver,
                what,
            },
            payer: self.account,
            signature: None,
            buffers: Buffers::default(),
        };
        let outcome = match order.quote(l1, l2, sides).await {
            Ok(ready) => Outcome::Works(Box::new(Costs::of(ready))),
            Err(error) if is_about_the_move(&error) => Outcome::Fails {
                why: error.to_string(),
            },
            Err(error) => return Err(error),
        };
        Ok(Proposal {
            kind,
            command,
            outcome,
        })
    }

    /// Whether every move would work.
    #[must_use]
    pub fn works(&self) -> bool {
        let fails = |it: &Proposal| matches!(it.outcome, Outcome::Fails { .. });
        !self.moves.iter().any(fails)
    }
}

/// Whether an error says something about the move, not about the nodes.
fn is_about_the_move(error: &MigrateError) -> bool {
    !matches!(
        error,
        MigrateError::Client(
            ClientError::Unreachable { .. }
                | ClientError::Refused { .. }
                | ClientError::Answer { .. }
        )
    )
}
