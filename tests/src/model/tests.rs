//! Anchors: small cases worked out by hand, so that the oracle is held against something that is not a program.

use super::*;
use alloy_primitives::Address;

const OWNER: Address = Address::repeat_byte(0xee);
const ALICE: Address = Address::repeat_byte(0xa1);
const BOB: Address = Address::repeat_byte(0xb0);
const CAROL: Address = Address::repeat_byte(0xca);

fn address(i: u8) -> Address {
    Address::repeat_byte(i)
}

/// Round 10 of 100 blocks, two places in the pool, everybody has 1,000 and has approved it.
fn started() -> Protocol {
    let at = Addresses {
        bonding_manager: address(1),
        rounds_manager: address(2),
        minter: address(3),
        token: address(4),
        ticket_broker: address(5),
        l2_migrator: address(6),
        verifier: address(7),
    };
    let minter = Minter {
        inflation: n(100_000_000),
        target_bonding_rate: n(500_000_000),
        ..Minter::default()
    };
    let mut p = Protocol::new(at, OWNER, minter);
    p.token.minters.insert(at.minter);
    p.block = 1_000;
    p.run(|p| {
        p.set_round_length(OWNER, 100)?;
        p.set_unbonding_period(OWNER, 7)?;
        p.set_num_active_transcoders(OWNER, 2)?;
        for who in [ALICE, BOB, CAROL] {
            p.mint(at.minter, who, n(1_000))?;
            p.approve(who, at.bonding_manager, n(1_000))?;
        }
        p.unpause(OWNER)?;
        p.initialize_round(OWNER)
    })
    .expect("a fresh protocol can be set up");
    p
}

fn next_round(p: &mut Protocol) {
    p.block += 100;
    p.run(|p| p.initialize_round(OWNER))
        .expect("the round is new");
}

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

#[test]
fn first_self_bond_logs_in_the_order_seen_on_livepeers_contracts() {
    let mut p = started();
    let events = p.run(|p| p.bond(ALICE, n(100), ALICE)).unwrap();
    assert_eq!(
        names(&events),
        [
            "EarningsClaimed",
            "TranscoderActivated",
            "Transfer",
            "Approval",
            "Bond"
        ]
    );
    assert_eq!(
        events[0],
        Event::EarningsClaimed {
            delegate: Address::ZERO,
            delegator: ALICE,
            rewards: n(0),
            fees: n(0),
            start_round: 1,
            end_round: 10
        }
    );
}

#[test]
fn larger_self_bond_evicts_the_last_and_an_equal_one_does_not() {
    let mut p = started();
    p.run(|p| p.bond(ALICE, n(100), ALICE)).unwrap();
    p.run(|p| p.bond(BOB, n(200), BOB)).unwrap();
    let lost = p.run(|p| p.bond(CAROL, n(100), CAROL)).unwrap();
    assert_eq!(
        names(&lost),
        ["EarningsClaimed", "Transfer", "Approval", "Bond"]
    );
    let won = p.run(|p| p.bond(CAROL, n(1), CAROL)).unwrap();
    assert_eq!(
        names(&won),
        [
            "TranscoderDeactivated",
            "TranscoderActivated",
            "Transfer",
            "Approval",
            "Bond"
        ]
    );
    assert_eq!(p.bonding.list.nodes, [(BOB, n(200)), (CAROL, n(101))]);
    assert_eq!(p.bonding.next_total, n(301));
}

#[test]
fn reward_is_shared_by_cut_and_stake() {
    let mut p = started();
    p.run(|p| p.bond(ALICE, n(100), ALICE)).unwrap();
    p.run(|p| p.transcoder(ALICE, n(500_000), n(0))).unwrap();
    p.run(|p| p.bond(BOB, n(300), ALICE)).unwrap();
    next_round(&mut p);
    // 3,000 LPT units at 10 %: 300 may be minted, all for the only orchestrator; half is its cut, 150 go to 400 of stake.
    let events = p.run(|p| p.reward(ALICE)).unwrap();
    assert_eq!(names(&events), ["Transfer", "Mint", "Reward"]);
    assert_eq!(p.get_delegator(ALICE).delegated, n(700));
    assert_eq!(
        p.get_earnings_pool(ALICE, 11).reward_factor,
        n(1_375_000_000_000_000_000_000_000_000)
    );
    // Bob: 300 * 1.375; Alice: 100 * 1.375 + 150.
    assert_eq!(p.pending_stake(BOB), Ok(n(412)));
    assert_eq!(p.pending_stake(ALICE), Ok(n(287)));
}

#[test]
fn fees_are_shared_like_rewards() {
    let mut p = started();
    p.run(|p| p.bond(ALICE, n(100), ALICE)).unwrap();
    p.run(|p| p.transcoder(ALICE, n(0), n(250_000))).unwrap();
    p.run(|p| p.bond(BOB, n(300), ALICE)).unwrap();
    next_round(&mut p);
    let broker = p.at.ticket_broker;
    p.run(|p| p.update_transcoder_with_fees(broker, ALICE, &n(1_600)))
        .unwrap();
    // A quarter is shared over 400 of stake: 1 each; the rest is Alice's.
    assert_eq!(p.pending_fees(BOB), Ok(n(300)));
    assert_eq!(p.pending_fees(ALICE), Ok(n(1_300)));
}

#[test]
fn revert_leaves_no_trace() {
    let mut p = started();
    let before = p.clone();
    let reverted = p.run(|p| p.bond(ALICE, n(1_001), ALICE));
    assert_eq!(
        reverted,
        Err(Revert::Text(
            "ERC20: transfer amount exceeds balance".into()
        ))
    );
    assert_eq!(p, before);
}

fn list_of(keys: &[(u8, u128)]) -> SortedList {
    let nodes = keys
        .iter()
        .map(|&(id, key)| (address(id), n(key)))
        .collect();
    SortedList {
        max_size: 10,
        nodes,
    }
}

fn order_after(keys: &[(u8, u128)], key: u128, above: u8, below: u8) -> Vec<u8> {
    let mut list = list_of(keys);
    list.insert(address(9), n(key), (address(above), address(below)))
        .unwrap();
    list.nodes.iter().map(|(id, _)| id[0]).collect()
}

#[test]
fn search_without_hints_puts_a_node_before_its_equals() {
    assert_eq!(
        order_after(&[(1, 30), (2, 20), (3, 20), (4, 10)], 20, 0, 0),
        [1, 9, 2, 3, 4]
    );
    assert_eq!(order_after(&[(1, 30), (2, 20)], 30, 0, 0), [9, 1, 2]);
}

#[test]
fn search_from_a_lower_hint_puts_a_node_after_its_equals() {
    assert_eq!(
        order_after(&[(1, 30), (2, 20), (3, 10)], 10, 0, 3),
        [1, 2, 3, 9]
    );
    assert_eq!(
        order_after(&[(1, 30), (2, 20), (3, 10)], 20, 0, 3),
        [1, 2, 9, 3]
    );
}

#[test]
fn valid_hint_decides_among_equals_and_a_wrong_one_is_dropped() {
    let equal = [(1, 20), (2, 20), (3, 20)];
    assert_eq!(order_after(&equal, 20, 2, 3), [1, 2, 9, 3]);
    assert_eq!(order_after(&equal, 20, 3, 0), [1, 2, 3, 9]);
    assert_eq!(order_after(&equal, 30, 2, 3), [9, 1, 2, 3]);
    assert_eq!(order_after(&equal, 20, 7, 8), [9, 1, 2, 3]);
}
