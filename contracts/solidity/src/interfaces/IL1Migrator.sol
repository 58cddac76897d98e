// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL2Migrator} from "./IL2Migrator.sol";

/// @title Sends stakes, unbonding locks and broadcasters' funds from L1 to L2.
/// @notice An account moves by its own transaction or by its signature, sent by anybody: an EIP-712
/// signature of its key (65 bytes, or 64 as EIP-2098), or an ERC-1271 signature of its code.
interface IL1Migrator {
    /// @notice What an account signs to move a part of its stake (X1).
    /// @param l1Addr The account.
    /// @param l2Addr Who gets the part on L2.
    /// @param amount The part, LPT base units; at most the pending stake. Zero moves fees alone.
    /// @param nonce `nonces(l1Addr)` at the time of the call.
    /// @param deadline Last second (of `block.timestamp`) at which the message may be sent.
    struct MigrateMsg {
        address l1Addr;
        address l2Addr;
        uint256 amount;
        uint256 nonce;
        uint256 deadline;
    }

    event MigrateDelegatorInitiated(
        uint256 indexed seqNo, IL2Migrator.MigrateDelegatorParams params
    );
    event MigrateUnbondingLocksInitiated(
        uint256 indexed seqNo, IL2Migrator.MigrateUnbondingLocksParams params
    );
    event MigrateSenderInitiated(uint256 indexed seqNo, IL2Migrator.MigrateSenderParams params);

    /// @notice A part of a stake is on its way to L2 in message `seqNo` (X1).
    event MigrateInitiated(uint256 indexed seqNo, IL2Migrator.MigrateParams params);

    event L2MigratorUpdate(address l2Migrator);
    event BridgeMinterUpdate(address bridgeMinter);

    /// @notice The message's deadline has passed.
    error DeadlineExpired(uint256 deadline, uint256 blockTimestamp);

    /// @notice More was asked for than the account has on L1.
    error AmountExceedsStake(uint256 amount, uint256 stake);

    /// @notice Neither stake nor fees would move.
    error NothingToMigrate(address l1Addr);

    /// @notice `migrate` takes exactly the cost of its ticket: anything above would be lost (X1).
    error WrongTicketValue(uint256 sent, uint256 cost);

    /// @notice A longer list could cost more L2 gas than a ticket can have (X8).
    error TooManyUnbondingLocks(uint256 given, uint256 max);

    /// @notice L2 would refuse the whole list (X8).
    error DuplicateUnbondingLock(uint256 id);

    /// @notice Moves the whole stake and the fees of an account.
    /// @dev "Pausable: paused", "INVALID_L2_ADDR", "ECDSA: ..." or "FAIL_AUTH", then the Inbox's.
    /// @param l1Addr The account.
    /// @param l2Addr Who gets them on L2; refunds of the ticket go there too.
    /// @param sig Authorisation of `l1Addr`; not looked at if `l1Addr` is the caller.
    /// @param maxGas L2 gas of the ticket's automatic redeem.
    /// @param gasPriceBid L2 gas price limit, wei.
    /// @param maxSubmissionCost Wei at most for keeping the ticket.
    function migrateDelegator(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Moves unbonding locks, which become fresh stake on L2.
    /// @dev As `migrateDelegator`, then `TooManyUnbondingLocks` and `DuplicateUnbondingLock`.
    /// @param unbondingLockIds At most `MAX_UNBONDING_LOCKS`, no one twice; an unknown id counts 0.
    function migrateUnbondingLocks(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Moves a broadcaster's deposit and reserve.
    function migrateSender(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Moves a part of a stake, with the fees if no part took them before (X1).
    /// @dev In order: "Pausable: paused", "INVALID_L2_ADDR", `DeadlineExpired`, "ECDSA: ..." or
    /// "FAIL_AUTH", `InvalidAccountNonce`, `AmountExceedsStake`, `NothingToMigrate`,
    /// `WrongTicketValue`, then the Inbox's. Deadline and nonce bind the caller itself too.
    /// @param message What the account signed, if it is not the caller.
    /// @param hints Positions in the L2 list, all zero if not known (X10).
    /// @param sig Authorisation of `message.l1Addr`; not looked at if it is the caller.
    function migrate(
        MigrateMsg calldata message,
        IL2Migrator.Hints calldata hints,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Sends all ether of BridgeMinter to L2Migrator; anyone may pay for it.
    /// @dev The ticket's refund address is L2Migrator: if it expires, the ether still arrives (X7).
    function migrateETH(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost)
        external
        payable;

    /// @notice Sends all LPT of BridgeMinter to L2Migrator; admin only, because a ticket that
    /// cannot succeed would lock it.
    function migrateLPT(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost)
        external
        payable;

    /// @notice Sets the ticket's target; admin only.
    function setL2Migrator(address l2Migrator) external;

    /// @notice Sets where migrateETH and migrateLPT take from; admin only.
    function setBridgeMinter(address bridgeMinter) external;

    /// @notice What migrateDelegator would send.
    function getMigrateDelegatorParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, IL2Migrator.MigrateDelegatorParams memory params);

    /// @notice What migrateUnbondingLocks would send; sums an id as often as it is given.
    function getMigrateUnbondingLocksParams(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds
    )
        external
        view
        returns (bytes memory data, IL2Migrator.MigrateUnbondingLocksParams memory params);

    /// @notice What migrateSender would send.
    function getMigrateSenderParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, IL2Migrator.MigrateSenderParams memory params);

    /// @notice What migrate would send; checks nothing.
    function getMigrateParams(MigrateMsg calldata message, IL2Migrator.Hints calldata hints)
        external
        view
        returns (bytes memory data, IL2Migrator.MigrateParams memory params);

    /// @notice The most lock ids that one call takes.
    function MAX_UNBONDING_LOCKS() external view returns (uint256);

    function bondingManagerAddr() external view returns (address);
    function ticketBrokerAddr() external view returns (address);
    function tokenAddr() external view returns (address);
    function l1LPTGatewayAddr() external view returns (address);
    function bridgeMinterAddr() external view returns (address);
    function l2MigratorAddr() external view returns (address);
}
