// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title BLOCKHASH for programs that have no such instruction (docs/deviations.md, X9).
interface IBlockHash {
    /// @notice Hash of block `number`, or zero if it is not one of the last 256. On Arbitrum the
    /// numbers are those of L1, as the EVM's BLOCKHASH takes them there.
    function blockHash(uint256 number) external view returns (bytes32);
}
