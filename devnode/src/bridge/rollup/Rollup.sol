// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

interface Outbox {
    function updateSendRoot(bytes32 sendRoot, bytes32 l2BlockHash) external;
}

/// What an assertion says, in the words of Arbitrum's rollup contracts (BoLD), so that clients find it in the logs.
struct GlobalState {
    bytes32[2] bytes32Vals;
    uint64[2] u64Vals;
}

struct AssertionState {
    GlobalState globalState;
    uint8 machineStatus;
    bytes32 endHistoryRoot;
}

struct ConfigData {
    bytes32 wasmModuleRoot;
    uint256 requiredStake;
    address challengeManager;
    uint64 confirmPeriodBlocks;
    uint64 nextInboxPosition;
}

struct BeforeStateData {
    bytes32 prevPrevAssertionHash;
    bytes32 sequencerBatchAcc;
    ConfigData configData;
}

struct AssertionInputs {
    BeforeStateData beforeStateData;
    AssertionState beforeState;
    AssertionState afterState;
}

struct AssertionNode {
    uint64 firstChildBlock;
    uint64 secondChildBlock;
    uint64 createdAtBlock;
    bool isFirstChild;
    uint8 status;
    bytes32 configHash;
}

/// Stands where Arbitrum's chains have their rollup: nobody challenges here, what the owner posts is confirmed at once.
/// Owns Bridge and Outbox as the real one does, and answers what clients ask before they execute a withdrawal.
contract Rollup {
    event AssertionCreated(
        bytes32 indexed assertionHash,
        bytes32 indexed parentAssertionHash,
        AssertionInputs assertion,
        bytes32 afterInboxBatchAcc,
        uint256 inboxMaxCount,
        bytes32 wasmModuleRoot,
        uint256 requiredStake,
        address challengeManager,
        uint64 confirmPeriodBlocks
    );
    event AssertionConfirmed(bytes32 indexed assertionHash, bytes32 blockHash, bytes32 sendRoot);

    error NotOwner(address caller);
    error NoSuchAssertion(bytes32 assertionHash);

    /// May post roots, and administrate Bridge, Inbox and Outbox.
    address public immutable owner;
    address public immutable bridge;
    address public immutable inbox;
    address public immutable outbox;
    /// There are no batches on L1.
    address public constant sequencerInbox = address(0);
    /// Nobody has to wait for a confirmation here.
    uint64 public constant confirmPeriodBlocks = 0;
    /// Newest assertion; all are confirmed.
    bytes32 public latestConfirmed;

    uint8 private constant CONFIRMED = 2;
    uint8 private constant FINISHED = 1;
    mapping(bytes32 assertionHash => uint64) private createdAt;

    constructor(address bridge_, address inbox_, address outbox_) {
        owner = msg.sender;
        bridge = bridge_;
        inbox = inbox_;
        outbox = outbox_;
        createdAt[0] = uint64(block.number);
    }

    /// Confirms the L2 block of that hash: messages under `sendRoot` can be executed from now on.
    function confirm(bytes32 l2BlockHash, bytes32 sendRoot) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        bytes32 parent = latestConfirmed;
        bytes32 assertion = keccak256(abi.encode(parent, l2BlockHash, sendRoot));
        latestConfirmed = assertion;
        createdAt[assertion] = uint64(block.number);
        Outbox(outbox).updateSendRoot(sendRoot, l2BlockHash);

        AssertionInputs memory inputs;
        inputs.afterState.globalState.bytes32Vals = [l2BlockHash, sendRoot];
        inputs.afterState.machineStatus = FINISHED;
        emit AssertionCreated(assertion, parent, inputs, 0, 0, 0, 0, address(0), 0);
        emit AssertionConfirmed(assertion, l2BlockHash, sendRoot);
    }

    /// An assertion that was posted, or the empty one before all others.
    function getAssertion(bytes32 assertionHash) external view returns (AssertionNode memory node) {
        node.createdAtBlock = createdAt[assertionHash];
        if (node.createdAtBlock == 0) revert NoSuchAssertion(assertionHash);
        node.status = CONFIRMED;
    }
}
