//! What contracts hold against what they owe.
//! Always holds: what is owed follows from views and from what the contracts logged of others' money, never from the balance
//! that it is held against.

use alloy::{
    primitives::{Address, U256, utils::format_ether},
    sol_types::{SolCall, SolEvent},
};
use confluence_abi::{
    IBondingManager, IDelegatorPool, IL2LPTDataCache, IL2Migrator, IL2SwitchOver, ILivepeerToken,
    ITicketBroker,
};
use serde::Serialize;

use super::{DoctorError, Finding, Kind, Stage};
use crate::{
    client::{L1, L2},
    plan::{Book, Contract, Manifest},
    poll::decimal,
};

/// Questions in one request.
const AT_ONCE: usize = 100;

/// What somebody holds and owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fund {
    /// The contract.
    pub holder: &'static str,
    /// Where it is.
    pub at: Address,
    /// "LPT" or "ETH".
    pub asset: &'static str,
    /// Base units.
    #[serde(serialize_with = "decimal")]
    pub held: U256,
    /// Base units.
    #[serde(serialize_with = "decimal")]
    pub owed: U256,
    /// To whom.
    pub to: &'static str,
}

impl Fund {
    /// Base units that are not there.
    #[must_use]
    pub fn missing(&self) -> U256 {
        self.owed.saturating_sub(self.held)
    }

    pub(super) fn finding(&self) -> Option<Finding> {
        let missing = self.missing();
        let Self {
            holder,
            at,
            asset,
            to,
            ..
        } = self;
        (!missing.is_zero()).then(|| {
            Finding::new(
                Kind::Short,
                format!(
                    "{holder} {at} holds {} {asset} less than it owes to {to}",
                    format_ether(missing)
                ),
                "treat it as an incident: `confluence pause`, then find who took it (its transfers), and have it paid back",
            )
        })
    }
}

/// L2 at one block.
struct Books<'a> {
    l2: &'a L2,
    book: &'a Book,
    block: u64,
    since: u64,
}

/// Everything that is held and owed.
pub(super) async fn look(
    l1: Option<&L1>,
    l2: &L2,
    manifest: &Manifest,
    stage: Stage,
    block: u64,
    since: u64,
) -> Result<Vec<Fund>, DoctorError> {
    let book = &manifest.book();
    let books = Books {
        l2,
        book,
        block,
        since,
    };
    let mut funds = Vec::new();
    if let (Some(l1), Some(side)) = (l1, &manifest.l1) {
        let at = side.contracts.escrow;
        let call = ILivepeerToken::balanceOfCall { account: at };
        funds.push(Fund {
            holder: "L1Escrow",
            at,
            asset: "LPT",
            // L2 first: what leaves L2 is paid out on L1 a week later, what goes there is locked before
            owed: books.bridged().await?,
            held: l1.read(side.origin.livepeer.token, &call).await?,
            to: "those who have it on L2",
        });
    }
    // before, L2Migrator owes nothing to anybody; that something is missing is the switch-over's to say
    if stage == Stage::Running {
        funds.extend(books.migrator().await?);
    }
    funds.extend(books.minter().await?);
    Ok(funds)
}

