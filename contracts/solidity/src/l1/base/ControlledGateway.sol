// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {NamedPausable} from "./NamedPausable.sol";

/// @title A gateway for one token that its admin controls, paused until it is wired.
abstract contract ControlledGateway is NamedPausable {
    /// @notice LPT on L1.
    address public immutable l1Lpt;

    /// @notice LPT on L2.
    address public immutable l2Lpt;

    constructor(address _l1Lpt, address _l2Lpt) {
        l1Lpt = _l1Lpt;
        l2Lpt = _l2Lpt;
    }
}
