// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Decides whether a signature speaks for an account.
/// @notice A key signs in 65 bytes (r, s, v) or 64 (EIP-2098); s must be in the lower half and v 27
/// or 28. That one signature has two encodings does no harm: nothing is identified by its signature.
/// An account with code may answer by ERC-1271; its key, if it has one (EIP-7702), still counts.
library Authorization {
    /// @dev Reverts with OpenZeppelin 4's ECDSA strings for a signature that is none, and with
    /// "FAIL_AUTH" for somebody else's.
    function check(address account, bytes32 digest, bytes calldata signature) internal view {
        (address signer, string memory flaw) = _recover(digest, signature);
        if (account.code.length == 0) {
            require(bytes(flaw).length == 0, flaw);
            require(signer == account, "FAIL_AUTH");
        } else if (signer != account) {
            require(
                SignatureChecker.isValidERC1271SignatureNowCalldata(account, digest, signature),
                "FAIL_AUTH"
            );
        }
    }

    /// @dev Exactly one of the two is empty. `signer` is never zero without a flaw.
    function _recover(bytes32 digest, bytes calldata signature)
        private
        pure
        returns (address signer, string memory flaw)
    {
        bytes32 s;
        uint8 v;
        if (signature.length == 65) {
            s = bytes32(signature[32:64]);
            v = uint8(signature[64]);
        } else if (signature.length == 64) {
            uint256 vs = uint256(bytes32(signature[32:64]));
            s = bytes32(vs & uint256(type(int256).max));
            v = uint8((vs >> 255) + 27);
        } else {
            return (address(0), "ECDSA: invalid signature length");
        }
        ECDSA.RecoverError error_;
        (signer, error_,) = ECDSA.tryRecover(digest, v, bytes32(signature[0:32]), s);
        if (error_ == ECDSA.RecoverError.InvalidSignatureS) {
            flaw = "ECDSA: invalid signature 's' value";
        } else if (v != 27 && v != 28) {
            flaw = "ECDSA: invalid signature 'v' value";
        } else if (error_ != ECDSA.RecoverError.NoError) {
            flaw = "ECDSA: invalid signature";
        }
    }
}
