// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/livepeer/IBondingManager.sol";
import {IMinter} from "../interfaces/livepeer/IMinter.sol";
import {IRoundsManager} from "../interfaces/livepeer/IRoundsManager.sol";

// What the L1 stand-ins call of one another, beyond what the migration reads.

interface ILegacyRoundsManager is IRoundsManager {
    function currentRoundInitialized() external view returns (bool);

    /// @notice Whether the round of LIP-73 has come.
    function frozen() external view returns (bool);
}

interface ILegacyBondingManager is IBondingManager {
    function setCurrentRoundTotalActiveStake() external;
    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;
    function getTotalBonded() external view returns (uint256);
}

interface ILegacyMinter is IMinter {
    function setCurrentRewardTokens() external;
    function createReward(uint256 fracNum, uint256 fracDenom) external returns (uint256);
    function trustedTransferTokens(address to, uint256 amount) external;
    function trustedWithdrawETH(address payable to, uint256 amount) external;
    function depositETH() external payable returns (bool);
    function getController() external view returns (address);
}
