//! L1 as it was: the population is loaded into the stand-in for Livepeer's staking, in batches, and frozen.
//! Always holds: what is loaded is what the population says, and the Minter holds exactly that much; one account sends everything in
//! order, so that its nonce says how far an interrupted run was.

use alloy::{
    primitives::{Address, Bytes, U256},
    sol_types::SolCall,
};
use confluence_abi::ILegacyLoaders;

use super::{
    RehearseError,
    diary::Diary,
    population::Population,
    stage::{ROUND_BLOCKS, Stage},
};
use crate::client::Order;

/// Accounts in one transaction: some 6 M gas, below the cap of 2^24 (EIP-7825).
const AT_ONCE: usize = 100;
const GAS: u64 = 16_000_000;
/// Far enough that nobody can withdraw on L1 meanwhile.
const WITHDRAW_ROUND: u128 = 1_000_000;

/// Loads everybody, and ends staking on L1 with the migration's round.
pub(super) async fn load(
    stage: &Stage,
    all: &Population,
    round: u64,
    diary: &mut Diary,
) -> Result<(), RehearseError> {
    if diary.notes().frozen_at.is_some() {
        return Ok(());
    }
    for it in &all.wallets {
        stage.make_contract(it.address).await?;
    }
    let mut orders = loading(stage, all);
    for (to, data) in stage.system.freezing(&stage.l1, round).await? {
        orders.push(order(stage, to, data, U256::ZERO));
    }
    let now = stage.l1.nonce(stage.on_l1()).await?;
    diary.note(|notes| {
        notes.loaded_from.get_or_insert(now);
    })?;
    let sent = now - diary.notes().loaded_from.unwrap_or(now);
    let left = orders.iter().skip(sent as usize).cloned();
    let left: Vec<_> = left.collect();
    stage.perform_l1("loading L1", &left).await?;
    // that round begins
    if stage.l1_round().await? < round {
        stage.pass_blocks(ROUND_BLOCKS).await?;
    }
    let head = stage.l1.head().await?.number;
    diary.note(|notes| notes.frozen_at = Some(head))
}

/// Everybody, in batches.
fn loading(stage: &Stage, all: &Population) -> Vec<Order> {
    let livepeer = &stage.system.livepeer;
    let mut delegators = Vec::with_capacity(all.leaves.len() + all.orchestrators.len());
    let row = |who, delegate, stake, fees| ILegacyLoaders::LoadedDelegator {
        who,
        delegate,
        stake,
        fees,
    };
    for it in &all.orchestrators {
        delegators.push(row(it.address, it.address, it.stake, it.fees));
    }
    for it in &all.wallets {
        delegators.push(row(it.address, it.delegate, it.stake, 0));
    }
    for leaf in &all.leaves {
        // all LPT there is has less than 128 bits, and all ether too
        let (stake, fees) = (leaf.stake().saturating_to(), leaf.fees().saturating_to());
        delegators.push(row(leaf.delegator(), leaf.delegate(), stake, fees));
    }
    let order = |to, data: Vec<u8>, value| order(stage, to, data.into(), value);
    let bonding = livepeer.bonding_manager;
    let mut orders = Vec::new();
    for some in delegators.chunks(AT_ONCE) {
        let loaded = some.to_vec();
        let call = ILegacyLoaders::loadDelegatorsCall { loaded };
        orders.push(order(bonding, call.abi_encode(), U256::ZERO));
    }
    let locks: Vec<_> = all
        .locks
        .iter()
        .map(|lock| ILegacyLoaders::LoadedLock {
            who: lock.who,
            amount: lock.amount,
            withdrawRound: WITHDRAW_ROUND,
        })
        .collect();
    for some in locks.chunks(AT_ONCE) {
        let loaded = some.to_vec();
        let call = ILegacyLoaders::loadUnbondingLocksCall { loaded };
        orders.push(order(bonding, call.abi_encode(), U256::ZERO));
    }
    let senders = all.broadcasters.iter();
    let senders = senders.map(|it| ILegacyLoaders::LoadedSender {
        who: it.address,
        deposit: it.deposit,
        reserve: it.reserve,
    });
    let call = ILegacyLoaders::loadSendersCall {
        loaded: senders.collect(),
    };
    // fees and funds together
    orders.push(order(livepeer.ticket_broker, call.abi_encode(), all.eth()));
    orders
}

fn order(stage: &Stage, to: Address, data: Bytes, value: U256) -> Order {
    Order {
        from: stage.on_l1(),
        to,
        data,
        value,
        gas: GAS,
    }
}
