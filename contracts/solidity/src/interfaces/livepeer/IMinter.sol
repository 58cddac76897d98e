// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The L1 Minter, as far as the switch-over reads it.
interface IMinter {
    /// @notice Inflation a round in parts of 10^9.
    function inflation() external view returns (uint256);
}
