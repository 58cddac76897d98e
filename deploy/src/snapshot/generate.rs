//! A stand-in for the published list: made from a seed, with the statistics of the real one (LIP-73, 4,759 entries).
//! Always holds: the same seed and size give the same bytes on every machine, so arithmetic here is integers, or the
//! IEEE operations that are exact everywhere (`+ - * /` and square root; no `ln`, no `exp`).

use alloy::primitives::{Address, U256};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Leaf, List, SnapshotError};

/// How many accounts, and how many delegates they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// Entries of the list.
    pub leaves: usize,
    /// Distinct delegates.
    pub delegates: usize,
}

// Measured on the published list; counts and sums for its 4,759 entries.
const LEAVES: usize = 4759;
const DELEGATES: usize = 98;
const EMPTY: usize = 973;
const FEES_ONLY: usize = 531;
const STAKE_WITHOUT_DELEGATE: usize = 1;
const STAKE_WITHOUT_FEES: usize = 1006;
const STAKE_SUM: u128 = 10_239_676_190_427_170_097_425_142;
const FEES_SUM: u128 = 15_493_909_235_859_321_603;

/// A distribution by its quantiles: share of the accounts below, and the value there.
type Quantiles = [(f64, f64); 12];

/// LPT base units of the accounts that have stake.
const STAKE: Quantiles = [
    (0.0, 2.0),
    (0.01, 1.65e5),
    (0.05, 8.04e15),
    (0.1, 4.63e17),
    (0.25, 4.40e18),
    (0.5, 2.24e19),
    (0.75, 1.37e20),
    (0.9, 6.60e20),
    (0.95, 2.66e21),
    (0.99, 5.04e22),
    (0.999, 5.11e23),
    (1.0, 1.81e24),
];

/// Wei of the accounts that have fees.
const FEES: Quantiles = [
    (0.0, 136.0),
    (0.01, 1.80e8),
    (0.05, 6.68e10),
    (0.1, 4.27e11),
    (0.25, 3.70e12),
    (0.5, 3.49e13),
    (0.75, 3.15e14),
    (0.9, 2.81e15),
    (0.95, 1.06e16),
    (0.99, 1.17e17),
    (0.999, 6.13e17),
    (1.0, 1.19e18),
];

/// How many delegators the delegate of a rank has, at some of the 98 ranks.
const FOLLOWERS: [(f64, f64); 9] = [
    (1.0, 714.0),
    (2.0, 449.0),
    (5.0, 181.0),
    (10.0, 73.0),
    (20.0, 34.0),
    (35.0, 5.0),
    (48.0, 2.0),
    (61.0, 1.0),
    (98.0, 1.0),
];

impl Population {
    /// As many delegates as the real list has, as far as there are accounts for them.
    #[must_use]
    pub fn like_published(leaves: usize) -> Self {
        Self {
            leaves,
            delegates: DELEGATES.min(Counts::of(leaves).delegating.max(1)),
        }
    }
}

/// The real list's classes of accounts, scaled.
struct Counts {
    fees_only: usize,
    stake_without_delegate: usize,
    delegating: usize,
    stake_without_fees: usize,
}

impl Counts {
    fn of(leaves: usize) -> Self {
        let share = |of_all: usize| (leaves * of_all + LEAVES / 2) / LEAVES;
        let (empty, fees_only) = (share(EMPTY), share(FEES_ONLY));
        let stake_without_delegate = share(STAKE_WITHOUT_DELEGATE);
        Self {
            fees_only,
            stake_without_delegate,
            delegating: leaves.saturating_sub(empty + fees_only + stake_without_delegate),
            stake_without_fees: share(STAKE_WITHOUT_FEES),
        }
    }
}

