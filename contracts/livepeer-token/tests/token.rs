//! LivepeerToken as its users see it: ERC-20 with OpenZeppelin 4.4's strings and order, roles, permits.

use alloy_primitives::{Address, B256, FixedBytes, U256, address, b256, keccak256, uint};
use alloy_sol_types::SolValue;
use confluence_abi::ILivepeerToken::{self, *};
use confluence_kit::sim::{Revert, World};
use confluence_kit::{entries, event, roles};
use confluence_livepeer_token::supply::{BURNER_ROLE, MINTER_ROLE};
use confluence_livepeer_token::{PROGRAM, events};

struct Token {
    world: World,
    at: Address,
    admin: Address,
    alice: Address,
    bob: Address,
}

/// A token of which Alice has 100; the admin mints and burns.
fn token() -> Token {
    let world = World::new();
    let [admin, alice, bob] = std::array::from_fn(|_| world.address());
    let at = world.construct(&PROGRAM, (admin,)).unwrap();
    for role in [MINTER_ROLE, BURNER_ROLE] {
        world
            .send(
                admin,
                at,
                &grantRoleCall {
                    role,
                    account: admin,
                },
            )
            .unwrap();
    }
    world
        .send(
            admin,
            at,
            &mintCall {
                to: alice,
                amount: lpt(100),
            },
        )
        .unwrap();
    Token {
        world,
        at,
        admin,
        alice,
        bob,
    }
}

fn lpt(amount: u64) -> U256 {
    U256::from(amount)
}

impl Token {
    fn balance(&self, account: Address) -> U256 {
        self.world.read(self.at, &balanceOfCall { account })
    }
    fn allowed(&self, owner: Address, spender: Address) -> U256 {
        self.world.read(self.at, &allowanceCall { owner, spender })
    }
}

#[test]
fn the_table_is_the_interface() {
    let abi = ILivepeerToken::abi::contract();
    assert_eq!(
        entries::functions(PROGRAM.entries),
        confluence_abi::functions(&abi)
    );
    assert_eq!(
        event::listed(events::EVENTS.iter().chain(roles::EVENTS)),
        confluence_abi::events(&abi)
    );
}

#[test]
fn it_is_called_livepeer_token() {
    let t = token();
    assert_eq!(t.world.read(t.at, &nameCall {}), "Livepeer Token");
    assert_eq!(t.world.read(t.at, &symbolCall {}), "LPT");
    assert_eq!(t.world.read(t.at, &decimalsCall {}), 18);
}

#[test]
fn a_transfer_moves_and_logs() {
    let t = token();
    let done = t.world.send(
        t.alice,
        t.at,
        &transferCall {
            to: t.bob,
            amount: lpt(30),
        },
    );
    let log: Transfer = done.only();
    assert_eq!((log.from, log.to, log.value), (t.alice, t.bob, lpt(30)));
    assert_eq!((t.balance(t.alice), t.balance(t.bob)), (lpt(70), lpt(30)));
}

#[test]
fn a_transfer_to_oneself_changes_nothing() {
    let t = token();
    t.world
        .send(
            t.alice,
            t.at,
            &transferCall {
                to: t.alice,
                amount: lpt(60),
            },
        )
        .unwrap();
    assert_eq!(t.balance(t.alice), lpt(100));
}

#[test]
fn transfers_fail_with_openzeppelins_strings() {
    let t = token();
    let none = Address::ZERO;
    for (from, to, amount, text) in [
        (t.alice, none, 1, "ERC20: transfer to the zero address"),
        (none, t.bob, 1, "ERC20: transfer from the zero address"),
        (
            t.alice,
            t.bob,
            101,
            "ERC20: transfer amount exceeds balance",
        ),
    ] {
        let done = t.world.send(
            from,
            t.at,
            &transferCall {
                to,
                amount: lpt(amount),
            },
        );
        assert_eq!(done.reverted(), Revert::text(text));
    }
}

#[test]
fn transfer_from_lowers_even_an_unlimited_allowance_and_logs_it() {
    let t = token();
    let (spender, amount) = (t.bob, U256::MAX);
    t.world
        .send(t.alice, t.at, &approveCall { spender, amount })
        .unwrap();
    let call = transferFromCall {
        from: t.alice,
        to: t.bob,
        amount: lpt(1),
    };
    let logs = t.world.send(t.bob, t.at, &call).logs();
    assert!(logs[0].decode::<Transfer>().is_some());
    let approval: Approval = logs[1].decode().expect("an Approval follows");
    assert_eq!(approval.value, U256::MAX - lpt(1));
    assert_eq!(t.allowed(t.alice, t.bob), U256::MAX - lpt(1));
}

