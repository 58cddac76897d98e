// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Arbitrum's bridge, as far as this project calls it.
interface IBridge {
    /// @notice The outbox that is executing a message from L2 right now, or a zero-like value.
    function activeOutbox() external view returns (address);
}
