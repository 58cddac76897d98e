// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LIP_73} from "../../src/interfaces/livepeer/ContractIds.sol";
import {LegacyBondingManager} from "../../src/legacy/LegacyBondingManager.sol";
import {LegacyManager} from "../../src/legacy/LegacyManager.sol";
import {LegacyTicketBroker} from "../../src/legacy/LegacyTicketBroker.sol";
import {L1Fixture} from "../l1/L1Fixture.sol";

/// @title LIP-73 freezes L1: no rounds, rewards or redemptions from its round; locks can be withdrawn,
/// not rebonded; nothing else changes a stake.
contract FreezeTest is L1Fixture {
    string private constant NOT_INITIALIZED = "current round is not initialized";

    function setUp() public override {
        super.setUp();
        loadDelegator(orchestrator, orchestrator, 100 ether, 0);
        loadDelegator(delegator, orchestrator, 50 ether, 1 ether);
        loadLock(delegator, 5 ether, ROUND);
        loadSender(stranger, 10 ether, 10 ether);
        vm.deal(address(this), 1 ether);
    }

    function stakes() private view returns (bytes memory) {
        (uint256 a,, address b, uint256 c,,, uint256 d) = bondingManager.getDelegator(orchestrator);
        (uint256 e,, address f, uint256 g,,, uint256 h) = bondingManager.getDelegator(delegator);
        return abi.encode(a, b, c, d, e, f, g, h);
    }

    function test_TheRoundBeforeTheFreezeIsAnOrdinaryOne() public {
        roundsManager.setLIPUpgradeRound(LIP_73, ROUND + 2);
        vm.roll(block.number + ROUND_LENGTH);
        roundsManager.initializeRound();
        vm.assertEq(roundsManager.frozen(), false, "not yet");
        vm.prank(orchestrator);
        bondingManager.reward();
    }

    function test_RevertWhen_aRoundIsInitialisedFromTheFreezeOn() public {
        freeze();
        vm.assertEq(roundsManager.frozen(), true, "frozen");
        for (uint256 i = 0; i < 3; i++) {
            expectString("cannot initialize past LIP-73 round");
            roundsManager.initializeRound();
            vm.roll(block.number + ROUND_LENGTH);
        }
    }

    function test_RevertWhen_aStakeWouldChange() public {
        freeze();
        bytes memory before = stakes();
        vm.startPrank(orchestrator);
        expectString(NOT_INITIALIZED);
        bondingManager.reward();
        vm.stopPrank();
        vm.startPrank(delegator);
        expectString(NOT_INITIALIZED);
        bondingManager.bond(1 ether, orchestrator);
        expectString(NOT_INITIALIZED);
        bondingManager.unbond(1 ether);
        expectString(NOT_INITIALIZED);
        bondingManager.rebond(0);
        expectString(NOT_INITIALIZED);
        bondingManager.rebondFromUnbonded(orchestrator, 0);
        expectString(NOT_INITIALIZED);
        bondingManager.withdrawFees();
        vm.assertEq(stakes(), before, "unchanged");
    }

    function test_RevertWhen_aTicketIsRedeemed() public {
        freeze();
        LegacyTicketBroker.Ticket memory ticket;
        expectString(NOT_INITIALIZED);
        ticketBroker.redeemWinningTicket(ticket, "", 0);
    }

    function test_RevertWhen_stateIsLoaded() public {
        freeze();
        bytes memory frozen = abi.encodeWithSelector(LegacyManager.Frozen.selector);
        vm.expectRevert(frozen);
        bondingManager.loadDelegators(new LegacyBondingManager.LoadedDelegator[](0));
        vm.expectRevert(frozen);
        bondingManager.loadUnbondingLocks(new LegacyBondingManager.LoadedLock[](0));
        vm.expectRevert(frozen);
        ticketBroker.loadSenders(new LegacyTicketBroker.LoadedSender[](0));
        vm.expectRevert(frozen);
        roundsManager.loadRound(1);
    }

    function test_ALockThatHasRunOutIsPaidAndLeavesTheStakeAlone() public {
        freeze();
        bytes memory before = stakes();
        vm.prank(delegator);
        bondingManager.withdrawStake(0);
        vm.assertEq(token.balanceOf(delegator), 5 ether, "paid");
        (uint256 amount, uint256 withdrawRound) =
            bondingManager.getDelegatorUnbondingLock(delegator, 0);
        vm.assertEq(amount + withdrawRound, 0, "the lock is gone");
        vm.assertEq(stakes(), before, "stakes");
        vm.prank(delegator);
        expectString("invalid unbonding lock ID");
        bondingManager.withdrawStake(0);
    }

    function test_TheClockGoesOnSoThatLocksRunOut() public {
        vm.prank(delegator);
        bondingManager.unbond(1 ether);
        freeze();
        vm.prank(delegator);
        expectString("withdraw round must be before or equal to the current round");
        bondingManager.withdrawStake(1);
        vm.roll(block.number + UNBONDING_PERIOD * ROUND_LENGTH);
        vm.prank(delegator);
        bondingManager.withdrawStake(1);
        vm.assertEq(token.balanceOf(delegator), 1 ether, "paid");
    }

    function test_ABroadcasterStillWithdraws() public {
        freeze();
        uint256 before = stranger.balance;
        vm.startPrank(stranger);
        ticketBroker.unlock();
        vm.roll(block.number + 2 * ROUND_LENGTH);
        ticketBroker.withdraw();
        vm.assertEq(stranger.balance, before + 20 ether, "paid");
    }

    function test_NothingMovesOnceTheSystemIsPaused() public {
        freeze();
        controller.pause();
        vm.startPrank(delegator);
        expectString("system is paused");
        bondingManager.withdrawStake(0);
        expectString("system is paused");
        ticketBroker.unlock();
    }
}
