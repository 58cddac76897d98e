// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {NamedAccessControl} from "./NamedAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @title A contract that its admin pauses and that is born paused, so that nothing moves before it
/// is wired (audit L-10). Reverts with the strings of OpenZeppelin 4.
abstract contract NamedPausable is NamedAccessControl, Pausable {
    constructor() {
        _pause();
    }

    /// @notice Pauses; admin only.
    function pause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _pause();
    }

    /// @notice Ends the pause; admin only.
    function unpause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    /// @inheritdoc Pausable
    function _requireNotPaused() internal view virtual override {
        require(!paused(), "Pausable: paused");
    }

    /// @inheritdoc Pausable
    function _requirePaused() internal view virtual override {
        require(paused(), "Pausable: not paused");
    }
}
