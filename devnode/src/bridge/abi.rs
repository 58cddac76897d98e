//! The part of Arbitrum's L1 contracts, and of our rollup stand-in, that the bridge calls and reads.

use alloy_sol_types::sol;

sol! {
    // Bridge
    event MessageDelivered(uint256 indexed messageIndex, bytes32 indexed beforeInboxAcc, address inbox, uint8 kind, address sender, bytes32 messageDataHash, uint256 baseFeeL1, uint64 timestamp);
    function setDelayedInbox(address inbox, bool enabled) external;
    function setOutbox(address outbox, bool enabled) external;
    function enqueueDelayedMessage(uint8 kind, address sender, bytes32 messageDataHash) external payable returns (uint256);
    function delayedMessageCount() external view returns (uint256);
    function initialize(address rollup) external;

    // Inbox
    event InboxMessageDelivered(uint256 indexed messageNum, bytes data);
    event InboxMessageDeliveredFromOrigin(uint256 indexed messageNum);
    function sendL2MessageFromOrigin(bytes messageData) external returns (uint256);

    // Outbox
    function roots(bytes32 root) external view returns (bytes32 l2BlockHash);

    // Rollup
    function owner() external view returns (address);
    function confirm(bytes32 l2BlockHash, bytes32 sendRoot) external;
}

/// `initialize` of the Inbox, which shares its name with those of Bridge and Outbox.
pub(super) mod inbox {
    alloy_sol_types::sol! {
        function initialize(address bridge, address sequencerInbox) external;
    }
}

/// `initialize` of the Outbox.
pub(super) mod outbox {
    alloy_sol_types::sol! {
        function initialize(address bridge) external;
    }
}

/// Constructors.
pub(super) mod constructor {
    alloy_sol_types::sol! {
        struct Proxy { address implementation; address admin; bytes data; }
        struct Inbox { uint256 maxDataSize; }
        struct Rollup { address bridge; address inbox; address outbox; }
    }
}
