//! L2Migrator: receives what L1Migrator sends and what delegators prove, and gives it to its owners on L2.
//! Always holds: of an account's L1 stake and fees no more arrives than there was, in parts or whole, by message or by proof; an
//! account's delegate on L2 is never changed by a message from L1; nothing leaves while the system is paused.
//! No message fails for what its account cannot change (docs/security/l2-messages.md).
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod account;
pub mod claim;
pub mod delegator;
pub mod events;
pub mod leaf;
pub mod locks;
pub mod messages;
pub mod peers;
pub mod sender;
pub mod settings;
pub mod stake;
pub mod storage;
pub mod views;

use confluence_kit::abi::{Array, Reply};
use confluence_kit::{Address, B256, entries, manager};
use messages::{
    Hints, MigrateDelegatorParams, MigrateParams, MigrateSenderParams, MigrateUnbondingLocksParams,
};

entries! {
    exec {
        finalizeMigrate(params: MigrateParams, hints: Hints) => delegator::finalize_part;
        finalizeMigrateDelegator(params: MigrateDelegatorParams) => delegator::finalize;
        finalizeMigrateUnbondingLocks(params: MigrateUnbondingLocksParams) => locks::finalize;
        finalizeMigrateSender(params: MigrateSenderParams) => sender::finalize;
        claimStake(delegate: Address, stake: u128, fees: u128, proof: Array<B256>, newDelegate: Address) => claim::claim_stake;
        claimStakeWithHints(delegate: Address, stake: u128, fees: u128, proof: Array<B256>, newDelegate: Address, hints: Hints)
            => claim::claim_stake_with_hints;

        initialize(controller: Address) => manager::initialize;
        initialize(l1Migrator: Address, delegatorPoolImpl: Address) => settings::initialize;
        setL1Migrator(l1Migrator: Address) => settings::set_l1_migrator;
        setDelegatorPoolImpl(delegatorPoolImpl: Address) => settings::set_delegator_pool_impl;
        setClaimStakeEnabled(enabled: bool) => settings::set_claim_stake_enabled;
        syncControllerContracts() => peers::sync_controller_contracts;
        setController(controller: Address) => manager::set_controller;
    }
    ether {
        receive() => settings::receive;
    }
    view {
        bondingManagerAddr() -> Address => views::bonding_manager;
        ticketBrokerAddr() -> Address => views::ticket_broker;
        merkleSnapshotAddr() -> Address => views::merkle_snapshot;
        tokenAddr() -> Address => views::token;
        l1MigratorAddr() -> Address => settings::l1_migrator;
        delegatorPoolImpl() -> Address => settings::delegator_pool_impl;
        claimStakeEnabled() -> bool => settings::claim_stake_enabled;
        migratedDelegators(who: Address) -> bool => views::is_migrated;
        migratedParts(who: Address) -> Reply => views::migrated_parts;
        delegatorPools(orchestrator: Address) -> Address => views::pool;
        claimedDelegatedStake(delegate: Address) -> u128 => views::claimed_delegated_stake;
        migratedUnbondingLocks(who: Address, id: u32) -> bool => locks::is_migrated;
        migratedSenders(who: Address) -> bool => sender::is_migrated;
        controller() -> Address => manager::address;
    }
}
