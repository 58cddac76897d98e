// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBlockHash} from "../interfaces/IBlockHash.sol";

/// @title BlockHash: lends RoundsManager, a WASM program, the EVM's BLOCKHASH.
contract BlockHash is IBlockHash {
    /// @inheritdoc IBlockHash
    function blockHash(uint256 number) external view returns (bytes32) {
        return blockhash(number);
    }
}
