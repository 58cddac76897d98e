//! The state a chain is born with, and the upgrades that lead from one ArbOS version to the next.
//!
//! Always holds: a chain born at a version has the same parameters as one upgraded to it; versions between the
//! known ones change nothing.

use alloy_primitives::{Address, B256, Bytes, U256, bytes};

use super::{
    Host,
    address::{ARBOS_STATE, BLOCK_HISTORY, SEQUENCER},
    meter::{Free, Meter},
    precompile,
    state::{State, fields, l1_pricing, l2_pricing, programs, version},
};
use crate::stylus::StylusParams;

/// The newest ArbOS version that this code knows; an upgrade to a later one stays pending.
pub const NEWEST_VERSION: u64 = 60;

/// Brings the EIP-2935 contract.
const HISTORY_FROM: u64 = 40;
/// Brings a gas limit per transaction.
const TX_GAS_LIMIT_FROM: u64 = 50;

const GWEI: u64 = 1_000_000_000;
const COMPUTE_GAS_LIMIT: u64 = 32_000_000;

/// EIP-2935's contract as Arbitrum deploys it: a ring of 393,168 entries, indexed by the number that
/// `ArbSys.arbBlockNumber` gives.
const BLOCK_HISTORY_CODE: Bytes = bytes!(
    "3373fffffffffffffffffffffffffffffffffffffffe1460605760203603605c575f3563a3b1b31d5f5260205f6004"
    "601c60645afa15605c575f51600181038211605c57816205ffd0910311605c576205ffd09006545f5260205ff35b5f"
    "5ffd5b5f356205ffd0600163a3b1b31d5f5260205f6004601c60645afa15605c575f5103065500"
);
/// Entries of that ring.
pub(super) const BLOCK_HISTORY_RING: u64 = 393_168;

/// What a chain is born with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Genesis {
    /// ArbOS version, 40 or later.
    pub version: u64,
    /// L2 chain id.
    pub chain_id: u64,
    /// First chain owner, network fee account and recipient of posting rewards; zero on a dev chain.
    pub owner: Address,
    /// Chain owners besides it.
    pub more_owners: Vec<Address>,
    /// Wei per unit of L1 data: the base fee of L1 at birth.
    pub l1_price_per_unit: U256,
    /// The chain configuration as JSON.
    pub chain_config: Vec<u8>,
}

impl Default for Genesis {
    /// A Nitro `--dev` chain at the newest version, without its developer as owner.
    fn default() -> Self {
        Self {
            version: NEWEST_VERSION,
            chain_id: 412_346,
            owner: Address::ZERO,
            more_owners: Vec::new(),
            l1_price_per_unit: U256::from(50 * GWEI),
            chain_config: Vec::new(),
        }
    }
}

/// Writes the state a chain is born with. Balances are the chain's own business.
pub fn begin(host: &mut dyn Host, genesis: &Genesis) {
    host.set_nonce(ARBOS_STATE, 1);
    let mut state = State::free(host);
    let Ok(()) = write(&mut state, genesis);
    for precompile in precompile::addresses(genesis.version) {
        state.mark_precompile(precompile);
    }
    place_block_history(&mut state);
}

