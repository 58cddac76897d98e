// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {TicketGas} from "../../src/interfaces/TicketGas.sol";
import {
    BONDING_MANAGER,
    JOBS_MANAGER,
    LIP_73,
    LIVEPEER_TOKEN,
    MINTER,
    ROUNDS_MANAGER,
    TICKET_BROKER
} from "../../src/interfaces/livepeer/ContractIds.sol";
import {BridgeMinter} from "../../src/l1/BridgeMinter.sol";
import {L1Escrow} from "../../src/l1/L1Escrow.sol";
import {L1LPTDataCache} from "../../src/l1/L1LPTDataCache.sol";
import {L1LPTGateway} from "../../src/l1/L1LPTGateway.sol";
import {L1Migrator} from "../../src/l1/L1Migrator.sol";
import {LegacyBondingManager} from "../../src/legacy/LegacyBondingManager.sol";
import {LegacyController} from "../../src/legacy/LegacyController.sol";
import {LegacyLivepeerToken} from "../../src/legacy/LegacyLivepeerToken.sol";
import {LegacyMinter} from "../../src/legacy/LegacyMinter.sol";
import {LegacyRoundsManager} from "../../src/legacy/LegacyRoundsManager.sol";
import {LegacyTicketBroker} from "../../src/legacy/LegacyTicketBroker.sol";
import {NitroL1} from "../nitro/NitroL1.sol";

