// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {LIP_73} from "../interfaces/livepeer/ContractIds.sol";
import {IRoundsManager} from "../interfaces/livepeer/IRoundsManager.sol";
import {ILegacyRoundsManager} from "./ILegacyPeers.sol";
import {LegacyManager} from "./LegacyManager.sol";

/// @title L1's round clock for development and rehearsals, with the freeze of LIP-73.
/// @notice The clock goes on after the freeze; rounds are no longer initialised.
contract LegacyRoundsManager is LegacyManager, ILegacyRoundsManager {
    uint256 private constant PERC_DIVISOR = 1_000_000;

    event NewRound(uint256 indexed round, bytes32 blockHash);

    /// @notice Blocks.
    uint256 public roundLength;

    /// @notice Last part of a round in which orchestrators may not change their cuts, in 10^-6.
    uint256 public roundLockAmount;

    uint256 public lastInitializedRound;
    uint256 public lastRoundLengthUpdateRound;
    uint256 public lastRoundLengthUpdateStartBlock;

    /// @inheritdoc IRoundsManager
    mapping(uint256 lip => uint256 round) public lipUpgradeRound;

    mapping(uint256 round => bytes32) public blockHashForRound;

    constructor(address _controller) LegacyManager(_controller) {}

    function setRoundLength(uint256 _roundLength) external onlyControllerOwner {
        require(_roundLength > 0, "round length cannot be 0");
        if (roundLength == 0) {
            roundLength = _roundLength;
            lastRoundLengthUpdateRound = currentRound();
            lastRoundLengthUpdateStartBlock = currentRoundStartBlock();
        } else {
            uint256 round = currentRound();
            lastRoundLengthUpdateStartBlock = currentRoundStartBlock();
            lastRoundLengthUpdateRound = round;
            roundLength = _roundLength;
        }
        emit ParameterUpdate("roundLength");
    }

    function setRoundLockAmount(uint256 _roundLockAmount) external onlyControllerOwner {
        require(_roundLockAmount <= PERC_DIVISOR, "round lock amount must be a valid percentage");
        roundLockAmount = _roundLockAmount;
        emit ParameterUpdate("roundLockAmount");
    }

    function setLIPUpgradeRound(uint256 _lip, uint256 _round) external onlyControllerOwner {
        require(lipUpgradeRound[_lip] == 0, "LIP upgrade round already set");
        lipUpgradeRound[_lip] = _round;
    }

    /// @notice Makes the current block the first of `_round`, initialised: a development chain has
    /// not the fourteen million blocks that Livepeer's rounds were counted in.
    function loadRound(uint256 _round) external onlyLoader {
        lastRoundLengthUpdateRound = _round;
        lastRoundLengthUpdateStartBlock = block.number;
        lastInitializedRound = _round;
    }

    function initializeRound() external whenSystemNotPaused {
        uint256 round = currentRound();
        require(!frozen(), "cannot initialize past LIP-73 round");
        require(lastInitializedRound < round, "round already initialized");
        lastInitializedRound = round;
        bytes32 roundBlockHash = blockHash(block.number - 1);
        blockHashForRound[round] = roundBlockHash;
        _bondingManager().setCurrentRoundTotalActiveStake();
        _minter().setCurrentRewardTokens();
        emit NewRound(round, roundBlockHash);
    }

    function blockHash(uint256 _block) public view returns (bytes32) {
        require(_block < block.number, "can only retrieve past block hashes");
        require(
            block.number < 256 || _block >= block.number - 256,
            "can only retrieve hashes for last 256 blocks"
        );
        return blockhash(_block);
    }

    function currentRoundInitialized() external view returns (bool) {
        return lastInitializedRound == currentRound();
    }

    function currentRoundLocked() external view returns (bool) {
        uint256 lockedBlocks = roundLength * roundLockAmount / PERC_DIVISOR;
        return block.number - currentRoundStartBlock() >= roundLength - lockedBlocks;
    }

    /// @notice Whether the round of LIP-73 has come.
    function frozen() public view returns (bool) {
        uint256 freezeRound = lipUpgradeRound[LIP_73];
        return freezeRound != 0 && currentRound() >= freezeRound;
    }

    function blockNum() external view returns (uint256) {
        return block.number;
    }

    /// @inheritdoc IRoundsManager
    function currentRound() public view returns (uint256) {
        return lastRoundLengthUpdateRound + _roundsSinceUpdate();
    }

    function currentRoundStartBlock() public view returns (uint256) {
        return lastRoundLengthUpdateStartBlock + _roundsSinceUpdate() * roundLength;
    }

    function _roundsSinceUpdate() private view returns (uint256) {
        return (block.number - lastRoundLengthUpdateStartBlock) / roundLength;
    }
}
