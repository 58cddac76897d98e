// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {Vm} from "./Vm.sol";

/// @title Base of all tests: the cheatcodes and what makes tests read well. It stands in for
/// forge-std, so that nothing has to be fetched by git.
abstract contract Test {
    /// @notice Which functions of a contract an invariant test may call (forge asks for it).
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function makeAddr(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    function makeKey(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name)));
    }

    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        if (max - min == type(uint256).max) return x;
        return min + x % (max - min + 1);
    }

    /// @dev Expects `Error(string)`.
    function expectString(string memory message) internal {
        vm.expectRevert(abi.encodeWithSignature("Error(string)", message));
    }

    /// @dev What OpenZeppelin 4 says to an account without the admin role.
    function expectMissingAdmin(address account) internal {
        vm.expectRevert(missingAdmin(account));
    }

    function missingAdmin(address account) internal pure returns (bytes memory) {
        bytes memory hexDigits = "0123456789abcdef";
        bytes memory text = "0x0000000000000000000000000000000000000000";
        for (uint256 i = 0; i < 40; i++) {
            text[41 - i] = hexDigits[(uint160(account) >> (4 * i)) & 0xf];
        }
        string memory message = string.concat(
            "AccessControl: account ",
            string(text),
            " is missing role ",
            "0x0000000000000000000000000000000000000000000000000000000000000000"
        );
        return abi.encodeWithSignature("Error(string)", message);
    }

    function signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Runs a constructor at a chosen address, so that the code thinks it was born there.
    function deployAt(address where, bytes memory creationCode) internal {
        vm.etch(where, creationCode);
        (bool ok, bytes memory runtimeCode) = where.call("");
        require(ok, "constructor failed");
        vm.etch(where, runtimeCode);
    }
}
