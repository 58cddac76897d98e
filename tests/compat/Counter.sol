// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// What the scripts deploy: state, an event, an error and the block as a program sees it.
contract Counter {
    uint256 public count;

    event Counted(address indexed who, uint256 count);

    error TooMany(uint256 asked);

    constructor(uint256 start) {
        count = start;
    }

    function add(uint256 more) external returns (uint256) {
        if (more > 100) revert TooMany(more);
        count += more;
        emit Counted(msg.sender, count);
        return count;
    }

    function number() external view returns (uint256) {
        return block.number;
    }
}
