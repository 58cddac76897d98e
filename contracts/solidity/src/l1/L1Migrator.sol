// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../interfaces/IBridgeMinter.sol";
import {IL1LPTGateway} from "../interfaces/IL1LPTGateway.sol";
import {IL1Migrator} from "../interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../interfaces/IL2Migrator.sol";
import {TicketGas} from "../interfaces/TicketGas.sol";
import {IApprove} from "../interfaces/livepeer/IApprove.sol";
import {IBondingManager} from "../interfaces/livepeer/IBondingManager.sol";
import {ITicketBroker} from "../interfaces/livepeer/ITicketBroker.sol";
import {Authorization} from "./base/Authorization.sol";
import {L1ArbitrumMessenger} from "./base/L1ArbitrumMessenger.sol";
import {NamedPausable} from "./base/NamedPausable.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title L1Migrator: reads an account's state from the frozen L1 staking and sends it to L2.
/// @notice It remembers nothing about what has moved: L2Migrator refuses repetitions, so an account
/// whose ticket expired simply sends again.
contract L1Migrator is NamedPausable, L1ArbitrumMessenger, EIP712, Nonces, IL1Migrator {
    bytes32 private constant MIGRATE_DELEGATOR_TYPE_HASH =
        keccak256("MigrateDelegator(address l1Addr,address l2Addr)");
    bytes32 private constant MIGRATE_UNBONDING_LOCKS_TYPE_HASH = keccak256(
        "MigrateUnbondingLocks(address l1Addr,address l2Addr,uint256[] unbondingLockIds)"
    );
    bytes32 private constant MIGRATE_SENDER_TYPE_HASH =
        keccak256("MigrateSender(address l1Addr,address l2Addr)");
    bytes32 private constant MIGRATE_MSG_TYPE_HASH = keccak256(
        "MigrateMsg(address l1Addr,address l2Addr,uint256 amount,uint256 nonce,uint256 deadline)"
    );

    /// @dev L1's staking takes this as "up to the current round".
    uint256 private constant CURRENT_ROUND = type(uint256).max;

    /// @inheritdoc IL1Migrator
    /// @dev The original pays 24.1 k L2 gas a lock after 0.33 M, so 100 locks stay under 3 M: a
    /// tenth of an Arbitrum block, and on L1 far from EIP-7825's 16.7 M for a transaction.
    uint256 public constant MAX_UNBONDING_LOCKS = 100;

    /// @inheritdoc IL1Migrator
    address public immutable bondingManagerAddr;

    /// @inheritdoc IL1Migrator
    address public immutable ticketBrokerAddr;

    /// @inheritdoc IL1Migrator
    address public immutable tokenAddr;

    /// @inheritdoc IL1Migrator
    address public immutable l1LPTGatewayAddr;

    /// @inheritdoc IL1Migrator
    address public bridgeMinterAddr;

    /// @inheritdoc IL1Migrator
    address public l2MigratorAddr;

    constructor(
        address _inbox,
        address _bondingManagerAddr,
        address _ticketBrokerAddr,
        address _tokenAddr,
        address _l1LPTGatewayAddr,
        address _l2MigratorAddr
    ) L1ArbitrumMessenger(_inbox) EIP712("Livepeer L1Migrator", "1") {
        bondingManagerAddr = _bondingManagerAddr;
        ticketBrokerAddr = _ticketBrokerAddr;
        tokenAddr = _tokenAddr;
        l1LPTGatewayAddr = _l1LPTGatewayAddr;
        l2MigratorAddr = _l2MigratorAddr;
    }

    /// @notice BridgeMinter's ether comes in here (audit M-02).
    receive() external payable {}

    /// @inheritdoc IL1Migrator
    function setL2Migrator(address _l2MigratorAddr) external onlyRole(DEFAULT_ADMIN_ROLE) {
        l2MigratorAddr = _l2MigratorAddr;
        emit L2MigratorUpdate(_l2MigratorAddr);
    }

    /// @inheritdoc IL1Migrator
    function setBridgeMinter(address _bridgeMinterAddr) external onlyRole(DEFAULT_ADMIN_ROLE) {
        bridgeMinterAddr = _bridgeMinterAddr;
        emit BridgeMinterUpdate(_bridgeMinterAddr);
    }

    /// @inheritdoc IL1Migrator
    function migrateDelegator(
        address _l1Addr,
        address _l2Addr,
        bytes calldata _sig,
        uint256 _maxGas,
        uint256 _gasPriceBid,
        uint256 _maxSubmissionCost
    ) external payable whenNotPaused {
        _requireL2Addr(_l2Addr);
        _authorize(
            _l1Addr, keccak256(abi.encode(MIGRATE_DELEGATOR_TYPE_HASH, _l1Addr, _l2Addr)), _sig
        );
        (bytes memory data, IL2Migrator.MigrateDelegatorParams memory params) =
            getMigrateDelegatorParams(_l1Addr, _l2Addr);
        TicketGas memory gas_ = TicketGas(_maxGas, _gasPriceBid, _maxSubmissionCost);
        emit MigrateDelegatorInitiated(_sendToMigrator(_l2Addr, gas_, data), params);
    }

    /// @inheritdoc IL1Migrator
    function migrateUnbondingLocks(
        address _l1Addr,
        address _l2Addr,
        uint256[] calldata _unbondingLockIds,
        bytes calldata _sig,
        uint256 _maxGas,
        uint256 _gasPriceBid,
        uint256 _maxSubmissionCost
    ) external payable whenNotPaused {
        _requireL2Addr(_l2Addr);
        _authorize(
            _l1Addr,
            keccak256(
                abi.encode(
                    MIGRATE_UNBONDING_LOCKS_TYPE_HASH,
                    _l1Addr,
                    _l2Addr,
                    keccak256(abi.encodePacked(_unbondingLockIds))
                )
            ),
            _sig
        );
        _requireFewDistinct(_unbondingLockIds);
        TicketGas memory gas_ = TicketGas(_maxGas, _gasPriceBid, _maxSubmissionCost);
        (bytes memory data, IL2Migrator.MigrateUnbondingLocksParams memory params) =
            getMigrateUnbondingLocksParams(_l1Addr, _l2Addr, _unbondingLockIds);
        emit MigrateUnbondingLocksInitiated(_sendToMigrator(_l2Addr, gas_, data), params);
    }

    /// @inheritdoc IL1Migrator
    function migrateSender(
        address _l1Addr,
        address _l2Addr,
        bytes calldata _sig,
        uint256 _maxGas,
        uint256 _gasPriceBid,
        uint256 _maxSubmissionCost
    ) external payable whenNotPaused {
        _requireL2Addr(_l2Addr);
        _authorize(_l1Addr, keccak256(abi.encode(MIGRATE_SENDER_TYPE_HASH, _l1Addr, _l2Addr)), _sig);
        (bytes memory data, IL2Migrator.MigrateSenderParams memory params) =
            getMigrateSenderParams(_l1Addr, _l2Addr);
        TicketGas memory gas_ = TicketGas(_maxGas, _gasPriceBid, _maxSubmissionCost);
        emit MigrateSenderInitiated(_sendToMigrator(_l2Addr, gas_, data), params);
    }

    /// @inheritdoc IL1Migrator
    function migrate(
        MigrateMsg calldata _message,
        IL2Migrator.Hints calldata _hints,
        bytes calldata _sig,
        uint256 _maxGas,
        uint256 _gasPriceBid,
        uint256 _maxSubmissionCost
    ) external payable whenNotPaused {
        _requireL2Addr(_message.l2Addr);
        if (block.timestamp > _message.deadline) {
            revert DeadlineExpired(_message.deadline, block.timestamp);
        }
        _authorize(_message.l1Addr, keccak256(abi.encode(MIGRATE_MSG_TYPE_HASH, _message)), _sig);
        _useCheckedNonce(_message.l1Addr, _message.nonce);

        (bytes memory data, IL2Migrator.MigrateParams memory params) =
            getMigrateParams(_message, _hints);
        if (params.amount > params.stake) revert AmountExceedsStake(params.amount, params.stake);
        if (params.amount == 0 && params.fees == 0) revert NothingToMigrate(params.l1Addr);

        TicketGas memory gas_ = TicketGas(_maxGas, _gasPriceBid, _maxSubmissionCost);
        uint256 cost = _cost(gas_);
        if (msg.value != cost) revert WrongTicketValue(msg.value, cost);
        emit MigrateInitiated(_sendToMigrator(params.l2Addr, gas_, data), params);
    }

    /// @inheritdoc IL1Migrator
    function migrateETH(uint256 _maxGas, uint256 _gasPriceBid, uint256 _maxSubmissionCost)
        external
        payable
        whenNotPaused
    {
        uint256 amount = IBridgeMinter(bridgeMinterAddr).withdrawETHToL1Migrator();
        Ticket memory ticket = Ticket({
            target: l2MigratorAddr,
            from: address(this),
            refundTo: l2MigratorAddr,
            l1Value: msg.value + amount,
            l2Value: amount
        });
        _sendTxToL2(ticket, TicketGas(_maxGas, _gasPriceBid, _maxSubmissionCost), "");
    }

    /// @inheritdoc IL1Migrator
    function migrateLPT(uint256 _maxGas, uint256 _gasPriceBid, uint256 _maxSubmissionCost)
        external
        payable
        whenNotPaused
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        uint256 amount = IBridgeMinter(bridgeMinterAddr).withdrawLPTToL1Migrator();
        IApprove(tokenAddr).approve(l1LPTGatewayAddr, amount);
        IL1LPTGateway(l1LPTGatewayAddr).outboundTransfer{value: msg.value}(
            tokenAddr,
            l2MigratorAddr,
            amount,
            _maxGas,
            _gasPriceBid,
            abi.encode(_maxSubmissionCost, bytes(""))
        );
    }

    /// @inheritdoc IL1Migrator
    function getMigrateDelegatorParams(address _l1Addr, address _l2Addr)
        public
        view
        returns (bytes memory data, IL2Migrator.MigrateDelegatorParams memory params)
    {
        params.l1Addr = _l1Addr;
        params.l2Addr = _l2Addr;
        (params.stake, params.fees, params.delegatedStake, params.delegate) = _account(_l1Addr);
        data = abi.encodeCall(IL2Migrator.finalizeMigrateDelegator, (params));
    }

    /// @inheritdoc IL1Migrator
    function getMigrateUnbondingLocksParams(
        address _l1Addr,
        address _l2Addr,
        uint256[] calldata _unbondingLockIds
    )
        public
        view
        returns (bytes memory data, IL2Migrator.MigrateUnbondingLocksParams memory params)
    {
        IBondingManager bondingManager = IBondingManager(bondingManagerAddr);
        uint256 total;
        for (uint256 i = 0; i < _unbondingLockIds.length; i++) {
            (uint256 amount,) =
                bondingManager.getDelegatorUnbondingLock(_l1Addr, _unbondingLockIds[i]);
            total += amount;
        }
        params.l1Addr = _l1Addr;
        params.l2Addr = _l2Addr;
        params.total = total;
        params.unbondingLockIds = _unbondingLockIds;
        (,, params.delegate,,,,) = bondingManager.getDelegator(_l1Addr);
        data = abi.encodeCall(IL2Migrator.finalizeMigrateUnbondingLocks, (params));
    }

    /// @inheritdoc IL1Migrator
    function getMigrateSenderParams(address _l1Addr, address _l2Addr)
        public
        view
        returns (bytes memory data, IL2Migrator.MigrateSenderParams memory params)
    {
        (ITicketBroker.Sender memory sender, ITicketBroker.ReserveInfo memory reserve) =
            ITicketBroker(ticketBrokerAddr).getSenderInfo(_l1Addr);
        params = IL2Migrator.MigrateSenderParams({
            l1Addr: _l1Addr,
            l2Addr: _l2Addr,
            deposit: sender.deposit,
            reserve: reserve.fundsRemaining
        });
        data = abi.encodeCall(IL2Migrator.finalizeMigrateSender, (params));
    }

    /// @inheritdoc IL1Migrator
    function getMigrateParams(MigrateMsg calldata _message, IL2Migrator.Hints calldata _hints)
        public
        view
        returns (bytes memory data, IL2Migrator.MigrateParams memory params)
    {
        params.l1Addr = _message.l1Addr;
        params.l2Addr = _message.l2Addr;
        params.amount = _message.amount;
        params.nonce = _message.nonce;
        (params.stake, params.fees, params.delegatedStake, params.delegate) =
            _account(_message.l1Addr);
        data = abi.encodeCall(IL2Migrator.finalizeMigrate, (params, _hints));
    }

    /// @dev Everything L1's staking says about an account, as of the current (frozen) round.
    function _account(address who)
        private
        view
        returns (uint256 stake, uint256 fees, uint256 delegatedStake, address delegate)
    {
        IBondingManager bondingManager = IBondingManager(bondingManagerAddr);
        stake = bondingManager.pendingStake(who, CURRENT_ROUND);
        fees = bondingManager.pendingFees(who, CURRENT_ROUND);
        (,, delegate, delegatedStake,,,) = bondingManager.getDelegator(who);
    }

    /// @dev The payer's refunds go to the account's L2 address, as in the original.
    function _sendToMigrator(address l2Addr, TicketGas memory gas_, bytes memory data)
        private
        returns (uint256 seqNo)
    {
        Ticket memory ticket = Ticket({
            target: l2MigratorAddr, from: l2Addr, refundTo: l2Addr, l1Value: msg.value, l2Value: 0
        });
        seqNo = _sendTxToL2(ticket, gas_, data);
    }

    function _authorize(address l1Addr, bytes32 structHash, bytes calldata sig) private view {
        if (msg.sender != l1Addr) {
            Authorization.check(l1Addr, _hashTypedDataV4(structHash), sig);
        }
    }

    function _requireL2Addr(address l2Addr) private pure {
        require(l2Addr != address(0), "INVALID_L2_ADDR");
    }

    /// @dev Pairwise: at the cap that costs less than the locks' own reads.
    function _requireFewDistinct(uint256[] calldata ids) private pure {
        uint256 count = ids.length;
        if (count > MAX_UNBONDING_LOCKS) revert TooManyUnbondingLocks(count, MAX_UNBONDING_LOCKS);
        for (uint256 i = 1; i < count; i++) {
            for (uint256 j = 0; j < i; j++) {
                if (ids[i] == ids[j]) revert DuplicateUnbondingLock(ids[i]);
            }
        }
    }
}
