// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {ITokenGateway} from "./ITokenGateway.sol";

/// @title LPT's gateway on L1: deposits into escrow, withdrawals out of it.
interface IL1LPTGateway is ITokenGateway {
    event DepositInitiated(
        address _l1Token,
        address indexed _from,
        address indexed _to,
        uint256 indexed _sequenceNumber,
        uint256 _amount
    );
    event WithdrawalFinalized(
        address _l1Token,
        address indexed _from,
        address indexed _to,
        uint256 indexed _exitNum,
        uint256 _amount
    );
    event L2CounterpartUpdate(address _l2Counterpart);
    event MinterUpdate(address _minter);

    /// @notice Puts LPT into escrow and sends a ticket that mints as much on L2.
    /// @dev In order: "Pausable: paused", "TOKEN_NOT_LPT", "INVALID_ZERO_AMOUNT",
    /// "CALL_HOOK_DATA_NOT_ALLOWED", "NO_SUBMISSION_COST", "WRONG_ETH_VALUE", the token's, the
    /// Inbox's. Refunds of the ticket go to the sender's address on L2.
    /// @param l1Token LPT.
    /// @param to Who receives it on L2.
    /// @param amount Base units, taken from the sender, who approved this gateway.
    /// @param maxGas L2 gas of the automatic redeem.
    /// @param gasPriceBid L2 gas price limit, wei.
    /// @param data abi(uint256 maxSubmissionCost, bytes ""); from the router
    /// abi(address sender, bytes of the same).
    /// @return abi(uint256 number of the message).
    function outboundTransfer(
        address l1Token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);

    /// @notice Calldata that the ticket of such a transfer carries to L2.
    function getOutboundCalldata(
        address l1Token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external pure returns (bytes memory outboundCalldata);

    /// @notice Sets the gateway on L2; admin only.
    function setCounterpart(address _l2Counterpart) external;

    /// @notice Sets who mints what escrow cannot cover; admin only.
    function setMinter(address _minter) external;

    /// @notice L2 address of `l1Token` if it is LPT, else zero.
    function calculateL2TokenAddress(address l1Token) external view returns (address);

    /// @notice The gateway on L2.
    function counterpartGateway() external view returns (address);

    function l1Router() external view returns (address);
    function l1LPTEscrow() external view returns (address);
    function l2Counterpart() external view returns (address);
    function minter() external view returns (address);
}
