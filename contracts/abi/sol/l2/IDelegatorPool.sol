// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title DelegatorPool
/// @notice The stake of one orchestrator's delegators until each claims its part.
interface IDelegatorPool {
    event Claimed(address indexed _delegator, uint256 _stake, uint256 _fees);
    event DelegatorPoolInitialized(address indexed _bondingManager, address indexed _migrator, uint256 _initialStake);

    /// @notice Pays a delegator its part of the pool. Only the L2Migrator.
    function claim(address delegator, uint256 stake) external;
    /// @notice Pays a delegator its part, or what is left of the pool if that is less. Only the L2Migrator (X2, X10).
    function claimUpTo(
        address delegator,
        uint256 stake,
        address oldPrev,
        address oldNext,
        address newPrev,
        address newNext
    ) external returns (uint256 claimed);
    /// @notice Takes over the stake that the clone's maker has bonded for it. Once.
    function initialize(address bondingManager_) external;

    function bondingManager() external view returns (address);
    function claimedInitialStake() external view returns (uint256);
    function initialStake() external view returns (uint256);
    function migrator() external view returns (address);
}
