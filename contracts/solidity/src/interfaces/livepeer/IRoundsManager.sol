// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title L1's round clock, as far as this project reads it.
interface IRoundsManager {
    function currentRound() external view returns (uint256);

    /// @notice Round from which an upgrade holds; zero if it was not set. LIP-73 freezes L1.
    function lipUpgradeRound(uint256 lip) external view returns (uint256);
}
