// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L2Migrator
/// @notice Receives what the L1Migrator sends, and snapshot claims.
interface IL2Migrator {
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

    event ClaimStakeEnabled(bool _enabled);
    event ControllerContractUpdate(bytes32 id, address addr);
    event DelegatorPoolCreated(address indexed l1Addr, address delegatorPool);
    event DelegatorPoolImplUpdate(address _delegatorPoolImpl);
    event L1MigratorUpdate(address _l1MigratorAddr);
    event MigrateDelegatorFinalized(MigrateDelegatorParams params);
    event MigrateSenderFinalized(MigrateSenderParams params);
    event MigrateUnbondingLocksFinalized(MigrateUnbondingLocksParams params);
    event SetController(address controller);
    event StakeClaimed(address indexed delegator, address delegate, uint256 stake, uint256 fees);
    event TxToL1(address indexed _from, address indexed _to, uint256 indexed _id, bytes _data);

    receive() external payable;

    /// @notice Claims a delegator's part of the snapshot with its proof.
    function claimStake(
        address delegate,
        uint256 stake,
        uint256 fees,
        bytes32[] calldata proof,
        address newDelegate
    ) external;
    /// @notice As `claimStake`, with neighbours of the delegate that gets the stake and of the one whose pool it leaves (X10).
    function claimStakeWithHints(
        address delegate,
        uint256 stake,
        uint256 fees,
        bytes32[] calldata proof,
        address newDelegate,
        Hints calldata hints
    ) external;
    /// @notice The L2 leg of `migrate`: parts add up in any order of arrival. Only the L1Migrator, through the bridge.
    function finalizeMigrate(MigrateParams calldata params, Hints calldata hints) external;
    /// @notice The L2 leg of `migrateDelegator`. Only the L1Migrator, through the bridge.
    function finalizeMigrateDelegator(MigrateDelegatorParams calldata params) external;
    /// @notice The L2 leg of `migrateSender`. Only the L1Migrator, through the bridge.
    function finalizeMigrateSender(MigrateSenderParams calldata params) external;
    /// @notice The L2 leg of `migrateUnbondingLocks`. Only the L1Migrator, through the bridge.
    function finalizeMigrateUnbondingLocks(MigrateUnbondingLocksParams calldata params) external;
    /// @notice Sets the Controller (once, in the proxy's constructor), or the L1Migrator and the pool to clone (the Controller's owner).
    function initialize(address l1Migrator_, address delegatorPoolImpl_) external;
    function setClaimStakeEnabled(bool enabled) external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    function setDelegatorPoolImpl(address delegatorPoolImpl_) external;
    function setL1Migrator(address l1Migrator_) external;
    /// @notice Takes over the other contracts' addresses from the registry. Anyone.
    function syncControllerContracts() external;
    /// @notice Sets the Controller (once, in the proxy's constructor), or the L1Migrator and the pool to clone (the Controller's owner).
    function initialize(address controller_) external;

    function bondingManagerAddr() external view returns (address);
    function claimStakeEnabled() external view returns (bool);
    function claimedDelegatedStake(address delegate) external view returns (uint256);
    function controller() external view returns (address);
    function delegatorPoolImpl() external view returns (address);
    function delegatorPools(address l1Addr) external view returns (address);
    function l1MigratorAddr() external view returns (address);
    function merkleSnapshotAddr() external view returns (address);
    function migratedDelegators(address addr) external view returns (bool);
    /// @notice How much of an account's stake has arrived, and whether its fees have (X1).
    function migratedParts(address l1Addr) external view returns (uint256 stake, bool fees);
    function migratedSenders(address addr) external view returns (bool);
    function migratedUnbondingLocks(address l1Addr, uint256 unbondingLockId) external view returns (bool);
    function ticketBrokerAddr() external view returns (address);
    function tokenAddr() external view returns (address);
}
