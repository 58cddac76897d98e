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

    event SwitchOverAborted();
    event SwitchOverAnnounced(Announcement announcement);
    event SwitchOverCompleted();

    /// @notice Hands the Controller to the Governor without starting. Only the Governor, until complete.
    function abort() external;
    /// @notice Takes the announcement and completes if all is there. Only the L1SwitchOver, through the bridge.
    function finalizeSwitchOver(Announcement calldata announcement) external;
    /// @notice Completes if announced and all is there. Anyone.
    function complete() external;

    /// @notice What L1 announced; zeros before.
    function announced() external view returns (Announcement memory);
    function controller() external view returns (address);
    /// @notice Who gets the Controller.
    function governor() external view returns (address);
    function l1SwitchOver() external view returns (address);
    /// @notice What of the announcement is not here yet.
    function missing() external view returns (uint256 lptAmount, uint256 ethAmount, bool supply);
    /// @notice 0 waiting, 1 announced, 2 complete, 3 aborted.
    function status() external view returns (uint8);
}
