// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../../src/interfaces/IBridgeMinter.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {LIVEPEER_TOKEN} from "../../src/interfaces/livepeer/ContractIds.sol";
import {LegacyController} from "../../src/legacy/LegacyController.sol";
import {L1Fixture} from "./L1Fixture.sol";

contract BridgeMinterTest is L1Fixture {
    uint256 private constant LPT = 10_000_000 ether;

    function setUp() public override {
        super.setUp();
        loadSender(stranger, 100 ether, 50 ether);
        handOverToBridgeMinter();
    }

    function test_ItInheritsTheMintersFundsAndTheToken() public view {
        vm.assertEq(token.balanceOf(address(bridgeMinter)), LPT, "LPT");
        vm.assertEq(address(bridgeMinter).balance, 150 ether, "ether");
        vm.assertEq(token.owner(), address(bridgeMinter), "the token's owner");
        vm.assertEq(bridgeMinter.getController(), address(controller), "controller");
        vm.assertEq(address(bridgeMinter.controller()), address(controller), "controller");
    }

    function test_L1MigratorWithdrawsAllOfBoth() public {
        uint256 before = address(migrator).balance;
        vm.startPrank(address(migrator));
        vm.assertEq(bridgeMinter.withdrawETHToL1Migrator(), 150 ether, "ether said");
        vm.assertEq(bridgeMinter.withdrawLPTToL1Migrator(), LPT, "LPT said");
        vm.assertEq(bridgeMinter.withdrawETHToL1Migrator(), 0, "none left");
        vm.assertEq(bridgeMinter.withdrawLPTToL1Migrator(), 0, "none left");
        vm.stopPrank();
        vm.assertEq(address(migrator).balance, before + 150 ether, "ether");
        vm.assertEq(token.balanceOf(address(migrator)), LPT, "LPT");
    }

    function test_RevertWhen_theMigratorTakesNoEther() public {
        bridgeMinter.setL1Migrator(address(token));
        vm.prank(address(token));
        expectString("BridgeMinter#withdrawETHToL1Migrator: FAIL_CALL");
        bridgeMinter.withdrawETHToL1Migrator();
    }

    function testFuzz_RevertWhen_anybodyElseWithdraws(address caller) public {
        vm.assume(caller != address(migrator));
        vm.startPrank(caller);
        expectString("NOT_L1_MIGRATOR");
        bridgeMinter.withdrawETHToL1Migrator();
        expectString("NOT_L1_MIGRATOR");
        bridgeMinter.withdrawLPTToL1Migrator();
    }

    function test_TheGatewayMints() public {
        uint256 supply = token.totalSupply();
        vm.prank(address(gateway));
        bridgeMinter.bridgeMint(l2Owner, 3 ether);
        vm.assertEq(token.balanceOf(l2Owner), 3 ether, "received");
        vm.assertEq(token.totalSupply(), supply + 3 ether, "minted");
    }

    function testFuzz_RevertWhen_anybodyElseMints(address caller) public {
        vm.assume(caller != address(gateway));
        vm.prank(caller);
        expectString("NOT_L1_LPT_GATEWAY");
        bridgeMinter.bridgeMint(caller, 1);
    }

    function test_AnybodyMayDepositEtherButNotPlainly() public {
        vm.startPrank(stranger);
        vm.assertEq(bridgeMinter.depositETH{value: 1 ether}(), true, "taken");
        (bool ok,) = address(bridgeMinter).call{value: 1 ether}("");
        vm.assertEq(ok, false, "plain ether is refused");
        vm.assertEq(address(bridgeMinter).balance, 151 ether, "balance");
    }

    function test_TheOwnerMovesAllToANewMinter() public {
        address next = makeAddr("next minter");
        bridgeMinter.migrateToNewMinter(next);
        vm.assertEq(token.owner(), next, "token");
        vm.assertEq(token.balanceOf(next), LPT, "LPT");
        vm.assertEq(next.balance, 150 ether, "ether");
    }

    function test_RevertWhen_theNewMinterIsNobodyOrItself() public {
        expectString("BridgeMinter#migrateToNewMinter: INVALID_MINTER");
        bridgeMinter.migrateToNewMinter(address(0));
        expectString("BridgeMinter#migrateToNewMinter: INVALID_MINTER");
        bridgeMinter.migrateToNewMinter(address(bridgeMinter));
    }

    function test_RevertWhen_theNewMinterTakesNoEther() public {
        expectString("BridgeMinter#migrateToNewMinter: FAIL_CALL");
        bridgeMinter.migrateToNewMinter(address(escrow));
    }

    function test_TheOwnerChangesMigratorAndGateway() public {
        vm.expectEmit(address(bridgeMinter));
        emit IBridgeMinter.L1MigratorUpdate(stranger);
        bridgeMinter.setL1Migrator(stranger);
        vm.expectEmit(address(bridgeMinter));
        emit IBridgeMinter.L1LPTGatewayUpdate(delegator);
        bridgeMinter.setL1LPTGateway(delegator);
        vm.assertEq(bridgeMinter.l1MigratorAddr(), stranger, "migrator");
        vm.assertEq(bridgeMinter.l1LPTGatewayAddr(), delegator, "gateway");
    }

    function test_RevertWhen_aStrangerGoverns() public {
        vm.startPrank(stranger);
        expectString("caller must be Controller owner");
        bridgeMinter.setL1Migrator(stranger);
        expectString("caller must be Controller owner");
        bridgeMinter.setL1LPTGateway(stranger);
        expectString("caller must be Controller owner");
        bridgeMinter.migrateToNewMinter(stranger);
        expectString("caller must be Controller");
        bridgeMinter.setController(stranger);
    }

    function test_TheControllerPassesItOn() public {
        LegacyController next = new LegacyController();
        next.setContractInfo(LIVEPEER_TOKEN, address(token), 0);
        vm.expectEmit(address(bridgeMinter));
        emit IManager.SetController(address(next));
        controller.updateController(keccak256("Minter"), address(next));
        vm.assertEq(bridgeMinter.getController(), address(next), "controller");
    }
}
