// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LegacyMinter} from "../../src/legacy/LegacyMinter.sol";
import {LegacyTicketBroker} from "../../src/legacy/LegacyTicketBroker.sol";
import {L1Fixture} from "../l1/L1Fixture.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title The stand-ins of L1's Minter and TicketBroker.
contract LegacyMoneyTest is L1Fixture {
    uint256 private constant RAND = 123_456_789;
    uint256 private immutable senderKey = makeKey("broadcaster");
    address private immutable sender = vm.addr(senderKey);

    function setUp() public override {
        super.setUp();
        vm.deal(sender, 100 ether);
        loadDelegator(orchestrator, orchestrator, 100 ether, 0);
    }

    function ticketOf(uint256 faceValue, uint256 winProb)
        private
        view
        returns (LegacyTicketBroker.Ticket memory ticket, bytes memory sig)
    {
        ticket.recipient = orchestrator;
        ticket.sender = sender;
        ticket.faceValue = faceValue;
        ticket.winProb = winProb;
        ticket.senderNonce = 1;
        ticket.recipientRandHash = keccak256(abi.encode(RAND));
        sig = signature(
            senderKey, MessageHashUtils.toEthSignedMessageHash(ticketBroker.getTicketHash(ticket))
        );
    }

    function fund() private {
        vm.prank(sender);
        ticketBroker.fundDepositAndReserve{value: 5 ether}(3 ether, 2 ether);
    }

    function test_TheTicketHashIsTheProtocols() public view {
        // vector recorded on the original: key of 32 bytes 0x11
        LegacyTicketBroker.Ticket memory ticket = LegacyTicketBroker.Ticket({
            recipient: address(0xaa),
            sender: 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A,
            faceValue: 1000,
            winProb: type(uint256).max,
            senderNonce: 1,
            recipientRandHash: keccak256(abi.encode(RAND)),
            auxData: abi.encodePacked(uint256(5), bytes32(type(uint256).max / 255 * 0xab))
        });
        vm.assertEq(
            ticketBroker.getTicketHash(ticket),
            0x50a698dc7ccaabddc14045a433986d249a465eeff10127759d229036656a88b9,
            "hash"
        );
    }

    function test_AWinningTicketMovesDepositToTheOrchestratorsFees() public {
        fund();
        (LegacyTicketBroker.Ticket memory ticket, bytes memory sig) =
            ticketOf(1 ether, type(uint256).max);
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
        vm.assertEq(bondingManager.pendingFees(orchestrator, 0), 1 ether, "fees");
        (LegacyTicketBroker.Sender memory left,) = ticketBroker.getSenderInfo(sender);
        vm.assertEq(left.deposit, 2 ether, "deposit");
        expectString("ticket is used");
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
    }

    function test_ATicketAboveTheDepositTakesTheDepositAndNoReserve() public {
        fund();
        (LegacyTicketBroker.Ticket memory ticket, bytes memory sig) =
            ticketOf(50 ether, type(uint256).max);
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
        (LegacyTicketBroker.Sender memory left, LegacyTicketBroker.ReserveInfo memory reserve) =
            ticketBroker.getSenderInfo(sender);
        vm.assertEq(left.deposit, 0, "deposit");
        vm.assertEq(reserve.fundsRemaining, 2 ether, "reserve");
    }

    function test_RevertWhen_aTicketIsNotGood() public {
        (LegacyTicketBroker.Ticket memory ticket, bytes memory sig) =
            ticketOf(1 ether, type(uint256).max);
        expectString("sender deposit and reserve are zero");
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
        expectString("recipientRand does not match recipientRandHash");
        ticketBroker.redeemWinningTicket(ticket, sig, RAND + 1);
        ticket.faceValue = 2 ether;
        expectString("invalid signature over ticket hash");
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
        (ticket, sig) = ticketOf(1 ether, 1);
        expectString("ticket did not win");
        ticketBroker.redeemWinningTicket(ticket, sig, RAND);
    }

    function test_ABroadcasterUnlocksAndWithdraws() public {
        fund();
        vm.startPrank(sender);
        expectString("no unlock request in progress");
        ticketBroker.withdraw();
        ticketBroker.unlock();
        vm.assertEq(ticketBroker.isUnlockInProgress(sender), true, "unlocking");
        expectString("unlock already initiated");
        ticketBroker.unlock();
        expectString("account is locked");
        ticketBroker.withdraw();
        vm.roll(block.number + 2 * ROUND_LENGTH);
        ticketBroker.withdraw();
        vm.assertEq(sender.balance, 100 ether, "all back");
        expectString("sender deposit and reserve are zero");
        ticketBroker.unlock();
    }

    function test_FundingCancelsAnUnlock() public {
        fund();
        vm.prank(sender);
        ticketBroker.unlock();
        fund();
        vm.assertEq(ticketBroker.isUnlockInProgress(sender), false, "locked again");
    }

    function test_RevertWhen_theFundsDoNotAddUp() public {
        vm.prank(sender);
        expectString("msg.value does not equal sum of deposit amount and reserve amount");
        ticketBroker.fundDepositAndReserve{value: 1 ether}(1 ether, 1);
    }

    function test_InflationFollowsTheBondingRate() public {
        vm.roll(block.number + ROUND_LENGTH);
        roundsManager.initializeRound();
        vm.assertEq(legacyMinter.inflation(), INFLATION + 500, "too little is bonded");
        loadDelegator(delegator, orchestrator, 9_000_000 ether, 0);
        vm.roll(block.number + ROUND_LENGTH);
        roundsManager.initializeRound();
        vm.assertEq(legacyMinter.inflation(), INFLATION, "too much is bonded");
        vm.assertEq(
            legacyMinter.currentMintableTokens(),
            token.totalSupply() * INFLATION / 1_000_000_000,
            "mintable"
        );
    }

    function test_RevertWhen_theMintersCallersAreNotItsContracts() public {
        vm.startPrank(stranger);
        expectString("msg.sender not RoundsManager");
        legacyMinter.setCurrentRewardTokens();
        expectString("msg.sender not BondingManager");
        legacyMinter.createReward(1, 1);
        expectString("msg.sender not BondingManager");
        legacyMinter.trustedTransferTokens(stranger, 1);
        expectString("msg.sender not BondingManager or JobsManager");
        legacyMinter.trustedWithdrawETH(payable(stranger), 1);
        expectString("msg.sender not Minter or JobsManager");
        legacyMinter.depositETH{value: 1}();
        expectString("caller must be Controller owner");
        legacyMinter.migrateToNewMinter(stranger);
    }

    function test_RevertWhen_moreIsMintedThanTheRoundAllows() public {
        vm.roll(block.number + ROUND_LENGTH);
        roundsManager.initializeRound();
        vm.startPrank(address(bondingManager));
        legacyMinter.createReward(1, 1);
        expectString("minted tokens cannot exceed mintable tokens");
        legacyMinter.createReward(1, 1);
    }

    function test_RevertWhen_theHeirOfTheMinterIsNotReady() public {
        expectString("system is not paused");
        legacyMinter.migrateToNewMinter(address(bridgeMinter));
        controller.pause();
        expectString("new Minter cannot be current Minter");
        legacyMinter.migrateToNewMinter(address(legacyMinter));
        expectString("new Minter cannot be null address");
        legacyMinter.migrateToNewMinter(address(0));
        LegacyMinter foreign = new LegacyMinter(address(1), 0, 0, 0);
        expectString("new Minter Controller must be current Controller");
        legacyMinter.migrateToNewMinter(address(foreign));
        expectString("new Minter must be registered");
        legacyMinter.migrateToNewMinter(address(bridgeMinter));
    }

    function test_RevertWhen_aPercentageIsAboveAll() public {
        expectString("_inflation is invalid percentage");
        new LegacyMinter(address(controller), 1_000_000_001, 0, 0);
        expectString("_inflationChange is invalid percentage");
        new LegacyMinter(address(controller), 0, 1_000_000_001, 0);
        expectString("_targetBondingRate is invalid percentage");
        new LegacyMinter(address(controller), 0, 0, 1_000_000_001);
    }
}
