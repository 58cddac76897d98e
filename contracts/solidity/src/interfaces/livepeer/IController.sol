// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Livepeer's registry and pause switch on L1, as far as this project calls it.
interface IController {
    /// @notice Address registered under keccak256 of a name, or zero.
    function getContract(bytes32 id) external view returns (address);

    /// @notice Whether the protocol is paused.
    function paused() external view returns (bool);

    function owner() external view returns (address);
}
