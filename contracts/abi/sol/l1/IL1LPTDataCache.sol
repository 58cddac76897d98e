// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L1LPTDataCache
/// @notice Tells L2 how much LPT there is on L1.
interface IL1LPTDataCache {
    event CacheTotalSupplyInitiated(uint256 seqNo, uint256 totalSupply);
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);

    /// @notice Tells L2 how much LPT there is on L1. Anyone.
    function cacheTotalSupply(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost) external payable;

    /// @notice The same with refunds to `refundTo`, for a caller that is a contract (X7).
    function cacheTotalSupplyTo(
        address refundTo,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    function getCacheTotalSupplyData() external view returns (bytes memory data, uint256 totalSupply);
    function inbox() external view returns (address);
    function l2LPTDataCacheAddr() external view returns (address);
    function tokenAddr() external view returns (address);
}
