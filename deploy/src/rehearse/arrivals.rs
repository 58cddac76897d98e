//! What has arrived on L2, as L2Migrator itself says.
//! Always holds: nothing here is remembered; a rehearsal that was cut short sees what one sees that was not.

use std::collections::BTreeSet;

use alloy::{
    primitives::{Address, B256, U256},
    rpc::types::Filter,
    sol_types::{SolEvent as _, SolEventInterface as _},
};
use confluence_abi::IL2Migrator;

use super::{RehearseError, stage::Stage};

/// What arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Stake and fees, by a ticket.
    Stake,
    /// Unbonding locks, by a ticket.
    Locks,
    /// Deposit and reserve, by a ticket.
    Funds,
    /// Stake and fees, by a claim.
    Claim,
}

/// Something that arrived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    /// Whose on L1.
    pub(super) account: Address,
    /// Who has it on L2.
    pub(super) receiver: Address,
    pub(super) kind: Kind,
    /// LPT base units.
    pub(super) lpt: U256,
    /// Wei.
    pub(super) eth: U256,
    /// The transaction on L2.
    pub(super) transaction: B256,
}

impl Arrival {
    /// Everything so far.
    pub(super) async fn all(stage: &Stage) -> Result<Vec<Self>, RehearseError> {
        use IL2Migrator::{
            IL2MigratorEvents as Event, MigrateDelegatorFinalized, MigrateSenderFinalized,
            MigrateUnbondingLocksFinalized, StakeClaimed,
        };
        let filter = Filter::new()
            .address(stage.place.l2_migrator)
            .event_signature(vec![
                MigrateDelegatorFinalized::SIGNATURE_HASH,
                MigrateUnbondingLocksFinalized::SIGNATURE_HASH,
                MigrateSenderFinalized::SIGNATURE_HASH,
                StakeClaimed::SIGNATURE_HASH,
            ]);
        let mut all = Vec::new();
        for found in stage.l2.logs(&filter, 0).await? {
            let one = |kind, account, receiver, lpt, eth| Self {
                account,
                receiver,
                kind,
                lpt,
                eth,
                transaction: found.transaction,
            };
            let Ok(event) = Event::decode_log(&found.log) else {
                continue;
            };
            all.push(match event.data {
                Event::MigrateDelegatorFinalized(it) => {
                    let p = it.params;
                    one(Kind::Stake, p.l1Addr, p.l2Addr, p.stake, p.fees)
                }
                Event::MigrateUnbondingLocksFinalized(it) => {
                    let p = it.params;
                    one(Kind::Locks, p.l1Addr, p.l2Addr, p.total, U256::ZERO)
                }
                Event::MigrateSenderFinalized(it) => {
                    let p = it.params;
                    let eth = p.deposit + p.reserve;
                    one(Kind::Funds, p.l1Addr, p.l2Addr, U256::ZERO, eth)
                }
                Event::StakeClaimed(it) => {
                    one(Kind::Claim, it.delegator, it.delegator, it.stake, it.fees)
                }
                _ => continue,
            });
        }
        Ok(all)
    }

    /// Whose things have arrived.
    pub(super) async fn who(stage: &Stage) -> Result<BTreeSet<(Kind, Address)>, RehearseError> {
        let all = Self::all(stage).await?;
        Ok(all.iter().map(|it| (it.kind, it.account)).collect())
    }
}
