// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {L1SwitchOver} from "../../src/l1/L1SwitchOver.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title L1 on the eve: frozen, funds with BridgeMinter, L1Migrator paused, the switch-over admin.
abstract contract SwitchOverFixture is L1Fixture {
    uint256 internal constant LPT = 10_000_000 ether;
    uint256 internal constant ETHER = 150 ether;

    address internal immutable l2SwitchOver = makeAddr("L2SwitchOver");
    L1SwitchOver internal switchOver;

    function setUp() public virtual override {
        super.setUp();
        loadSender(stranger, 100 ether, 50 ether);
        freeze();
        handOverToBridgeMinter();
        migrator.pause();
        switchOver = new L1SwitchOver(
            address(this),
            address(inbox),
            address(controller),
            address(legacyMinter),
            payable(address(migrator)),
            address(dataCache)
        );
        switchOver.setL2SwitchOver(l2SwitchOver);
        migrator.grantRole(migrator.DEFAULT_ADMIN_ROLE(), address(switchOver));
        vm.deal(address(this), 10 ether);
    }

    function start() internal {
        switchOver.start{value: 4 * ticketCost()}(
            ticketGas(), ticketGas(), ticketGas(), ticketGas(), l2Owner
        );
    }
}
