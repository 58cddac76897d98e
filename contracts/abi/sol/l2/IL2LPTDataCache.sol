// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L2LPTDataCache
/// @notice How much LPT there is on L1, as the Minter needs it.
interface IL2LPTDataCache {
    event CacheTotalSupplyFinalized(uint256 totalSupply);
    event L1LPTDataCacheUpdate(address _l1LPTDataCache);
    event L2LPTGatewayUpdate(address _l2LPTGateway);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event TxToL1(address indexed _from, address indexed _to, uint256 indexed _id, bytes _data);

    function decreaseL2SupplyFromL1(uint256 amount) external;
    /// @notice The L2 leg of `cacheTotalSupply`. Only the L1LPTDataCache, through the bridge.
    function finalizeCacheTotalSupply(uint256 totalSupply) external;
    function increaseL2SupplyFromL1(uint256 amount) external;
    function renounceOwnership() external;
    function setL1LPTDataCache(address l1LPTDataCache_) external;
    function setL2LPTGateway(address l2LPTGateway_) external;
    function transferOwnership(address newOwner) external;

    /// @notice LPT on L1 that is not in the escrow for L2.
    function l1CirculatingSupply() external view returns (uint256);
    function l1LPTDataCache() external view returns (address);
    function l1TotalSupply() external view returns (uint256);
    function l2LPTGateway() external view returns (address);
    function l2SupplyFromL1() external view returns (uint256);
    function owner() external view returns (address);
}
