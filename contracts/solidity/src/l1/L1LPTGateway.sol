// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../interfaces/IBridgeMinter.sol";
import {IL1LPTGateway} from "../interfaces/IL1LPTGateway.sol";
import {ITokenGateway} from "../interfaces/ITokenGateway.sol";
import {TicketGas} from "../interfaces/TicketGas.sol";
import {ControlledGateway} from "./base/ControlledGateway.sol";
import {L1ArbitrumMessenger} from "./base/L1ArbitrumMessenger.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title L1LPTGateway: LPT goes into escrow here and is minted on L2; it comes back out of escrow,
/// and what L2 minted beyond it is minted here. A pause stops deposits, never withdrawals.
contract L1LPTGateway is ControlledGateway, L1ArbitrumMessenger, IL1LPTGateway {
    /// @inheritdoc IL1LPTGateway
    address public immutable l1Router;

    /// @inheritdoc IL1LPTGateway
    address public immutable l1LPTEscrow;

    /// @inheritdoc IL1LPTGateway
    address public l2Counterpart;

    /// @inheritdoc IL1LPTGateway
    address public minter;

    constructor(
        address _l1Router,
        address _l1LPTEscrow,
        address _l1Lpt,
        address _l2Lpt,
        address _inbox
    ) ControlledGateway(_l1Lpt, _l2Lpt) L1ArbitrumMessenger(_inbox) {
        l1Router = _l1Router;
        l1LPTEscrow = _l1LPTEscrow;
    }

    /// @inheritdoc IL1LPTGateway
    function setCounterpart(address _l2Counterpart) external onlyRole(DEFAULT_ADMIN_ROLE) {
        l2Counterpart = _l2Counterpart;
        emit L2CounterpartUpdate(_l2Counterpart);
    }

    /// @inheritdoc IL1LPTGateway
    function setMinter(address _minter) external onlyRole(DEFAULT_ADMIN_ROLE) {
        minter = _minter;
        emit MinterUpdate(_minter);
    }

    /// @inheritdoc IL1LPTGateway
    function outboundTransfer(
        address l1Token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable whenNotPaused returns (bytes memory) {
        require(l1Token == l1Lpt, "TOKEN_NOT_LPT");
        require(amount > 0, "INVALID_ZERO_AMOUNT");
        (address from, TicketGas memory gas_) = _parseOutbound(data, maxGas, gasPriceBid);
        return abi.encode(_deposit(from, to, amount, gas_));
    }

    /// @inheritdoc ITokenGateway
    function finalizeInboundTransfer(
        address l1Token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external onlyL2Counterpart(l2Counterpart) {
        require(l1Token == l1Lpt, "TOKEN_NOT_LPT");
        (uint256 exitNum,) = abi.decode(data, (uint256, bytes));

        uint256 escrowed = IERC20(l1Token).balanceOf(l1LPTEscrow);
        if (amount <= escrowed) {
            IERC20(l1Token).transferFrom(l1LPTEscrow, to, amount);
        } else {
            if (escrowed > 0) {
                IERC20(l1Token).transferFrom(l1LPTEscrow, to, escrowed);
            }
            IBridgeMinter(minter).bridgeMint(to, amount - escrowed);
        }
        emit WithdrawalFinalized(l1Token, from, to, exitNum, amount);
    }

    /// @inheritdoc IL1LPTGateway
    function counterpartGateway() external view returns (address) {
        return l2Counterpart;
    }

    /// @inheritdoc IL1LPTGateway
    function calculateL2TokenAddress(address l1Token) external view returns (address) {
        return l1Token == l1Lpt ? l2Lpt : address(0);
    }

    /// @inheritdoc IL1LPTGateway
    function getOutboundCalldata(
        address l1Token,
        address from,
        address to,
        uint256 amount,
        bytes memory data
    ) public pure returns (bytes memory outboundCalldata) {
        outboundCalldata = abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer,
            (l1Token, from, to, amount, abi.encode(bytes(""), data))
        );
    }

    function _deposit(address from, address to, uint256 amount, TicketGas memory gas_)
        private
        returns (uint256 seqNo)
    {
        IERC20(l1Lpt).transferFrom(from, l1LPTEscrow, amount);

        Ticket memory ticket = Ticket({
            target: l2Counterpart, from: from, refundTo: from, l1Value: msg.value, l2Value: 0
        });
        seqNo = _sendTxToL2(ticket, gas_, getOutboundCalldata(l1Lpt, from, to, amount, ""));
        emit DepositInitiated(l1Lpt, from, to, seqNo, amount);
    }

    /// @dev Who sends, and what the ticket may cost; the ether must be exactly that (audit M-03).
    function _parseOutbound(bytes calldata data, uint256 maxGas, uint256 gasPriceBid)
        private
        view
        returns (address from, TicketGas memory gas_)
    {
        bytes memory inner = data;
        from = msg.sender;
        if (msg.sender == l1Router) {
            (from, inner) = abi.decode(data, (address, bytes));
        }
        bytes memory extraData;
        gas_.maxGas = maxGas;
        gas_.gasPriceBid = gasPriceBid;
        (gas_.maxSubmissionCost, extraData) = abi.decode(inner, (uint256, bytes));
        require(extraData.length == 0, "CALL_HOOK_DATA_NOT_ALLOWED");

        uint256 expected = _cost(gas_);
        require(gas_.maxSubmissionCost > 0, "NO_SUBMISSION_COST");
        require(msg.value == expected, "WRONG_ETH_VALUE");
    }
}
