// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title TicketBroker before LIP-73
/// @notice What stays readable on L1 after the freeze.
interface ILegacyTicketBroker {
    struct Sender {
        uint256 deposit;
        uint256 withdrawRound;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    function controller() external view returns (address);
    function getSenderInfo(address sender_) external view returns (Sender memory sender, ReserveInfo memory reserve);
}
