// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title LPT on L1: an ERC-20 that its owner mints.
interface ILivepeerToken is IERC20 {
    function mint(address to, uint256 amount) external returns (bool);
    function transferOwnership(address newOwner) external;
}
