// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LegacyBondingManager} from "../../src/legacy/LegacyBondingManager.sol";
import {SwitchOverFixture} from "../l1/SwitchOverFixture.sol";

/// @title Gas of the switch-over, and of loading a rehearsal's population.
/// forge-config: default.isolate = true
contract SwitchOverGasTest is SwitchOverFixture {
    function test_start() public {
        start();
        vm.snapshotGasLastCall("L1", "switch-over, four tickets");
    }

    function test_loadDelegators() public {
        vm.roll(block.number - ROUND_LENGTH);
        LegacyBondingManager.LoadedDelegator[] memory loaded =
            new LegacyBondingManager.LoadedDelegator[](100);
        for (uint256 i = 0; i < 100; i++) {
            address who = address(uint160(0x10000 + i));
            loaded[i] =
                LegacyBondingManager.LoadedDelegator(who, orchestrator, 1 ether, 0.001 ether);
        }
        bondingManager.loadDelegators(loaded);
        vm.snapshotGasLastCall("L1", "loadDelegators, 100 accounts of one orchestrator");
    }
}
