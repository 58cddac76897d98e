// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IController} from "./livepeer/IController.sol";

/// @title A Livepeer contract that belongs to a Controller.
interface IManager {
    event SetController(address controller);
    event ParameterUpdate(string param);

    /// @notice Moves this contract to another Controller; the current one only.
    function setController(address _controller) external;

    function controller() external view returns (IController);
}
