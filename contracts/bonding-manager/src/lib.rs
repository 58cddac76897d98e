//! BondingManager: who staked how much with whom, and what it earned.
//! Always holds: what is delegated to an orchestrator is at least its own stake and the stakes of its delegators; only
//! registered orchestrators are in the pool; every stake leaves through an unbonding lock that lasts the whole period.
#![cfg_attr(target_arch = "wasm32", no_std)]

mod account;
pub mod bond;
pub mod claim;
pub mod events;
pub mod factors;
pub mod fees;
pub mod list;
mod orchestrator;
pub mod peers;
pub mod pending;
pub mod rebond;
pub mod reward;
pub mod settings;
pub mod slash;
pub mod stake;
pub mod storage;
pub mod terms;
pub mod transfer;
pub mod unbond;
pub mod views;
pub mod withdraw;

use confluence_kit::abi::{Hint, Ignored, Reply};
use confluence_kit::{Address, entries, manager};

entries! {
    exec {
        bond(amount: u128, to: Address) => bond::bond;
        bondWithHint(amount: u128, to: Address, old: Hint, new: Hint) => bond::bond_with_hint;
        bondForWithHint(amount: u128, owner: Address, to: Address, old: Hint, new: Hint) => bond::bond_for_with_hint;
        bondPoolWithHint(amount: u128, pool: Address, to: Address, hint: Hint) => bond::bond_pool_with_hint;
        unbond(amount: u128) => unbond::unbond;
        unbondWithHint(amount: u128, hint: Hint) => unbond::unbond_with_hint;
        rebond(lock: u32) => rebond::rebond;
        rebondWithHint(lock: u32, hint: Hint) => rebond::rebond_with_hint;
        rebondFromUnbonded(to: Address, lock: u32) => rebond::from_unbonded;
        rebondFromUnbondedWithHint(to: Address, lock: u32, hint: Hint) => rebond::from_unbonded_with_hint;
        transferBond(to: Address, amount: u128, old: Hint, new: Hint) => transfer::transfer_bond;
        claimEarnings(until: Ignored) => claim::claim_earnings;
        withdrawStake(lock: u32) => withdraw::withdraw_stake;
        withdrawFees(recipient: Address, amount: u128) => withdraw::withdraw_fees;

        transcoder(rewardCut: u32, feeShare: u32) => terms::transcoder;
        transcoderWithHint(rewardCut: u32, feeShare: u32, hint: Hint) => terms::transcoder_with_hint;
        reward() => reward::reward;
        rewardWithHint(hint: Hint) => reward::reward_with_hint;

        updateTranscoderWithFees(who: Address, fees: u128, round: Ignored) => fees::update_transcoder_with_fees;
        setCurrentRoundTotalActiveStake() => settings::set_current_round_total_active_stake;
        slashTranscoder(who: Address, finder: Address, share: u128, finderShare: u128) => slash::slash_transcoder;

        initialize(controller: Address) => manager::initialize;
        setController(controller: Address) => manager::set_controller;
        syncControllerContracts() => peers::sync_controller_contracts;
        setUnbondingPeriod(rounds: u64) => settings::set_unbonding_period;
        setNumActiveTranscoders(size: u128) => settings::set_num_active_transcoders;
    }
    view {
        controller() -> Address => manager::address;
        unbondingPeriod() -> u64 => views::unbonding_period;
        currentRoundTotalActiveStake() -> u128 => views::current_total;
        nextRoundTotalActiveStake() -> u128 => views::next_total;
        getTotalBonded() -> u128 => views::current_total;
        getTranscoderPoolMaxSize() -> u32 => views::pool_max_size;
        getTranscoderPoolSize() -> u32 => views::pool_size;
        getFirstTranscoderInPool() -> Address => views::first_in_pool;
        getNextTranscoderInPool(who: Address) -> Address => views::next_in_pool;
        transcoderTotalStake(who: Address) -> u128 => views::total_stake;
        transcoderStatus(who: Address) -> bool => views::is_registered;
        isRegisteredTranscoder(who: Address) -> bool => views::is_registered;
        isActiveTranscoder(who: Address) -> bool => views::is_active;
        activeSet(who: Address, round: u32) -> Reply => views::active_set;
        delegatorStatus(who: Address) -> u8 => views::status;
        isValidUnbondingLock(who: Address, lock: u32) -> bool => views::is_valid_lock;
        pendingStake(who: Address, until: Ignored) -> u128 => views::pending_stake;
        pendingFees(who: Address, until: Ignored) -> u128 => views::pending_fees;
        getDelegator(who: Address) -> Reply => views::delegator;
        getDelegatorUnbondingLock(who: Address, lock: u32) -> Reply => views::lock;
        getTranscoder(who: Address) -> Reply => views::transcoder;
        getTranscoderEarningsPoolForRound(who: Address, round: u32) -> Reply => views::earnings_pool;
    }
}
