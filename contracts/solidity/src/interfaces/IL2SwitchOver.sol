// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title What L1SwitchOver's announcement calls on L2 (docs/deviations.md, X7).
/// @notice The program behind it may unpause the Controller and set the Minter's inflation. It does
/// both once, as soon as the announcement and everything announced are there, whatever the order.
/// What has arrived is what L2Migrator holds, so until then L2Migrator's finalisers must fail, and
/// be redeemed later, even where they bond nothing: the pause of BondingManager is not enough.
interface IL2SwitchOver {
    /// @notice What left L1 in the switch-over.
    /// @param lptAmount LPT base units on their way to L2Migrator through the gateways.
    /// @param ethAmount Wei on their way to L2Migrator.
    /// @param inflation Last inflation of L1's Minter, parts of 10^9.
    /// @param l1TotalSupply LPT in existence on L1, base units, on its way to L2LPTDataCache.
    struct Announcement {
        uint256 lptAmount;
        uint256 ethAmount;
        uint256 inflation;
        uint256 l1TotalSupply;
    }

    /// @notice Takes the announcement and, if all has arrived, completes at once; if not, waits for
    /// `complete`. Never reverts for what has not arrived. A repetition changes nothing stored and
    /// tries to complete again.
    /// @dev Only the alias of L1SwitchOver ("ONLY_COUNTERPART_GATEWAY").
    function finalizeSwitchOver(Announcement calldata announcement) external;

    /// @notice Sets the inflation and unpauses, if announced and all has arrived: L2Migrator holds
    /// `lptAmount` and `ethAmount`, and L2LPTDataCache knows a supply. Anyone may call, for
    /// instance whoever redeemed a ticket that had failed.
    function complete() external;
}
