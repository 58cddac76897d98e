// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title What L1LPTDataCache's tickets call on L2.
interface IL2LPTDataCache {
    /// @notice Stores L1's total supply; only the alias of L1LPTDataCache may call.
    function finalizeCacheTotalSupply(uint256 totalSupply) external;
}
