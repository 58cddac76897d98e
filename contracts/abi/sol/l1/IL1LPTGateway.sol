// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L1LPTGateway
/// @notice LPT to and from L2, on the L1 side.
interface IL1LPTGateway {
    event DepositInitiated(
        address _l1Token,
        address indexed _from,
        address indexed _to,
        uint256 indexed _sequenceNumber,
        uint256 _amount
    );
    event L2CounterpartUpdate(address _l2Counterpart);
    event MinterUpdate(address _minter);
    event Paused(address account);
    event RoleAdminChanged(bytes32 indexed role, bytes32 indexed previousAdminRole, bytes32 indexed newAdminRole);
    event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender);
    event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender);
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);
    event Unpaused(address account);
    event WithdrawalFinalized(
        address _l1Token,
        address indexed _from,
        address indexed _to,
        uint256 indexed _exitNum,
        uint256 _amount
    );

    /// @notice Pays out LPT that comes from the other chain. Only its gateway, through the bridge.
    function finalizeInboundTransfer(
        address token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external;
    function grantRole(bytes32 role, address account) external;
    /// @notice Sends LPT to the other chain.
    function outboundTransfer(
        address l1Token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);
    function pause() external;
    function renounceRole(bytes32 role, address account) external;
    function revokeRole(bytes32 role, address account) external;
    function setCounterpart(address counterpart) external;
    function setMinter(address minter_) external;
    function unpause() external;

    function DEFAULT_ADMIN_ROLE() external view returns (bytes32);
    function calculateL2TokenAddress(address l1Token) external view returns (address);
    function counterpartGateway() external view returns (address);
    function getOutboundCalldata(
        address token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external pure returns (bytes memory);
    function getRoleAdmin(bytes32 role) external view returns (bytes32);
    function hasRole(bytes32 role, address account) external view returns (bool);
    function inbox() external view returns (address);
    function l1LPTEscrow() external view returns (address);
    function l1Lpt() external view returns (address);
    function l1Router() external view returns (address);
    function l2Counterpart() external view returns (address);
    function l2Lpt() external view returns (address);
    function minter() external view returns (address);
    function paused() external view returns (bool);
    function supportsInterface(bytes4 interfaceId) external view returns (bool);
}
