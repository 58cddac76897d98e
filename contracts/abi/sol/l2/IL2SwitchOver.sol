// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L2SwitchOver
/// @notice Sets L1's last inflation and unpauses, once all that L1SwitchOver announced has arrived (X7).
interface IL2SwitchOver {
    struct Announcement {
        uint256 lptAmount;
        uint256 ethAmount;
        uint256 inflation;
        uint256 l1TotalSupply;
    }

    /// @notice Takes the announcement and completes if all is there. Only the L1SwitchOver, through the bridge.
    function finalizeSwitchOver(Announcement calldata announcement) external;
    /// @notice Completes if announced and all is there. Anyone.
    function complete() external;
}
