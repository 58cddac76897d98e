//! RoundsManager: rounds are counted in L1 blocks and open for business once somebody initialises them.

use super::Round;
use super::event::{Contract, Event};
use super::number::{N, PPM, n};
use super::protocol::Protocol;
use super::revert::{Res, Revert, require};
use alloy_primitives::{Address, B256, keccak256};
use std::collections::BTreeMap;

/// The clock's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// L1 blocks in a round.
    pub length: Round,
    /// The last part of a round in which terms are fixed, in millionths.
    pub lock_amount: N,
    /// The last round somebody initialised.
    pub last_initialized: Round,
    /// The round in which the length was last set.
    pub length_set_in: Round,
    /// The block where that round began.
    pub length_set_at: Round,
    /// One block hash a round, taken when it was initialised.
    pub hashes: BTreeMap<Round, B256>,
    /// LIP number to the round it took effect in.
    pub lip_upgrades: BTreeMap<Round, Round>,
}

/// The hash of an L1 block in the model's world.
pub fn hash_of(block: Round) -> B256 {
    keccak256(block.to_be_bytes())
}

impl Protocol {
    fn rounds_since_set(&self) -> Res<Round> {
        (self.block - self.rounds.length_set_at)
            .checked_div(self.rounds.length)
            .ok_or(Revert::DIVISION_BY_ZERO)
    }

    /// `currentRound()`.
    pub fn current_round(&self) -> Res<Round> {
        Ok(self.rounds.length_set_in + self.rounds_since_set()?)
    }

    /// `currentRoundStartBlock()`.
    pub fn current_round_start_block(&self) -> Res<Round> {
        Ok(self.rounds.length_set_at + self.rounds_since_set()? * self.rounds.length)
    }

    /// `currentRoundInitialized()`.
    pub fn current_round_initialized(&self) -> Res<bool> {
        Ok(self.rounds.last_initialized == self.current_round()?)
    }

    /// `currentRoundLocked()`.
    pub fn current_round_locked(&self) -> Res<bool> {
        let length = n(self.rounds.length);
        let open = &length - PPM.share(&length, &self.rounds.lock_amount)?;
        Ok(n(self.block - self.current_round_start_block()?) >= open)
    }

    /// `blockHash(block)`.
    pub fn block_hash(&self, block: Round) -> Res<B256> {
        require(block < self.block, "can only retrieve past block hashes")?;
        require(
            self.block < 256 || block >= self.block - 256,
            "can only retrieve hashes for last 256 blocks",
        )?;
        Ok(hash_of(block))
    }

    /// `setRoundLength(length)`.
    pub fn set_round_length(&mut self, sender: Address, length: Round) -> Res {
        self.only_owner(sender)?;
        require(length > 0, "round length cannot be 0")?;
        if self.rounds.length == 0 {
            self.rounds.length = length;
        }
        let (round, start) = (self.current_round()?, self.current_round_start_block()?);
        self.rounds.length_set_in = round;
        self.rounds.length_set_at = start;
        self.rounds.length = length;
        self.updated(Contract::RoundsManager, "roundLength");
        Ok(())
    }

    /// `setRoundLockAmount(share)`.
    pub fn set_round_lock_amount(&mut self, sender: Address, share: N) -> Res {
        self.only_owner(sender)?;
        require(
            PPM.admits(&share),
            "round lock amount must be a valid percentage",
        )?;
        self.rounds.lock_amount = share;
        self.updated(Contract::RoundsManager, "roundLockAmount");
        Ok(())
    }

    /// `setLIPUpgradeRound(lip, round)`.
    pub fn set_lip_upgrade_round(&mut self, sender: Address, lip: Round, round: Round) -> Res {
        self.only_owner(sender)?;
        let set = self.rounds.lip_upgrades.entry(lip).or_default();
        require(*set == 0, "LIP upgrade round already set")?;
        *set = round;
        Ok(())
    }

    /// `initializeRound()`: the only time at which active stake and mintable tokens move on.
    pub fn initialize_round(&mut self, _sender: Address) -> Res {
        self.not_paused()?;
        let round = self.current_round()?;
        require(
            self.rounds.last_initialized < round,
            "round already initialized",
        )?;
        self.rounds.last_initialized = round;
        let last_block = self.block.checked_sub(1).ok_or(Revert::OVERFLOW)?;
        let block_hash = self.block_hash(last_block)?;
        self.rounds.hashes.insert(round, block_hash);
        let at = self.at;
        self.set_current_round_total_active_stake(at.rounds_manager)?;
        self.set_current_reward_tokens(at.rounds_manager)?;
        self.log(Event::NewRound { round, block_hash });
        Ok(())
    }

    pub(super) fn updated(&mut self, contract: Contract, param: &'static str) {
        self.log(Event::ParameterUpdate { contract, param });
    }
}
