//! Who may open a poll, and what it is.
#![allow(missing_docs)]

use alloy_primitives::{Address, B256, U256, hex, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use confluence_abi::IBondingManager::{pendingStakeCall, transcoderTotalStakeCall};
use confluence_abi::IPollCreator::*;
use confluence_kit::sim::{Revert, World};
use confluence_poll::PROGRAM;
use std::cell::Cell;
use std::rc::Rc;

const COST: u128 = 100_000_000_000_000_000_000;

struct Stage {
    world: World,
    creator: Address,
    bonding: Address,
    pending: Rc<Cell<u128>>,
    delegated: Rc<Cell<u128>>,
}

fn stage() -> Stage {
    let world = World::new();
    let (pending, delegated) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (p, d) = (pending.clone(), delegated.clone());
    let bonding = world.play(move |call| {
        assert!(call.is_static);
        let stake = match call.data.first_chunk() {
            Some(&pendingStakeCall::SELECTOR) => p.get(),
            Some(&transcoderTotalStakeCall::SELECTOR) => d.get(),
            _ => return Err(vec![]),
        };
        Ok(U256::from(stake).abi_encode())
    });
    let creator = world.construct(&PROGRAM, (bonding,)).unwrap();
    Stage {
        world,
        creator,
        bonding,
        pending,
        delegated,
    }
}

impl Stage {
    fn create(&self, proposal: &[u8]) -> confluence_kit::sim::Receipt<createPollReturn> {
        let who = self.world.account(0);
        self.world.send(
            who,
            self.creator,
            &createPollCall {
                proposal: proposal.to_vec().into(),
            },
        )
    }
}

#[test]
fn the_terms_are_the_originals() {
    let s = stage();
    assert_eq!(s.world.read(s.creator, &QUORUMCall {}), U256::from(333_300));
    assert_eq!(s.world.read(s.creator, &QUOTACall {}), U256::from(500_000));
    assert_eq!(
        s.world.read(s.creator, &POLL_PERIODCall {}),
        U256::from(57_600)
    );
    assert_eq!(
        s.world.read(s.creator, &POLL_CREATION_COSTCall {}),
        U256::from(COST)
    );
    assert_eq!(s.world.read(s.creator, &bondingManagerCall {}), s.bonding);
}

#[test]
fn opening_a_poll_takes_a_hundred_lpt_of_own_or_delegated_stake() {
    let s = stage();
    let poor = Revert::text("PollCreator#createPoll: INSUFFICIENT_STAKE");
    for (pending, delegated, is_enough) in [
        (0, 0, false),
        (COST - 1, COST - 1, false),
        (COST, 0, true),
        (0, COST, true),
        (u128::MAX >> 1, 0, true),
    ] {
        s.pending.set(pending);
        s.delegated.set(delegated);
        if is_enough {
            s.create(b"x").unwrap();
        } else {
            assert_eq!(s.create(b"x").reverted(), poor);
        }
    }
}

#[test]
fn a_poll_ends_after_the_poll_period_and_says_what_it_is_about() {
    let s = stage();
    s.pending.set(COST);
    s.world.set_block(1_000_000);
    let event: PollCreated = s.create(b"QmProposal").only();
    assert_eq!(event.proposal.as_ref(), b"QmProposal");
    assert_eq!(event.endBlock, U256::from(1_057_600));
    assert_eq!(event.quorum, U256::from(333_300));
    assert_eq!(event.quota, U256::from(500_000));
    let code = s.world.init_code(event.poll).expect("a poll is a contract");
    assert_eq!(code, confluence_poll::poll::init_code(1_057_600));
}

#[test]
fn every_poll_is_a_contract_of_its_own() {
    let s = stage();
    s.delegated.set(COST);
    let first: PollCreated = s.create(b"").only();
    let second: PollCreated = s.create(b"").only();
    assert_ne!(first.poll, second.poll);
}

#[test]
fn a_polls_code_differs_from_another_only_in_its_end() {
    let (a, b) = (
        confluence_poll::poll::init_code(0),
        confluence_poll::poll::init_code(u64::MAX),
    );
    let differ: Vec<_> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    assert_eq!(differ.len(), 24, "three times eight bytes");
    for push in [differ[0], differ[8], differ[16]] {
        assert_eq!(a[push - 1], 0x67, "PUSH8");
    }
    let topic = keccak256("Vote(address,uint256)");
    assert!(a.windows(32).any(|word| B256::from_slice(word) == topic));
    for selector in [hex!("0121b93f"), hex!("083c6323"), hex!("83197ef0")] {
        assert!(a.windows(4).any(|bytes| bytes == selector));
    }
}

#[test]
fn a_proposal_of_any_length_is_logged_whole() {
    let s = stage();
    s.pending.set(COST);
    for length in [0, 1, 31, 32, 33, 600, 5000] {
        let event: PollCreated = s.create(&vec![9; length]).only();
        assert_eq!(event.proposal.len(), length);
    }
}
