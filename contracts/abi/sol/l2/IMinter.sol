// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Minter
/// @notice Inflation, and all LPT and wei that the protocol holds.
interface IMinter {
    event ParameterUpdate(string param);
    event SetController(address controller);
    event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation);
    event ControllerContractUpdate(bytes32 id, address addr);

    /// @notice Mints `fracNum / fracDenom` of the round's tokens. Only the BondingManager.
    function createReward(uint256 fracNum, uint256 fracDenom) external returns (uint256);
    /// @notice Takes wei in. Only the TicketBroker or the registered Minter.
    function depositETH() external payable returns (bool);
    function migrateToNewMinter(address newMinter) external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    /// @notice Adjusts inflation and the round's tokens. Only the RoundsManager.
    function setCurrentRewardTokens() external;
    /// @notice Sets the inflation with which L1 stopped, 10^9 base. Only the Controller's owner, only while paused (X7).
    function setInflation(uint256 inflation_) external;
    function setInflationChange(uint256 inflationChange_) external;
    function setTargetBondingRate(uint256 targetBondingRate_) external;
    /// @notice Burns LPT. Only the BondingManager.
    function trustedBurnTokens(uint256 amount) external;
    /// @notice Pays out LPT. Only the BondingManager.
    function trustedTransferTokens(address to, uint256 amount) external;
    /// @notice Pays out wei. Only the BondingManager and the TicketBroker.
    function trustedWithdrawETH(address to, uint256 amount) external;
    /// @notice Takes over the other contracts' addresses from the registry. Anyone.
    function syncControllerContracts() external;

    function controller() external view returns (address);
    function currentMintableTokens() external view returns (uint256);
    function currentMintedTokens() external view returns (uint256);
    function getController() external view returns (address);
    /// @notice LPT on L2 and in circulation on L1.
    function getGlobalTotalSupply() external view returns (uint256);
    function inflation() external view returns (uint256);
    function inflationChange() external view returns (uint256);
    function targetBondingRate() external view returns (uint256);
}
