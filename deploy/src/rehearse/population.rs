//! Who had what on L1: the list's accounts as they are, and around them what no list says, made from a seed.
//! Always holds: the same list, share and seed give the same population; nobody who is made up changes the list's root, since
//! orchestrators, contracts and broadcasters are in no list.

use std::collections::BTreeSet;

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    signers::local::PrivateKeySigner,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::RehearseError;
use crate::snapshot::{Leaf, List};

/// 10^18.
const ONE: u128 = 1_000_000_000_000_000_000;
/// Orchestrators with a key of ours, beside those whom the list names: they move by signature.
const WITH_KEY: usize = 6;
/// Contract wallets, which are in no list and move by L1.
const WALLETS: usize = 5;
/// Broadcasters; the first few have a key of ours and sign winning tickets.
const BROADCASTERS: usize = 40;
/// Broadcasters who sign.
pub(super) const SIGNING: usize = 4;
/// Of a thousand delegators, how many are unbonding a part.
const UNBONDING_PER_MILLE: u64 = 40;

/// How an orchestrator comes to L2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Its ticket is sent in the first week and expires; it is sent again.
    Expired,
    /// Its ticket fails and a stranger redeems it.
    Redeemed,
    /// It sends its own.
    Itself,
    /// Another account pays, with its signature.
    Signed,
    /// After half of its delegators have claimed.
    Late,
    /// Never.
    Never,
}

/// An orchestrator.
#[derive(Debug, Clone)]
pub(super) struct Orchestrator {
    pub(super) address: Address,
    pub(super) key: Option<PrivateKeySigner>,
    pub(super) stake: u128,
    pub(super) fees: u128,
    pub(super) way: Way,
}

/// A contract wallet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wallet {
    pub(super) address: Address,
    pub(super) l2: Address,
    pub(super) delegate: Address,
    pub(super) stake: u128,
}

/// Stake that is unbonding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lock {
    pub(super) who: Address,
    pub(super) amount: u128,
    /// Whether it is moved; otherwise it is left to be withdrawn on L1.
    pub(super) moves: bool,
}

/// A broadcaster.
#[derive(Debug, Clone)]
pub(super) struct Broadcaster {
    pub(super) address: Address,
    pub(super) key: Option<PrivateKeySigner>,
    pub(super) deposit: u128,
    pub(super) reserve: u128,
    pub(super) moves: bool,
}

/// Everybody.
#[derive(Debug, Clone)]
pub(super) struct Population {
    pub(super) leaves: Vec<Leaf>,
    pub(super) orchestrators: Vec<Orchestrator>,
    pub(super) wallets: Vec<Wallet>,
    pub(super) locks: Vec<Lock>,
    pub(super) broadcasters: Vec<Broadcaster>,
}

impl Population {
    /// `percent` of the orchestrators move before delegators claim; half of the rest after.
    pub(super) fn of(list: &List, percent: u64, seed: u64) -> Result<Self, RehearseError> {
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        let leaves = list.leaves().to_vec();
        let listed: BTreeSet<_> = leaves.iter().map(Leaf::delegator).collect();
        let named: BTreeSet<_> = leaves
            .iter()
            .map(Leaf::delegate)
            .filter(|delegate| !delegate.is_zero() && !listed.contains(delegate))
            .collect();
        if named.is_empty() {
            return Err(RehearseError::NoOrchestrator);
        }
        let named: Vec<_> = named.into_iter().collect();
        let mut orchestrators = Vec::with_capacity(named.len() + WITH_KEY);
        for address in &named {
            let way = match dice.below(100) {
                it if it < percent => Way::Itself,
                it if it < percent + (100 - percent) / 2 => Way::Late,
                _ => Way::Never,
            };
            orchestrators.push(dice.orchestrator(*address, None, way));
        }
        // whatever the dice said: somebody's ticket expires and somebody's fails
        for (index, way) in [Way::Expired, Way::Redeemed, Way::Redeemed, Way::Itself]
            .into_iter()
            .enumerate()
        {
            if let Some(orchestrator) = orchestrators.get_mut(index) {
                orchestrator.way = way;
            }
        }
        for number in 0..WITH_KEY {
            let key = key(seed, "orchestrator", number)?;
            orchestrators.push(dice.orchestrator(key.address(), Some(key), Way::Signed));
        }
        let wallets = (0..WALLETS).map(|number| Wallet {
            address: address(seed, "wallet", number),
            l2: address(seed, "owner of a wallet", number),
            delegate: named[number % named.len()],
            stake: dice.between(100 * ONE, 20_000 * ONE),
        });
        let wallets = wallets.collect();
        let mut locks = Vec::new();
        for leaf in leaves.iter().filter(|leaf| is_delegating(leaf)) {
            // whatever the dice say: somebody is unbonding and moves that
            let first = locks.is_empty();
            if first || dice.below(1000) < UNBONDING_PER_MILLE {
                locks.push(Lock {
                    who: leaf.delegator(),
                    amount: dice.between(ONE, 500 * ONE),
                    moves: first || dice.below(2) == 0,
                });
            }
        }
        let mut broadcasters = Vec::with_capacity(BROADCASTERS);
        for number in 0..BROADCASTERS {
            let key = match number < SIGNING {
                true => Some(key(seed, "broadcaster", number)?),
                false => None,
            };
            let named = address(seed, "broadcaster", number);
            broadcasters.push(Broadcaster {
                address: key.as_ref().map_or(named, PrivateKeySigner::address),
                moves: key.is_some() || dice.below(4) > 0,
                key,
                deposit: dice.between(ONE / 10, 3 * ONE),
                reserve: dice.between(ONE / 10, 3 * ONE),
            });
        }
        Ok(Self {
            leaves,
            orchestrators,
            wallets,
            locks,
            broadcasters,
        })
    }

