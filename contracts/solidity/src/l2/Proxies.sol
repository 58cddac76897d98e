// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

// OpenZeppelin's proxies, unchanged: named here only so that `forge build` leaves their artifacts in
// `out/`, from which deployments take the creation code; docs/deviations.md, X9.
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {ProxyAdmin} from "@openzeppelin/contracts/proxy/transparent/ProxyAdmin.sol";
import {
    ITransparentUpgradeableProxy,
    TransparentUpgradeableProxy
} from "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol";