fn write(state: &mut State<'_, Free>, genesis: &Genesis) -> Result<(), <Free as Meter>::Error> {
    state.set_version(genesis.version)?;
    state.set(fields::CHAIN_ID, U256::from(genesis.chain_id))?;
    state.set(fields::NETWORK_FEE_ACCOUNT, genesis.owner)?;
    state.set(fields::BROTLI_LEVEL, 1_u64)?;
    fields::CHAIN_CONFIG.write(state, &genesis.chain_config)?;
    fields::CHAIN_OWNERS.add(state, genesis.owner)?;
    for owner in &genesis.more_owners {
        fields::CHAIN_OWNERS.add(state, *owner)?;
    }

    l1_pricing::add_poster(state, SEQUENCER, SEQUENCER)?;
    state.set(l1_pricing::REWARD_RECIPIENT, genesis.owner)?;
    state.set(l1_pricing::EQUILIBRATION_UNITS, U256::from(160_000_000))?;
    state.set(l1_pricing::INERTIA, 10_u64)?;
    state.set(l1_pricing::REWARD_PER_UNIT, 10_u64)?;
    state.set(l1_pricing::PRICE_PER_UNIT, genesis.l1_price_per_unit)?;
    state.set(l1_pricing::PER_BATCH_GAS, 210_000_i64)?;

    state.set(l2_pricing::SPEED_LIMIT, 7_000_000_u64)?;
    state.set(l2_pricing::BLOCK_GAS_LIMIT, COMPUTE_GAS_LIMIT)?;
    state.set(l2_pricing::BASE_FEE, U256::from(GWEI / 10))?;
    state.set(l2_pricing::MIN_BASE_FEE, U256::from(GWEI / 10))?;
    state.set(l2_pricing::INERTIA, 102_u64)?;
    state.set(l2_pricing::TOLERANCE, 10_u64)?;
    if genesis.version >= TX_GAS_LIMIT_FROM {
        state.set(l2_pricing::TX_GAS_LIMIT, COMPUTE_GAS_LIMIT)?;
    }
    programs::begin(state)
}

fn place_block_history(state: &mut State<'_, Free>) {
    if state.version() >= HISTORY_FROM && state.host.code(BLOCK_HISTORY).is_empty() {
        state.host.set_code(BLOCK_HISTORY, BLOCK_HISTORY_CODE);
        state.host.set_nonce(BLOCK_HISTORY, 1);
    }
}

/// Performs the scheduled upgrade if it is due at `now`.
pub(super) fn upgrade_if_due(host: &mut dyn Host, now: u64) {
    let mut state = State::free(host);
    let Ok(target) = state.get(fields::UPGRADE_VERSION);
    let Ok(due) = state.get(fields::UPGRADE_TIME);
    if target > state.version() && target <= NEWEST_VERSION && now >= due {
        let Ok(()) = upgrade(&mut state, target);
    }
}

fn upgrade(state: &mut State<'_, Free>, target: u64) -> Result<(), <Free as Meter>::Error> {
    let before = state.version();
    state.set_version(target)?;
    let old: Vec<_> = precompile::addresses(before).collect();
    for new in precompile::addresses(target) {
        if !old.contains(&new) {
            state.mark_precompile(new);
        }
    }
    place_block_history(state);
    if before < TX_GAS_LIMIT_FROM && target >= TX_GAS_LIMIT_FROM {
        state.set(l2_pricing::TX_GAS_LIMIT, COMPUTE_GAS_LIMIT)?;
    }
    let params = programs::params(state)?;
    programs::set_params(state, upgraded(params, before, target))
}

/// What an upgrade does to the Stylus parameters: what the owner set stays, except where Nitro resets it.
fn upgraded(params: StylusParams, before: u64, target: u64) -> StylusParams {
    let fresh = StylusParams::genesis(target);
    let crosses = |version: u64| before < version && target >= version;
    let mut params = StylusParams {
        version: fresh.version,
        ..params
    };
    if crosses(50) {
        params.max_stack_depth = params.max_stack_depth.min(fresh.max_stack_depth);
    }
    if crosses(60) {
        params.max_wasm_size = fresh.max_wasm_size;
        params.max_fragment_count = fresh.max_fragment_count;
    }
    params
}

/// The parent's hash goes into the EIP-2935 contract at the start of each block.
pub(super) fn remember_parent(host: &mut dyn Host, l2_number: u64, parent: B256) {
    if l2_number > 0 && version(host) >= HISTORY_FROM {
        let slot = U256::from((l2_number - 1) % BLOCK_HISTORY_RING);
        host.store(BLOCK_HISTORY, slot, parent.into());
    }
}