    /// LPT base units that the Minter on L1 holds for all of them.
    pub(super) fn lpt(&self) -> U256 {
        let listed = self.leaves.iter().map(Leaf::stake);
        let others = self.orchestrators.iter().map(|it| it.stake);
        let others = others.chain(self.wallets.iter().map(|it| it.stake));
        let others = others.chain(self.locks.iter().map(|it| it.amount));
        listed.chain(others.map(U256::from)).sum()
    }

    /// Wei that the Minter on L1 holds for all of them.
    pub(super) fn eth(&self) -> U256 {
        let listed = self.leaves.iter().map(Leaf::fees);
        let others = self.orchestrators.iter().map(|it| it.fees);
        let funds = self.broadcasters.iter().map(|it| it.deposit + it.reserve);
        listed.chain(others.chain(funds).map(U256::from)).sum()
    }

    /// Leaves that have something to claim.
    pub(super) fn claimants(&self) -> impl Iterator<Item = &Leaf> {
        let has = |leaf: &&Leaf| !leaf.stake().is_zero() || !leaf.fees().is_zero();
        self.leaves.iter().filter(has)
    }

    /// Orchestrators that come in this way.
    pub(super) fn coming(&self, way: Way) -> impl Iterator<Item = &Orchestrator> {
        self.orchestrators.iter().filter(move |it| it.way == way)
    }
}

fn is_delegating(leaf: &Leaf) -> bool {
    !leaf.stake().is_zero() && !leaf.delegate().is_zero()
}

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// Many decimals: round amounts would hide rounding.
    fn between(&mut self, least: u128, most: u128) -> u128 {
        let bits = (u128::from(self.0.next_u64()) << 64) | u128::from(self.0.next_u64());
        least + bits % (most - least)
    }

    fn orchestrator(
        &mut self,
        address: Address,
        key: Option<PrivateKeySigner>,
        way: Way,
    ) -> Orchestrator {
        Orchestrator {
            address,
            key,
            stake: self.between(500 * ONE, 60_000 * ONE),
            fees: self.between(ONE / 1000, ONE),
            way,
        }
    }
}

fn seeded(seed: u64, what: &str, number: usize) -> B256 {
    keccak256(format!("confluence rehearse {seed} {what} {number}"))
}

fn address(seed: u64, what: &str, number: usize) -> Address {
    Address::from_word(seeded(seed, what, number))
}

fn key(seed: u64, what: &str, number: usize) -> Result<PrivateKeySigner, RehearseError> {
    let bytes = seeded(seed, what, number);
    PrivateKeySigner::from_bytes(&bytes).map_err(|_| RehearseError::Seed { seed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Found, Population as Like};

    fn synthetic() -> List {
        let found = Found::synthetic(Like::like_published(400), 1);
        found.expect("a list").list
    }

    #[test]
    fn the_same_seed_makes_the_same_population_and_another_one_another() {
        let list = synthetic();
        let all = |seed| format!("{:?}", Population::of(&list, 60, seed).expect("made"));
        assert_eq!(all(7), all(7));
        assert_ne!(all(7), all(8));
    }

    #[test]
    fn who_is_made_up_is_in_no_list_and_every_way_is_gone() {
        let list = synthetic();
        let made = Population::of(&list, 60, 7).expect("made");
        for orchestrator in &made.orchestrators {
            assert!(list.find(orchestrator.address).is_none());
        }
        for wallet in &made.wallets {
            assert!(list.find(wallet.address).is_none());
        }
        for way in [Way::Expired, Way::Redeemed, Way::Itself, Way::Signed] {
            assert!(made.coming(way).count() > 0, "{way:?}");
        }
        assert!(made.locks.iter().any(|lock| lock.moves));
    }
}
