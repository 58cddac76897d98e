//! L2Migrator's own events, as the original has them; those of the Manager and of messages are the kit's.

use crate::messages::{MigrateDelegatorParams, MigrateSenderParams, MigrateUnbondingLocksParams};
use confluence_kit::{Address, events};

events! {
    /// Stake and fees arrived. `stake` and `fees` are what this message brought: less than L1 sent if a part was here before.
    MigrateDelegatorFinalized(params: MigrateDelegatorParams);
    /// A deposit and a reserve arrived.
    MigrateSenderFinalized(params: MigrateSenderParams);
    /// Unbonding locks arrived.
    MigrateUnbondingLocksFinalized(params: MigrateUnbondingLocksParams);
    /// An orchestrator's delegators have a pool.
    DelegatorPoolCreated(indexed l1Addr: Address, delegatorPool: Address);
    /// A delegator proved its stake. `stake` and `fees` are what it got: less than it proved if a part was here before.
    StakeClaimed(indexed delegator: Address, delegate: Address, stake: u128, fees: u128);
    /// Proofs are taken, or not.
    ClaimStakeEnabled(_enabled: bool);
    /// The L1 side was set.
    L1MigratorUpdate(_l1MigratorAddr: Address);
    /// The code of pools was set.
    DelegatorPoolImplUpdate(_delegatorPoolImpl: Address);
}
