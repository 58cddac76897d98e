// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title PollCreator
/// @notice Opens polls for stakeholders.
interface IPollCreator {
    event PollCreated(address indexed poll, bytes proposal, uint256 endBlock, uint256 quorum, uint256 quota);

    /// @notice Opens a poll on `proposal`; the caller needs 100 LPT of stake.
    function createPoll(bytes calldata proposal) external;

    function POLL_CREATION_COST() external view returns (uint256);
    function POLL_PERIOD() external view returns (uint256);
    function QUORUM() external view returns (uint256);
    function QUOTA() external view returns (uint256);
    function bondingManager() external view returns (address);
}
