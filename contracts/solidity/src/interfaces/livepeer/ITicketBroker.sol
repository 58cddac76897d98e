// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title L1 payments, as far as the migration reads them.
interface ITicketBroker {
    /// @param deposit Wei.
    /// @param withdrawRound Round from which it can be withdrawn; zero if no unlock was asked for.
    struct Sender {
        uint256 deposit;
        uint256 withdrawRound;
    }

    /// @param fundsRemaining Wei.
    /// @param claimedInCurrentRound Wei.
    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    function getSenderInfo(address sender)
        external
        view
        returns (Sender memory, ReserveInfo memory reserve);
}
