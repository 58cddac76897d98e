// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title RoundsManager before LIP-73
/// @notice What stays readable on L1 after the freeze.
interface ILegacyRoundsManager {
    function blockNum() external view returns (uint256);
    function controller() external view returns (address);
    function currentRound() external view returns (uint256);
    function currentRoundInitialized() external view returns (bool);
    function lastInitializedRound() external view returns (uint256);
    function lipUpgradeRound(uint256 lip) external view returns (uint256);
    function roundLength() external view returns (uint256);
}
