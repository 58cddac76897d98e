// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Tells L2 how much LPT exists on L1, which L2's inflation counts in.
interface IL1LPTDataCache {
    event CacheTotalSupplyInitiated(uint256 seqNo, uint256 totalSupply);

    /// @notice Sends the token's total supply to L2; anyone may pay, refunds go to the caller.
    function cacheTotalSupply(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost)
        external
        payable;

    /// @notice The same with refunds to `refundTo`, for callers that have no hands on L2 (X7).
    function cacheTotalSupplyTo(
        address refundTo,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Calldata the ticket carries, and the supply in it.
    function getCacheTotalSupplyData()
        external
        view
        returns (bytes memory data, uint256 totalSupply);

    function tokenAddr() external view returns (address);
    function l2LPTDataCacheAddr() external view returns (address);
}
