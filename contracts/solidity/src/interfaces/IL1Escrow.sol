// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Holds the LPT whose counterpart circulates on L2.
interface IL1Escrow {
    event Approve(address indexed _token, address indexed _spender, uint256 _value);

    /// @notice Lets `_spender` take up to `_value` of `_token`; admin only.
    /// @dev The admin can let anybody: audit M-06 and M-08, acknowledged and unchanged.
    function approve(address _token, address _spender, uint256 _value) external;
}
