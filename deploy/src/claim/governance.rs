//! What governance decides about a snapshot: which root is published, and when claims begin.
//! Always holds: claims are enabled only if the published root is the expected one and has been there for seven days (LIP-73's
//! review); how far an update has come is read from the Governor, so that the same command goes on where it stopped.

use alloy::{
    eips::BlockNumberOrTag,
    primitives::{Address, B256, Bytes, U256, keccak256},
    sol_types::{SolCall as _, SolValue as _},
};
use confluence_abi::{IController, IGovernor, IL2Migrator, IMerkleSnapshot};
use serde::Serialize;

use super::{ClaimError, Place};
use crate::client::{ClientError, L2};

/// How long a root is looked at before anybody can claim with it, in seconds.
pub const SEVEN_DAYS: u64 = 7 * 86_400;

/// How far a decision is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Advance {
    /// It was so already.
    Already,
    /// It was executed now.
    Executed {
        /// In this transaction.
        transaction: B256,
    },
    /// It is staged, and can be executed from this L1 block on.
    Staged {
        /// The block, as L2 counts L1's.
        from_block: u64,
        /// The block now.
        block: u64,
    },
}

/// When a root was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The root.
    pub root: B256,
    /// L2's time of its publication.
    pub published: u64,
    /// When seven days are over.
    pub until: u64,
    /// L2's time.
    pub now: u64,
}

impl Review {
    /// Makes sure that it is over.
    ///
    /// # Errors
    /// [`ClaimError::UnderReview`].
    pub fn over(&self) -> Result<(), ClaimError> {
        match self.now < self.until {
            true => Err(ClaimError::UnderReview {
                age: self.now.saturating_sub(self.published),
                now: self.now,
                until: self.until,
            }),
            false => Ok(()),
        }
    }
}

/// Publishes a migration's root through the Governor: stages it, or executes what is staged and due.
///
/// # Errors
/// [`ClaimError::NotGovernor`]; whatever the chain refuses.
pub async fn publish(
    l2: &L2,
    place: &Place,
    id: B256,
    root: B256,
    delay: u64,
) -> Result<Advance, ClaimError> {
    if place.root(l2, id).await? == root {
        return Ok(Advance::Already);
    }
    let call = IMerkleSnapshot::setSnapshotCall { id, root };
    let update = update(place.snapshot, call.abi_encode().into(), root);
    advance(l2, place, update, delay).await
}

/// Enables claims through the Governor, once the published root has been reviewed.
///
/// # Errors
/// [`ClaimError::WrongRoot`], [`ClaimError::UnderReview`], [`ClaimError::Undated`]; as [`publish`].
pub async fn enable(
    l2: &L2,
    place: &Place,
    id: B256,
    root: B256,
    delay: u64,
) -> Result<Advance, ClaimError> {
    let enabled = l2.read(place.l2_migrator, &IL2Migrator::claimStakeEnabledCall {});
    if enabled.await? {
        return Ok(Advance::Already);
    }
    review(l2, place, id, root).await?.over()?;
    let call = IL2Migrator::setClaimStakeEnabledCall { enabled: true };
    let update = update(place.l2_migrator, call.abi_encode().into(), root);
    advance(l2, place, update, delay).await
}

/// When the published root was published, read from the Governor's own log.
///
/// # Errors
/// [`ClaimError::WrongRoot`], [`ClaimError::Undated`].
pub async fn review(
    l2: &L2,
    place: &Place,
    id: B256,
    expected: B256,
) -> Result<Review, ClaimError> {
    let published = place.root(l2, id).await?;
    if published != expected {
        return Err(ClaimError::WrongRoot {
            published,
            expected,
        });
    }
    let governor = governor(l2, place).await?;
    let updates = l2.logged::<IGovernor::UpdateExecuted>(governor, None, 0);
    let wanted = Bytes::from(
        IMerkleSnapshot::setSnapshotCall {
            id,
            root: published,
        }
        .abi_encode(),
    );
    let last = updates.await?.into_iter().rev().find(|logged| {
        let IGovernor::Update { target, data, .. } = &logged.event.update;
        let mut calls = target.iter().zip(data);
        calls.any(|(to, data)| *to == place.snapshot && *data == wanted)
    });
    let undated = ClaimError::Undated {
        root: published,
        governor,
    };
    let Some(last) = last else {
        return Err(undated);
    };
    let block = l2.block(BlockNumberOrTag::Number(last.block)).await?;
    let published_at = block.ok_or(undated)?.timestamp;
    Ok(Review {
        root: published,
        published: published_at,
        until: published_at + SEVEN_DAYS,
        now: l2.head().await?.timestamp,
    })
}

/// The Controller's owner, which must be a Governor.
async fn governor(l2: &L2, place: &Place) -> Result<Address, ClaimError> {
    let owner = l2.read(place.controller, &IController::ownerCall {});
    let owner = owner.await?;
    match l2.read(owner, &IGovernor::ownerCall {}).await {
        Ok(_) => Ok(owner),
        Err(ClientError::Answer { .. } | ClientError::Reverted { .. }) => {
            Err(ClaimError::NoGovernor {
                controller: place.controller,
                owner,
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// One call as a batch; its number follows from the root, so that the same decision is the same batch.
fn update(target: Address, data: Bytes, root: B256) -> IGovernor::Update {
    IGovernor::Update {
        target: vec![target],
        value: vec![U256::ZERO],
        data: vec![data],
        nonce: root.into(),
    }
}

/// Stages a batch that is not staged, and executes one that is due.
async fn advance(
    l2: &L2,
    place: &Place,
    update: IGovernor::Update,
    delay: u64,
) -> Result<Advance, ClaimError> {
    let governor = governor(l2, place).await?;
    let hash = keccak256(update.abi_encode());
    let staged = IGovernor::updatesCall { updateHash: hash };
    let mut from_block: u64 = l2.read(governor, &staged).await?.saturating_to();
    if from_block == 0 {
        let owner = l2.read(governor, &IGovernor::ownerCall {}).await?;
        let account = l2.from().unwrap_or_default();
        if owner != account {
            return Err(ClaimError::NotGovernor {
                account,
                governor,
                owner,
            });
        }
        let stage = IGovernor::stageCall {
            update: update.clone(),
            delay: U256::from(delay),
        };
        l2.transact(governor, &stage, U256::ZERO).await?;
        from_block = l2.read(governor, &staged).await?.saturating_to();
    }
    let head = l2.head().await?.number;
    let block = l2.l1_number(head).await?;
    if block < from_block {
        return Ok(Advance::Staged { from_block, block });
    }
    let execute = IGovernor::executeCall { update };
    let mined = l2.transact(governor, &execute, U256::ZERO).await?;
    Ok(Advance::Executed {
        transaction: mined.hash,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(now: u64) -> Review {
        Review {
            root: B256::ZERO,
            published: 1_000,
            until: 1_000 + SEVEN_DAYS,
            now,
        }
    }

    #[test]
    fn the_review_is_over_after_seven_days_and_not_a_second_before() {
        let error = review(1_000 + SEVEN_DAYS - 1)
            .over()
            .expect_err("too early");
        assert!(error.is_pending(), "{error}");
        assert!(review(1_000 + SEVEN_DAYS).over().is_ok());
    }
}
