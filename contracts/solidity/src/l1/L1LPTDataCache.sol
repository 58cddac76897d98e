// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTDataCache} from "../interfaces/IL1LPTDataCache.sol";
import {IL2LPTDataCache} from "../interfaces/IL2LPTDataCache.sol";
import {TicketGas} from "../interfaces/TicketGas.sol";
import {L1ArbitrumMessenger} from "./base/L1ArbitrumMessenger.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title L1LPTDataCache: sends L1's LPT supply to L2, for whoever pays the ticket.
contract L1LPTDataCache is L1ArbitrumMessenger, IL1LPTDataCache {
    /// @inheritdoc IL1LPTDataCache
    address public immutable tokenAddr;

    /// @inheritdoc IL1LPTDataCache
    address public immutable l2LPTDataCacheAddr;

    constructor(address _inbox, address _tokenAddr, address _l2LPTDataCacheAddr)
        L1ArbitrumMessenger(_inbox)
    {
        tokenAddr = _tokenAddr;
        l2LPTDataCacheAddr = _l2LPTDataCacheAddr;
    }

    /// @inheritdoc IL1LPTDataCache
    function cacheTotalSupply(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost)
        external
        payable
    {
        _cacheTotalSupply(msg.sender, TicketGas(maxGas, gasPriceBid, maxSubmissionCost));
    }

    /// @inheritdoc IL1LPTDataCache
    function cacheTotalSupplyTo(
        address refundTo,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable {
        _cacheTotalSupply(refundTo, TicketGas(maxGas, gasPriceBid, maxSubmissionCost));
    }

    /// @inheritdoc IL1LPTDataCache
    function getCacheTotalSupplyData()
        public
        view
        returns (bytes memory data, uint256 totalSupply)
    {
        totalSupply = IERC20(tokenAddr).totalSupply();
        data = abi.encodeCall(IL2LPTDataCache.finalizeCacheTotalSupply, (totalSupply));
    }

    function _cacheTotalSupply(address refundTo, TicketGas memory gas_) private {
        (bytes memory data, uint256 totalSupply) = getCacheTotalSupplyData();
        Ticket memory ticket = Ticket({
            target: l2LPTDataCacheAddr,
            from: msg.sender,
            refundTo: refundTo,
            l1Value: msg.value,
            l2Value: 0
        });
        uint256 seqNo = _sendTxToL2(ticket, gas_, data);
        emit CacheTotalSupplyInitiated(seqNo, totalSupply);
    }
}
