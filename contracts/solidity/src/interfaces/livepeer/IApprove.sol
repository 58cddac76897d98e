// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title `approve` of any token, whatever it returns: the original reads no return value.
interface IApprove {
    function approve(address spender, uint256 value) external;
}
