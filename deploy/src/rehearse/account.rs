//! Where every unit is in the end.
//! Always holds: what is not accounted for is a difference, and any difference fails the rehearsal; what rounding leaves with the
//! Minter is told to the unit, and more than rounding can leave fails as well.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall,
};
use confluence_abi::{IBondingManager, IL2Migrator, ILivepeerToken, ITicketBroker};
use serde::{Serialize, Serializer};

use super::{
    RehearseError,
    arrivals::Arrival,
    earn::Earned,
    population::{Population, Way},
    stage::Stage,
};
use crate::{
    client::{Client, L2, Side},
    plan::Contract,
    poll::decimal,
};

/// Calls in one request.
const AT_ONCE: usize = 500;
/// "Up to the current round", as the contracts take it.
const NOW: U256 = U256::MAX;

/// One asset, in base units: everything that was on L1 or made on L2 is in one of these places.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Conservation {
    /// What L1's Minter held when staking was frozen.
    #[serde(serialize_with = "decimal")]
    pub before: U256,
    /// What was made on L2 since, as rewards.
    #[serde(serialize_with = "decimal")]
    pub made: U256,
    /// What stayed on L1.
    #[serde(serialize_with = "decimal")]
    pub on_l1: U256,
    /// What is in L2Migrator, for those who have not come.
    #[serde(serialize_with = "decimal")]
    pub waiting: U256,
    /// What those who have not come are owed: must be what is waiting.
    #[serde(serialize_with = "decimal")]
    pub owed: U256,
    /// What L2's Minter holds.
    #[serde(serialize_with = "decimal")]
    pub in_minter: U256,
    /// What all accounts own of that, by the contracts' own answers, one account after the other.
    #[serde(serialize_with = "decimal")]
    pub owned: U256,
    /// What was paid out to accounts.
    #[serde(serialize_with = "decimal")]
    pub paid: U256,
}

impl Conservation {
    /// What is nowhere, as an absolute amount.
    #[must_use]
    pub fn difference(&self) -> U256 {
        let after = self.on_l1 + self.waiting + self.in_minter + self.paid;
        (self.before + self.made).abs_diff(after)
    }

    /// What waits without an owner, or is owed and does not wait.
    #[must_use]
    pub fn unowned(&self) -> U256 {
        self.waiting.abs_diff(self.owed)
    }

    /// What the Minter holds and nobody owns, because shares are rounded down; `None` if more is owned than there is.
    #[must_use]
    pub fn rounding(&self) -> Option<U256> {
        self.in_minter.checked_sub(self.owned)
    }
}

/// The same with what follows from it, as texts of base units.
pub(super) fn with_difference<S: Serializer>(it: &Conservation, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Told<'a> {
        #[serde(flatten)]
        it: &'a Conservation,
        #[serde(serialize_with = "decimal")]
        difference: U256,
        #[serde(serialize_with = "decimal")]
        unowned: U256,
        rounding: Option<String>,
    }
    let told = Told {
        it,
        difference: it.difference(),
        unowned: it.unowned(),
        rounding: it.rounding().map(|it| it.to_string()),
    };
    told.serialize(to)
}

/// What pools keep after all their delegators have claimed: rounding.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Dust {
    /// Pools.
    pub pools: usize,
    /// LPT base units, all of them together.
    #[serde(serialize_with = "decimal")]
    pub stake: U256,
    /// Wei, all of them together.
    #[serde(serialize_with = "decimal")]
    pub fees: U256,
}

/// What an orchestrator and its delegators had and have.
#[derive(Debug, Clone, Serialize)]
pub struct Stake {
    /// The orchestrator.
    pub orchestrator: Address,
    /// LPT base units delegated to it on L1.
    #[serde(serialize_with = "decimal")]
    pub before: U256,
    /// LPT base units delegated to it on L2.
    #[serde(serialize_with = "decimal")]
    pub after: U256,
}

/// Both assets.
pub(super) struct Accounts {
    pub(super) lpt: Conservation,
    pub(super) eth: Conservation,
    pub(super) dust: Dust,
    /// Accounts on L2 that own something.
    pub(super) owners: usize,
}

/// What is known from elsewhere.
pub(super) struct Known<'a> {
    pub(super) arrivals: &'a [Arrival],
    pub(super) earned: &'a Earned,
    /// Wei that the switch-over's tickets gave back to L2Migrator.
    pub(super) refund: U256,
    /// Wei that were paid to accounts.
    pub(super) paid: U256,
}

