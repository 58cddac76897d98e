// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The call with which a token gateway credits the other chain's transfer.
/// @notice Same selector on both chains: Arbitrum's token bridge fixes it.
interface ITokenGateway {
    /// @notice Ends a transfer that began on the other chain.
    /// @param l1Token The token's address on L1.
    /// @param from Who sent it there.
    /// @param to Who receives it here.
    /// @param amount Base units.
    /// @param data On L1 abi(uint256 exitNum, bytes), on L2 abi(bytes, bytes); not used for hooks.
    function finalizeInboundTransfer(
        address l1Token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external;
}
