// SPDX-License-Identifier: MIT OR Apache-2.0
// What both nodes run: an ERC-20 as they all are, and a caller that calls a thousand times in one transaction.
pragma solidity ^0.8.28;

contract Token {
    mapping(address owner => uint256 amount) public balanceOf;
    uint256 public totalSupply;

    event Transfer(address indexed from, address indexed to, uint256 value);

    error InsufficientBalance(uint256 has, uint256 needs);

    function mint(address to, uint256 amount) external {
        totalSupply += amount;
        balanceOf[to] += amount;
        emit Transfer(address(0), to, amount);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        uint256 has = balanceOf[msg.sender];
        if (has < amount) revert InsufficientBalance(has, amount);
        unchecked {
            balanceOf[msg.sender] = has - amount;
            balanceOf[to] += amount;
        }
        emit Transfer(msg.sender, to, amount);
        return true;
    }
}

contract Caller {
    event Called(uint256 times);

    error Failed(uint256 at);

    function callMany(address to, bytes calldata data, uint256 times) external {
        for (uint256 i = 0; i < times; ++i) {
            (bool ok, bytes memory answer) = to.call(data);
            if (!ok || answer.length != 32) revert Failed(i);
        }
        emit Called(times);
    }
}
