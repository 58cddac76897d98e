// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IInbox} from "../../src/interfaces/arbitrum/IInbox.sol";
import {Test} from "../forge/Test.sol";
import {Vm} from "../forge/Vm.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

interface INitroBridge {
    function setDelayedInbox(address inbox, bool enabled) external;
    function setOutbox(address outbox, bool enabled) external;
    function delayedMessageCount() external view returns (uint256);
}

interface INitroOutbox {
    function updateSendRoot(bytes32 root, bytes32 l2BlockHash) external;
    function calculateItemHash(
        address l2Sender,
        address to,
        uint256 l2Block,
        uint256 l1Block,
        uint256 l2Timestamp,
        uint256 value,
        bytes calldata data
    ) external view returns (bytes32);
    function calculateMerkleRoot(bytes32[] calldata proof, uint256 path, bytes32 item)
        external
        view
        returns (bytes32);
    function executeTransaction(
        bytes32[] calldata proof,
        uint256 index,
        address l2Sender,
        address to,
        uint256 l2Block,
        uint256 l1Block,
        uint256 l2Timestamp,
        uint256 value,
        bytes calldata data
    ) external;
}

/// @title Arbitrum's real Bridge, Inbox and Outbox: the bytecode that npm's nitro-contracts publish,
/// unmodified, behind plain proxies. The test is the rollup and so posts roots from L2.
abstract contract NitroL1 is Test {
    /// @notice A delayed message of kind 9, read from the events as Nitro reads it.
    struct RetryableTicket {
        uint256 index;
        address sender;
        address to;
        uint256 l2CallValue;
        uint256 deposit;
        uint256 maxSubmissionCost;
        address excessFeeRefundAddress;
        address callValueRefundAddress;
        uint256 gasLimit;
        uint256 maxFeePerGas;
        bytes data;
    }

    bytes32 private constant MESSAGE_DELIVERED =
        0x5e3c1311ea442664e8b1611bfabef659120ea7a0a2cfc0667700bebc69cbffe1;
    bytes32 private constant INBOX_MESSAGE_DELIVERED =
        0xff64905f73a67fb594e0f940a8075a860db489ad991e032f48c81123eb52d60b;
    string private constant ARTIFACTS = "lib/@arbitrum/nitro-contracts/build/contracts/src/bridge/";
    uint256 private constant MAX_DATA_SIZE = 117_964;

    IInbox internal inbox;
    INitroBridge internal bridge;
    INitroOutbox internal outbox;
    uint256 private sends;

    function deployNitro() internal {
        bytes memory init = abi.encodeWithSignature("initialize(address)", address(this));
        bridge = INitroBridge(address(new ERC1967Proxy(_create("Bridge", ""), init)));
        init = abi.encodeWithSignature("initialize(address,address)", bridge, makeAddr("sequencer"));
        inbox = IInbox(address(new ERC1967Proxy(_create("Inbox", abi.encode(MAX_DATA_SIZE)), init)));
        init = abi.encodeWithSignature("initialize(address)", bridge);
        outbox = INitroOutbox(address(new ERC1967Proxy(_create("Outbox", ""), init)));
        bridge.setDelayedInbox(address(inbox), true);
        bridge.setOutbox(address(outbox), true);
    }

    /// @dev The retryable tickets of the recorded logs, in order.
    function recordedTickets() internal returns (RetryableTicket[] memory tickets) {
        return ticketsOf(vm.getRecordedLogs());
    }

    /// @dev Bridge and Inbox each emit one event a message; they are paired by its number.
    function ticketsOf(Vm.Log[] memory logs)
        internal
        pure
        returns (RetryableTicket[] memory tickets)
    {
        uint256 count;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] == INBOX_MESSAGE_DELIVERED) count++;
        }
        tickets = new RetryableTicket[](count);
        uint256 next;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] != MESSAGE_DELIVERED) continue;
            Vm.Log memory body = logs[i + 1];
            require(body.topics[0] == INBOX_MESSAGE_DELIVERED, "events out of order");
            require(body.topics[1] == logs[i].topics[1], "events of different messages");
            bytes memory payload = abi.decode(body.data, (bytes));
            (, uint8 kind, address sender, bytes32 dataHash,,) =
                abi.decode(logs[i].data, (address, uint8, address, bytes32, uint256, uint64));
            require(kind == 9, "not a retryable ticket");
            require(keccak256(payload) == dataHash, "wrong data hash");
            tickets[next] = _decode(payload);
            tickets[next].index = uint256(body.topics[1]);
            tickets[next].sender = sender;
            next++;
        }
    }

    /// @dev Executes a message that `l2Sender` sent on L2, through the real outbox, with a proof.
    function executeFromL2(address l2Sender, address to, bytes memory data) internal {
        bytes32[] memory proof = new bytes32[](20);
        uint256 index = sends++;
        bytes32 item = outbox.calculateItemHash(l2Sender, to, 1, 1, 1, 0, data);
        bytes32 root = outbox.calculateMerkleRoot(proof, index, item);
        outbox.updateSendRoot(root, keccak256("some L2 block"));
        outbox.executeTransaction(proof, index, l2Sender, to, 1, 1, 1, 0, data);
    }

    /// @dev The address under which a contract of L1 acts on L2.
    function alias_(address l1) internal pure returns (address) {
        unchecked {
            return address(uint160(l1) + uint160(0x1111000000000000000000000000000000001111));
        }
    }

    function _create(string memory name, bytes memory arguments) private returns (address created) {
        string memory artifact = vm.readFile(string.concat(ARTIFACTS, name, ".sol/", name, ".json"));
        bytes memory code = abi.encodePacked(vm.parseJsonBytes(artifact, ".bytecode"), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
        }
        require(created != address(0), name);
    }

    /// @dev Words of the payload: to, call value, deposit, submission cost, two refund addresses,
    /// gas limit, fee cap, data length; then the data, not padded.
    function _decode(bytes memory payload) private pure returns (RetryableTicket memory ticket) {
        ticket.to = address(uint160(_word(payload, 0)));
        ticket.l2CallValue = _word(payload, 1);
        ticket.deposit = _word(payload, 2);
        ticket.maxSubmissionCost = _word(payload, 3);
        ticket.excessFeeRefundAddress = address(uint160(_word(payload, 4)));
        ticket.callValueRefundAddress = address(uint160(_word(payload, 5)));
        ticket.gasLimit = _word(payload, 6);
        ticket.maxFeePerGas = _word(payload, 7);
        require(payload.length == 288 + _word(payload, 8), "wrong data length");
        ticket.data = new bytes(payload.length - 288);
        for (uint256 i = 0; i < ticket.data.length; i++) {
            ticket.data[i] = payload[288 + i];
        }
    }

    function _word(bytes memory payload, uint256 index) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(payload, 32), mul(index, 32)))
        }
    }
}
