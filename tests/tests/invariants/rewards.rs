//! Who gets a reward, to the base unit, and how much of it nobody does.
//!
//! Livepeer shares a reward among the stake that its orchestrator had when the round began (`BondingManager.updateTranscoderWithRewards`: the
//! round's `totalStake`), and gives a delegator nothing for rounds up to its last claim. Stake that was unbonded or whose owner claimed in
//! this round, before the reward (bonding more, moving, a claim out of a pool), counts in the sum and takes no part: its share is minted and
//! stays with the orchestrator's delegated stake for ever. Ours is that rule, and no more than that may be lost. The cut of an orchestrator that has
//! unbonded everything in the round waits until it comes back.

use crate::run::{Run, word};
use alloy_primitives::{Address, U256};
use confluence_abi::{IBondingManager, ILivepeerToken};

/// Parts of a reward cut.
const ALL: u128 = 1_000_000;

impl Run {
    /// An orchestrator calls `reward`; everybody gets what the rule says.
    pub(crate) fn reward(&mut self, orchestrator: Address) -> bool {
        let round = self.l2.round();
        let with: Vec<Address> = self
            .addresses()
            .into_iter()
            .filter(|who| self.l2.delegator(*who).delegate == orchestrator)
            .collect();
        let taking: u128 = with
            .iter()
            .filter(|who| self.last_claim(**who) < round)
            .map(|who| self.l2.pending_stake(*who))
            .sum();
        let (supply, before) = (self.supply(), self.pending(&with));
        if !self.l2.reward(orchestrator) {
            return false;
        }
        let (minted, given) = (self.supply() - supply, self.pending(&with) - before);
        let (sharing, cut) = self.terms(orchestrator, round);
        let own = minted * cut / ALL;
        let shared = word(minted - own) * word(taking) / word(sharing);
        let waiting = if with.contains(&orchestrator) { 0 } else { own };
        let due = own - waiting + shared.to::<u128>();
        // A view rounds each stake down by less than a unit, and that part of a unit earns as a whole one does.
        let rounding = with.len() as u128 * (minted / sharing + 3);
        assert!(
            given.abs_diff(due) <= rounding,
            "{given} of a reward of {minted} was given, {due} was due\n{}",
            self.story()
        );
        self.forfeited += minted - given - waiting;
        self.waiting += waiting;
        self.rewards += 1;
        true
    }

    fn pending(&self, accounts: &[Address]) -> u128 {
        accounts.iter().map(|who| self.l2.pending_stake(*who)).sum()
    }

    fn supply(&self) -> u128 {
        let call = ILivepeerToken::totalSupplyCall {};
        self.l2.world.read(self.l2.token, &call).to()
    }

    fn last_claim(&self, delegator: Address) -> u128 {
        let call = IBondingManager::getDelegatorCall { delegator };
        self.l2
            .world
            .read(self.l2.bonding, &call)
            .lastClaimRound
            .to()
    }

    /// The stake that shares the round's rewards, and the orchestrator's cut.
    fn terms(&self, orchestrator: Address, round: u128) -> (u128, u128) {
        let call = IBondingManager::getTranscoderEarningsPoolForRoundCall {
            transcoder: orchestrator,
            round: U256::from(round),
        };
        let pool = self.l2.world.read(self.l2.bonding, &call);
        (pool.totalStake.to(), pool.transcoderRewardCut.to())
    }
}
