// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LegacyController} from "../../src/legacy/LegacyController.sol";
import {LegacyOwnable} from "../../src/legacy/LegacyOwnable.sol";
import {LegacyRoundsManager} from "../../src/legacy/LegacyRoundsManager.sol";
import {L1Fixture} from "../l1/L1Fixture.sol";

/// @title The stand-ins of L1's Controller, RoundsManager and token.
contract LegacyRegistryTest is L1Fixture {
    function test_TheRegistryIsTheOwners() public {
        LegacyController fresh = new LegacyController();
        vm.assertEq(fresh.paused(), true, "born paused");
        bytes32 id = keccak256("Something");
        fresh.setContractInfo(id, stranger, bytes20(uint160(7)));
        (address registered, bytes20 hash) = fresh.getContractInfo(id);
        vm.assertEq(registered, stranger, "address");
        vm.assertEq(bytes32(hash), bytes32(bytes20(uint160(7))), "commit");
        vm.assertEq(fresh.getContract(keccak256("Nothing")), address(0), "unknown");
        vm.startPrank(stranger);
        vm.expectRevert(bytes(""));
        fresh.setContractInfo(id, stranger, 0);
        vm.expectRevert(bytes(""));
        fresh.unpause();
        vm.expectRevert(bytes(""));
        fresh.transferOwnership(stranger);
    }

    function test_PausingTwiceFailsWithoutAWord() public {
        controller.pause();
        vm.expectRevert(bytes(""));
        controller.pause();
        controller.unpause();
        vm.expectRevert(bytes(""));
        controller.unpause();
    }

    function test_OwnershipIsHandedOver() public {
        vm.expectRevert(bytes(""));
        controller.transferOwnership(address(0));
        vm.expectEmit(address(controller));
        emit LegacyOwnable.OwnershipTransferred(address(this), stranger);
        controller.transferOwnership(stranger);
        vm.assertEq(controller.owner(), stranger, "owner");
    }

    function test_TheTokenIsMintedByItsOwnerAndBurnedByItsHolder() public {
        vm.prank(stranger);
        vm.expectRevert(bytes(""));
        token.mint(stranger, 1);
        vm.prank(address(legacyMinter));
        vm.assertEq(token.mint(stranger, 5), true, "minted");
        vm.prank(stranger);
        token.burn(2);
        vm.assertEq(token.balanceOf(stranger), 3, "balance");
    }

    function test_RoundsFollowBlocks() public {
        uint256 start = roundsManager.currentRoundStartBlock();
        vm.assertEq(roundsManager.currentRound(), ROUND, "loaded");
        vm.assertEq(start, block.number, "from the block of loading");
        vm.roll(start + ROUND_LENGTH - 1);
        vm.assertEq(roundsManager.currentRound(), ROUND, "last block");
        vm.assertEq(roundsManager.currentRoundLocked(), true, "locked at the end");
        vm.roll(start + ROUND_LENGTH);
        vm.assertEq(roundsManager.currentRound(), ROUND + 1, "next");
        vm.assertEq(roundsManager.currentRoundInitialized(), false, "not initialised");
        vm.assertEq(roundsManager.currentRoundLocked(), false, "open at the start");
        roundsManager.initializeRound();
        vm.assertEq(roundsManager.blockHashForRound(ROUND + 1), blockhash(block.number - 1), "hash");
        expectString("round already initialized");
        roundsManager.initializeRound();
        vm.assertEq(roundsManager.blockNum(), block.number, "block");
    }

    function test_AnotherRoundLengthKeepsTheRound() public {
        vm.roll(block.number + 3 * ROUND_LENGTH + 7);
        roundsManager.setRoundLength(10);
        vm.assertEq(roundsManager.currentRound(), ROUND + 3, "same round");
        vm.roll(block.number + 10);
        vm.assertEq(roundsManager.currentRound(), ROUND + 4, "shorter ones follow");
    }

    function test_TheFirstRoundLengthCountsFromBlockZero() public {
        LegacyRoundsManager fresh = new LegacyRoundsManager(address(controller));
        fresh.setRoundLength(1000);
        vm.assertEq(fresh.currentRound(), block.number / 1000, "round");
        vm.assertEq(fresh.currentRoundStartBlock(), block.number / 1000 * 1000, "start");
    }

    function test_RevertWhen_roundsAreSetUpWrongly() public {
        expectString("round length cannot be 0");
        roundsManager.setRoundLength(0);
        expectString("round lock amount must be a valid percentage");
        roundsManager.setRoundLockAmount(1_000_001);
        roundsManager.setLIPUpgradeRound(36, 1);
        expectString("LIP upgrade round already set");
        roundsManager.setLIPUpgradeRound(36, 2);
        vm.prank(stranger);
        expectString("caller must be Controller owner");
        roundsManager.setRoundLength(1);
    }

    function test_RevertWhen_aHashIsOutOfReach() public {
        expectString("can only retrieve past block hashes");
        roundsManager.blockHash(block.number);
        expectString("can only retrieve hashes for last 256 blocks");
        roundsManager.blockHash(block.number - 257);
        vm.assertEq(
            roundsManager.blockHash(block.number - 256), blockhash(block.number - 256), "oldest"
        );
    }
}
