// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title What L1Migrator's tickets call on L2.
/// @notice Every function may only be called by the alias of L1Migrator. The first three are the
/// original's; `finalizeMigrate` is new (docs/deviations.md, X1 and X10).
interface IL2Migrator {
    /// @param l1Addr The account that migrates.
    /// @param l2Addr Who gets its stake and fees on L2.
    /// @param stake Pending stake of `l1Addr`, LPT base units.
    /// @param delegatedStake Stake delegated to `l1Addr`, its own included, LPT base units.
    /// @param fees Pending fees of `l1Addr`, wei.
    /// @param delegate The account's delegate on L1; `l1Addr` itself for an orchestrator.
    struct MigrateDelegatorParams {
        address l1Addr;
        address l2Addr;
        uint256 stake;
        uint256 delegatedStake;
        uint256 fees;
        address delegate;
    }

    /// @param l1Addr The account that owns the locks.
    /// @param l2Addr Who gets their sum as fresh stake.
    /// @param total Sum of the locks, LPT base units.
    /// @param unbondingLockIds The locks.
    /// @param delegate Delegate of the fresh stake.
    struct MigrateUnbondingLocksParams {
        address l1Addr;
        address l2Addr;
        uint256 total;
        uint256[] unbondingLockIds;
        address delegate;
    }

    /// @param l1Addr The broadcaster that migrates.
    /// @param l2Addr Who gets its funds on L2.
    /// @param deposit Wei.
    /// @param reserve Wei.
    struct MigrateSenderParams {
        address l1Addr;
        address l2Addr;
        uint256 deposit;
        uint256 reserve;
    }

    /// @notice A part of an account's stake on its way (X1).
    /// @param l1Addr The account that migrates.
    /// @param l2Addr Who gets the part on L2.
    /// @param amount The part, LPT base units; at most `stake`.
    /// @param stake The whole pending stake on L1, LPT base units.
    /// @param delegatedStake Stake delegated to `l1Addr`, its own included, LPT base units.
    /// @param fees All pending fees on L1, wei.
    /// @param delegate The account's delegate on L1; `l1Addr` itself for an orchestrator.
    /// @param nonce L1 nonce that the authorisation used up: unique for each message of `l1Addr`.
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

    /// @notice Where list nodes belong after the call; zeros mean "look for it" (X10). A wrong hint
    /// costs gas and changes nothing else, so hints are not part of what an account signs.
    /// @param selfPrev Node before the delegate's after the stake of `l2Addr` is bonded.
    /// @param selfNext Node after it.
    /// @param poolPrev Orchestrators only: node before theirs after the pool's stake is bonded too.
    /// @param poolNext Node after it.
    struct Hints {
        address selfPrev;
        address selfNext;
        address poolPrev;
        address poolNext;
    }

    /// @notice Gives a migrated account its stake and fees; for an orchestrator also makes the pool.
    function finalizeMigrateDelegator(MigrateDelegatorParams calldata params) external;

    /// @notice Turns a migrated account's unbonding locks into fresh stake.
    function finalizeMigrateUnbondingLocks(MigrateUnbondingLocksParams calldata params) external;

    /// @notice Funds a migrated broadcaster's deposit and reserve.
    function finalizeMigrateSender(MigrateSenderParams calldata params) external;

    /// @notice Gives a migrated account a part of its stake. Parts add up in any order of arrival
    /// and never exceed `params.stake`; the fees go, once, with the first part to arrive; a whole
    /// migration or a snapshot claim later moves what is left.
    function finalizeMigrate(MigrateParams calldata params, Hints calldata hints) external;
}
