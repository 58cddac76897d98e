// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title Controller
/// @notice The registry of the protocol's contracts and its pause switch.
interface IController {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event Pause();
    event SetContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash);
    event Unpause();

    function pause() external;
    /// @notice Registers a contract under the hash of its name. Only the owner.
    function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash) external;
    function transferOwnership(address newOwner) external;
    function unpause() external;
    /// @notice Calls `setController` on a registered contract. Only the owner.
    function updateController(bytes32 id, address controller) external;

    /// @notice A registered contract; null for an unknown id.
    function getContract(bytes32 id) external view returns (address);
    function getContractInfo(bytes32 id) external view returns (address, bytes20);
    function owner() external view returns (address);
    function paused() external view returns (bool);
}
