// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title LivepeerTokenFaucet
/// @notice LPT for test networks.
interface ILivepeerTokenFaucet {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event Request(address indexed to, uint256 amount);

    function addToWhitelist(address addr) external;
    function removeFromWhitelist(address addr) external;
    /// @notice Pays the caller its portion, once in a while.
    function request() external;
    function transferOwnership(address newOwner) external;

    function isWhitelisted(address addr) external view returns (bool);
    function nextValidRequest(address addr) external view returns (uint256);
    function owner() external view returns (address);
    function requestAmount() external view returns (uint256);
    function requestWait() external view returns (uint256);
    function token() external view returns (address);
}
