//! What is stored, slot by slot. A slot's name is its tag, the account, the round or id (`confluence_kit::storage`).
//!
//! Bounds, each checked where it is written and answered with `Panic(0x11)`:
//! * LPT of one account below 2^88, 309 million LPT, ten times all there is; of all together below 2^112.
//! * Fees of one account below 2^80 wei, 1.2 million ETH.
//! * Rounds, lock ids and the pool's size below 2^32; 2^32 - 1 stands for "never". A round a minute lasts 8,000 years.
//! * A reward factor below 2^128 / 10^27, 3.4 * 10^11 times what a stake began with. Not out of reach, but harmless:
//!   `reward` of that one orchestrator panics, while claims, moves and unbonding read the factors that there are.
//! * A fee factor has no such bound (1 ETH for 1 wei of stake multiplies it by 10^18), so it keeps a word.

use confluence_kit::storage::Plain;
use confluence_kit::{Address, Narrow, U256, storage};

/// An account's LPT, in base units.
pub type Lpt = Narrow<11>;
/// The network's LPT, in base units.
pub type AllLpt = Narrow<14>;
/// An account's fees, in wei.
pub type Wei = Narrow<10>;
/// What the list is sorted by: base units of LPT.
pub type ListKey = Narrow<12>;

/// A round that does not come; callers see 2^256 - 1.
pub const NEVER: u32 = u32::MAX;

/// An orchestrator's terms: two shares in millionths, 20 bits each.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms([u8; 5]);

// SAFETY: bytes.
unsafe impl Plain for Terms {}

impl Terms {
    /// Both shares are at most 1,000,000.
    pub fn new(reward_cut: u32, fee_share: u32) -> Self {
        let [a, b, c, d, e, ..] = (reward_cut as u64 | (fee_share as u64) << 20).to_le_bytes();
        Terms([a, b, c, d, e])
    }
    fn bits(self) -> u64 {
        let [a, b, c, d, e] = self.0;
        u64::from_le_bytes([a, b, c, d, e, 0, 0, 0])
    }
    /// What the orchestrator keeps of a reward.
    pub fn reward_cut(self) -> u32 {
        self.bits() as u32 & 0xfffff
    }
    /// What it shares of fees.
    pub fn fee_share(self) -> u32 {
        (self.bits() >> 20) as u32
    }
}

storage! {
    /// One account: as a delegator, and what is delegated to it.
    delegators: Delegator[Address] @ 1 {
        /// Whom its stake is with; null for nobody, though stake can be with nobody.
        delegate: Address,
        /// The stake works from this round on; 0 if L2Migrator opened it as a pool.
        start_round: u32,
        /// Earnings up to this round are in `bonded` and `fees`.
        last_claim_round: u32,
        /// The next unbonding lock's id.
        next_lock: u32,
        // Second slot.
        bonded: Lpt,
        delegated: Lpt,
        fees: Wei,
    }
    /// An orchestrator's rounds and terms.
    orchestrators: Orchestrator[Address] @ 2 {
        last_reward_round: u32,
        last_fee_round: u32,
        /// The last round whose stake is recorded, at most the next one.
        last_stake_round: u32,
        activation_round: u32,
        deactivation_round: u32,
        terms: Terms,
        _spare: [u8; 7],
    }
    /// What an orchestrator itself earned by its cuts and has not claimed.
    own_earnings: OwnEarnings[Address] @ 3 {
        /// `rewards` as they were before this round's reward.
        active_rewards: Lpt,
        rewards: Lpt,
        fees: Wei,
    }
    /// An orchestrator's round.
    pools: EarningsPool[(Address, u32)] @ 4 {
        total_stake: Lpt,
        terms: Terms,
        /// What a stake of 10^27 has grown into by rewards; 0 if nobody needed to know.
        reward_factor: u128,
    }
    /// An orchestrator's round, fees.
    fee_factors: FeeFactor[(Address, u32)] @ 5 {
        /// What a stake of 10^27 has earned in fees, relative to its first stake; 0 if nobody needed to know.
        value: U256,
    }
    /// Stake on its way out.
    locks: Lock[(Address, u32)] @ 6 {
        amount: u128,
        /// 0 if there is no such lock.
        withdraw_round: u32,
        _spare: [u8; 12],
    }
    /// A candidate's place in the list: the one below it, and its key, 0 if it is no candidate. A walk down reads this alone.
    nodes: Node[Address] @ 7 { next: Address, key: ListKey }
    /// The candidate above a candidate.
    aboves: Above[Address] @ 8 { prev: Address, _spare: [u8; 12] }
    /// The largest candidate.
    heads: Head[()] @ 9 {
        first: Address,
        size: u32,
        max_size: u32,
        /// The size when the round was initialised: all changes since count from the next round on.
        active: u32,
    }
    /// The smallest.
    tails: Tail[()] @ 10 { last: Address, _spare: [u8; 12] }
    /// What counts for everybody.
    network: Network[()] @ 11 {
        /// Stake of those active now.
        current_total: AllLpt,
        /// Stake of the candidates, active in the next round.
        next_total: AllLpt,
        /// Rounds between unbonding and withdrawing.
        unbonding_period: u32,
    }
}
