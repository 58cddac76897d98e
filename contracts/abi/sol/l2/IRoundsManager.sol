// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title RoundsManager
/// @notice The protocol's clock, counted in L1 blocks.
interface IRoundsManager {
    event NewRound(uint256 indexed round, bytes32 blockHash);
    event ParameterUpdate(string param);
    event SetController(address controller);
    event ControllerContractUpdate(bytes32 id, address addr);

    /// @notice Begins the round that the L1 block number says it is.
    function initializeRound() external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    function setLIPUpgradeRound(uint256 lip, uint256 round) external;
    function setRoundLength(uint256 roundLength_) external;
    function setRoundLockAmount(uint256 roundLockAmount_) external;
    /// @notice Sets the Controller and the EVM contract that lends BLOCKHASH. Once, in the proxy's constructor.
    function initialize(address controller_, address blockHash_) external;
    /// @notice Takes over the other contracts' addresses from the registry. Anyone.
    function syncControllerContracts() external;

    function blockHash(uint256 blockNumber) external view returns (bytes32);
    function blockHashForRound(uint256 round) external view returns (bytes32);
    function blockNum() external view returns (uint256);
    function controller() external view returns (address);
    function currentRound() external view returns (uint256);
    function currentRoundInitialized() external view returns (bool);
    /// @notice Whether orchestrators' terms are fixed for the rest of the round.
    function currentRoundLocked() external view returns (bool);
    function currentRoundStartBlock() external view returns (uint256);
    function lastInitializedRound() external view returns (uint256);
    function lastRoundLengthUpdateRound() external view returns (uint256);
    function lastRoundLengthUpdateStartBlock() external view returns (uint256);
    function lipUpgradeRound(uint256 lip) external view returns (uint256);
    function roundLength() external view returns (uint256);
    /// @notice Round, whether it is initialised, whether it is locked: what a peer asks, in one call.
    function roundState() external view returns (uint256 round, bool initialized, bool locked);
    function roundLockAmount() external view returns (uint256);
}