/// @title The whole of L1, wired: Nitro's bridge, the legacy staking in round 2466, our contracts.
/// @notice The test is the admin of everything. L1Migrator is open, funds are still in the Minter.
abstract contract L1Fixture is NitroL1 {
    uint256 internal constant ROUND = 2466;
    uint256 internal constant ROUND_LENGTH = 50;
    uint256 internal constant UNBONDING_PERIOD = 7;
    uint256 internal constant INFLATION = 218_500;

    address internal immutable l2Migrator = makeAddr("L2Migrator");
    address internal immutable l2Gateway = makeAddr("L2LPTGateway");
    address internal immutable l2Lpt = makeAddr("LivepeerToken on L2");
    address internal immutable l2DataCache = makeAddr("L2LPTDataCache");
    address internal immutable router = makeAddr("L1 gateway router");
    address internal immutable stranger = makeAddr("stranger");

    uint256 internal immutable orchestratorKey = makeKey("orchestrator");
    uint256 internal immutable delegatorKey = makeKey("delegator");
    address internal immutable orchestrator = vm.addr(orchestratorKey);
    address internal immutable delegator = vm.addr(delegatorKey);
    address internal immutable l2Owner = makeAddr("owner on L2");

    LegacyController internal controller;
    LegacyLivepeerToken internal token;
    LegacyMinter internal legacyMinter;
    LegacyRoundsManager internal roundsManager;
    LegacyBondingManager internal bondingManager;
    LegacyTicketBroker internal ticketBroker;

    L1Escrow internal escrow;
    L1LPTGateway internal gateway;
    L1Migrator internal migrator;
    L1LPTDataCache internal dataCache;
    BridgeMinter internal bridgeMinter;

    function setUp() public virtual {
        vm.fee(10 gwei);
        vm.roll(1_000_000);
        vm.warp(1_644_000_000);
        vm.deal(stranger, 1000 ether);
        vm.deal(orchestrator, 1000 ether);
        vm.deal(delegator, 1000 ether);
        deployNitro();
        _deployLegacy();
        _deployL1();
    }

    /// @dev Ether that keeps a ticket and pays for its redeem.
    function ticketGas() internal pure returns (TicketGas memory) {
        return TicketGas({maxGas: 1_000_000, gasPriceBid: 0.1 gwei, maxSubmissionCost: 0.001 ether});
    }

    function ticketCost() internal pure returns (uint256) {
        return 0.001 ether + 1_000_000 * 0.1 gwei;
    }

    function loadDelegator(address who, address delegate, uint128 stake, uint128 fees) internal {
        LegacyBondingManager.LoadedDelegator[] memory loaded =
            new LegacyBondingManager.LoadedDelegator[](1);
        loaded[0] = LegacyBondingManager.LoadedDelegator(who, delegate, stake, fees);
        bondingManager.loadDelegators(loaded);
    }

    function loadLock(address who, uint128 amount, uint256 withdrawRound) internal {
        LegacyBondingManager.LoadedLock[] memory loaded = new LegacyBondingManager.LoadedLock[](1);
        loaded[0] = LegacyBondingManager.LoadedLock(who, amount, uint128(withdrawRound));
        bondingManager.loadUnbondingLocks(loaded);
    }

    function loadSender(address who, uint128 deposit, uint128 reserve) internal {
        LegacyTicketBroker.LoadedSender[] memory loaded = new LegacyTicketBroker.LoadedSender[](1);
        loaded[0] = LegacyTicketBroker.LoadedSender(who, deposit, reserve);
        vm.deal(address(this), uint256(deposit) + reserve);
        ticketBroker.loadSenders{value: uint256(deposit) + reserve}(loaded);
    }

    /// @dev LIP-73 holds from the next round on, and that round has come.
    function freeze() internal {
        roundsManager.setLIPUpgradeRound(LIP_73, ROUND + 1);
        vm.roll(block.number + ROUND_LENGTH);
    }

    /// @dev Phase 2 on L1: the system is paused and the Minter's funds pass to BridgeMinter.
    function handOverToBridgeMinter() internal {
        controller.pause();
        controller.setContractInfo(MINTER, address(bridgeMinter), 0);
        legacyMinter.migrateToNewMinter(address(bridgeMinter));
    }

    function _deployLegacy() private {
        controller = new LegacyController();
        token = new LegacyLivepeerToken();
        legacyMinter = new LegacyMinter(address(controller), INFLATION, 500, 500_000_000);
        roundsManager = new LegacyRoundsManager(address(controller));
        bondingManager = new LegacyBondingManager(address(controller));
        ticketBroker = new LegacyTicketBroker(address(controller));
        controller.setContractInfo(LIVEPEER_TOKEN, address(token), 0);
        controller.setContractInfo(MINTER, address(legacyMinter), 0);
        controller.setContractInfo(ROUNDS_MANAGER, address(roundsManager), 0);
        controller.setContractInfo(BONDING_MANAGER, address(bondingManager), 0);
        controller.setContractInfo(TICKET_BROKER, address(ticketBroker), 0);
        controller.setContractInfo(JOBS_MANAGER, address(ticketBroker), 0);
        roundsManager.setRoundLength(ROUND_LENGTH);
        roundsManager.setRoundLockAmount(100_000);
        roundsManager.loadRound(ROUND);
        bondingManager.setUnbondingPeriod(uint64(UNBONDING_PERIOD));
        ticketBroker.setUnlockPeriod(2);
        token.mint(address(legacyMinter), 10_000_000 ether);
        token.mint(address(this), 1_000_000 ether);
        token.transferOwnership(address(legacyMinter));
        controller.unpause();
    }

    function _deployL1() private {
        escrow = new L1Escrow();
        gateway = new L1LPTGateway(router, address(escrow), address(token), l2Lpt, address(inbox));
        migrator = new L1Migrator(
            address(inbox),
            address(bondingManager),
            address(ticketBroker),
            address(token),
            address(gateway),
            l2Migrator
        );
        bridgeMinter = new BridgeMinter(address(controller), address(migrator), address(gateway));
        dataCache = new L1LPTDataCache(address(inbox), address(token), l2DataCache);
        escrow.approve(address(token), address(gateway), type(uint256).max);
        gateway.setCounterpart(l2Gateway);
        gateway.setMinter(address(bridgeMinter));
        gateway.unpause();
        migrator.setBridgeMinter(address(bridgeMinter));
        migrator.unpause();
    }
}
