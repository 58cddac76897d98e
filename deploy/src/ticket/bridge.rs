//! Nitro's contracts and precompiles that a ticket meets on its way: what they are called, ask for and log.

use alloy::{
    primitives::{Address, address},
    sol,
};

/// An L1 sender's address as L2 sees it, and back: so that a contract there cannot pass for one here.
pub use confluence_devnode::arbos::address::{alias, unalias};

/// Keeps and runs tickets on L2.
pub const ARB_RETRYABLE_TX: Address = address!("0x000000000000000000000000000000000000006e");
/// Answers questions about the node itself; not a contract, only `eth_call` and `eth_estimateGas` reach it.
pub const NODE_INTERFACE: Address = address!("0x00000000000000000000000000000000000000c8");

#[allow(clippy::too_many_arguments)] // Nitro's functions have that many
mod interfaces {
    use super::*;
    sol! {
        /// L1: the L2 chain's delayed inbox.
        #[derive(Debug)]
        interface Inbox {
            event InboxMessageDelivered(uint256 indexed messageNum, bytes data);

            error InsufficientValue(uint256 expected, uint256 actual);
            error InsufficientSubmissionCost(uint256 expected, uint256 actual);
            error GasLimitTooLarge();
            error DataTooLarge(uint256 dataLength, uint256 maxDataLength);
            error NotAllowedOrigin(address origin);
            error RetryableData(address from, address to, uint256 l2CallValue, uint256 deposit, uint256 maxSubmissionCost, address excessFeeRefundAddress, address callValueRefundAddress, uint256 gasLimit, uint256 maxFeePerGas, bytes data);

            function bridge() external view returns (address);
            function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee) external view returns (uint256);
            function createRetryableTicket(address to, uint256 l2CallValue, uint256 maxSubmissionCost, address excessFeeRefundAddress, address callValueRefundAddress, uint256 gasLimit, uint256 maxFeePerGas, bytes data) external payable returns (uint256);
        }

        /// L1: orders the messages of all inboxes.
        #[derive(Debug)]
        interface Bridge {
            event MessageDelivered(uint256 indexed messageIndex, bytes32 indexed beforeInboxAcc, address inbox, uint8 kind, address sender, bytes32 messageDataHash, uint256 baseFeeL1, uint64 timestamp);

            function delayedMessageCount() external view returns (uint256);
        }

        /// L1: what contracts of ours (and Livepeer's) log about a ticket.
        #[derive(Debug)]
        interface Messenger {
            event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);
        }

        /// L2: 0x6e.
        #[derive(Debug)]
        interface ArbRetryableTx {
            event TicketCreated(bytes32 indexed ticketId);
            event RedeemScheduled(bytes32 indexed ticketId, bytes32 indexed retryTxHash, uint64 indexed sequenceNum, uint64 donatedGas, address gasDonor, uint256 maxRefund, uint256 submissionFeeRefund);
            event LifetimeExtended(bytes32 indexed ticketId, uint256 newTimeout);
            event Canceled(bytes32 indexed ticketId);

            error NoTicketWithID();

            function redeem(bytes32 ticketId) external returns (bytes32);
            function keepalive(bytes32 ticketId) external returns (uint256);
            function cancel(bytes32 ticketId) external;
            function getTimeout(bytes32 ticketId) external view returns (uint256);
            function getBeneficiary(bytes32 ticketId) external view returns (address);
            function submitRetryable(bytes32 requestId, uint256 l1BaseFee, uint256 deposit, uint256 callvalue, uint256 gasFeeCap, uint64 gasLimit, uint256 maxSubmissionFee, address feeRefundAddress, address beneficiary, address retryTo, bytes retryData) external;
        }

        /// L2: 0xc8.
        #[derive(Debug)]
        interface NodeInterface {
            function estimateRetryableTicket(address sender, uint256 deposit, address to, uint256 l2CallValue, address excessFeeRefundAddress, address callValueRefundAddress, bytes data) external;
        }
    }
}
pub use interfaces::*;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_wrap_around_at_160_bits_and_back() {
        let cases = [
            (
                address!("0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E"),
                address!("0x502fae7d46d88f08fc2f8ed27fcb2ab183eb3e1f"),
            ),
            (
                address!("0xeeeeffffffffffffffffffffffffffffffffeee4"),
                address!("0xfffffffffffffffffffffffffffffffffffffff5"),
            ),
            (
                address!("0xffffffffffffffffffffffffffffffffffffffff"),
                address!("0x1111000000000000000000000000000000001110"),
            ),
        ];
        for (l1, l2) in cases {
            assert_eq!(alias(l1), l2);
            assert_eq!(unalias(l2), l1);
        }
    }
}
