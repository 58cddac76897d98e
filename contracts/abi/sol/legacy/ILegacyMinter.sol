// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Minter before LIP-73
/// @notice What stays readable on L1 after the freeze.
interface ILegacyMinter {
    function controller() external view returns (address);
    function currentMintableTokens() external view returns (uint256);
    function currentMintedTokens() external view returns (uint256);
    function inflation() external view returns (uint256);
    function inflationChange() external view returns (uint256);
    function targetBondingRate() external view returns (uint256);
}
