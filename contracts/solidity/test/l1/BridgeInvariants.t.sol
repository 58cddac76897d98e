// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {MigratorFixture} from "./MigratorFixture.sol";

/// @title Random deposits, withdrawals, migrations and pauses, through Nitro's real bridge.
/// @notice What must hold whatever the order: every LPT in escrow came in by a deposit and is owed to
/// L2; BridgeMinter mints only what escrow lacks; no contract keeps ether; nonces never go back.
contract BridgeInvariantsTest is MigratorFixture {
    uint256 private deposited;
    uint256 private withdrawn;
    uint256 private minted;
    uint256 private initialSupply;
    uint256 private sentMessages;
    uint256 private usedNonces;

    function setUp() public override {
        super.setUp();
        handOverToBridgeMinter();
        initialSupply = token.totalSupply();
        token.approve(address(gateway), type(uint256).max);
        vm.deal(address(this), 1_000_000 ether);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory selectors) {
        selectors = new FuzzSelector[](1);
        selectors[0].addr = address(this);
        selectors[0].selectors = new bytes4[](5);
        selectors[0].selectors[0] = this.deposit.selector;
        selectors[0].selectors[1] = this.withdraw.selector;
        selectors[0].selectors[2] = this.migrateLpt.selector;
        selectors[0].selectors[3] = this.migrateEther.selector;
        selectors[0].selectors[4] = this.migratePart.selector;
    }

    function deposit(uint256 amount) external {
        uint256 balance = token.balanceOf(address(this));
        if (balance == 0) return;
        amount = bound(amount, 1, balance);
        gateway.outboundTransfer{value: ticketCost()}(
            address(token),
            l2Owner,
            amount,
            1_000_000,
            0.1 gwei,
            abi.encode(uint256(0.001 ether), bytes(""))
        );
        deposited += amount;
        sentMessages++;
    }

    function withdraw(uint256 amount) external {
        amount = bound(amount, 0, 2_000_000 ether);
        uint256 escrowed = token.balanceOf(address(escrow));
        executeFromL2(
            l2Gateway,
            address(gateway),
            abi.encodeCall(
                ITokenGateway.finalizeInboundTransfer,
                (address(token), l2Owner, address(this), amount, abi.encode(uint256(0), bytes("")))
            )
        );
        withdrawn += amount;
        if (amount > escrowed) minted += amount - escrowed;
    }

    function migrateLpt() external {
        uint256 amount = token.balanceOf(address(bridgeMinter));
        if (amount == 0) return;
        migrator.migrateLPT{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        deposited += amount;
        sentMessages++;
    }

    function migrateEther(uint96 more) external {
        bridgeMinter.depositETH{value: more % 100 ether}();
        migrator.migrateETH{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        sentMessages++;
    }

    function migratePart(uint256 amount, bool stale) external {
        uint256 nonce = migrator.nonces(delegator);
        IL1Migrator.MigrateMsg memory message = IL1Migrator.MigrateMsg({
            l1Addr: delegator,
            l2Addr: l2Owner,
            amount: bound(amount, 0, DELEGATOR_STAKE),
            nonce: stale && nonce > 0 ? nonce - 1 : nonce,
            deadline: block.timestamp
        });
        bool shouldFail = message.nonce != nonce;
        bytes memory sig = signature(delegatorKey, migrateDigest(message));
        if (shouldFail) vm.expectRevert();
        migrator.migrate{value: ticketCost()}(
            message, noHints(), sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
        if (!shouldFail) {
            usedNonces++;
            sentMessages++;
        }
    }

    function invariant_TheBooksBalanceAfterEachStep() public view {
        vm.assertEq(
            token.balanceOf(address(escrow)),
            deposited + minted - withdrawn,
            "escrow holds what was deposited and not yet paid"
        );
        vm.assertEq(
            token.totalSupply(), initialSupply + minted, "the supply grows by what escrow lacked"
        );
        vm.assertEq(
            address(migrator).balance + address(gateway).balance + address(escrow).balance,
            0,
            "no contract on the way keeps ether"
        );
        vm.assertEq(
            token.balanceOf(address(migrator)) + token.balanceOf(address(gateway)), 0, "nor LPT"
        );
        vm.assertEq(
            bridge.delayedMessageCount(), sentMessages, "each message is in the bridge once"
        );
        vm.assertEq(migrator.nonces(delegator), usedNonces, "each nonce is used once");
    }

    receive() external payable {}
}