#[test]
fn transfer_from_reports_the_balance_before_the_allowance() {
    let t = token();
    let call = |amount| transferFromCall {
        from: t.alice,
        to: t.bob,
        amount: lpt(amount),
    };
    assert_eq!(
        t.world.send(t.bob, t.at, &call(101)).reverted(),
        Revert::text("ERC20: transfer amount exceeds balance")
    );
    assert_eq!(
        t.world.send(t.bob, t.at, &call(100)).reverted(),
        Revert::text("ERC20: transfer amount exceeds allowance")
    );
    assert_eq!(
        t.balance(t.alice),
        lpt(100),
        "the move before the check was undone"
    );
}

#[test]
fn allowances_rise_and_fall_within_bounds() {
    let t = token();
    let spender = t.bob;
    let raise = |by| increaseAllowanceCall {
        spender,
        addedValue: by,
    };
    let lower = |by| decreaseAllowanceCall {
        spender,
        subtractedValue: by,
    };
    t.world.send(t.alice, t.at, &raise(lpt(5))).unwrap();
    t.world.send(t.alice, t.at, &lower(lpt(2))).unwrap();
    assert_eq!(t.allowed(t.alice, spender), lpt(3));
    assert_eq!(
        t.world.send(t.alice, t.at, &lower(lpt(4))).reverted(),
        Revert::text("ERC20: decreased allowance below zero")
    );
    assert_eq!(
        t.world.send(t.alice, t.at, &raise(U256::MAX)).reverted(),
        Revert::panic(0x11)
    );
    for (from, spender, text) in [
        (t.alice, Address::ZERO, "ERC20: approve to the zero address"),
        (Address::ZERO, t.bob, "ERC20: approve from the zero address"),
    ] {
        let done = t.world.send(
            from,
            t.at,
            &approveCall {
                spender,
                amount: lpt(1),
            },
        );
        assert_eq!(done.reverted(), Revert::text(text));
    }
}

#[test]
fn only_minters_mint() {
    let t = token();
    let call = mintCall {
        to: t.bob,
        amount: lpt(7),
    };
    let stranger = format!(
        "AccessControl: account {:#x} is missing role {MINTER_ROLE}",
        t.alice
    );
    assert_eq!(
        t.world.send(t.alice, t.at, &call).reverted(),
        Revert::text(&stranger)
    );
    let logs = t.world.send(t.admin, t.at, &call).logs();
    let (moved, minted): (Transfer, Mint) = (
        logs[0].decode().expect("Transfer"),
        logs[1].decode().expect("Mint"),
    );
    assert_eq!(
        (moved.from, moved.to, moved.value),
        (Address::ZERO, t.bob, lpt(7))
    );
    assert_eq!((minted.to, minted.amount), (t.bob, lpt(7)));
    assert_eq!(t.world.read(t.at, &totalSupplyCall {}), lpt(107));
    assert_eq!(
        t.world
            .send(
                t.admin,
                t.at,
                &mintCall {
                    to: Address::ZERO,
                    amount: lpt(1)
                }
            )
            .reverted(),
        Revert::text("ERC20: mint to the zero address")
    );
    let too_much = mintCall {
        to: t.bob,
        amount: U256::MAX,
    };
    assert_eq!(
        t.world.send(t.admin, t.at, &too_much).reverted(),
        Revert::panic(0x11)
    );
}

#[test]
fn a_burner_burns_its_own_or_what_it_was_allowed() {
    let t = token();
    let mine = mintCall {
        to: t.admin,
        amount: lpt(10),
    };
    t.world.send(t.admin, t.at, &mine).unwrap();
    let logs = t
        .world
        .send(t.admin, t.at, &burnCall { amount: lpt(4) })
        .logs();
    let (moved, burned): (Transfer, Burn) = (
        logs[0].decode().expect("Transfer"),
        logs[1].decode().expect("Burn"),
    );
    assert_eq!((moved.from, moved.to), (t.admin, Address::ZERO));
    assert_eq!((burned.burner, burned.amount), (t.admin, lpt(4)));

    let theirs = burnFromCall {
        from: t.alice,
        amount: lpt(20),
    };
    assert_eq!(
        t.world.send(t.admin, t.at, &theirs).reverted(),
        Revert::text("ERC20: burn amount exceeds allowance")
    );
    let allow = approveCall {
        spender: t.admin,
        amount: lpt(25),
    };
    t.world.send(t.alice, t.at, &allow).unwrap();
    let logs = t.world.send(t.admin, t.at, &theirs).logs();
    assert!(
        logs[0].decode::<Approval>().is_some(),
        "Approval comes first"
    );
    assert!(logs[1].decode::<Transfer>().is_some() && logs[2].decode::<Burn>().is_some());
    assert_eq!(t.allowed(t.alice, t.admin), lpt(5));
    assert_eq!(t.world.read(t.at, &totalSupplyCall {}), lpt(86));

    let too_much = burnCall { amount: lpt(7) };
    assert_eq!(
        t.world.send(t.admin, t.at, &too_much).reverted(),
        Revert::text("ERC20: burn amount exceeds balance")
    );
    let stranger = format!(
        "AccessControl: account {:#x} is missing role {BURNER_ROLE}",
        t.alice
    );
    assert_eq!(
        t.world
            .send(t.alice, t.at, &burnCall { amount: lpt(1) })
            .reverted(),
        Revert::text(&stranger)
    );
}

