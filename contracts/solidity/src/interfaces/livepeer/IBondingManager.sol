// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title L1 staking, as far as the migration and the snapshot read it.
interface IBondingManager {
    /// @notice Stake with all rewards up to `endRound`, LPT base units.
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Fees up to `endRound`, wei.
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);

    function getDelegator(address delegator)
        external
        view
        returns (
            uint256 bondedAmount,
            uint256 fees,
            address delegateAddress,
            uint256 delegatedAmount,
            uint256 startRound,
            uint256 lastClaimRound,
            uint256 nextUnbondingLockId
        );

    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        returns (uint256 amount, uint256 withdrawRound);

    function isRegisteredTranscoder(address transcoder) external view returns (bool);
}
