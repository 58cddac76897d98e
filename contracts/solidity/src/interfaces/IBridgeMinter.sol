// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Heir of the L1 Minter: holds its LPT and ether until they move to L2, and owns the token.
interface IBridgeMinter {
    event L1MigratorUpdate(address l1MigratorAddr);
    event L1LPTGatewayUpdate(address l1LPTGatewayAddr);

    /// @notice Sets who may withdraw; controller owner only.
    function setL1Migrator(address _l1MigratorAddr) external;

    /// @notice Sets who may mint; controller owner only.
    function setL1LPTGateway(address _l1LPTGatewayAddr) external;

    /// @notice Hands the token's ownership, all LPT and all ether to `_newMinterAddr`; controller
    /// owner only.
    /// @dev "BridgeMinter#migrateToNewMinter: INVALID_MINTER" for this contract and for zero,
    /// "BridgeMinter#migrateToNewMinter: FAIL_CALL" if the ether is refused.
    function migrateToNewMinter(address _newMinterAddr) external;

    /// @notice Sends all ether to the caller, which must be L1Migrator ("NOT_L1_MIGRATOR").
    function withdrawETHToL1Migrator() external returns (uint256 amount);

    /// @notice Sends all LPT to the caller, which must be L1Migrator ("NOT_L1_MIGRATOR").
    function withdrawLPTToL1Migrator() external returns (uint256 amount);

    /// @notice Mints LPT that came back from L2 in excess of escrow ("NOT_L1_LPT_GATEWAY").
    function bridgeMint(address _to, uint256 _amount) external;

    /// @notice Takes ether from anybody.
    function depositETH() external payable returns (bool);

    function getController() external view returns (address);
    function l1MigratorAddr() external view returns (address);
    function l1LPTGatewayAddr() external view returns (address);
}
