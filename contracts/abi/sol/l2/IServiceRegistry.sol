// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title ServiceRegistry
/// @notice Where orchestrators serve.
interface IServiceRegistry {
    event ParameterUpdate(string param);
    event ServiceURIUpdate(address indexed addr, string serviceURI);
    event SetController(address controller);

    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    /// @notice Publishes where the caller serves.
    function setServiceURI(string calldata serviceURI) external;
    /// @notice Sets the Controller. Once, in the proxy's constructor.
    function initialize(address controller_) external;

    function controller() external view returns (address);
    function getServiceURI(address addr) external view returns (string memory);
}
