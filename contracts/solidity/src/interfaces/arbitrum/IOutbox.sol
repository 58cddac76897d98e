// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Arbitrum's outbox, as far as this project calls it.
interface IOutbox {
    /// @notice L2 sender of the message that is being executed, not aliased.
    function l2ToL1Sender() external view returns (address);
}
