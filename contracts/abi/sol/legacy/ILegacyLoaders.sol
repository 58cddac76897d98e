// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Loaders of L1's stand-ins
/// @notice How a development chain or a rehearsal gets its L1 population: the stand-ins' owner only, before the freeze.
/// On mainnet nothing answers to these.
interface ILegacyLoaders {
    struct LoadedDelegator {
        address who;
        address delegate;
        uint128 stake;
        uint128 fees;
    }

    struct LoadedLock {
        address who;
        uint128 amount;
        uint128 withdrawRound;
    }

    struct LoadedSender {
        address who;
        uint128 deposit;
        uint128 reserve;
    }

    error AlreadyLoaded(address who);
    error Frozen();

    /// @notice BondingManager's.
    function loadDelegators(LoadedDelegator[] calldata loaded) external;
    /// @notice BondingManager's; locks are numbered in order.
    function loadUnbondingLocks(LoadedLock[] calldata loaded) external;
    /// @notice RoundsManager's: the current block begins `round`.
    function loadRound(uint256 round) external;
    /// @notice TicketBroker's; the value goes to the Minter.
    function loadSenders(LoadedSender[] calldata loaded) external payable;
}
