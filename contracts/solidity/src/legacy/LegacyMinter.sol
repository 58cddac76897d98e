// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {
    BONDING_MANAGER,
    JOBS_MANAGER,
    MINTER,
    ROUNDS_MANAGER
} from "../interfaces/livepeer/ContractIds.sol";
import {IMinter} from "../interfaces/livepeer/IMinter.sol";
import {ILegacyMinter} from "./ILegacyPeers.sol";
import {LegacyManager} from "./LegacyManager.sol";

/// @title L1's Minter for development and rehearsals: holds all bonded LPT and all ether, mints
/// rewards, and hands everything to BridgeMinter.
contract LegacyMinter is LegacyManager, ILegacyMinter {
    uint256 private constant PERC_DIVISOR = 1_000_000_000;

    event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation);

    /// @inheritdoc IMinter
    uint256 public inflation;

    /// @notice Change of the inflation a round, parts of 10^9.
    uint256 public immutable inflationChange;

    /// @notice Bonded part of the supply at which the inflation stays, parts of 10^9.
    uint256 public immutable targetBondingRate;

    uint256 public currentMintableTokens;
    uint256 public currentMintedTokens;

    constructor(
        address _controller,
        uint256 _inflation,
        uint256 _inflationChange,
        uint256 _targetBondingRate
    ) LegacyManager(_controller) {
        require(_inflation <= PERC_DIVISOR, "_inflation is invalid percentage");
        require(_inflationChange <= PERC_DIVISOR, "_inflationChange is invalid percentage");
        require(_targetBondingRate <= PERC_DIVISOR, "_targetBondingRate is invalid percentage");
        inflation = _inflation;
        inflationChange = _inflationChange;
        targetBondingRate = _targetBondingRate;
    }

    modifier only(bytes32 id, string memory message) {
        require(msg.sender == _registered(id), message);
        _;
    }

    /// @notice Hands the token's ownership, all LPT and all ether to the new Minter.
    function migrateToNewMinter(address _newMinter) external onlyControllerOwner whenSystemPaused {
        require(_newMinter != address(this), "new Minter cannot be current Minter");
        require(_newMinter != address(0), "new Minter cannot be null address");
        require(
            ILegacyMinter(_newMinter).getController() == address(controller),
            "new Minter Controller must be current Controller"
        );
        require(_registered(MINTER) == _newMinter, "new Minter must be registered");
        _token().transferOwnership(_newMinter);
        _token().transfer(_newMinter, _token().balanceOf(address(this)));
        ILegacyMinter(_newMinter).depositETH{value: address(this).balance}();
    }

    function setCurrentRewardTokens()
        external
        only(ROUNDS_MANAGER, "msg.sender not RoundsManager")
        whenSystemNotPaused
    {
        uint256 supply = _token().totalSupply();
        uint256 bonded = _bondingManager().getTotalBonded();
        uint256 rate = supply > 0 ? bonded * PERC_DIVISOR / supply : 0;
        if (rate < targetBondingRate) {
            inflation += inflationChange;
        } else if (rate > targetBondingRate) {
            inflation -= inflationChange < inflation ? inflationChange : inflation;
        }
        currentMintableTokens = supply * inflation / PERC_DIVISOR;
        currentMintedTokens = 0;
        emit SetCurrentRewardTokens(currentMintableTokens, inflation);
    }

    function createReward(uint256 _fracNum, uint256 _fracDenom)
        external
        only(BONDING_MANAGER, "msg.sender not BondingManager")
        whenSystemNotPaused
        returns (uint256 amount)
    {
        amount = currentMintableTokens * _fracNum / _fracDenom;
        currentMintedTokens += amount;
        require(
            currentMintedTokens <= currentMintableTokens,
            "minted tokens cannot exceed mintable tokens"
        );
        _token().mint(address(this), amount);
    }

    function trustedTransferTokens(address _to, uint256 _amount)
        external
        only(BONDING_MANAGER, "msg.sender not BondingManager")
        whenSystemNotPaused
    {
        _token().transfer(_to, _amount);
    }

    function trustedWithdrawETH(address payable _to, uint256 _amount) external whenSystemNotPaused {
        require(
            msg.sender == _registered(BONDING_MANAGER) || msg.sender == _registered(JOBS_MANAGER),
            "msg.sender not BondingManager or JobsManager"
        );
        (bool ok,) = _to.call{value: _amount}("");
        require(ok);
    }

    function depositETH() external payable returns (bool) {
        require(
            msg.sender == _registered(MINTER) || msg.sender == _registered(JOBS_MANAGER),
            "msg.sender not Minter or JobsManager"
        );
        return true;
    }

    function getController() external view returns (address) {
        return address(controller);
    }
}
