// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @notice What one retryable ticket may spend.
/// @param maxGas L2 gas of the automatic redeem.
/// @param gasPriceBid L2 gas price limit, wei.
/// @param maxSubmissionCost Wei at most for keeping the ticket.
struct TicketGas {
    uint256 maxGas;
    uint256 gasPriceBid;
    uint256 maxSubmissionCost;
}
