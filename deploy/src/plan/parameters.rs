//! What a deployment is made with: the parameters with which Livepeer went to L2, unless a network file says otherwise.

use alloy::primitives::{Address, U256};
use serde::{Deserialize, Serialize};

/// Initial parameters of the L2 contracts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// Places in the pool of active orchestrators.
    pub active_orchestrators: u64,
    /// Rounds between unbonding and withdrawal.
    pub unbonding_rounds: u64,
    /// Rounds between a broadcaster's unlock and its withdrawal.
    pub unlock_rounds: u64,
    /// Rounds in which a winning ticket can be redeemed.
    pub ticket_validity_rounds: u64,
    /// L1 blocks a round.
    pub round_blocks: u64,
    /// Part of a round, at its end, in which orchestrators cannot change their terms; of 10^6.
    pub round_lock_ppm: u64,
    /// Inflation a round; of 10^9. The switch-over replaces it by L1's last.
    pub inflation_ppb: u64,
    /// Change of the inflation a round; of 10^9.
    pub inflation_change_ppb: u64,
    /// Bonded part of the supply above which inflation falls; of 10^9.
    pub target_bonding_rate_ppb: u64,
    /// Gives LPT to whoever asks; on test networks only.
    pub faucet: Option<Faucet>,
}

/// What the faucet gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faucet {
    /// LPT (not base units) a request.
    pub lpt: u64,
    /// Hours between two requests of an account.
    pub wait_hours: u64,
}

impl Default for Parameters {
    /// Those of Arbitrum One at launch.
    fn default() -> Self {
        Self {
            active_orchestrators: 100,
            unbonding_rounds: 7,
            unlock_rounds: 2,
            ticket_validity_rounds: 2,
            round_blocks: 5_760,
            round_lock_ppm: 100_000,
            inflation_ppb: 218_500,
            inflation_change_ppb: 500,
            target_bonding_rate_ppb: 500_000_000,
            faucet: None,
        }
    }
}

impl Faucet {
    /// LPT base units a request.
    pub(super) fn amount(&self) -> U256 {
        U256::from(self.lpt) * U256::from(10).pow(U256::from(18))
    }
}

/// Who deploys and who governs afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Sends every transaction, and decides until the hand-over.
    pub deployer: Address,
    /// Owns the Governor: stages what the Governor executes.
    pub governor_owner: Address,
}
