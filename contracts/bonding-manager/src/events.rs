//! BondingManager's events, as the original has them.

use confluence_kit::{Address, events};

events! {
    /// Stake was bonded, or moved to another delegate.
    Bond(
        indexed newDelegate: Address,
        indexed oldDelegate: Address,
        indexed delegator: Address,
        additionalAmount: u128,
        bondedAmount: u128
    );
    /// Earnings were credited.
    EarningsClaimed(
        indexed delegate: Address,
        indexed delegator: Address,
        rewards: u128,
        fees: u128,
        startRound: u32,
        endRound: u32
    );
    /// A lock went back to work.
    Rebond(indexed delegate: Address, indexed delegator: Address, unbondingLockId: u32, amount: u128);
    /// An orchestrator minted its share of the round's LPT.
    Reward(indexed transcoder: Address, amount: u128);
    /// An orchestrator became a candidate.
    TranscoderActivated(indexed transcoder: Address, activationRound: u32);
    /// An orchestrator is no candidate any more.
    TranscoderDeactivated(indexed transcoder: Address, deactivationRound: u32);
    /// Stake was taken from an account.
    TranscoderSlashed(indexed transcoder: Address, finder: Address, penalty: u128, finderReward: u128);
    /// An orchestrator set its terms.
    TranscoderUpdate(indexed transcoder: Address, rewardCut: u32, feeShare: u32);
    /// Stake went to another delegator.
    TransferBond(
        indexed oldDelegator: Address,
        indexed newDelegator: Address,
        oldUnbondingLockId: u32,
        newUnbondingLockId: u32,
        amount: u128
    );
    /// Stake went into a lock.
    Unbond(
        indexed delegate: Address,
        indexed delegator: Address,
        unbondingLockId: u32,
        amount: u128,
        withdrawRound: u32
    );
    /// Fees were paid out.
    WithdrawFees(indexed delegator: Address, recipient: Address, amount: u128);
    /// A lock was paid out.
    WithdrawStake(indexed delegator: Address, unbondingLockId: u32, amount: u128, withdrawRound: u32);
}
