// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title BondingManager before LIP-73
/// @notice What stays readable on L1 after the freeze.
interface ILegacyBondingManager {
    function controller() external view returns (address);
    function getDelegator(
        address delegator
    ) external view returns (
        uint256 bondedAmount,
        uint256 fees,
        address delegateAddress,
        uint256 delegatedAmount,
        uint256 startRound,
        uint256 lastClaimRound,
        uint256 nextUnbondingLockId
    );
    function getDelegatorUnbondingLock(
        address delegator,
        uint256 unbondingLockId
    ) external view returns (uint256 amount, uint256 withdrawRound);
    function getFirstTranscoderInPool() external view returns (address);
    function getNextTranscoderInPool(address transcoder) external view returns (address);
    function getTranscoder(
        address transcoder
    ) external view returns (
        uint256 lastRewardRound,
        uint256 rewardCut,
        uint256 feeShare,
        uint256 lastActiveStakeUpdateRound,
        uint256 activationRound,
        uint256 deactivationRound,
        uint256 activeCumulativeRewards,
        uint256 cumulativeRewards,
        uint256 cumulativeFees,
        uint256 lastFeeRound
    );
    function getTranscoderEarningsPoolForRound(
        address transcoder,
        uint256 round
    ) external view returns (
        uint256 rewardPool,
        uint256 feePool,
        uint256 totalStake,
        uint256 claimableStake,
        uint256 transcoderRewardCut,
        uint256 transcoderFeeShare,
        uint256 transcoderRewardPool,
        uint256 transcoderFeePool,
        bool hasTranscoderRewardFeePool,
        uint256 cumulativeRewardFactor,
        uint256 cumulativeFeeFactor
    );
    function getTranscoderPoolSize() external view returns (uint256);
    function isRegisteredTranscoder(address transcoder) external view returns (bool);
    /// @notice Fees in wei after claiming now; `endRound` is ignored.
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);
    /// @notice Stake after claiming now; `endRound` is ignored.
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);
}
