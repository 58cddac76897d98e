// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {ITicketBroker} from "../interfaces/livepeer/ITicketBroker.sol";
import {LegacyManager} from "./LegacyManager.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title L1 payments for development and rehearsals: state is loaded, and LIP-73 ends redemptions.
/// @notice Winning tickets are paid from deposits; reserves are held, withdrawn and migrated only.
contract LegacyTicketBroker is LegacyManager, ITicketBroker {
    using SafeCast for uint256;

    /// @param who The broadcaster.
    /// @param deposit Wei.
    /// @param reserve Wei.
    struct LoadedSender {
        address who;
        uint128 deposit;
        uint128 reserve;
    }

    struct Ticket {
        address recipient;
        address sender;
        uint256 faceValue;
        uint256 winProb;
        uint256 senderNonce;
        bytes32 recipientRandHash;
        bytes auxData;
    }

    struct Account {
        uint128 deposit;
        uint128 reserve;
        uint256 withdrawRound;
    }

    event DepositFunded(address indexed sender, uint256 amount);
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    event UnlockCancelled(address indexed sender);
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    event WinningTicketRedeemed(
        address indexed sender,
        address indexed recipient,
        uint256 faceValue,
        uint256 winProb,
        uint256 senderNonce,
        uint256 recipientRand,
        bytes auxData
    );

    /// @notice Rounds between asking for a withdrawal and getting it.
    uint256 public unlockPeriod;

    mapping(bytes32 ticketHash => bool) public usedTickets;
    mapping(address who => Account) private accounts;

    constructor(address _controller) LegacyManager(_controller) {}

    function setUnlockPeriod(uint256 _unlockPeriod) external onlyControllerOwner {
        unlockPeriod = _unlockPeriod;
        emit ParameterUpdate("unlockPeriod");
    }

    /// @notice Loads broadcasters. The value goes to the Minter: what is loaded here and the fees
    /// loaded into BondingManager, in any parts.
    function loadSenders(LoadedSender[] calldata loaded) external payable onlyLoader {
        for (uint256 i = 0; i < loaded.length; i++) {
            LoadedSender calldata entry = loaded[i];
            accounts[entry.who].deposit += entry.deposit;
            accounts[entry.who].reserve += entry.reserve;
            emit ReserveFunded(entry.who, entry.reserve);
            emit DepositFunded(entry.who, entry.deposit);
        }
        _minter().depositETH{value: msg.value}();
    }

    function fundDepositAndReserve(uint256 _depositAmount, uint256 _reserveAmount)
        external
        payable
        whenSystemNotPaused
    {
        require(
            msg.value == _depositAmount + _reserveAmount,
            "msg.value does not equal sum of deposit amount and reserve amount"
        );
        Account storage account = accounts[msg.sender];
        account.deposit += _depositAmount.toUint128();
        account.reserve += _reserveAmount.toUint128();
        if (account.withdrawRound > 0) {
            account.withdrawRound = 0;
            emit UnlockCancelled(msg.sender);
        }
        emit ReserveFunded(msg.sender, _reserveAmount);
        _minter().depositETH{value: msg.value}();
        emit DepositFunded(msg.sender, _depositAmount);
    }

    function unlock() external whenSystemNotPaused {
        Account storage account = _funded(msg.sender);
        require(account.withdrawRound == 0, "unlock already initiated");
        uint256 round = _roundsManager().currentRound();
        account.withdrawRound = round + unlockPeriod;
        emit Unlock(msg.sender, round, account.withdrawRound);
    }

    function withdraw() external whenSystemNotPaused {
        Account storage account = _funded(msg.sender);
        (uint256 deposit, uint256 reserve) = (account.deposit, account.reserve);
        require(account.withdrawRound > 0, "no unlock request in progress");
        require(_roundsManager().currentRound() >= account.withdrawRound, "account is locked");
        account.deposit = 0;
        account.reserve = 0;
        _minter().trustedWithdrawETH(payable(msg.sender), deposit + reserve);
        emit Withdrawal(msg.sender, deposit, reserve);
    }

    function redeemWinningTicket(
        Ticket calldata _ticket,
        bytes calldata _sig,
        uint256 _recipientRand
    ) external whenSystemNotPaused whenRoundInitialized {
        bytes32 ticketHash = getTicketHash(_ticket);
        require(
            keccak256(abi.encode(_recipientRand)) == _ticket.recipientRandHash,
            "recipientRand does not match recipientRandHash"
        );
        require(!usedTickets[ticketHash], "ticket is used");
        require(
            ECDSA.recover(MessageHashUtils.toEthSignedMessageHash(ticketHash), _sig)
                == _ticket.sender,
            "invalid signature over ticket hash"
        );
        require(
            uint256(keccak256(abi.encodePacked(_sig, _recipientRand))) < _ticket.winProb,
            "ticket did not win"
        );
        Account storage account = _funded(_ticket.sender);

        usedTickets[ticketHash] = true;
        uint256 amount = _ticket.faceValue < account.deposit ? _ticket.faceValue : account.deposit;
        account.deposit -= amount.toUint128();
        _bondingManager().updateTranscoderWithFees(_ticket.recipient, amount, 0);
        emit WinningTicketTransfer(_ticket.sender, _ticket.recipient, amount);
        emit WinningTicketRedeemed(
            _ticket.sender,
            _ticket.recipient,
            _ticket.faceValue,
            _ticket.winProb,
            _ticket.senderNonce,
            _recipientRand,
            _ticket.auxData
        );
    }

    /// @inheritdoc ITicketBroker
    function getSenderInfo(address _sender)
        external
        view
        returns (Sender memory sender, ReserveInfo memory reserve)
    {
        Account storage account = accounts[_sender];
        sender = Sender(account.deposit, account.withdrawRound);
        reserve = ReserveInfo(account.reserve, 0);
    }

    function isUnlockInProgress(address _sender) external view returns (bool) {
        return accounts[_sender].withdrawRound > 0;
    }

    function getTicketHash(Ticket memory _ticket) public pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                _ticket.recipient,
                _ticket.sender,
                _ticket.faceValue,
                _ticket.winProb,
                _ticket.senderNonce,
                _ticket.recipientRandHash,
                _ticket.auxData
            )
        );
    }

    function _funded(address who) private view returns (Account storage account) {
        account = accounts[who];
        require(account.deposit > 0 || account.reserve > 0, "sender deposit and reserve are zero");
    }
}
