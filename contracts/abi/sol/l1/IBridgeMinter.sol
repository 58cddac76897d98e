// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title BridgeMinter
/// @notice Holds the old Minter's LPT and wei until they go to L2.
interface IBridgeMinter {
    event L1LPTGatewayUpdate(address l1LPTGatewayAddr);
    event L1MigratorUpdate(address l1MigratorAddr);
    event ParameterUpdate(string param);
    event SetController(address controller);

    /// @notice Mints what the escrow lacks. Only the gateway.
    function bridgeMint(address to, uint256 amount) external;
    /// @notice Takes wei in. Only the TicketBroker or the registered Minter.
    function depositETH() external payable returns (bool);
    function migrateToNewMinter(address newMinter) external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    function setL1LPTGateway(address l1LPTGateway) external;
    function setL1Migrator(address l1Migrator_) external;
    /// @notice Pays all wei to the L1Migrator. Only it.
    function withdrawETHToL1Migrator() external returns (uint256);
    /// @notice Pays all LPT to the L1Migrator. Only it.
    function withdrawLPTToL1Migrator() external returns (uint256);

    function controller() external view returns (address);
    function getController() external view returns (address);
    function l1LPTGatewayAddr() external view returns (address);
    function l1MigratorAddr() external view returns (address);
}
