// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Poll
/// @notice One poll: votes are events, counted off chain.
interface IPoll {
    event Vote(address indexed voter, uint256 choiceID);

    /// @notice Closes the poll after its end block.
    function destroy() external;
    /// @notice Votes, as an event; weights are counted off chain.
    function vote(uint256 choiceID) external;

    /// @notice Whether it was closed.
    function destroyed() external view returns (bool);
    function endBlock() external view returns (uint256);
}
