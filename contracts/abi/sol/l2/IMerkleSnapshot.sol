// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title MerkleSnapshot
/// @notice Published Merkle roots, and proofs against them.
interface IMerkleSnapshot {
    event ParameterUpdate(string param);
    event SetController(address controller);

    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    /// @notice Publishes a Merkle root. Only the Controller's owner.
    function setSnapshot(bytes32 id, bytes32 root) external;

    function controller() external view returns (address);
    function snapshot(bytes32 id) external view returns (bytes32);
    /// @notice Whether `leaf` is in the tree of root `id`; pairs are hashed in order of size.
    function verify(bytes32 id, bytes32[] calldata proof, bytes32 leaf) external view returns (bool);
}
