//! The snapshot: built from L1 at a block, published by governance, claimable after a week.
//! Always holds: the root that is published is that of the list that `snapshot build` made; run again after an interruption, each
//! part goes on where it stopped.

use alloy::{eips::BlockNumberOrTag, primitives::B256};

use super::{RehearseError, stage::Stage, watch::Watch};
use crate::{
    claim::{self, Advance},
    network::Migration,
    snapshot::{
        Found,
        chain::{Manifest, Rule, Target, Wanted, build, check},
    },
};

/// Builds the list from L1 at the block at which it was frozen.
pub(super) async fn build_list(
    stage: &Stage,
    watch: &mut Watch<'_>,
) -> Result<Found, RehearseError> {
    let file = watch.diary.list();
    if !file.is_file() {
        let controller = stage.system.livepeer.controller;
        let block = watch.diary.notes().frozen_at.unwrap_or_default();
        let target = Target::at(&stage.l1, controller, BlockNumberOrTag::Number(block)).await?;
        let wanted = Wanted {
            target,
            from_block: 0,
            named: Default::default(),
            rule: Rule::default(),
            out: file.clone(),
        };
        build(&stage.l1, &wanted, watch.progress).await?;
    }
    Ok(Found::from_file(&file)?)
}

/// Reads the list from L1 once more in another way, and holds its sums against what the Minter had.
pub(super) async fn check_list(
    stage: &Stage,
    built: &Found,
    watch: &mut Watch<'_>,
) -> Result<(), RehearseError> {
    if watch.diary.notes().checked {
        return Ok(());
    }
    let manifest = Manifest::read(&Manifest::beside(&watch.diary.list()))?;
    let checked = check(&stage.l1, &built.list, &manifest, watch.progress).await?;
    if !checked.holds() {
        return Err(RehearseError::Unlike(Box::new(checked)));
    }
    watch.diary.note(|notes| notes.checked = true)
}

/// Publishes its root and lets the week of review pass.
pub(super) async fn publish(
    stage: &Stage,
    migration: &Migration,
    root: B256,
) -> Result<(), RehearseError> {
    let (l2, place, id) = (&stage.l2, &stage.place, migration.snapshot_id());
    decided(stage, claim::publish(l2, place, id, root, 0).await?).await?;
    let review = claim::review(l2, place, id, root).await?;
    match review.until.checked_sub(review.now) {
        Some(left) => stage.pass_seconds(left + 1).await,
        None => Ok(()),
    }
}

/// Lets delegators claim.
pub(super) async fn enable(
    stage: &Stage,
    migration: &Migration,
    root: B256,
) -> Result<(), RehearseError> {
    let (l2, place, id) = (&stage.l2, &stage.place, migration.snapshot_id());
    decided(stage, claim::enable(l2, place, id, root, 0).await?).await
}

/// Without delay, what was staged is executed at once.
async fn decided(stage: &Stage, advance: Advance) -> Result<(), RehearseError> {
    match advance {
        Advance::Already | Advance::Executed { .. } => Ok(()),
        Advance::Staged { from_block, block } => Err(RehearseError::Failed {
            what: "a decision",
            who: stage.l2.from().unwrap_or_default(),
            why: format!("it waits for block {from_block}, and it is {block}"),
        }),
    }
}
