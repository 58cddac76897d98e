// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {
    ERC1967Proxy,
    ITransparentUpgradeableProxy,
    ProxyAdmin,
    TransparentUpgradeableProxy
} from "../../src/l2/Proxies.sol";
import {Test} from "../forge/Test.sol";

/// @title Something to stand behind a proxy.
contract Implementation {
    uint256 public value;

    function initialize(uint256 _value) external {
        value = _value;
    }
}

/// @title What deployments rely on in OpenZeppelin's proxies.
contract ProxiesTest is Test {
    bytes32 private constant ADMIN_SLOT =
        0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103;

    Implementation private implementation = new Implementation();
    address private immutable governor = makeAddr("governor");

    function proxied(uint256 value) private returns (address) {
        bytes memory init = abi.encodeCall(Implementation.initialize, (value));
        return address(new TransparentUpgradeableProxy(address(implementation), governor, init));
    }

    function test_EachProxyHasAnAdminContractThatTheGovernorOwns() public {
        address proxy = proxied(7);
        ProxyAdmin admin = ProxyAdmin(address(uint160(uint256(vm.load(proxy, ADMIN_SLOT)))));
        vm.assertEq(admin.owner(), governor, "owner");
        vm.assertEq(Implementation(proxy).value(), 7, "initialised at birth");
    }

    function test_OnlyTheGovernorUpgradesAndStateSurvives() public {
        address proxy = proxied(7);
        ProxyAdmin admin = ProxyAdmin(address(uint160(uint256(vm.load(proxy, ADMIN_SLOT)))));
        address next = address(new Implementation());
        ITransparentUpgradeableProxy upgradeable = ITransparentUpgradeableProxy(proxy);
        vm.expectRevert();
        admin.upgradeAndCall(upgradeable, next, "");
        vm.prank(governor);
        admin.upgradeAndCall(upgradeable, next, "");
        vm.assertEq(Implementation(proxy).value(), 7, "state");
    }

    function test_RevertWhen_aProxyWouldBeLeftForOthersToInitialise() public {
        vm.expectRevert(ERC1967Proxy.ERC1967ProxyUninitialized.selector);
        new TransparentUpgradeableProxy(address(implementation), governor, "");
    }
}
