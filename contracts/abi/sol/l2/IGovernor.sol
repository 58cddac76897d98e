// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Governor
/// @notice Owner of the protocol: calls announced some blocks before they are made.
interface IGovernor {
    struct Update {
        address[] target;
        uint256[] value;
        bytes[] data;
        uint256 nonce;
    }

    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event UpdateCancelled(Update update);
    event UpdateExecuted(Update update);
    event UpdateStaged(Update update, uint256 delay);

    /// @notice Withdraws a staged update. Only the owner.
    function cancel(Update calldata update) external;
    /// @notice Makes the calls of a staged update. Anyone, once its delay is over.
    function execute(Update calldata update) external payable;
    /// @notice Announces an update that can be executed after `delay` blocks. Only the owner.
    function stage(Update calldata update, uint256 delay) external;
    function transferOwnership(address newOwner) external;

    function owner() external view returns (address);
    function updates(bytes32 updateHash) external view returns (uint256);
}
