//! What an account has on L1, and how much of it L2 has seen already.
//! Always holds: amounts are what L1Migrator would send now; a lock that was withdrawn or bonded again is not listed.

use alloy::primitives::{Address, U256};
use confluence_abi::{
    IL2Migrator, ILegacyBondingManager, ILegacyRoundsManager, ILegacyTicketBroker,
};
use serde::Serialize;

use super::{MigrateError, Sides};
use crate::{
    client::{ClientError, L1, L2},
    poll::decimal,
};

/// L1's staking takes this as "up to the current round".
const CURRENT_ROUND: U256 = U256::MAX;

/// An unbonding lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// Its number.
    #[serde(serialize_with = "decimal")]
    pub id: U256,
    /// LPT base units.
    #[serde(serialize_with = "decimal")]
    pub amount: U256,
    /// From this round on it can be withdrawn on L1.
    pub withdraw_round: u64,
}

/// What an account has on L1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holdings {
    /// LPT base units, rewards included.
    #[serde(serialize_with = "decimal")]
    pub stake: U256,
    /// Wei.
    #[serde(serialize_with = "decimal")]
    pub fees: U256,
    /// Whom it delegates to; null if nobody.
    pub delegate: Address,
    /// LPT base units delegated to it, its own included.
    #[serde(serialize_with = "decimal")]
    pub delegated: U256,
    /// Locks that hold something.
    pub locks: Vec<Lock>,
    /// Wei.
    #[serde(serialize_with = "decimal")]
    pub deposit: U256,
    /// Wei.
    #[serde(serialize_with = "decimal")]
    pub reserve: U256,
    /// L1's current round.
    pub round: u64,
}

/// What L2 has seen of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Arrived {
    /// All stake and fees.
    pub whole: bool,
    /// LPT base units.
    #[serde(serialize_with = "decimal")]
    pub stake: U256,
    /// Its fees.
    pub fees: bool,
    /// Deposit and reserve.
    pub sender: bool,
    /// Ids of locks.
    pub locks: Vec<U256>,
    /// The pool of its delegators, if it is an orchestrator that has arrived.
    pub pool: Option<Address>,
    /// LPT base units of what was delegated to it that have arrived, its own included.
    #[serde(serialize_with = "decimal")]
    pub delegated: U256,
}

impl Holdings {
    /// Reads them.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn look(l1: &L1, sides: &Sides, who: Address) -> Result<Self, ClientError> {
        let bonding = sides.l1_bonding;
        let call = ILegacyBondingManager::getDelegatorCall { delegator: who };
        let delegator = l1.read(bonding, &call).await?;
        let call = ILegacyBondingManager::pendingStakeCall {
            delegator: who,
            endRound: CURRENT_ROUND,
        };
        let stake = l1.read(bonding, &call).await?;
        let call = ILegacyBondingManager::pendingFeesCall {
            delegator: who,
            endRound: CURRENT_ROUND,
        };
        let fees = l1.read(bonding, &call).await?;
        let call = ILegacyTicketBroker::getSenderInfoCall { sender_: who };
        let sender = l1.read(sides.l1_broker, &call).await?;
        let round = l1.read(sides.l1_rounds, &ILegacyRoundsManager::currentRoundCall {});
        Ok(Self {
            stake,
            fees,
            delegate: delegator.delegateAddress,
            delegated: delegator.delegatedAmount,
            locks: locks(
                l1,
                bonding,
                who,
                delegator.nextUnbondingLockId.saturating_to(),
            )
            .await?,
            deposit: sender.sender.deposit,
            reserve: sender.reserve.fundsRemaining,
            round: round.await?.saturating_to(),
        })
    }

    /// Whether it works for others' stake.
    #[must_use]
    pub fn is_orchestrator(&self, who: Address) -> bool {
        self.delegate == who
    }

    /// LPT base units of others that are delegated to it.
    #[must_use]
    pub fn pool(&self) -> U256 {
        self.delegated.saturating_sub(self.stake)
    }

    /// Numbers of its locks, for people.
    #[must_use]
    pub fn lock_ids(&self) -> String {
        match self.locks.as_slice() {
            [] => "none".to_owned(),
            locks => {
                let ids: Vec<_> = locks.iter().map(|lock| lock.id.to_string()).collect();
                ids.join(", ")
            }
        }
    }
}

async fn locks(
    l1: &L1,
    bonding: Address,
    delegator: Address,
    count: u64,
) -> Result<Vec<Lock>, ClientError> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let calls: Vec<_> = (0..count)
        .map(|id| ILegacyBondingManager::getDelegatorUnbondingLockCall {
            delegator,
            unbondingLockId: U256::from(id),
        })
        .collect();
    let block = l1.head().await?.number;
    let found = l1.read_each_at(bonding, &calls, block).await?;
    let locks = calls.iter().zip(found).map(|(call, lock)| Lock {
        id: call.unbondingLockId,
        amount: lock.amount,
        withdraw_round: lock.withdrawRound.saturating_to(),
    });
    Ok(locks.filter(|lock| !lock.amount.is_zero()).collect())
}

impl Arrived {
    /// Reads what L2 has seen of `who` and of these locks.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn look(
        l2: &L2,
        sides: &Sides,
        who: Address,
        locks: &[U256],
    ) -> Result<Self, MigrateError> {
        let at = sides.l2_migrator;
        let call = IL2Migrator::migratedDelegatorsCall { addr: who };
        let whole = l2.read(at, &call).await?;
        let call = IL2Migrator::migratedPartsCall { l1Addr: who };
        let (stake, fees) = match l2.read(at, &call).await {
            Ok(parts) => (parts.stake, parts.fees),
            // Livepeer's own L2Migrator knows no parts
            Err(ClientError::Reverted { .. }) => (U256::ZERO, whole),
            Err(error) => return Err(error.into()),
        };
        let call = IL2Migrator::migratedSendersCall { addr: who };
        let sender = l2.read(at, &call).await?;
        let call = IL2Migrator::delegatorPoolsCall { l1Addr: who };
        let pool = l2.read(at, &call).await?;
        let call = IL2Migrator::claimedDelegatedStakeCall { delegate: who };
        let delegated = l2.read(at, &call).await?;
        Ok(Self {
            whole,
            stake,
            fees,
            sender,
            locks: arrived_locks(l2, at, who, locks).await?,
            pool: (!pool.is_zero()).then_some(pool),
            delegated,
        })
    }
}

async fn arrived_locks(
    l2: &L2,
    at: Address,
    who: Address,
    ids: &[U256],
) -> Result<Vec<U256>, ClientError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let calls: Vec<_> = ids
        .iter()
        .map(|id| IL2Migrator::migratedUnbondingLocksCall {
            l1Addr: who,
            unbondingLockId: *id,
        })
        .collect();
    let block = l2.head().await?.number;
    let found = l2.read_each_at(at, &calls, block).await?;
    let arrived = ids.iter().zip(found).filter(|(_, arrived)| *arrived);
    Ok(arrived.map(|(id, _)| *id).collect())
}