/// Reads both chains.
pub(super) async fn account(
    stage: &Stage,
    all: &Population,
    known: &Known<'_>,
) -> Result<Accounts, RehearseError> {
    let (l1, l2) = (&stage.l1, &stage.l2);
    let livepeer = &stage.system.livepeer;
    let (mut lpt_on_l1, mut eth_on_l1) = (U256::ZERO, U256::ZERO);
    for at in [
        livepeer.minter,
        stage.system.l1.bridge_minter,
        stage.system.l1.migrator,
    ] {
        lpt_on_l1 += held(l1, livepeer.token, at).await?;
        eth_on_l1 += l1.balance(at).await?;
    }
    let token = stage.at(Contract::LivepeerToken)?;
    let (migrator, minter) = (stage.place.l2_migrator, stage.at(Contract::Minter)?);
    let pools = pools(stage, all).await?;
    let dust = Dust {
        pools: pools.len(),
        stake: stakes_of(stage, &pools).await?,
        fees: fees_of(stage, &pools).await?,
    };
    let mut owners: Vec<_> = known.arrivals.iter().map(|it| it.receiver).collect();
    owners.extend(&pools);
    owners.sort_unstable();
    owners.dedup();
    let (lpt_owed, eth_owed) = owed(all);
    let lpt = Conservation {
        before: all.lpt(),
        made: known.earned.minted,
        on_l1: lpt_on_l1,
        waiting: held(l2, token, migrator).await?,
        owed: lpt_owed,
        in_minter: held(l2, token, minter).await?,
        owned: stakes_of(stage, &owners).await?,
        paid: U256::ZERO,
    };
    let waiting = l2.balance(migrator).await?;
    let eth = Conservation {
        before: all.eth(),
        made: U256::ZERO,
        on_l1: eth_on_l1,
        waiting: waiting.saturating_sub(known.refund),
        owed: eth_owed,
        in_minter: l2.balance(minter).await?,
        owned: fees_of(stage, &owners).await? + funds_of(stage, all).await?,
        paid: known.paid,
    };
    Ok(Accounts {
        lpt,
        eth,
        dust,
        owners: owners.len(),
    })
}

/// LPT base units and wei of those who have not come.
fn owed(all: &Population) -> (U256, U256) {
    let never = || all.coming(Way::Never);
    let locks = all.locks.iter().filter(|it| !it.moves);
    let lpt = never().map(|it| it.stake).chain(locks.map(|it| it.amount));
    let funds = all.broadcasters.iter().filter(|it| !it.moves);
    let funds = funds.map(|it| it.deposit + it.reserve);
    let eth = never().map(|it| it.fees).chain(funds);
    (lpt.map(U256::from).sum(), eth.map(U256::from).sum())
}

async fn held<S: Side>(
    chain: &Client<S>,
    token: Address,
    account: Address,
) -> Result<U256, RehearseError> {
    let call = ILivepeerToken::balanceOfCall { account };
    Ok(chain.read(token, &call).await?)
}

/// The pools of those who have come.
async fn pools(stage: &Stage, all: &Population) -> Result<Vec<Address>, RehearseError> {
    let orchestrators = all.orchestrators.iter().map(|it| it.address);
    let asked = orchestrators.map(|who| IL2Migrator::delegatorPoolsCall { l1Addr: who });
    let pools = each(&stage.l2, stage.place.l2_migrator, asked.collect()).await?;
    Ok(pools.into_iter().filter(|pool| !pool.is_zero()).collect())
}

async fn stakes_of(stage: &Stage, who: &[Address]) -> Result<U256, RehearseError> {
    let asked = who.iter().map(|who| IBondingManager::pendingStakeCall {
        delegator: *who,
        endRound: NOW,
    });
    let stakes = each(&stage.l2, stage.sides.l2_bonding, asked.collect()).await?;
    Ok(stakes.into_iter().sum())
}

async fn fees_of(stage: &Stage, who: &[Address]) -> Result<U256, RehearseError> {
    let asked = who.iter().map(|who| IBondingManager::pendingFeesCall {
        delegator: *who,
        endRound: NOW,
    });
    let fees = each(&stage.l2, stage.sides.l2_bonding, asked.collect()).await?;
    Ok(fees.into_iter().sum())
}

async fn funds_of(stage: &Stage, all: &Population) -> Result<U256, RehearseError> {
    let asked = all
        .broadcasters
        .iter()
        .map(|it| ITicketBroker::getSenderInfoCall {
            sender_: it.address,
        });
    let broker = stage.at(Contract::TicketBroker)?;
    let found = each(&stage.l2, broker, asked.collect()).await?;
    let funds = found
        .iter()
        .map(|it| it.sender.deposit + it.reserve.fundsRemaining);
    Ok(funds.sum())
}

/// Answers to many calls, in their order.
async fn each<C: SolCall>(
    l2: &L2,
    at: Address,
    asked: Vec<C>,
) -> Result<Vec<C::Return>, RehearseError> {
    let head = l2.head().await?.number;
    let mut answers = Vec::with_capacity(asked.len());
    for some in asked.chunks(AT_ONCE) {
        answers.extend(l2.read_each_at(at, some, head).await?);
    }
    Ok(answers)
}

/// Stake per orchestrator on both chains, the largest first.
pub(super) async fn stakes(stage: &Stage, all: &Population) -> Result<Vec<Stake>, RehearseError> {
    let here = stage.system.livepeer.bonding_manager;
    let orchestrators = all.orchestrators.iter().map(|it| it.address);
    let asked: Vec<_> = orchestrators
        .map(|delegator| IBondingManager::getDelegatorCall { delegator })
        .collect();
    let (on_l1, on_l2) = (stage.l1.head().await?.number, stage.l2.head().await?.number);
    // the same function on both
    let before = stage.l1.read_each_at(here, &asked, on_l1).await?;
    let bonding = stage.sides.l2_bonding;
    let after = stage.l2.read_each_at(bonding, &asked, on_l2).await?;
    let mut stakes: Vec<_> = asked
        .iter()
        .zip(before.into_iter().zip(after))
        .map(|(asked, (before, after))| Stake {
            orchestrator: asked.delegator,
            before: before.delegatedAmount,
            after: after.delegatedAmount,
        })
        .collect();
    stakes.sort_by_key(|stake| std::cmp::Reverse(stake.before));
    Ok(stakes)
}
