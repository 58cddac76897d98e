// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {L1Migrator} from "../../src/l1/L1Migrator.sol";
import {ContractWallet, Mumbler} from "./ContractWallet.sol";
import {MigratorFixture} from "./MigratorFixture.sol";

/// @title What L1Migrator takes for an account's signature. The rule: 65 bytes (r, s, v) or 64
/// (EIP-2098), s in the lower half, v 27 or 28, OpenZeppelin 4's strings for anything else; an
/// account with code may answer by ERC-1271.
contract SignaturesTest is MigratorFixture {
    uint256 private constant CURVE_ORDER =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    ContractWallet private wallet;

    function setUp() public override {
        super.setUp();
        wallet = new ContractWallet();
        loadDelegator(address(wallet), orchestrator, 5 ether, 0);
    }

    function send(address l1Addr, bytes memory sig) private {
        vm.prank(stranger);
        migrator.migrateDelegator{value: ticketCost()}(
            l1Addr, l2Owner, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function signed() private view returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
    }

    function test_DomainAndDigestsAreTheMainnetContracts() public {
        // Livepeer's L1Migrator on Ethereum; digests recorded on the original
        address mainnet = 0x21146B872D3A95d2cF9afeD03eE5a783DaE9A89A;
        vm.chainId(1);
        deployAt(
            mainnet,
            abi.encodePacked(
                type(L1Migrator).creationCode,
                abi.encode(inbox, bondingManager, ticketBroker, token, address(gateway), l2Migrator)
            )
        );
        migrator = L1Migrator(payable(mainnet));
        uint256 key = type(uint256).max / 15; // 32 bytes of 0x11
        address who = vm.addr(key);
        vm.assertEq(who, 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A, "vector's account");
        address to = address(0xaa);
        bytes32 digest = 0x0c992803337ac8408f27481e7a43b778c218009a9baf97daccc5d160f5649ce2;
        vm.assertEq(migrateDelegatorDigest(who, to), digest, "MigrateDelegator");
        uint256[] memory ids = new uint256[](3);
        (ids[1], ids[2]) = (1, 2);
        vm.assertEq(
            migrateLocksDigest(who, to, ids),
            0x7f0c1913363187dfde4e6676fc7bc7940f26818bf3792bd335b632ec2a894528,
            "MigrateUnbondingLocks"
        );

        migrator.unpause();
        bytes memory sig = signature(key, digest);
        vm.prank(stranger);
        migrator.migrateDelegator{value: ticketCost()}(
            who, to, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function test_TheContractChecksTheDomainThatItNames() public view {
        (, string memory name, string memory version, uint256 chainId, address verifier,,) =
            migrator.eip712Domain();
        vm.assertEq(bytes(name), "Livepeer L1Migrator", "name");
        vm.assertEq(bytes(version), "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(verifier, address(migrator), "contract");
    }

    function test_TheCompactFormOfASignatureCountsAsTheOriginalHadIt() public {
        (uint8 v, bytes32 r, bytes32 s) = signed();
        bytes32 vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
        send(delegator, abi.encodePacked(r, vs));
    }

    function test_RevertWhen_theCompactFormIsTampered() public {
        (uint8 v, bytes32 r, bytes32 s) = signed();
        bytes32 vs = bytes32(uint256(s) | (uint256(28 - v) << 255));
        vm.prank(stranger);
        vm.expectRevert();
        migrator.migrateDelegator{value: ticketCost()}(
            delegator, l2Owner, abi.encodePacked(r, vs), 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function test_RevertWhen_theSignatureIsEmpty() public {
        expectString("ECDSA: invalid signature length");
        send(delegator, "");
    }

    function testFuzz_RevertWhen_theSignatureHasAnyOtherLength(bytes memory sig) public {
        vm.assume(sig.length != 64 && sig.length != 65);
        expectString("ECDSA: invalid signature length");
        send(delegator, sig);
    }

    function test_RevertWhen_theSignatureIsMalleable() public {
        (uint8 v, bytes32 r, bytes32 s) = signed();
        bytes32 highS = bytes32(CURVE_ORDER - uint256(s));
        expectString("ECDSA: invalid signature 's' value");
        send(delegator, abi.encodePacked(r, highS, v == 27 ? uint8(28) : uint8(27)));
    }

    function test_RevertWhen_sIsHighAndVIsWrongTheSIsNamed() public {
        (, bytes32 r, bytes32 s) = signed();
        expectString("ECDSA: invalid signature 's' value");
        send(delegator, abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), uint8(0)));
    }

    function testFuzz_RevertWhen_vIsNeither27Nor28(uint8 v) public {
        vm.assume(v != 27 && v != 28);
        (, bytes32 r, bytes32 s) = signed();
        expectString("ECDSA: invalid signature 'v' value");
        send(delegator, abi.encodePacked(r, s, v));
    }

    function test_RevertWhen_nothingCanBeRecovered() public {
        expectString("ECDSA: invalid signature");
        send(delegator, abi.encodePacked(bytes32(CURVE_ORDER), bytes32(uint256(1)), uint8(27)));
    }

    function test_RevertWhen_nobodyIsAuthorisedForTheZeroAddress() public {
        expectString("ECDSA: invalid signature length");
        send(address(0), "");
        expectString("ECDSA: invalid signature");
        send(address(0), new bytes(64));
        expectString("ECDSA: invalid signature 'v' value");
        send(address(0), new bytes(65));
    }

    function test_AContractWalletMaySign() public {
        wallet.approve(migrateDelegatorDigest(address(wallet), l2Owner));
        send(address(wallet), "any bytes that the wallet understands");
    }

    function test_AContractWalletMaySendItself() public {
        bytes memory call = abi.encodeCall(
            migrator.migrateDelegator,
            (address(wallet), l2Owner, "", 1_000_000, 0.1 gwei, 0.001 ether)
        );
        vm.prank(stranger);
        wallet.execute{value: ticketCost()}(address(migrator), call);
    }

    function test_RevertWhen_theContractWalletDoesNotApprove() public {
        wallet.approve(migrateDelegatorDigest(address(wallet), stranger));
        expectString("FAIL_AUTH");
        send(address(wallet), "");
    }

    function test_RevertWhen_anOwnersKeySignsForAContractWalletThatDoesNotKnowIt() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(address(wallet), l2Owner));
        expectString("FAIL_AUTH");
        send(address(wallet), sig);
    }

    function test_RevertWhen_theAccountsCodeIsNoWallet() public {
        Mumbler mumbler = new Mumbler();
        expectString("FAIL_AUTH");
        send(address(mumbler), "");
        expectString("FAIL_AUTH");
        send(address(token), "");
    }

    function test_AKeyStillSpeaksForItsAccountThatGotCodeByEip7702() public {
        (uint8 v, bytes32 r, bytes32 s) = signed();
        vm.etch(delegator, address(new Mumbler()).code);
        send(delegator, abi.encodePacked(r, s, v));
    }

    function test_CodeGotByEip7702MaySpeakForItsAccountToo() public {
        vm.etch(delegator, address(wallet).code);
        ContractWallet(delegator).approve(migrateDelegatorDigest(delegator, l2Owner));
        send(delegator, "");
    }

    function test_RevertWhen_aKeyOfAnAccountWithCodeSignedSomethingElse() public {
        vm.etch(delegator, address(wallet).code);
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, stranger));
        expectString("FAIL_AUTH");
        send(delegator, sig);
    }
}
