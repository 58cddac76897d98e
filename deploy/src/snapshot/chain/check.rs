//! The same list a second time, by another way: events from the end to the beginning, accounts one by one and from the
//! last to the first; then its sums against what the Minter holds.
//! Always holds: nothing of the first run but its block and contracts is taken over.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, U256};
use confluence_abi::{
    ILegacyBondingManager::{
        getDelegatorCall, isRegisteredTranscoderCall, pendingFeesCall, pendingStakeCall,
    },
    ILivepeerToken,
};
use serde::Serialize;
use tokio::task::JoinSet;

use super::{ChainError, Manifest, Target, ask::is_contract, discover::bonded};
use crate::{
    client::{ClientError, L1},
    progress::Progress,
    snapshot::{Diff, Leaf, List, Tree},
};

/// Requests under way at once.
const AT_ONCE: usize = 16;
const BLOCKS_AT_ONCE: u64 = 40_000;

/// What a second look found.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// Accounts looked at.
    pub accounts: usize,
    /// Where the list and the chain differ; empty if they agree.
    pub diff: Diff,
    /// LPT: what the list promises and what the Minter holds.
    pub stake: Obligation,
    /// Ether: what the list promises and what the Minter holds.
    pub fees: Obligation,
}

/// A sum that somebody must be able to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Sum of the list, in LPT base units or wei.
    pub owed: U256,
    /// Balance of the legacy Minter at the block, in the same unit.
    pub held: U256,
}

impl Obligation {
    /// Whether there is enough.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.owed <= self.held
    }
}

impl Checked {
    /// Whether the list is the chain's, and paid for.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.diff.is_empty() && self.stake.is_covered() && self.fees.is_covered()
    }
}

/// Builds the list again from its manifest and compares.
///
/// # Errors
/// [`ChainError::OtherRoot`] before the chain is asked; [`ChainError::Reorganised`]; the chain's own.
pub async fn check(
    l1: &L1,
    list: &List,
    manifest: &Manifest,
    progress: &Progress,
) -> Result<Checked, ChainError> {
    let found = Tree::of(list.leaves()).map(|tree| tree.root());
    if found != Some(manifest.root) {
        return Err(ChainError::OtherRoot {
            found: found.unwrap_or_default(),
            expected: manifest.root,
        });
    }
    let target = manifest.target;
    target.still_there(l1).await?;
    let mut accounts = rescan(l1, &target, manifest.from_block, progress).await?;
    // Accounts that a file named have no event; they are in the list or among those left out.
    accounts.extend(list.leaves().iter().map(Leaf::delegator));
    accounts.extend(&manifest.orchestrators);
    accounts.extend(&manifest.contracts);

    let bar = progress.bar(accounts.len() as u64, "reading accounts again");
    let mut again = BTreeMap::new();
    let mut waiting = JoinSet::new();
    for &account in accounts.iter().rev() {
        if waiting.len() >= AT_ONCE {
            take(&mut waiting, &mut again).await?;
            bar.advance(1);
        }
        let (l1, manifest) = (l1.clone(), (target, manifest.rule));
        waiting.spawn(async move { one(&l1, &manifest.0, manifest.1, account).await });
    }
    while !waiting.is_empty() {
        take(&mut waiting, &mut again).await?;
        bar.advance(1);
    }
    let rebuilt = List::of(again.into_values().collect());

    let token = ILivepeerToken::balanceOfCall {
        account: target.minter,
    };
    let block = target.block.number;
    let totals = list.totals();
    let checked = Checked {
        accounts: accounts.len(),
        diff: Diff::between(list, &rebuilt),
        stake: Obligation {
            owed: totals.stake,
            held: l1.read_at(target.token, &token, block).await?,
        },
        fees: Obligation {
            owed: totals.fees,
            held: l1.balance_at(target.minter, block).await?,
        },
    };
    target.still_there(l1).await?;
    Ok(checked)
}

type Answered = Result<Option<Leaf>, ChainError>;

async fn take(
    waiting: &mut JoinSet<Answered>,
    into: &mut BTreeMap<Address, Leaf>,
) -> Result<(), ChainError> {
    let Some(done) = waiting.join_next().await else {
        return Ok(());
    };
    let answered = done.unwrap_or_else(|stopped| {
        Err(ClientError::Unreachable {
            side: "L1",
            why: stopped.to_string(),
        }
        .into())
    })?;
    if let Some(leaf) = answered {
        into.insert(leaf.delegator(), leaf);
    }
    Ok(())
}

/// One account's leaf, if it belongs in the list.
async fn one(l1: &L1, target: &Target, rule: super::Rule, delegator: Address) -> Answered {
    let (bonding, block) = (target.bonding_manager, target.block.number);
    if !rule.with_contracts && is_contract(&l1.code_at(delegator, block).await?) {
        return Ok(None);
    }
    let registered = isRegisteredTranscoderCall {
        transcoder: delegator,
    };
    if !rule.with_orchestrators && l1.read_at(bonding, &registered, block).await? {
        return Ok(None);
    }
    // The other way to say "now": the round itself instead of the largest number.
    let end = target.round;
    let fees = pendingFeesCall {
        delegator,
        endRound: end,
    };
    let stake = pendingStakeCall {
        delegator,
        endRound: end,
    };
    let fees = l1.read_at(bonding, &fees, block).await?;
    let stake = l1.read_at(bonding, &stake, block).await?;
    let delegate = getDelegatorCall { delegator };
    let delegate = l1.read_at(bonding, &delegate, block).await?;
    Ok(Some(Leaf::new(
        delegator,
        delegate.delegateAddress,
        stake,
        fees,
    )))
}

/// Reads Bond events from the target's block back to `from_block`.
async fn rescan(
    l1: &L1,
    target: &Target,
    from_block: u64,
    progress: &Progress,
) -> Result<BTreeSet<Address>, ChainError> {
    let mut accounts = BTreeSet::new();
    let mut end = target.block.number + 1;
    let bar = progress.bar(
        end.saturating_sub(from_block),
        "reading Bond events again, in blocks",
    );
    let mut at_once = BLOCKS_AT_ONCE;
    while end > from_block {
        let first = from_block.max(end.saturating_sub(at_once));
        match bonded(l1, target, first, end - 1).await {
            Ok(some) => {
                accounts.extend(some);
                bar.advance(end - first);
                end = first;
            }
            Err(ClientError::Refused { .. }) if at_once > 1 => at_once /= 2,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(accounts)
}

impl std::fmt::Display for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use alloy::primitives::utils::format_ether;
        writeln!(f, "accounts  {} read again, one by one", self.accounts)?;
        for (what, sum, unit) in [("stake", self.stake, "LPT"), ("fees", self.fees, "ETH")] {
            let (owed, held) = (format_ether(sum.owed), format_ether(sum.held));
            let verdict = match sum.held.checked_sub(sum.owed) {
                Some(rest) => format!("{} more than is owed", format_ether(rest)),
                None => format!("{} TOO LITTLE", format_ether(sum.owed - sum.held)),
            };
            writeln!(
                f,
                "{what:<9} {owed} {unit} owed, the Minter holds {held}: {verdict}"
            )?;
        }
        write!(f, "{}", self.diff)?;
        Ok(())
    }
}
