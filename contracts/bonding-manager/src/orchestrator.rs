//! What an orchestrator's records say about it.

use crate::storage::{NEVER, Orchestrator};

impl Orchestrator {
    /// Whether it works in `round`.
    pub fn is_active(&self, round: u32) -> bool {
        self.activation_round <= round && round < self.deactivation_round
    }

    /// It is a candidate, to be active from `round` on.
    pub fn joins(&mut self, round: u32) {
        self.last_stake_round = round;
        self.activation_round = round;
        self.deactivation_round = NEVER;
    }

    /// Whether `reward` was called in `round`.
    pub fn has_rewarded(&self, round: u32) -> bool {
        self.last_reward_round == round
    }
}
