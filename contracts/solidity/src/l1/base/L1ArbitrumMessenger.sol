// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {TicketGas} from "../../interfaces/TicketGas.sol";
import {IBridge} from "../../interfaces/arbitrum/IBridge.sol";
import {IInbox} from "../../interfaces/arbitrum/IInbox.sol";
import {IOutbox} from "../../interfaces/arbitrum/IOutbox.sol";

/// @title Sends retryable tickets to L2 and recognises messages from there.
abstract contract L1ArbitrumMessenger {
    /// @notice Where a ticket goes and who gets back what it does not use.
    /// @param target Contract on L2.
    /// @param from On whose behalf: only for the event.
    /// @param refundTo Gets unused ether on L2, and the call value if the ticket expires.
    /// @param l1Value Wei handed to the Inbox.
    /// @param l2Value Wei the target receives.
    struct Ticket {
        address target;
        address from;
        address refundTo;
        uint256 l1Value;
        uint256 l2Value;
    }

    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);

    /// @notice The chain's delayed inbox.
    IInbox public immutable inbox;

    constructor(address _inbox) {
        inbox = IInbox(_inbox);
    }

    /// @dev The caller must be the bridge, executing a message that `l2Counterpart` sent on L2.
    modifier onlyL2Counterpart(address l2Counterpart) {
        _onlyL2Counterpart(l2Counterpart);
        _;
    }

    function _onlyL2Counterpart(address l2Counterpart) private view {
        address bridge = inbox.bridge();
        require(msg.sender == bridge, "NOT_FROM_BRIDGE");
        require(
            IOutbox(IBridge(bridge).activeOutbox()).l2ToL1Sender() == l2Counterpart,
            "ONLY_COUNTERPART_GATEWAY"
        );
    }

    function _sendTxToL2(Ticket memory ticket, TicketGas memory gas_, bytes memory data)
        internal
        returns (uint256 seqNum)
    {
        seqNum = inbox.createRetryableTicket{value: ticket.l1Value}(
            ticket.target,
            ticket.l2Value,
            gas_.maxSubmissionCost,
            ticket.refundTo,
            ticket.refundTo,
            gas_.maxGas,
            gas_.gasPriceBid,
            data
        );
        emit TxToL2(ticket.from, ticket.target, seqNum, data);
    }

    /// @dev Wei a ticket without call value needs.
    function _cost(TicketGas memory gas_) internal pure returns (uint256) {
        return gas_.maxSubmissionCost + gas_.maxGas * gas_.gasPriceBid;
    }
}