impl Books<'_> {
    async fn read<C: SolCall>(
        &self,
        contract: Contract,
        call: &C,
    ) -> Result<C::Return, DoctorError> {
        let at = self.book.at(contract)?;
        Ok(self.l2.read_at(at, call, self.block).await?)
    }

    async fn logged<E: SolEvent>(&self, contract: Contract) -> Result<Vec<E>, DoctorError> {
        let at = self.book.at(contract)?;
        let logged = self.l2.logged::<E>(at, None, self.since).await?;
        let until = logged.into_iter().filter(|it| it.block <= self.block);
        Ok(until.map(|it| it.event).collect())
    }

    /// Base units of all that was logged.
    async fn sum<E: SolEvent>(
        &self,
        contract: Contract,
        amount: impl Fn(&E) -> U256,
    ) -> Result<U256, DoctorError> {
        let logged = self.logged::<E>(contract).await?;
        Ok(total(logged.iter().map(amount)))
    }

    async fn lpt(&self, account: Address) -> Result<U256, DoctorError> {
        let call = ILivepeerToken::balanceOfCall { account };
        self.read(Contract::LivepeerToken, &call).await
    }

    /// LPT that is on L2 and came from L1.
    async fn bridged(&self) -> Result<U256, DoctorError> {
        let call = IL2LPTDataCache::l2SupplyFromL1Call {};
        self.read(Contract::L2LPTDataCache, &call).await
    }

    /// What came with the switch-over, less what has arrived at its owners and what their pools keep.
    async fn migrator(&self) -> Result<[Fund; 2], DoctorError> {
        use IL2Migrator::{
            DelegatorPoolCreated, MigrateDelegatorFinalized, MigrateSenderFinalized,
            MigrateUnbondingLocksFinalized, StakeClaimed,
        };
        let migrator = Contract::L2Migrator;
        let came = IL2SwitchOver::announcedCall {};
        let came = self.read(Contract::L2SwitchOver, &came).await?;
        let moved = self.logged::<MigrateDelegatorFinalized>(migrator).await?;
        let claimed = self.logged::<StakeClaimed>(migrator).await?;
        let stake = moved.iter().map(|it| it.params.stake);
        let stake = total(stake.chain(claimed.iter().map(|it| it.stake)));
        let fees = moved.iter().map(|it| it.params.fees);
        let fees = total(fees.chain(claimed.iter().map(|it| it.fees)));
        let locks = |it: &MigrateUnbondingLocksFinalized| it.params.total;
        let locks = self.sum(migrator, locks).await?;
        let senders = |it: &MigrateSenderFinalized| it.params.deposit + it.params.reserve;
        let senders = self.sum(migrator, senders).await?;
        let mut pools = U256::ZERO;
        for pool in self.logged::<DelegatorPoolCreated>(migrator).await? {
            let at = pool.delegatorPool;
            let all = IDelegatorPool::initialStakeCall {};
            let all = self.l2.read_at(at, &all, self.block).await?;
            let taken = IDelegatorPool::claimedInitialStakeCall {};
            let taken = self.l2.read_at(at, &taken, self.block).await?;
            pools += all.saturating_sub(taken);
        }
        let at = self.book.at(migrator)?;
        let fund = |asset, held, owed| Fund {
            holder: "L2Migrator",
            at,
            asset,
            held,
            owed,
            to: "those who have not migrated or claimed",
        };
        let lpt = came.lptAmount.saturating_sub(stake + locks + pools);
        let eth = came.ethAmount.saturating_sub(fees + senders);
        let ether = self.l2.balance_at(at, self.block).await?;
        Ok([
            fund("LPT", self.lpt(at).await?, lpt),
            fund("ETH", ether, eth),
        ])
    }

    /// Stakes and locks; deposits, reserves and fees.
    async fn minter(&self) -> Result<[Fund; 2], DoctorError> {
        let at = self.book.at(Contract::Minter)?;
        let ether = self.l2.balance_at(at, self.block).await?;
        Ok([
            Fund {
                holder: "Minter",
                at,
                asset: "LPT",
                held: self.lpt(at).await?,
                owed: self.staked().await? + self.locked().await?,
                to: "stakes and unbonding locks",
            },
            Fund {
                holder: "Minter",
                at,
                asset: "ETH",
                held: ether,
                owed: self.paid_in().await?,
                to: "deposits, reserves and fees",
            },
        ])
    }

    /// LPT that is delegated to anybody, rewards included.
    async fn staked(&self) -> Result<U256, DoctorError> {
        use IBondingManager::{Bond, Rebond};
        let bonding = Contract::BondingManager;
        let bonds = self.logged::<Bond>(bonding).await?;
        let rebonds = self.logged::<Rebond>(bonding).await?;
        let mut delegates: Vec<Address> = bonds.iter().map(|it| it.newDelegate).collect();
        delegates.extend(rebonds.iter().map(|it| it.delegate));
        delegates.sort_unstable();
        delegates.dedup();
        let calls = delegates
            .into_iter()
            .map(|delegator| IBondingManager::getDelegatorCall { delegator });
        let calls: Vec<_> = calls.collect();
        let (at, mut staked) = (self.book.at(bonding)?, U256::ZERO);
        for some in calls.chunks(AT_ONCE) {
            let found = self.l2.read_each_at(at, some, self.block).await?;
            staked += total(found.iter().map(|it| it.delegatedAmount));
        }
        Ok(staked)
    }

    /// LPT in unbonding locks: what was unbonded and neither bonded again nor withdrawn.
    async fn locked(&self) -> Result<U256, DoctorError> {
        use IBondingManager::{Rebond, Unbond, WithdrawStake};
        let bonding = Contract::BondingManager;
        let unbonded = self.sum(bonding, |it: &Unbond| it.amount).await?;
        let bonded = self.sum(bonding, |it: &Rebond| it.amount).await?;
        let taken = self.sum(bonding, |it: &WithdrawStake| it.amount).await?;
        Ok(unbonded.saturating_sub(bonded + taken))
    }

    /// Wei that broadcasters paid in and nobody has taken out: a winning ticket only makes a deposit a fee.
    async fn paid_in(&self) -> Result<U256, DoctorError> {
        use ITicketBroker::{DepositFunded, ReserveFunded, Withdrawal};
        let broker = Contract::TicketBroker;
        let deposits = self.sum(broker, |it: &DepositFunded| it.amount).await?;
        let reserves = self.sum(broker, |it: &ReserveFunded| it.amount).await?;
        let withdrawn = |it: &Withdrawal| it.deposit + it.reserve;
        let withdrawn = self.sum(broker, withdrawn).await?;
        let fees = |it: &IBondingManager::WithdrawFees| it.amount;
        let fees = self.sum(Contract::BondingManager, fees).await?;
        Ok((deposits + reserves).saturating_sub(withdrawn + fees))
    }
}

fn total(amounts: impl Iterator<Item = U256>) -> U256 {
    amounts.fold(U256::ZERO, |sum, amount| sum + amount)
}
