//! What moved and what it cost, by class of account: read from both chains in the end.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, B256, U256};
use confluence_abi::IBondingManager;
use serde::Serialize;

use super::{
    RehearseError,
    arrivals::{Arrival, Kind},
    moving::initiated,
    population::{Population, Way},
    stage::Stage,
};
use crate::{
    client::{Client, Side},
    migrate::{self, Initiated},
    poll::decimal,
    ticket::{
        State,
        bridge::{ARB_RETRYABLE_TX, ArbRetryableTx},
    },
};

/// A class of account, by how it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Orchestrators that send their own ticket.
    Orchestrators,
    /// Orchestrators whose signature another account pays for.
    SignedOrchestrators,
    /// Contract wallets, by L1.
    Wallets,
    /// Unbonding locks.
    Locks,
    /// Broadcasters' deposits and reserves.
    Broadcasters,
    /// Delegators, by the snapshot.
    Delegators,
}

impl Class {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Orchestrators => "orchestrators, by themselves",
            Self::SignedOrchestrators => "orchestrators, by signature",
            Self::Wallets => "contract wallets, by L1",
            Self::Locks => "unbonding locks",
            Self::Broadcasters => "broadcasters",
            Self::Delegators => "delegators, by snapshot",
        }
    }
}

/// What a class moved.
#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    /// Which.
    pub class: Class,
    /// How many accounts.
    pub accounts: u64,
    /// LPT base units.
    #[serde(serialize_with = "decimal")]
    pub lpt: U256,
    /// Wei.
    #[serde(serialize_with = "decimal")]
    pub eth: U256,
    /// Gas on L1, all of it.
    pub gas_l1: u64,
    /// Gas on L2 without what bytes cost on L1, all of it.
    pub gas_l2: u64,
}

impl Moved {
    /// A share of an account's, on average.
    #[must_use]
    pub fn each(&self, gas: u64) -> u64 {
        gas / self.accounts.max(1)
    }
}

/// Everything that moved.
pub(super) struct Classes {
    pub(super) moved: Vec<Moved>,
    /// Wei that were paid to accounts as fees, and not into a deposit.
    pub(super) paid: U256,
    /// Tickets that failed and were redeemed by the stranger.
    pub(super) redeemed: u64,
    /// Tickets whose week was over before anybody redeemed them.
    pub(super) expired: u64,
}

impl Classes {
    pub(super) async fn read(
        stage: &Stage,
        all: &Population,
        arrivals: &[Arrival],
    ) -> Result<Self, RehearseError> {
        let wallets: BTreeSet<_> = all.wallets.iter().map(|it| it.address).collect();
        let signing: BTreeSet<_> = all.coming(Way::Signed).map(|it| it.address).collect();
        let class = |kind, account: &Address| match kind {
            Kind::Stake if wallets.contains(account) => Class::Wallets,
            Kind::Stake if signing.contains(account) => Class::SignedOrchestrators,
            Kind::Stake => Class::Orchestrators,
            Kind::Locks => Class::Locks,
            Kind::Funds => Class::Broadcasters,
            Kind::Claim => Class::Delegators,
        };
        let mut classes: BTreeMap<Class, Moved> = BTreeMap::new();
        let empty = |class| Moved {
            class,
            accounts: 0,
            lpt: U256::ZERO,
            eth: U256::ZERO,
            gas_l1: 0,
            gas_l2: 0,
        };
        let ran: Vec<_> = arrivals.iter().map(|it| it.transaction).collect();
        for (it, gas) in arrivals.iter().zip(gas(&stage.l2, &ran).await?) {
            let class = class(it.kind, &it.account);
            let moved = classes.entry(class).or_insert_with(|| empty(class));
            moved.accounts += 1;
            moved.lpt += it.lpt;
            moved.eth += it.eth;
            moved.gas_l2 += gas;
        }
        let sent = initiated(stage).await?;
        let hashes: Vec<_> = sent.iter().map(|it| it.transaction).collect();
        for (it, gas) in sent.iter().zip(gas(&stage.l1, &hashes).await?) {
            let class = class(kind_of(it), &it.account);
            classes.entry(class).or_insert_with(|| empty(class)).gas_l1 += gas;
        }
        let paid = arrivals.iter().filter(|it| it.kind != Kind::Funds);
        let paid: U256 = paid.map(|it| it.eth).sum();
        // what pools had earned went to those who claimed
        let bonding = stage.sides.l2_bonding;
        let earned = stage
            .l2
            .logged::<IBondingManager::WithdrawFees>(bonding, None, 0);
        let earned: U256 = earned.await?.iter().map(|it| it.event.amount).sum();
        Ok(Self {
            paid: paid + earned,
            moved: classes.into_values().collect(),
            redeemed: redeemed(stage).await?,
            expired: expired(stage, &sent).await?,
        })
    }
}

fn kind_of(sent: &Initiated) -> Kind {
    match sent.kind {
        "locks" => Kind::Locks,
        "sender" => Kind::Funds,
        _ => Kind::Stake,
    }
}

/// Gas of transactions, without what their bytes cost on L1.
async fn gas<S: Side>(client: &Client<S>, of: &[B256]) -> Result<Vec<u64>, RehearseError> {
    let receipts = client.receipts("reading what it cost", of).await?;
    let gas = |it: &crate::client::Receipt| it.mined.execution_gas();
    Ok(receipts
        .iter()
        .map(|it| it.as_ref().map_or(0, gas))
        .collect())
}

/// Tickets that the stranger has redeemed.
async fn redeemed(stage: &Stage) -> Result<u64, RehearseError> {
    let redeems = stage
        .l2
        .logged::<ArbRetryableTx::RedeemScheduled>(ARB_RETRYABLE_TX, None, 0);
    let redeems = redeems.await?;
    // a ticket that runs at once is scheduled by its creation, whose hash is its id
    let by_stranger = redeems
        .iter()
        .filter(|it| it.event.gasDonor == stage.stranger && it.transaction != it.event.ticketId);
    Ok(by_stranger.count() as u64)
}

/// Tickets that were followed by another one for the same, because their week was over.
async fn expired(stage: &Stage, sent: &[Initiated]) -> Result<u64, RehearseError> {
    let mut expired = 0;
    for (index, it) in sent.iter().enumerate() {
        let mut later = sent[index + 1..].iter();
        if !later.any(|other| (other.kind, other.account) == (it.kind, it.account)) {
            continue;
        }
        let status = migrate::status_of(&stage.l1, &stage.l2, it).await;
        let status = status.map_err(|source| RehearseError::Migrate {
            who: it.account,
            source: Box::new(source),
        })?;
        let over = State::Expired { cancelled: false };
        expired += u64::from(status.is_some_and(|status| status.state == over));
    }
    Ok(expired)
}
