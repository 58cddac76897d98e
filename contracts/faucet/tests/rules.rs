//! Every rule of the faucet: who asks waits, unless it is on the list.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::ILivepeerToken as Token;
use confluence_abi::ILivepeerTokenFaucet::*;
use confluence_faucet::PROGRAM;
use confluence_kit::sim::{Receipt, Revert, World};

const START: u64 = 1_700_000_000;
const HOUR: u64 = 3_600;

/// A faucet that has 100 LPT units and gives 10 every 2 hours.
struct Stage {
    world: World,
    at: Address,
    token: Address,
    owner: Address,
    alice: Address,
    bob: Address,
}

fn stage() -> Stage {
    let world = World::new();
    world.set_time(START);
    let [owner, alice, bob] = std::array::from_fn(|_| world.account(0));
    let token = world
        .construct(&confluence_livepeer_token::PROGRAM, (owner,))
        .unwrap();
    let terms = (owner, token, U256::from(10), U256::from(2));
    let at = world.construct(&PROGRAM, terms).unwrap();
    let role = alloy_primitives::keccak256("MINTER_ROLE");
    let grant = Token::grantRoleCall {
        role,
        account: owner,
    };
    world.send(owner, token, &grant).unwrap();
    let mint = Token::mintCall {
        to: at,
        amount: U256::from(100),
    };
    world.send(owner, token, &mint).unwrap();
    Stage {
        world,
        at,
        token,
        owner,
        alice,
        bob,
    }
}

impl Stage {
    fn send<C: SolCall>(&self, from: Address, call: &C) -> Receipt<C::Return> {
        self.world.send(from, self.at, call)
    }
    fn balance(&self, account: Address) -> U256 {
        self.world
            .read(self.token, &Token::balanceOfCall { account })
    }
    fn next(&self, addr: Address) -> U256 {
        self.world.read(self.at, &nextValidRequestCall { addr })
    }
}

#[test]
fn it_says_what_it_was_given() {
    let s = stage();
    assert_eq!(s.world.read(s.at, &ownerCall {}), s.owner);
    assert_eq!(s.world.read(s.at, &tokenCall {}), s.token);
    assert_eq!(s.world.read(s.at, &requestAmountCall {}), U256::from(10));
    assert_eq!(s.world.read(s.at, &requestWaitCall {}), U256::from(2));
}

#[test]
fn who_asks_gets_and_waits() {
    let s = stage();
    let done = s.send(s.alice, &requestCall {});
    assert_eq!(done.logs.len(), 2, "the token's Transfer, Request");
    assert_eq!(
        done.events::<Request>(),
        [Request {
            to: s.alice,
            amount: U256::from(10)
        }]
    );
    assert_eq!(s.balance(s.alice), U256::from(10));
    assert_eq!(s.next(s.alice), U256::from(START + 2 * HOUR));
    // Others need not wait for it.
    s.send(s.bob, &requestCall {}).unwrap();
    for early in [START, START + 2 * HOUR - 1] {
        s.world.set_time(early);
        let again = s.send(s.alice, &requestCall {});
        assert_eq!(again.reverted(), Revert::empty());
    }
    s.world.set_time(START + 2 * HOUR);
    s.send(s.alice, &requestCall {}).unwrap();
    assert_eq!(s.next(s.alice), U256::from(START + 4 * HOUR));
    assert_eq!(s.balance(s.alice), U256::from(20));
}

#[test]
fn who_is_on_the_list_need_not_wait() {
    let s = stage();
    s.send(s.alice, &requestCall {}).unwrap();
    s.send(s.owner, &addToWhitelistCall { addr: s.alice })
        .unwrap();
    assert!(s.world.read(s.at, &isWhitelistedCall { addr: s.alice }));
    s.send(s.alice, &requestCall {}).unwrap();
    s.send(s.alice, &requestCall {}).unwrap();
    assert_eq!(s.next(s.alice), U256::from(START + 2 * HOUR), "unchanged");
    s.send(s.owner, &removeFromWhitelistCall { addr: s.alice })
        .unwrap();
    assert!(!s.world.read(s.at, &isWhitelistedCall { addr: s.alice }));
    let again = s.send(s.alice, &requestCall {});
    assert_eq!(again.reverted(), Revert::empty());
}

#[test]
fn empty_faucet_says_so_in_the_tokens_words() {
    let s = stage();
    s.send(s.owner, &addToWhitelistCall { addr: s.alice })
        .unwrap();
    for _ in 0..10 {
        s.send(s.alice, &requestCall {}).unwrap();
    }
    let short = s.send(s.bob, &requestCall {});
    let text = Revert::text("ERC20: transfer amount exceeds balance");
    assert_eq!(short.reverted(), text);
    assert_eq!(s.next(s.bob), U256::ZERO, "and nobody waits for nothing");
}

#[test]
fn only_the_owner_keeps_the_list() {
    let s = stage();
    let add = s.send(s.alice, &addToWhitelistCall { addr: s.alice });
    assert_eq!(add.reverted(), Revert::empty());
    let remove = s.send(s.alice, &removeFromWhitelistCall { addr: s.bob });
    assert_eq!(remove.reverted(), Revert::empty());
    let take = s.send(s.alice, &transferOwnershipCall { newOwner: s.alice });
    assert_eq!(take.reverted(), Revert::empty());
    let nobody = transferOwnershipCall {
        newOwner: Address::ZERO,
    };
    assert_eq!(s.send(s.owner, &nobody).reverted(), Revert::empty());
    let event: OwnershipTransferred = s
        .send(s.owner, &transferOwnershipCall { newOwner: s.bob })
        .only();
    assert_eq!((event.previousOwner, event.newOwner), (s.owner, s.bob));
    s.send(s.bob, &addToWhitelistCall { addr: s.alice })
        .unwrap();
}

#[test]
fn wait_that_ends_after_all_time_panics() {
    let s = stage();
    for hours in [U256::MAX, U256::from(u128::MAX) / U256::from(HOUR)] {
        let terms = (s.owner, s.token, U256::ZERO, hours);
        let at = s.world.construct(&PROGRAM, terms).unwrap();
        let asked = s.world.send(s.alice, at, &requestCall {});
        assert_eq!(asked.reverted(), Revert::panic(0x11));
    }
}
