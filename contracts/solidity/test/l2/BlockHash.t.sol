// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {BlockHash} from "../../src/l2/BlockHash.sol";
import {Test} from "../forge/Test.sol";

contract BlockHashTest is Test {
    BlockHash private blockHash;

    function setUp() public {
        vm.roll(1000);
        blockHash = new BlockHash();
    }

    function test_TheLast256BlocksHaveTheirHash() public {
        bytes32 hash = keccak256("block 999");
        vm.setBlockhash(999, hash);
        vm.assertEq(blockHash.blockHash(999), hash, "previous block");
        vm.assertEq(blockHash.blockHash(744), blockhash(744), "the oldest");
        vm.assertEq(blockHash.blockHash(743), bytes32(0), "too old");
        vm.assertEq(blockHash.blockHash(1000), bytes32(0), "the current block");
    }

    function test_TheSelectorIsTheOneRoundsManagerHasItself() public view {
        vm.assertEq(bytes32(blockHash.blockHash.selector), bytes32(bytes4(0x85df51fd)), "selector");
    }

    function testFuzz_ItIsTheInstructionAndNothingElse(uint256 number) public view {
        vm.assertEq(blockHash.blockHash(number), blockhash(number), "same");
    }
}
