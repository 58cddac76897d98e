// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Arbitrum's delayed inbox, as far as this project calls it.
/// @notice Our own declaration of the calls used: nitro-contracts are not a dependency of `src`.
interface IInbox {
    /// @notice Puts a retryable ticket into the delayed inbox.
    /// @dev Refund addresses with code on L1 at the time of the call are aliased by the Inbox. Ether
    /// above the cost stays with the sender's alias on L2, with neither refund address.
    /// @param to Target on L2.
    /// @param l2CallValue Wei the target receives.
    /// @param maxSubmissionCost Wei at most for keeping the ticket; the rest is refunded on L2.
    /// @param excessFeeRefundAddress Receives unused submission cost and gas money on L2.
    /// @param callValueRefundAddress Receives the call value when the ticket expires or is
    /// cancelled, and alone may cancel.
    /// @param gasLimit L2 gas of the automatic redeem.
    /// @param maxFeePerGas L2 gas price limit of the automatic redeem, wei.
    /// @param data Calldata for the target.
    /// @return Number of the message in the delayed inbox.
    function createRetryableTicket(
        address to,
        uint256 l2CallValue,
        uint256 maxSubmissionCost,
        address excessFeeRefundAddress,
        address callValueRefundAddress,
        uint256 gasLimit,
        uint256 maxFeePerGas,
        bytes calldata data
    ) external payable returns (uint256);

    /// @notice The bridge that delivers this inbox's messages and executes messages from L2.
    function bridge() external view returns (address);
}
