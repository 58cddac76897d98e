// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Escrow} from "../interfaces/IL1Escrow.sol";
import {IApprove} from "../interfaces/livepeer/IApprove.sol";
import {NamedAccessControl} from "./base/NamedAccessControl.sol";

/// @title L1Escrow: the LPT behind every LPT on L2. It does nothing but approve spenders.
contract L1Escrow is NamedAccessControl, IL1Escrow {
    /// @inheritdoc IL1Escrow
    function approve(address _token, address _spender, uint256 _value)
        external
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        IApprove(_token).approve(_spender, _value);
        emit Approve(_token, _spender, _value);
    }
}
