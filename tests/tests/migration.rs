//! The L2 side of the migration, rule by rule, with every program of ours in the native world: what messages from L1 and proofs do,
//! and each way in which they can fail.

#[path = "migration/bridge.rs"]
mod bridge;
#[path = "migration/claim.rs"]
mod claim;
#[path = "migration/delegator.rs"]
mod delegator;
#[path = "migration/locks.rs"]
mod locks;
#[path = "migration/parts.rs"]
mod parts;
#[path = "migration/pool.rs"]
mod pool;
#[path = "migration/refusals.rs"]
mod refusals;
#[path = "migration/switch_over.rs"]
mod switch_over;

use alloy_primitives::{Address, U256};
use confluence_tests::native::{Hints, L2, ONE, Part, Whole};

/// A whole LPT amount, or ether.
fn one(n: u128) -> u128 {
    n * ONE
}

/// The message of a delegator with `stake` LPT.
fn delegator(l1: Address, l2: Address, stake: u128, delegate: Address) -> Whole {
    Whole {
        l1Addr: l1,
        l2Addr: l2,
        stake: U256::from(one(stake)),
        delegatedStake: U256::ZERO,
        fees: U256::ZERO,
        delegate,
    }
}

/// The message of an orchestrator with `stake` LPT of its own and `foreign` of others.
fn orchestrator(l1: Address, l2: Address, stake: u128, foreign: u128) -> Whole {
    Whole {
        delegatedStake: U256::from(one(stake + foreign)),
        ..delegator(l1, l2, stake, l1)
    }
}

/// The message for `amount` LPT of what `whole` has.
fn part(whole: &Whole, amount: u128, nonce: u64) -> Part {
    Part {
        l1Addr: whole.l1Addr,
        l2Addr: whole.l2Addr,
        amount: U256::from(one(amount)),
        stake: whole.stake,
        delegatedStake: whole.delegatedStake,
        fees: whole.fees,
        delegate: whole.delegate,
        nonce: U256::from(nonce),
    }
}

fn with_fees(mut whole: Whole, fees: u128) -> Whole {
    whole.fees = U256::from(fees);
    whole
}

fn no_hints() -> Hints {
    Hints {
        selfPrev: Address::ZERO,
        selfNext: Address::ZERO,
        poolPrev: Address::ZERO,
        poolNext: Address::ZERO,
    }
}

/// An orchestrator that has migrated: its address on L1, on L2, and its pool.
fn migrated(l2: &L2, stake: u128, foreign: u128) -> (Address, Address, Address) {
    let (from, to) = (l2.world.address(), l2.world.address());
    l2.whole(orchestrator(from, to, stake, foreign)).unwrap();
    (from, to, l2.pool(from))
}
