// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

// Ids under which Livepeer's Controller knows its contracts: keccak256 of the name.
bytes32 constant BONDING_MANAGER = keccak256("BondingManager");
bytes32 constant JOBS_MANAGER = keccak256("JobsManager");
bytes32 constant LIVEPEER_TOKEN = keccak256("LivepeerToken");
bytes32 constant MINTER = keccak256("Minter");
bytes32 constant ROUNDS_MANAGER = keccak256("RoundsManager");
bytes32 constant TICKET_BROKER = keccak256("TicketBroker");

// The LIP that freezes L1 from a round on and moves the protocol to L2.
uint256 constant LIP_73 = 73;
