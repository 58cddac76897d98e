//! Every revert string of the program, reached; and no string in its sources that is not listed here.

use alloy_primitives::Address;
use confluence_bonding_manager::list;
use confluence_bonding_manager::storage::State;
use confluence_kit::abi::NO_HINT;
use confluence_kit::sim::World;
use confluence_kit::{Fault, Result};
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT, Parameters, Twin};
use std::collections::BTreeSet;

/// An orchestrator, active, and three more accounts; the last has 100 LPT with the orchestrator.
struct Stage {
    t: Twin,
    o: Address,
    a: Address,
    b: Address,
    d: Address,
}

fn stage() -> Stage {
    let mut t = Twin::new(Parameters::default(), 4, 10_000 * LPT);
    let [o, a, b, d] = [0, 1, 2, 3].map(|i| t.accounts[i]);
    t.must(o, &Action::bond(1_000 * LPT, o));
    t.must(d, &Action::bond(100 * LPT, o));
    t.next_round();
    Stage { t, o, a, b, d }
}

type Case = fn(&mut Stage) -> (Address, Action);

const CASES: &[(&str, Case)] = &[
    ("INVALID_DELEGATOR", |s| {
        (
            s.a,
            Action::bond_for(LPT, Address::ZERO, s.o, NO_HINTS, NO_HINTS),
        )
    }),
    ("INVALID_DELEGATOR", |s| {
        (
            s.d,
            Action::transfer_bond(Address::ZERO, LPT, NO_HINTS, NO_HINTS),
        )
    }),
    ("INVALID_DELEGATE", |s| {
        (s.a, Action::bond_for(LPT, s.b, s.b, NO_HINTS, NO_HINTS))
    }),
    ("INVALID_DELEGATE_CHANGE", |s| {
        s.t.must(s.d, &Action::claim_earnings());
        (s.a, Action::bond_for(LPT, s.d, s.b, NO_HINTS, NO_HINTS))
    }),
    (
        "registered transcoders can't delegate towards other addresses",
        |s| (s.o, Action::bond(LPT, s.a)),
    ),
    ("delegation amount must be greater than 0", |s| {
        (s.a, Action::bond(0, s.o))
    }),
    ("caller must be L2Migrator", |s| {
        (s.a, Action::bond_pool(LPT, s.b, s.o, NO_HINTS))
    }),
    ("ILLEGAL_CLAIM_EARNINGS", |s| {
        (s.a, Action::bond_for(LPT, s.d, s.o, NO_HINTS, NO_HINTS))
    }),
    ("caller must be bonded", |s| (s.a, Action::unbond(LPT))),
    ("caller must be bonded", |s| {
        s.t.must(s.a, &Action::bond(LPT, s.o));
        (s.a, Action::unbond(LPT))
    }),
    ("caller must be bonded", |s| (s.a, Action::rebond(0))),
    ("unbond amount must be greater than 0", |s| {
        (s.d, Action::unbond(0))
    }),
    ("amount is greater than bonded amount", |s| {
        (s.d, Action::unbond(100 * LPT + 1))
    }),
    ("caller must be unbonded", |s| {
        (s.d, Action::rebond_from_unbonded(s.o, 0))
    }),
    ("invalid unbonding lock ID", |s| (s.d, Action::rebond(0))),
    ("invalid unbonding lock ID", |s| {
        (s.a, Action::rebond_from_unbonded(s.o, 0))
    }),
    ("invalid unbonding lock ID", |s| {
        (s.d, Action::withdraw_stake(7))
    }),
    (
        "withdraw round must be before or equal to the current round",
        |s| {
            s.t.must(s.d, &Action::unbond(LPT));
            (s.d, Action::withdraw_stake(0))
        },
    ),
    ("invalid recipient", |s| {
        (s.d, Action::withdraw_fees(Address::ZERO, 0))
    }),
    ("insufficient fees to withdraw", |s| {
        (s.d, Action::withdraw_fees(s.a, 1))
    }),
    (
        "can't update transcoder params, current round is locked",
        |s| {
            s.t.mine(s.t.round_length() - 1);
            (s.o, Action::transcoder(1, 1))
        },
    ),
    ("invalid rewardCut percentage", |s| {
        (s.o, Action::transcoder(1_000_001, 1))
    }),
    ("invalid feeShare percentage", |s| {
        (s.o, Action::transcoder(1, 1_000_001))
    }),
    ("transcoder must be registered", |s| {
        (s.d, Action::transcoder(1, 1))
    }),
    ("transcoder must be registered", |s| {
        (s.t.model.at.ticket_broker, Action::fees(s.d, 1))
    }),
    (
        "caller can't be active or must have already called reward for the current round",
        |s| (s.o, Action::transcoder(1, 1)),
    ),
    ("caller must be an active transcoder", |s| {
        (s.a, Action::reward())
    }),
    (
        "caller has already called reward for the current round",
        |s| {
            s.t.must(s.o, &Action::reward());
            (s.o, Action::reward())
        },
    ),
    ("caller must be TicketBroker", |s| {
        (s.a, Action::fees(s.o, 1))
    }),
    ("caller must be Verifier", |s| {
        (s.a, Action::slash(s.o, s.a, 1, 1))
    }),
    ("caller must be RoundsManager", |s| {
        (s.a, Action::set_current_round_total_active_stake())
    }),
    ("caller must be Controller owner", |s| {
        (s.a, Action::set_unbonding_period(1))
    }),
    ("caller must be Controller owner", |s| {
        (s.a, Action::set_num_active_transcoders(1_000))
    }),
    ("new max size must be greater than old max size", |s| {
        (s.t.owner, Action::set_num_active_transcoders(100))
    }),
    ("current round is not initialized", |s| {
        s.t.mine(s.t.round_length());
        (s.d, Action::claim_earnings())
    }),
    ("node id is null", |s| {
        // Only L2Migrator could try to make nobody an orchestrator.
        let migrator = s.t.model.at.l2_migrator;
        s.t.give(migrator, LPT);
        (
            migrator,
            Action::bond_for(LPT, Address::ZERO, Address::ZERO, NO_HINTS, NO_HINTS),
        )
    }),
    ("ERC20: transfer amount exceeds balance", |s| {
        (s.a, Action::bond(10_001 * LPT, s.o))
    }),
    ("ERC20: transfer amount exceeds balance", |s| {
        (s.a, Action::bond(u128::MAX, s.o))
    }),
    ("ERC20: transfer amount exceeds allowance", |s| {
        s.t.must(s.t.owner, &Action::mint(s.a, LPT));
        (s.a, Action::bond(10_001 * LPT, s.o))
    }),
];