/// Makes a list.
///
/// # Errors
/// [`SnapshotError::Population`] for no leaves, no delegates, or more delegates than delegating accounts.
pub fn generate(population: Population, seed: u64) -> Result<List, SnapshotError> {
    let Population { leaves, delegates } = population;
    let refuse = |why| {
        Err(SnapshotError::Population {
            leaves,
            delegates,
            why,
        })
    };
    let counts = Counts::of(leaves);
    if leaves == 0 {
        return refuse("a list has at least one leaf");
    }
    if delegates == 0 || delegates > counts.delegating.max(1) {
        return refuse("there must be a delegate, and no more of them than accounts that delegate");
    }

    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let delegators = dice.accounts(leaves);
    let delegates = dice.accounts(delegates + 1).split_off(1); // the zero address is nobody's delegate
    let crowd = Crowd::of(&delegates);

    let staked = counts.stake_without_delegate + counts.delegating;
    let with_fees = counts.fees_only + staked.saturating_sub(counts.stake_without_fees);
    let mut stakes = sums_to(dice.amounts(&STAKE, staked), share_of(STAKE_SUM, leaves)).into_iter();
    let mut fees = sums_to(dice.amounts(&FEES, with_fees), share_of(FEES_SUM, leaves)).into_iter();

    let mut rows = Vec::with_capacity(leaves);
    for n in 0..staked {
        let delegate = match n.checked_sub(counts.stake_without_delegate) {
            None => Address::ZERO,
            // Every delegate has somebody; who else joins whom is drawn by popularity.
            Some(n) => delegates
                .get(n)
                .copied()
                .unwrap_or_else(|| crowd.draw(&mut dice)),
        };
        let fees = if n < counts.stake_without_fees {
            None
        } else {
            fees.next()
        };
        rows.push((
            delegate,
            stakes.next().unwrap_or_default(),
            fees.unwrap_or_default(),
        ));
    }
    rows.extend(
        fees.take(counts.fees_only)
            .map(|fees| (Address::ZERO, U256::ZERO, fees)),
    );
    rows.resize(leaves, (Address::ZERO, U256::ZERO, U256::ZERO));
    dice.shuffle(&mut rows);
    // The published list begins with the zero address, which never had anything.
    if let Some(empty) = rows
        .iter()
        .position(|(_, stake, fees)| stake.is_zero() && fees.is_zero())
    {
        rows.swap(0, empty);
    }

    let leaf = |(delegator, (delegate, stake, fees))| Leaf::new(delegator, delegate, stake, fees);
    Ok(List::of(
        delegators.into_iter().zip(rows).map(leaf).collect(),
    ))
}

/// What `leaves` accounts hold together if they hold what the real ones do on average.
fn share_of(sum: u128, leaves: usize) -> U256 {
    U256::from(sum) * U256::from(leaves) / U256::from(LEAVES)
}

/// Scales amounts so that they add up to `sum` exactly; the largest takes what rounding leaves.
fn sums_to(mut amounts: Vec<U256>, sum: U256) -> Vec<U256> {
    let drawn: U256 = amounts.iter().fold(U256::ZERO, |sum, amount| sum + amount);
    if drawn.is_zero() {
        return amounts;
    }
    for amount in &mut amounts {
        *amount = (*amount * sum / drawn).max(U256::ONE);
    }
    let scaled = amounts.iter().fold(U256::ZERO, |sum, amount| sum + amount);
    if let Some(largest) = amounts.iter_mut().max() {
        *largest = (*largest + sum).saturating_sub(scaled).max(U256::ONE);
    }
    amounts
}

/// Delegates by popularity.
struct Crowd<'a> {
    delegates: &'a [Address],
    /// `upto[i]` followers stand with delegates 0..=i.
    upto: Vec<u64>,
}

impl<'a> Crowd<'a> {
    fn of(delegates: &'a [Address]) -> Self {
        let stretch = (DELEGATES - 1) as f64 / (delegates.len().max(2) - 1) as f64;
        let mut sum = 0;
        let upto = (0..delegates.len()).map(|index| {
            let rank = 1.0 + index as f64 * stretch;
            sum += (1000.0 * between(&FOLLOWERS, rank, 0)) as u64;
            sum
        });
        Self {
            upto: upto.collect(),
            delegates,
        }
    }

    fn draw(&self, dice: &mut Dice) -> Address {
        let all = self.upto.last().copied().unwrap_or_default();
        let drawn = dice.below(all);
        let index = self.upto.partition_point(|upto| *upto <= drawn);
        self.delegates.get(index).copied().unwrap_or_default()
    }
}

/// The curve through `points` at `x`: on a straight line in the logarithm of the value, `fine` (16 random bits)
/// choosing where between two table steps of 2^-16.
fn between(points: &[(f64, f64)], x: f64, fine: u64) -> f64 {
    let next = points
        .partition_point(|(at, _)| *at <= x)
        .clamp(1, points.len() - 1);
    let ((x0, y0), (x1, y1)) = (points[next - 1], points[next]);
    // y0 * (y1 / y0) ^ t for t in [0, 1), one binary digit of t per square root
    let t = ((x - x0) / (x1 - x0)).clamp(0.0, 1.0);
    let digits = ((t * 65_536.0) as u64).min(65_535) << 16 | (fine & 0xffff);
    let (mut value, mut root) = (y0, y1 / y0);
    for digit in (0..32).rev() {
        root = root.sqrt();
        if digits >> digit & 1 == 1 {
            value *= root;
        }
    }
    value
}

