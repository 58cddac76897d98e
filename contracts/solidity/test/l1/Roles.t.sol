// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {L1LPTGateway} from "../../src/l1/L1LPTGateway.sol";
import {NamedAccessControl} from "../../src/l1/base/NamedAccessControl.sol";
import {Vm} from "../forge/Vm.sol";
import {L1Fixture} from "./L1Fixture.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @title Who governs the L1 contracts, and that they answer with OpenZeppelin 4's strings.
contract RolesTest is L1Fixture {
    bytes32 private constant ADMIN = 0;

    function test_TheDeployerIsAdminAndGatewaysAreBornPaused() public {
        vm.recordLogs();
        L1LPTGateway fresh =
            new L1LPTGateway(router, address(1), address(2), address(3), address(4));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(fresh.paused(), true, "paused");
        vm.assertEq(fresh.hasRole(ADMIN, address(this)), true, "admin");
        vm.assertEq(logs.length, 2, "two events");
        vm.assertEq(logs[0].topics[0], IAccessControl.RoleGranted.selector, "RoleGranted");
        vm.assertEq(logs[1].topics[0], Pausable.Paused.selector, "then Paused");
    }

    function test_TheAdminPausesAndUnpauses() public {
        vm.expectEmit(address(gateway));
        emit Pausable.Paused(address(this));
        gateway.pause();
        expectString("Pausable: paused");
        gateway.pause();
        vm.expectEmit(address(gateway));
        emit Pausable.Unpaused(address(this));
        gateway.unpause();
        expectString("Pausable: not paused");
        gateway.unpause();
    }

    function test_TheAdminSetsEachAddress() public {
        vm.expectEmit(address(gateway));
        emit IL1LPTGateway.L2CounterpartUpdate(stranger);
        gateway.setCounterpart(stranger);
        vm.expectEmit(address(gateway));
        emit IL1LPTGateway.MinterUpdate(stranger);
        gateway.setMinter(stranger);
        vm.expectEmit(address(migrator));
        emit IL1Migrator.L2MigratorUpdate(stranger);
        migrator.setL2Migrator(stranger);
        vm.expectEmit(address(migrator));
        emit IL1Migrator.BridgeMinterUpdate(stranger);
        migrator.setBridgeMinter(stranger);
        vm.assertEq(gateway.l2Counterpart(), stranger, "counterpart");
        vm.assertEq(gateway.minter(), stranger, "minter");
        vm.assertEq(migrator.l2MigratorAddr(), stranger, "L2 migrator");
        vm.assertEq(migrator.bridgeMinterAddr(), stranger, "BridgeMinter");
    }

    function testFuzz_RevertWhen_anybodyElseGoverns(address caller) public {
        vm.assume(caller != address(this));
        bytes memory missing = missingAdmin(caller);
        vm.startPrank(caller);
        vm.expectRevert(missing);
        gateway.pause();
        vm.expectRevert(missing);
        gateway.unpause();
        vm.expectRevert(missing);
        gateway.setCounterpart(caller);
        vm.expectRevert(missing);
        gateway.setMinter(caller);
        vm.expectRevert(missing);
        migrator.pause();
        vm.expectRevert(missing);
        migrator.unpause();
        vm.expectRevert(missing);
        migrator.setL2Migrator(caller);
        vm.expectRevert(missing);
        migrator.setBridgeMinter(caller);
        vm.expectRevert(missing);
        migrator.grantRole(ADMIN, caller);
        vm.expectRevert(missing);
        migrator.revokeRole(ADMIN, address(this));
    }

    function test_AnAccountGivesUpItsOwnRoleOnly() public {
        migrator.grantRole(ADMIN, stranger);
        vm.startPrank(stranger);
        expectString("AccessControl: can only renounce roles for self");
        migrator.renounceRole(ADMIN, address(this));
        migrator.renounceRole(ADMIN, stranger);
        vm.assertEq(migrator.hasRole(ADMIN, stranger), false, "given up");
    }

    function test_GrantingTwiceAndRevokingNothingAreSilent() public {
        vm.recordLogs();
        escrow.grantRole(ADMIN, address(this));
        escrow.revokeRole(ADMIN, stranger);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
    }

    function test_InterfacesOfAccessControlAreAnswered() public view {
        vm.assertEq(escrow.supportsInterface(0x7965db0b), true, "IAccessControl");
        vm.assertEq(escrow.supportsInterface(0x01ffc9a7), true, "IERC165");
        vm.assertEq(escrow.supportsInterface(0xffffffff), false, "nothing else");
        vm.assertEq(escrow.getRoleAdmin(ADMIN), ADMIN, "the admin role is its own admin");
    }
}
