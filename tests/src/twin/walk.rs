//! A random walk: accounts that bond, move, transfer, unbond, reward, earn and withdraw in any order, with right, wrong and no
//! hints, while rounds pass, are skipped or are not initialised, and the system is paused now and then.

use super::{Action, Invariants, Parameters, Twin};
use crate::model::{Hints, N, NO_HINTS, Res, n};
use alloy_primitives::Address;
use std::collections::BTreeMap;

/// Accounts that take part; the last two are opened as pools by L2Migrator.
const ACCOUNTS: usize = 14;
/// Fewer places than orchestrators, so that they displace each other.
const PLACES: u128 = 5;

/// A walk, and where it is.
#[derive(Debug)]
pub struct Walk {
    /// Programs and model.
    pub twin: Twin,
    invariants: Invariants,
    dice: Dice,
    seed: u64,
    steps: usize,
    /// What amounts are multiples of.
    unit: u128,
    /// Whether accounts are slashed in this one.
    slashes: bool,
    /// How often each function came to each end: its name and "ok", or how it reverted.
    pub ends: BTreeMap<String, usize>,
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("walk {} failed at step {}", self.seed, self.steps);
        }
    }
}

/// Splitmix64: the same walk for the same seed, whatever crates do.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }
    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

impl Walk {
    /// The walk of `seed`: half of them in whole LPT, half in single base units, a third with slashing.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let unit = dice.one(&[10u128.pow(18), 1]);
        let parameters = Parameters {
            pool_size: PLACES,
            inflation: dice.one(&[50_000, 218_500, 1_000_000]),
            l1_circulating_supply: dice.one(&[0, 20_000]) * unit,
            ..Parameters::default()
        };
        let slashes = seed % 3 == 2;
        let mut twin = Twin::new(parameters, ACCOUNTS, 10_000 * unit);
        let migrator = twin.model.at.l2_migrator;
        twin.give(migrator, 100_000 * unit);
        let bonding_manager = twin.model.at.bonding_manager;
        let all: N = (N::from(1u8) << 256) - 1u8;
        for who in twin.accounts.clone().into_iter().chain([migrator]) {
            twin.must(who, &Action::approve(bonding_manager, all.clone()));
        }
        let mut invariants = Invariants::default();
        if slashes {
            invariants.somebody_was_slashed();
        }
        Walk {
            twin,
            invariants,
            dice,
            seed,
            steps: 0,
            unit,
            slashes,
            ends: BTreeMap::new(),
        }
    }

    /// One transaction, on both sides, with everything compared and checked after it.
    ///
    /// # Panics
    /// If the two sides differ or an invariant does not hold.
    pub fn step(&mut self) {
        self.steps += 1;
        self.invariants.before(&self.twin);
        let (sender, action) = self.choose();
        let end = match self.twin.send(sender, &action) {
            Ok(_) => "ok".to_owned(),
            Err(revert) => format!("{revert:?}"),
        };
        *self
            .ends
            .entry(format!("{}: {end}", action.name()))
            .or_default() += 1;
        self.twin.compare_views();
        self.invariants.check(&self.twin, sender);
    }

    fn choose(&mut self) -> (Address, Action) {
        if self.twin.model.controller.paused && self.dice.percent(30) {
            return (self.twin.owner, Action::unpause());
        }
        if self.dice.percent(8) {
            return self.pass_time();
        }
        let who = self.account();
        let roll = self.dice.below(100);
        match roll {
            0..20 => self.bond(who),
            20..31 => self.bond_for(who),
            31..43 => (
                who,
                Action::unbond_with_hint(self.part_of_stake(who), self.hints()),
            ),
            43..49 => (who, Action::rebond_with_hint(self.lock(who), self.hints())),
            49..55 => {
                let who = self.unbonded_with_lock().unwrap_or(who);
                let (to, lock) = (self.delegate(who), self.lock(who));
                (
                    who,
                    Action::rebond_from_unbonded_with_hint(to, lock, self.hints()),
                )
            }
            55..63 => {
                let (to, amount) = (self.receiver(), self.part_of_stake(who));
                (
                    who,
                    Action::transfer_bond(to, amount, self.hints(), self.hints()),
                )
            }
            63..68 => (who, Action::claim_earnings()),
            68..72 => (who, Action::withdraw_stake(self.lock(who))),
            72..76 => self.withdraw_fees(who),
            76..81 => {
                let (cut, share) = (self.share(), self.share());
                (who, Action::transcoder_with_hint(cut, share, self.hints()))
            }
            81..90 => (self.candidate(), Action::reward_with_hint(self.hints())),
            90..97 => self.bring_fees(),
            _ => self.govern(who),
        }
    }

    /// Blocks, rounds, skipped rounds; and somebody begins the round, or tries to.
    fn pass_time(&mut self) -> (Address, Action) {
        let length = self.twin.round_length();
        let blocks = match self.dice.below(10) {
            0..5 => length,
            5 => 2 * length + 3,
            6 => length / 2,
            _ => 1,
        };
        self.twin.mine(blocks);
        let who = self.account();
        if self.dice.percent(85) {
            (who, Action::initialize_round())
        } else {
            (who, Action::claim_earnings())
        }
    }

    fn bond(&mut self, who: Address) -> (Address, Action) {
        let (to, amount) = (self.delegate(who), self.amount(who));
        (
            who,
            Action::bond_with_hint(amount, to, self.hints(), self.hints()),
        )
    }

    /// For somebody else, by anybody, by L2Migrator, or for a pool.
    fn bond_for(&mut self, who: Address) -> (Address, Action) {
        let owner = self.receiver();
        let to = match self.dice.below(3) {
            0 => self.delegate(owner),
            _ => self.twin.model.get_delegator(owner).delegate,
        };
        let (amount, migrator) = (self.amount(owner), self.twin.model.at.l2_migrator);
        match self.dice.below(10) {
            0..5 => (
                who,
                Action::bond_for(amount, owner, to, self.hints(), self.hints()),
            ),
            5..8 => (
                migrator,
                Action::bond_for(amount, owner, to, self.hints(), self.hints()),
            ),
            _ => {
                let pool = self.twin.accounts[ACCOUNTS - 1 - self.dice.below(2)];
                let known = self.twin.model.get_delegator(pool).delegate;
                let to = if known.is_zero() {
                    self.candidate()
                } else {
                    known
                };
                let sender = if self.dice.percent(90) { migrator } else { who };
                (sender, Action::bond_pool(amount, pool, to, self.hints()))
            }
        }
    }

    fn withdraw_fees(&mut self, who: Address) -> (Address, Action) {
        let fees = small(self.twin.model.pending_fees(who));
        let amount = match self.dice.below(4) {
            0 => fees + 1,
            1 => fees / 2,
            _ => fees,
        };
        let to = if self.dice.percent(5) {
            Address::ZERO
        } else {
            self.account()
        };
        (who, Action::withdraw_fees(to, amount))
    }

    /// The broker has paid them in before.
    fn bring_fees(&mut self) -> (Address, Action) {
        let fees = self
            .dice
            .one(&[0, 1, 7, 1_000, 10u128.pow(15), 10u128.pow(18)]);
        let at = self.twin.model.at;
        self.twin.fund(at.minter, fees);
        let sender = if self.dice.percent(97) {
            at.ticket_broker
        } else {
            self.account()
        };
        let who = if self.dice.percent(90) {
            self.candidate()
        } else {
            self.account()
        };
        (sender, Action::fees(who, fees))
    }

    fn govern(&mut self, who: Address) -> (Address, Action) {
        let (owner, at) = (self.twin.owner, self.twin.model.at);
        match self.dice.below(12) {
            0..3 => (owner, Action::pause()),
            3 => (
                owner,
                Action::set_unbonding_period(1 + self.dice.below(8) as u128),
            ),
            4 => {
                let size = self.twin.model.bonding.list.max_size;
                let more = if size < PLACES + 2 && self.dice.percent(20) {
                    size + 1
                } else {
                    size
                };
                (owner, Action::set_num_active_transcoders(more))
            }
            5 => (who, Action::set_num_active_transcoders(100)),
            6 => (who, Action::set_current_round_total_active_stake()),
            7 => (who, Action::set_unbonding_period(1)),
            8..11 if self.slashes => {
                let whom = self.candidate();
                let finder = self.dice.one(&[Address::ZERO, who]);
                let share = self.dice.one(&[0, 1, 100_000, 1_000_000, 1_000_001]);
                (
                    at.verifier,
                    Action::slash(whom, finder, share, self.share()),
                )
            }
            _ => (who, Action::slash(who, who, 1, 1)),
        }
    }

    fn account(&mut self) -> Address {
        self.dice.one(&self.twin.accounts)
    }

    /// Somebody in the pool, mostly.
    fn candidate(&mut self) -> Address {
        let nodes = &self.twin.model.bonding.list.nodes;
        match self.dice.below(nodes.len() + 1) {
            i if i < nodes.len() => nodes[i].0,
            _ => self.account(),
        }
    }

    fn receiver(&mut self) -> Address {
        if self.dice.percent(3) {
            Address::ZERO
        } else {
            self.account()
        }
    }

    /// `who` itself, somebody in the pool, anybody, nobody; an orchestrator stays one, mostly.
    fn delegate(&mut self, who: Address) -> Address {
        if self.twin.model.bonding.is_registered(who) && self.dice.percent(70) {
            return who;
        }
        match self.dice.below(20) {
            0..6 => who,
            6..15 => self.candidate(),
            15..19 => self.account(),
            _ => Address::ZERO,
        }
    }

    fn share(&mut self) -> u128 {
        self.dice.one(&[
            0, 1, 100_000, 333_333, 500_000, 999_999, 1_000_000, 1_000_001,
        ])
    }

    /// One that there is, mostly.
    fn lock(&mut self, who: Address) -> u128 {
        let Some(d) = self.twin.model.bonding.delegators.get(&who) else {
            return 0;
        };
        let there: Vec<u128> = d.locks.keys().copied().collect();
        match there[..] {
            [_, ..] if self.dice.percent(85) => self.dice.one(&there),
            _ => self.dice.below(d.next_lock as usize + 2) as u128,
        }
    }

    /// Somebody who could begin again.
    fn unbonded_with_lock(&self) -> Option<Address> {
        let delegators = &self.twin.model.bonding.delegators;
        let can = |who: &Address| {
            delegators
                .get(who)
                .is_some_and(|d| d.bonded == n(0) && !d.locks.is_empty())
        };
        self.twin.accounts.iter().copied().find(can)
    }

    /// Round figures, so that orchestrators tie; or what makes `who` tie with one of them.
    fn amount(&mut self, who: Address) -> u128 {
        if self.dice.percent(25) {
            let one = self.candidate();
            let theirs = small(Ok(self.twin.model.get_delegator(one).delegated));
            let own = small(Ok(self.twin.model.get_delegator(who).delegated));
            return theirs.saturating_sub(own).min(3_000 * self.unit);
        }
        self.dice.one(&[0, 1, 1, 5, 10, 10, 50, 100, 500, 20_000]) * self.unit
    }

    fn part_of_stake(&mut self, who: Address) -> u128 {
        let stake = small(self.twin.model.pending_stake(who));
        match self.dice.below(10) {
            0..3 => stake,
            3..6 => stake / 2,
            6 => 1,
            7 => self.dice.below(2) as u128 * (stake + 1),
            _ => self.amount(who),
        }
    }

    /// None, neighbours in the pool, or anybody.
    fn hints(&mut self) -> Hints {
        let nodes = &self.twin.model.bonding.list.nodes;
        let at = |i: usize| nodes.get(i).map_or(Address::ZERO, |(id, _)| *id);
        match self.dice.below(4) {
            0 | 1 => NO_HINTS,
            2 => match self.dice.below(nodes.len() + 1) {
                0 => (Address::ZERO, at(0)),
                i => (at(i - 1), at(i)),
            },
            _ => (self.receiver(), self.receiver()),
        }
    }
}

/// Amounts of a walk fit 128 bits.
fn small(v: Res<N>) -> u128 {
    v.ok()
        .and_then(|v| u128::try_from(v).ok())
        .unwrap_or_default()
}
