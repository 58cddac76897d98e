// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {
    BONDING_MANAGER,
    LIVEPEER_TOKEN,
    MINTER,
    ROUNDS_MANAGER
} from "../interfaces/livepeer/ContractIds.sol";
import {ILivepeerToken} from "../interfaces/livepeer/ILivepeerToken.sol";
import {Manager} from "../l1/base/Manager.sol";
import {ILegacyBondingManager, ILegacyMinter, ILegacyRoundsManager} from "./ILegacyPeers.sol";

/// @title Base of the L1 stand-ins: finds the others, and knows the freeze of LIP-73.
/// @notice The freeze is one fact: from its round on no round is initialised, so whatever needs an
/// initialised round is over. Loaders stop there too.
abstract contract LegacyManager is Manager {
    /// @notice State is loaded before the freeze, not after.
    error Frozen();

    constructor(address _controller) Manager(_controller) {}

    modifier whenRoundInitialized() {
        require(_roundsManager().currentRoundInitialized(), "current round is not initialized");
        _;
    }

    /// @dev Guard of everything that only development and rehearsals may do.
    modifier onlyLoader() {
        require(msg.sender == controller.owner(), "caller must be Controller owner");
        if (_roundsManager().frozen()) revert Frozen();
        _;
    }

    function _registered(bytes32 id) internal view returns (address) {
        return controller.getContract(id);
    }

    function _roundsManager() internal view returns (ILegacyRoundsManager) {
        return ILegacyRoundsManager(_registered(ROUNDS_MANAGER));
    }

    function _bondingManager() internal view returns (ILegacyBondingManager) {
        return ILegacyBondingManager(_registered(BONDING_MANAGER));
    }

    function _minter() internal view returns (ILegacyMinter) {
        return ILegacyMinter(_registered(MINTER));
    }

    function _token() internal view returns (ILivepeerToken) {
        return ILivepeerToken(_registered(LIVEPEER_TOKEN));
    }
}
