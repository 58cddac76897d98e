// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LegacyBondingManager} from "../../src/legacy/LegacyBondingManager.sol";
import {L1Fixture} from "../l1/L1Fixture.sol";

/// @title The L1 staking stand-in: what is loaded is what the views say, and ordinary staking adds up.
contract LegacyStakingTest is L1Fixture {
    function setUp() public override {
        super.setUp();
        loadDelegator(orchestrator, orchestrator, 100 ether, 0);
        token.transfer(delegator, 1000 ether);
        vm.prank(delegator);
        token.approve(address(bondingManager), type(uint256).max);
    }

    function nextRound() private {
        vm.roll(block.number + ROUND_LENGTH);
        roundsManager.initializeRound();
    }

    function delegatedTo(address who) private view returns (uint256 amount) {
        (,,, amount,,,) = bondingManager.getDelegator(who);
    }

    function delegateOf(address who) private view returns (address delegate) {
        (,, delegate,,,,) = bondingManager.getDelegator(who);
    }

    function testFuzz_WhatIsLoadedIsWhatTheViewsSay(
        address who,
        uint128 stake,
        uint128 fees,
        uint256 endRound
    ) public {
        vm.assume(who != orchestrator && who != address(0));
        stake = uint128(bound(stake, 0, type(uint96).max));
        vm.expectEmit(address(bondingManager));
        emit LegacyBondingManager.Bond(orchestrator, address(0), who, stake, stake);
        loadDelegator(who, orchestrator, stake, fees);
        vm.assertEq(bondingManager.pendingStake(who, endRound), stake, "stake");
        vm.assertEq(bondingManager.pendingFees(who, endRound), fees, "fees");
        vm.assertEq(delegatedTo(orchestrator), uint256(stake) + 100 ether, "delegated");
        vm.assertEq(bondingManager.getTotalBonded(), uint256(stake) + 100 ether, "bonded");
        vm.assertEq(bondingManager.isRegisteredTranscoder(who), false, "no orchestrator");
        (uint256 bonded, uint256 f, address d,, uint256 start, uint256 claim, uint256 next) =
            bondingManager.getDelegator(who);
        vm.assertEq(bonded, stake, "bonded");
        vm.assertEq(f, fees, "fees");
        vm.assertEq(d, orchestrator, "delegate");
        vm.assertEq(start, ROUND, "start round");
        vm.assertEq(claim, ROUND, "last claim");
        vm.assertEq(next, 0, "no locks");
    }

    function test_AnAccountWithoutDelegateIsLoadedToo() public {
        loadDelegator(delegator, address(0), 0, 3 ether);
        vm.assertEq(bondingManager.pendingFees(delegator, 0), 3 ether, "fees only");
        vm.assertEq(delegatedTo(address(0)), 0, "nobody's stake");
    }

    function test_RevertWhen_anAccountIsLoadedTwice() public {
        vm.expectRevert(
            abi.encodeWithSelector(LegacyBondingManager.AlreadyLoaded.selector, orchestrator)
        );
        loadDelegator(orchestrator, orchestrator, 1, 0);
    }

    function test_RevertWhen_aStrangerLoads() public {
        vm.startPrank(stranger);
        expectString("caller must be Controller owner");
        bondingManager.loadDelegators(new LegacyBondingManager.LoadedDelegator[](0));
        expectString("caller must be Controller owner");
        bondingManager.loadUnbondingLocks(new LegacyBondingManager.LoadedLock[](0));
        expectString("caller must be Controller owner");
        bondingManager.setUnbondingPeriod(1);
    }

    function test_LocksAreNumberedInTheOrderOfLoading() public {
        loadLock(delegator, 1 ether, 7);
        loadLock(delegator, 2 ether, 8);
        (uint256 amount, uint256 round) = bondingManager.getDelegatorUnbondingLock(delegator, 1);
        vm.assertEq(amount, 2 ether, "second lock");
        vm.assertEq(round, 8, "its round");
        (,,,,,, uint256 next) = bondingManager.getDelegator(delegator);
        vm.assertEq(next, 2, "next id");
    }

    function test_BondingMovesTokensAndStake() public {
        vm.startPrank(delegator);
        bondingManager.bond(300 ether, orchestrator);
        bondingManager.bond(100 ether, orchestrator);
        vm.assertEq(delegatedTo(orchestrator), 500 ether, "delegated");
        bondingManager.bond(0, stranger);
        vm.assertEq(delegatedTo(orchestrator), 100 ether, "moved away");
        vm.assertEq(delegatedTo(stranger), 400 ether, "moved here");
        vm.assertEq(token.balanceOf(delegator), 600 ether, "paid");
    }

    function test_UnbondingAndRebondingAddUp() public {
        vm.startPrank(delegator);
        bondingManager.bond(300 ether, orchestrator);
        bondingManager.unbond(100 ether);
        vm.assertEq(bondingManager.pendingStake(delegator, 0), 200 ether, "stake");
        (uint256 amount, uint256 round) = bondingManager.getDelegatorUnbondingLock(delegator, 0);
        vm.assertEq(amount, 100 ether, "lock");
        vm.assertEq(round, ROUND + UNBONDING_PERIOD, "its round");
        bondingManager.rebond(0);
        vm.assertEq(bondingManager.pendingStake(delegator, 0), 300 ether, "stake again");
        bondingManager.unbond(300 ether);
        vm.assertEq(delegateOf(delegator), address(0), "no delegate");
        bondingManager.rebondFromUnbonded(stranger, 1);
        vm.assertEq(delegateOf(delegator), stranger, "new delegate");
        vm.assertEq(delegatedTo(stranger), 300 ether, "with the stake");
    }

    function test_RewardsAndFeesAreTheOrchestratorsAlone() public {
        vm.prank(delegator);
        bondingManager.bond(300 ether, orchestrator);
        nextRound();
        vm.prank(orchestrator);
        bondingManager.reward();
        uint256 minted = legacyMinter.currentMintedTokens();
        vm.assertEq(minted, legacyMinter.currentMintableTokens(), "the only one takes all");
        vm.assertEq(bondingManager.pendingStake(orchestrator, 0), 100 ether + minted, "own stake");
        vm.assertEq(bondingManager.pendingStake(delegator, 0), 300 ether, "delegator's stake");
        vm.assertEq(delegatedTo(orchestrator), 400 ether + minted, "delegated");

        (,, uint256 totalStake,, uint256 cut, uint256 share,,, bool split, uint256 crf,) =
            bondingManager.getTranscoderEarningsPoolForRound(orchestrator, ROUND);
        vm.assertEq(totalStake, 400 ether + minted, "pool");
        vm.assertEq(cut, 1_000_000, "reward cut");
        vm.assertEq(share, 0, "fee share");
        vm.assertEq(split, true, "pools are split");
        vm.assertEq(crf, 10 ** 27, "factor");
    }

    function test_ThePoolIsTheRegisteredOrchestrators() public {
        loadDelegator(stranger, stranger, 7 ether, 0);
        vm.prank(delegator);
        bondingManager.bond(1 ether, delegator);
        vm.assertEq(bondingManager.getTranscoderPoolSize(), 3, "three");
        address first = bondingManager.getFirstTranscoderInPool();
        address second = bondingManager.getNextTranscoderInPool(first);
        address third = bondingManager.getNextTranscoderInPool(second);
        vm.assertEq(first, orchestrator, "first");
        vm.assertEq(second, stranger, "second");
        vm.assertEq(third, delegator, "third");
        vm.assertEq(bondingManager.getNextTranscoderInPool(third), address(0), "no more");

        vm.prank(delegator);
        bondingManager.unbond(1 ether);
        vm.assertEq(bondingManager.getTranscoderPoolSize(), 2, "left");
        vm.prank(delegator);
        bondingManager.rebondFromUnbonded(delegator, 0);
        vm.assertEq(bondingManager.getTranscoderPoolSize(), 3, "and came back");
    }

    function test_AnOrchestratorsRecordIsThereAndNobodyElsesIs() public view {
        (uint256 reward, uint256 cut, uint256 share,, uint256 from, uint256 until,,,,) =
            bondingManager.getTranscoder(orchestrator);
        vm.assertEq(reward, 0, "no reward yet");
        vm.assertEq(cut, 1_000_000, "reward cut");
        vm.assertEq(share, 0, "fee share");
        vm.assertEq(from, ROUND, "active from");
        vm.assertEq(until, type(uint256).max, "until");
        (, cut,,,,,,,,) = bondingManager.getTranscoder(delegator);
        vm.assertEq(cut, 0, "nobody");
    }

    function test_AnEmptyPoolHasNoFirst() public {
        LegacyBondingManager fresh = new LegacyBondingManager(address(controller));
        vm.assertEq(fresh.getFirstTranscoderInPool(), address(0), "none");
    }

    function test_FeesAreWithdrawnOnce() public {
        loadDelegator(delegator, orchestrator, 0, 2 ether);
        loadSender(stranger, 2 ether, 0);
        uint256 before = delegator.balance;
        vm.startPrank(delegator);
        bondingManager.withdrawFees();
        vm.assertEq(delegator.balance, before + 2 ether, "paid");
        expectString("no fees to withdraw");
        bondingManager.withdrawFees();
    }

    function test_RevertWhen_theOriginalsRulesAreBroken() public {
        vm.startPrank(delegator);
        expectString("delegation amount must be greater than 0");
        bondingManager.bond(0, orchestrator);
        expectString("caller must be bonded");
        bondingManager.unbond(1);
        expectString("caller must be bonded");
        bondingManager.rebond(0);
        expectString("invalid unbonding lock ID");
        bondingManager.rebondFromUnbonded(orchestrator, 0);
        expectString("caller must be an active transcoder");
        bondingManager.reward();
        bondingManager.bond(1 ether, orchestrator);
        expectString("unbond amount must be greater than 0");
        bondingManager.unbond(0);
        expectString("amount is greater than bonded amount");
        bondingManager.unbond(2 ether);
        expectString("caller must be unbonded");
        bondingManager.rebondFromUnbonded(orchestrator, 0);
        expectString("caller must be TicketBroker");
        bondingManager.updateTranscoderWithFees(orchestrator, 1, 1);
        expectString("caller must be RoundsManager");
        bondingManager.setCurrentRoundTotalActiveStake();
        vm.stopPrank();

        nextRound();
        vm.startPrank(orchestrator);
        expectString("registered transcoders can't delegate towards other addresses");
        bondingManager.bond(0, stranger);
        bondingManager.reward();
        expectString("caller has already called reward for the current round");
        bondingManager.reward();
        vm.stopPrank();

        vm.prank(address(ticketBroker));
        expectString("transcoder must be registered");
        bondingManager.updateTranscoderWithFees(delegator, 1, 1);
    }
}
