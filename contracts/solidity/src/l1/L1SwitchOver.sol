// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTDataCache} from "../interfaces/IL1LPTDataCache.sol";
import {IL1SwitchOver} from "../interfaces/IL1SwitchOver.sol";
import {IL2SwitchOver} from "../interfaces/IL2SwitchOver.sol";
import {TicketGas} from "../interfaces/TicketGas.sol";
import {LIP_73, ROUNDS_MANAGER} from "../interfaces/livepeer/ContractIds.sol";
import {IController} from "../interfaces/livepeer/IController.sol";
import {IMinter} from "../interfaces/livepeer/IMinter.sol";
import {IRoundsManager} from "../interfaces/livepeer/IRoundsManager.sol";
import {L1Migrator} from "./L1Migrator.sol";
import {L1ArbitrumMessenger} from "./base/L1ArbitrumMessenger.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title L1SwitchOver: L1's funds and last figures leave for L2 in one transaction, once.
/// @notice It is L1Migrator's admin until it has started or was aborted, and never after.
contract L1SwitchOver is L1ArbitrumMessenger, Ownable, IL1SwitchOver {
    IController private immutable controller;
    IMinter private immutable legacyMinter;
    L1Migrator private immutable l1Migrator;
    IL1LPTDataCache private immutable l1LPTDataCache;

    /// @inheritdoc IL1SwitchOver
    address public l2SwitchOverAddr;

    /// @inheritdoc IL1SwitchOver
    Status public status;

    IL2SwitchOver.Announcement private announcement_;

    /// @param _owner Who may start or abort.
    /// @param _inbox The chain's delayed inbox.
    /// @param _controller L1's Controller, for the round of the freeze.
    /// @param _legacyMinter The Minter that last set the inflation, not BridgeMinter.
    /// @param _l1Migrator Paused, with its BridgeMinter set.
    /// @param _l1LPTDataCache Sends the supply.
    constructor(
        address _owner,
        address _inbox,
        address _controller,
        address _legacyMinter,
        address payable _l1Migrator,
        address _l1LPTDataCache
    ) L1ArbitrumMessenger(_inbox) Ownable(_owner) {
        controller = IController(_controller);
        legacyMinter = IMinter(_legacyMinter);
        l1Migrator = L1Migrator(_l1Migrator);
        l1LPTDataCache = IL1LPTDataCache(_l1LPTDataCache);
    }

    modifier onlyStatus(Status needed) {
        if (status != needed) revert WrongStatus(status);
        _;
    }

    /// @inheritdoc IL1SwitchOver
    function start(
        TicketGas calldata eth,
        TicketGas calldata lpt,
        TicketGas calldata supply,
        TicketGas calldata announcement,
        address refundTo
    ) external payable onlyOwner onlyStatus(Status.Ready) {
        if (l2SwitchOverAddr == address(0)) revert NoL2SwitchOver();
        _requireValue(_cost(eth) + _cost(lpt) + _cost(supply) + _cost(announcement));
        _requireFrozen();
        if (!l1Migrator.paused()) revert MigratorNotPaused();
        address l2Migrator = l1Migrator.l2MigratorAddr();
        if (l2Migrator.code.length != 0) revert L2MigratorHasCode(l2Migrator);

        announcement_ = preview();
        status = Status.Started;
        l1Migrator.unpause();
        l1Migrator.migrateETH{value: _cost(eth)}(eth.maxGas, eth.gasPriceBid, eth.maxSubmissionCost);
        l1Migrator.migrateLPT{value: _cost(lpt)}(lpt.maxGas, lpt.gasPriceBid, lpt.maxSubmissionCost);
        l1LPTDataCache.cacheTotalSupplyTo{value: _cost(supply)}(
            refundTo, supply.maxGas, supply.gasPriceBid, supply.maxSubmissionCost
        );
        _leaveMigrator();
        emit SwitchOverStarted(_announce(announcement, refundTo), announcement_);
    }

    /// @inheritdoc IL1SwitchOver
    function announceAgain(TicketGas calldata gas_, address refundTo)
        external
        payable
        onlyStatus(Status.Started)
    {
        _requireValue(_cost(gas_));
        emit SwitchOverRepeated(_announce(gas_, refundTo));
    }

    /// @inheritdoc IL1SwitchOver
    function abort() external onlyOwner onlyStatus(Status.Ready) {
        status = Status.Aborted;
        _leaveMigrator();
        emit SwitchOverAborted();
    }

    /// @inheritdoc IL1SwitchOver
    function setL2SwitchOver(address l2SwitchOver) external onlyOwner onlyStatus(Status.Ready) {
        l2SwitchOverAddr = l2SwitchOver;
        emit L2SwitchOverUpdate(l2SwitchOver);
    }

    /// @inheritdoc IL1SwitchOver
    function announced() external view returns (IL2SwitchOver.Announcement memory) {
        return announcement_;
    }

    /// @inheritdoc IL1SwitchOver
    function preview() public view returns (IL2SwitchOver.Announcement memory) {
        address bridgeMinter = l1Migrator.bridgeMinterAddr();
        IERC20 token = IERC20(l1Migrator.tokenAddr());
        return IL2SwitchOver.Announcement({
            lptAmount: token.balanceOf(bridgeMinter),
            ethAmount: bridgeMinter.balance,
            inflation: legacyMinter.inflation(),
            l1TotalSupply: token.totalSupply()
        });
    }

    function _announce(TicketGas calldata gas_, address refundTo) private returns (uint256) {
        if (refundTo == address(0)) revert NoRefundAddress();
        Ticket memory ticket = Ticket({
            target: l2SwitchOverAddr,
            from: msg.sender,
            refundTo: refundTo,
            l1Value: _cost(gas_),
            l2Value: 0
        });
        bytes memory data = abi.encodeCall(IL2SwitchOver.finalizeSwitchOver, (announcement_));
        return _sendTxToL2(ticket, gas_, data);
    }

    function _leaveMigrator() private {
        l1Migrator.renounceRole(l1Migrator.DEFAULT_ADMIN_ROLE(), address(this));
    }

    function _requireFrozen() private view {
        IRoundsManager roundsManager = IRoundsManager(controller.getContract(ROUNDS_MANAGER));
        uint256 freezeRound = roundsManager.lipUpgradeRound(LIP_73);
        uint256 currentRound = roundsManager.currentRound();
        if (freezeRound == 0 || currentRound < freezeRound) {
            revert NotFrozen(currentRound, freezeRound);
        }
    }

    function _requireValue(uint256 cost) private view {
        if (msg.value != cost) revert WrongTicketValue(msg.value, cost);
    }
}
