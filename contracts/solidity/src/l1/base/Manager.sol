// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IManager} from "../../interfaces/IManager.sol";
import {IController} from "../../interfaces/livepeer/IController.sol";

/// @title Base of Livepeer's contracts: knows its Controller, and only through it the others.
abstract contract Manager is IManager {
    /// @inheritdoc IManager
    IController public controller;

    constructor(address _controller) {
        controller = IController(_controller);
    }

    modifier onlyControllerOwner() {
        require(msg.sender == controller.owner(), "caller must be Controller owner");
        _;
    }

    modifier whenSystemNotPaused() {
        require(!controller.paused(), "system is paused");
        _;
    }

    modifier whenSystemPaused() {
        require(controller.paused(), "system is not paused");
        _;
    }

    /// @inheritdoc IManager
    function setController(address _controller) external {
        require(msg.sender == address(controller), "caller must be Controller");
        controller = IController(_controller);
        emit SetController(_controller);
    }
}