#[test]
fn each_case_reverts_with_its_string() {
    for (text, case) in CASES {
        let mut s = stage();
        let (sender, action) = case(&mut s);
        s.t.must_not(sender, &action, text);
        s.t.compare_views();
    }
}

#[test]
fn users_are_locked_out_while_paused_or_before_the_round() {
    let everything = |s: &Stage| {
        [
            Action::bond(1, s.o),
            Action::bond_with_hint(1, s.o, NO_HINTS, NO_HINTS),
            Action::bond_for(1, s.d, s.o, NO_HINTS, NO_HINTS),
            Action::bond_pool(1, s.d, s.o, NO_HINTS),
            Action::unbond(1),
            Action::unbond_with_hint(1, NO_HINTS),
            Action::rebond(0),
            Action::rebond_with_hint(0, NO_HINTS),
            Action::rebond_from_unbonded(s.o, 0),
            Action::rebond_from_unbonded_with_hint(s.o, 0, NO_HINTS),
            Action::transfer_bond(s.a, 1, NO_HINTS, NO_HINTS),
            Action::claim_earnings(),
            Action::withdraw_stake(0),
            Action::withdraw_fees(s.a, 0),
            Action::transcoder(1, 1),
            Action::transcoder_with_hint(1, 1, NO_HINTS),
            Action::reward(),
            Action::reward_with_hint(NO_HINTS),
        ]
    };
    let mut s = stage();
    s.t.mine(s.t.round_length());
    for action in everything(&s) {
        s.t.must_not(s.d, &action, "current round is not initialized");
    }
    s.t.must(s.t.owner, &Action::pause());
    for action in everything(&s) {
        s.t.must_not(s.d, &action, "system is paused");
    }
    // The other contracts too, before anything else is looked at.
    s.t.must_not(s.d, &Action::fees(s.o, 1), "system is paused");
    s.t.must_not(s.d, &Action::slash(s.o, s.d, 1, 1), "system is paused");
    s.t.must_not(s.t.owner, &Action::initialize_round(), "system is paused");
}

/// What no call from outside can reach: callers have looked before.
const BEHIND_OTHER_CHECKS: &[&str] = &[
    "list is full",
    "node already in list",
    "key is zero",
    "node not in list",
];

#[test]
fn list_refuses_what_its_callers_never_ask() {
    let world = World::new();
    let (at, a, b) = (world.address(), world.address(), world.address());
    let reverted = |rule: &dyn Fn(&mut State) -> Result| match world
        .inside(at, a, || rule(&mut State::new()))
    {
        Err(Fault::Text(text)) => text,
        other => panic!("{other:?}"),
    };
    let seen = [
        reverted(&|s| list::insert(s, &a, 1, NO_HINT)),
        reverted(&|s| {
            let mut head = s.heads.open();
            head.max_size = 2;
            head.store();
            list::insert(s, &a, 1, NO_HINT)?;
            list::insert(s, &a, 2, NO_HINT)
        }),
        reverted(&|s| {
            let mut head = s.heads.open();
            head.max_size = 2;
            head.store();
            list::insert(s, &b, 0, NO_HINT)
        }),
        reverted(&|s| list::update_key(s, &b, 1, NO_HINT)),
    ];
    assert_eq!(seen, BEHIND_OTHER_CHECKS);
}

/// Revert strings in a source file: what `ensure!` and `revert!` are given.
fn strings_in(source: &str) -> BTreeSet<&str> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let literals = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_text = |text: &&str| text.len() > 8 && !text.contains("::");
    literals.filter(is_text).collect()
}

#[test]
fn no_string_is_left_out() {
    let sources = [
        include_str!("../src/bond.rs"),
        include_str!("../src/claim.rs"),
        include_str!("../src/fees.rs"),
        include_str!("../src/list.rs"),
        include_str!("../src/rebond.rs"),
        include_str!("../src/reward.rs"),
        include_str!("../src/slash.rs"),
        include_str!("../src/terms.rs"),
        include_str!("../src/transfer.rs"),
        include_str!("../src/unbond.rs"),
        include_str!("../src/withdraw.rs"),
        include_str!("../src/stake.rs"),
    ];
    let reached: BTreeSet<&str> = CASES
        .iter()
        .map(|(text, _)| *text)
        .chain(BEHIND_OTHER_CHECKS.iter().copied())
        .collect();
    for source in sources {
        for text in strings_in(source) {
            assert!(reached.contains(text), "no test reaches {text:?}");
        }
    }
}