/// Random draws whose meaning does not change with a library's version.
struct Dice(ChaCha8Rng);

impl Dice {
    /// A number in `0..end`, or 0 if that is empty.
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// Distinct accounts in ascending order, the zero address first.
    fn accounts(&mut self, count: usize) -> Vec<Address> {
        let mut accounts = Vec::with_capacity(count + 1);
        accounts.push(Address::ZERO);
        while accounts.len() <= count {
            while accounts.len() <= count {
                let mut bytes = [0; 20];
                self.0.fill_bytes(&mut bytes);
                accounts.push(Address::from(bytes));
            }
            accounts.sort_unstable();
            accounts.dedup();
        }
        accounts.truncate(count);
        accounts
    }

    fn amounts(&mut self, quantiles: &Quantiles, count: usize) -> Vec<U256> {
        let mut draw = || {
            let bits = self.0.next_u64();
            let x = (bits >> 11) as f64 / (1_u64 << 53) as f64;
            U256::from(between(quantiles, x, bits) as u128).max(U256::ONE)
        };
        (0..count).map(|_| draw()).collect()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(leaves: usize, seed: u64) -> super::super::Totals {
        generate(Population::like_published(leaves), seed)
            .expect("possible")
            .totals()
    }

    #[test]
    fn a_list_of_the_real_size_has_the_real_counts_and_sums() {
        for seed in 0..5 {
            let totals = totals(4759, seed);
            assert_eq!(
                (totals.leaves, totals.delegates, totals.without_delegate),
                (4759, 98, 1505)
            );
            assert_eq!(
                (totals.empty, totals.fees_only, totals.staked),
                (973, 531, 3255)
            );
            assert_eq!(totals.stake, U256::from(STAKE_SUM));
            assert_eq!(totals.fees, U256::from(FEES_SUM));
        }
    }

    #[test]
    fn stakes_are_as_unequal_as_the_real_ones() {
        let list = generate(Population::like_published(4759), 1).expect("possible");
        let mut stakes: Vec<U256> = list.leaves().iter().map(Leaf::stake).collect();
        stakes.sort_unstable_by(|a, b| b.cmp(a));
        let top: U256 = stakes
            .iter()
            .take(50)
            .fold(U256::ZERO, |sum, stake| sum + stake);
        // the real list's 50 largest hold 84 % of the stake
        let percent = top * U256::from(100) / U256::from(STAKE_SUM);
        assert!((70..=95).contains(&percent.to::<u64>()), "{percent} %");
    }

    #[test]
    fn the_most_followed_delegate_has_about_as_many_as_the_real_one() {
        let list = generate(Population::like_published(4759), 1).expect("possible");
        let mut followers = std::collections::HashMap::new();
        for leaf in list
            .leaves()
            .iter()
            .filter(|leaf| !leaf.delegate().is_zero())
        {
            *followers.entry(leaf.delegate()).or_insert(0) += 1;
        }
        let most = followers.values().max().copied().unwrap_or(0);
        assert!((570..=860).contains(&most), "{most}; the real one has 714");
    }

    #[test]
    fn a_seed_gives_the_same_list_on_every_machine() {
        let root = |seed| {
            let list = generate(Population::like_published(4759), seed).expect("possible");
            super::super::root_of(list.leaves())
                .expect("not empty")
                .to_string()
        };
        // made once with this very code; another value means that everybody's seeds changed their meaning
        assert_eq!(
            root(1),
            "0x2e03220bd70b4c1c941fcefe6bfdbb5ab94470df3ebe01de5cb4bfaf9205776e"
        );
        assert_ne!(root(1), root(2));
    }

    #[test]
    fn every_account_stands_there_once_and_the_list_can_be_read_back() {
        let list = generate(Population::like_published(1000), 3).expect("possible");
        assert_eq!(List::parse(list.to_json().as_bytes()).as_ref(), Ok(&list));
    }

    #[test]
    fn impossible_populations_are_refused() {
        for (leaves, delegates) in [(0, 1), (10, 0), (10, 11), (1, 2)] {
            let made = generate(Population { leaves, delegates }, 0);
            assert!(
                matches!(made, Err(SnapshotError::Population { .. })),
                "{leaves} {delegates}"
            );
        }
    }

    #[test]
    fn small_populations_are_possible() {
        for leaves in 1..40 {
            assert_eq!(totals(leaves, 7).leaves, leaves);
        }
    }
}