#[test]
fn roles_are_given_taken_and_laid_down() {
    let t = token();
    let (role, account) = (MINTER_ROLE, t.bob);
    let given: RoleGranted = t
        .world
        .send(t.admin, t.at, &grantRoleCall { role, account })
        .only();
    assert_eq!(
        (given.role, given.account, given.sender),
        (role, account, t.admin)
    );
    let again = t
        .world
        .send(t.admin, t.at, &grantRoleCall { role, account });
    assert_eq!(again.logs(), [], "granting a held role logs nothing");
    assert!(t.world.read(t.at, &hasRoleCall { role, account }));
    let other = renounceRoleCall { role, account };
    assert_eq!(
        t.world.send(t.alice, t.at, &other).reverted(),
        Revert::text("AccessControl: can only renounce roles for self")
    );
    let _: RoleRevoked = t.world.send(t.bob, t.at, &other).only();
    assert!(!t.world.read(t.at, &hasRoleCall { role, account }));
    let stranger = format!(
        "AccessControl: account {:#x} is missing role {}",
        t.alice,
        B256::ZERO
    );
    assert_eq!(
        t.world
            .send(t.alice, t.at, &grantRoleCall { role, account })
            .reverted(),
        Revert::text(&stranger)
    );
    for (id, known) in [
        ([0x79, 0x65, 0xdb, 0x0b], true),
        ([0x01, 0xff, 0xc9, 0xa7], true),
        ([1; 4], false),
    ] {
        let call = supportsInterfaceCall {
            interfaceId: FixedBytes(id),
        };
        assert_eq!(t.world.read(t.at, &call), known);
    }
}

/// The address of the key made of 0x11 bytes, and its signature by OpenSSL-free means: the world's ecrecover is played.
#[test]
fn a_permit_is_taken_once_and_in_time() {
    let t = token();
    t.world.set_chain(42_161);
    t.world.set_time(1_000);
    let owner = address!("19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
    let domain = keccak256(
        (
            b256!("8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f"),
            keccak256("Livepeer Token"),
            keccak256("1"),
            U256::from(42_161),
            t.at,
        )
            .abi_encode(),
    );
    assert_eq!(t.world.read(t.at, &DOMAIN_SEPARATORCall {}), domain);

    let permit_type = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
    );
    let fields = (
        permit_type,
        owner,
        t.bob,
        lpt(9),
        U256::ZERO,
        U256::from(1_000),
    )
        .abi_encode();
    let digest = keccak256([&[0x19, 0x01], &domain[..], &keccak256(fields)[..]].concat());
    // Recovers the owner for this digest and nobody for any other.
    t.world.play_at(Address::with_last_byte(1), move |call| {
        if call.data[..32] == digest[..] {
            Ok(owner.abi_encode())
        } else {
            Ok(vec![])
        }
    });
    let permit = permitCall {
        owner,
        spender: t.bob,
        value: lpt(9),
        deadline: U256::from(1_000),
        v: 27,
        r: B256::repeat_byte(1),
        s: B256::repeat_byte(2),
    };
    t.world.set_time(1_001);
    assert_eq!(
        t.world.send(t.bob, t.at, &permit).reverted(),
        Revert::text("ERC20Permit: expired deadline")
    );
    t.world.set_time(1_000);
    for (v, s, text) in [
        (26, permit.s, "ECDSA: invalid signature 'v' value"),
        (
            27,
            B256::repeat_byte(0xff),
            "ECDSA: invalid signature 's' value",
        ),
    ] {
        let bad = permitCall {
            v,
            s,
            ..permit.clone()
        };
        assert_eq!(
            t.world.send(t.bob, t.at, &bad).reverted(),
            Revert::text(text)
        );
    }
    let _: Approval = t.world.send(t.bob, t.at, &permit).only();
    assert_eq!(t.allowed(owner, t.bob), lpt(9));
    assert_eq!(t.world.read(t.at, &noncesCall { owner }), uint!(1_U256));
    assert_eq!(
        t.world.send(t.bob, t.at, &permit).reverted(),
        Revert::text("ECDSA: invalid signature"),
        "the nonce is used, so it signs another digest"
    );
}

#[test]
fn nobody_constructs_it_again() {
    let t = token();
    let mut data = confluence_kit::abi::selector("stylus_constructor", &[])
        .to_be_bytes()
        .to_vec();
    data.extend((t.bob,).abi_encode_params());
    let done = t.world.transact(t.bob, t.at, U256::ZERO, data);
    assert_eq!(done.reverted(), Revert::empty());
}
