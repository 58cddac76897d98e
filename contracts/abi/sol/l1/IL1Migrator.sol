// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L1Migrator
/// @notice Sends stakes, locks, deposits and the protocol's funds from L1 to L2.
interface IL1Migrator {
    struct MigrateDelegatorParams {
        address l1Addr;
        address l2Addr;
        uint256 stake;
        uint256 delegatedStake;
        uint256 fees;
        address delegate;
    }

    struct MigrateSenderParams {
        address l1Addr;
        address l2Addr;
        uint256 deposit;
        uint256 reserve;
    }

    struct MigrateUnbondingLocksParams {
        address l1Addr;
        address l2Addr;
        uint256 total;
        uint256[] unbondingLockIds;
        address delegate;
    }

    /// @notice What an account signs to move a part of its stake (X1).
    struct MigrateMsg {
        address l1Addr;
        address l2Addr;
        uint256 amount;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice A part of a stake on its way (X1).
    struct MigrateParams {
        address l1Addr;
        address l2Addr;
        uint256 amount;
        uint256 stake;
        uint256 delegatedStake;
        uint256 fees;
        address delegate;
        uint256 nonce;
    }

    /// @notice Neighbours on L2, zero where not known (X10).
    struct Hints {
        address selfPrev;
        address selfNext;
        address poolPrev;
        address poolNext;
    }

    error AmountExceedsStake(uint256 amount, uint256 stake);
    error DeadlineExpired(uint256 deadline, uint256 blockTimestamp);
    error DuplicateUnbondingLock(uint256 id);
    error InvalidAccountNonce(address account, uint256 currentNonce);
    error NothingToMigrate(address l1Addr);
    error TooManyUnbondingLocks(uint256 given, uint256 max);
    error WrongTicketValue(uint256 sent, uint256 cost);

    event BridgeMinterUpdate(address bridgeMinter);
    event L2MigratorUpdate(address l2Migrator);
    event MigrateDelegatorInitiated(uint256 indexed seqNo, MigrateDelegatorParams params);
    event EIP712DomainChanged();
    event MigrateInitiated(uint256 indexed seqNo, MigrateParams params);
    event MigrateSenderInitiated(uint256 indexed seqNo, MigrateSenderParams params);
    event MigrateUnbondingLocksInitiated(uint256 indexed seqNo, MigrateUnbondingLocksParams params);
    event Paused(address account);
    event RoleAdminChanged(bytes32 indexed role, bytes32 indexed previousAdminRole, bytes32 indexed newAdminRole);
    event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender);
    event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender);
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);
    event Unpaused(address account);

    receive() external payable;

    /// @notice Sends a part of a stake to L2; the value must be exactly the ticket's cost.
    function migrate(
        MigrateMsg calldata message,
        Hints calldata hints,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;
    function grantRole(bytes32 role, address account) external;
    /// @notice Sends a delegator's stake and fees to L2; `sig` by `l1Addr` unless it calls itself.
    function migrateDelegator(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;
    /// @notice Sends the BridgeMinter's wei to the L2Migrator. Anyone.
    function migrateETH(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost) external payable;
    /// @notice Sends the BridgeMinter's LPT to the L2Migrator. Only the admin.
    function migrateLPT(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost) external payable;
    /// @notice Sends a broadcaster's deposit and reserve to L2.
    function migrateSender(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;
    /// @notice Sends unbonding locks to L2 as fresh stake.
    function migrateUnbondingLocks(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;
    function pause() external;
    function renounceRole(bytes32 role, address account) external;
    function revokeRole(bytes32 role, address account) external;
    function setBridgeMinter(address bridgeMinter) external;
    function setL2Migrator(address l2Migrator) external;
    function unpause() external;

    /// @notice The most lock ids that one call takes (X8).
    function MAX_UNBONDING_LOCKS() external view returns (uint256);
    function eip712Domain() external view returns (
        bytes1 fields,
        string memory name,
        string memory version,
        uint256 chainId,
        address verifyingContract,
        bytes32 salt,
        uint256[] memory extensions
    );
    function getMigrateParams(
        MigrateMsg calldata message,
        Hints calldata hints
    ) external view returns (bytes memory data, MigrateParams memory params);
    /// @notice The nonce that `migrate` takes next for an account.
    function nonces(address owner) external view returns (uint256);
    function DEFAULT_ADMIN_ROLE() external view returns (bytes32);
    function bondingManagerAddr() external view returns (address);
    function bridgeMinterAddr() external view returns (address);
    function getMigrateDelegatorParams(
        address l1Addr,
        address l2Addr
    ) external view returns (bytes memory data, MigrateDelegatorParams memory params);
    function getMigrateSenderParams(
        address l1Addr,
        address l2Addr
    ) external view returns (bytes memory data, MigrateSenderParams memory params);
    function getMigrateUnbondingLocksParams(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds
    ) external view returns (bytes memory data, MigrateUnbondingLocksParams memory params);
    function getRoleAdmin(bytes32 role) external view returns (bytes32);
    function hasRole(bytes32 role, address account) external view returns (bool);
    function inbox() external view returns (address);
    function l1LPTGatewayAddr() external view returns (address);
    function l2MigratorAddr() external view returns (address);
    function paused() external view returns (bool);
    function supportsInterface(bytes4 interfaceId) external view returns (bool);
    function ticketBrokerAddr() external view returns (address);
    function tokenAddr() external view returns (address);
}
