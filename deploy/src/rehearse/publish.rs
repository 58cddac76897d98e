//! The snapshot: built from L1 at a block, published by governance, claimable after a week.
//! Always holds: the root that is published is that of the list that `snapshot build` made; run again after an interruption, each
//! part goes on where it stopped.

use std::path::Path;

use alloy::{eips::BlockNumberOrTag, primitives::B256};

use super::{RehearseError, stage::Stage};
use crate::{
    claim::{self, Advance},
    network::Migration,
    progress::Progress,
    snapshot::{
        Found,
        chain::{Rule, Target, Wanted, build},
    },
};

/// Builds the list from L1, into this file.
pub(super) async fn build_list(
    stage: &Stage,
    file: &Path,
    progress: &Progress,
) -> Result<Found, RehearseError> {
    if !file.is_file() {
        let controller = stage.system.livepeer.controller;
        let target = Target::at(&stage.l1, controller, BlockNumberOrTag::Latest).await?;
        let wanted = Wanted {
            target,
            from_block: 0,
            named: Default::default(),
            rule: Rule::default(),
            out: file.to_owned(),
        };
        build(&stage.l1, &wanted, progress).await?;
    }
    Ok(Found::from_file(file)?)
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
