//! Delegators claim on L2 what the snapshot has for them.
//! Always holds: everybody who has something claims once; the call is the one that `confluence claim` makes, with a proof from the
//! list that was built from the chain; run again after an interruption, only those claim who have not.

use std::collections::BTreeSet;

use alloy::primitives::{Address, U256};
use confluence_abi::IL2Migrator;

use super::{
    RehearseError,
    arrivals::{Arrival, Kind},
    population::{Population, Way},
    send::failed,
    stage::Stage,
    watch::Watch,
};
use crate::{
    claim::calldata,
    client::Order,
    migrate::Standings,
    snapshot::{Found, Leaf, Proof},
};

/// With hints; without them up to half a million more in a list of 100.
const GAS: u64 = 3_000_000;
/// Wei a claimant gets for gas.
const FUEL: u128 = 100_000_000_000_000_000;
/// Claims between two steps of the progress bar.
const AT_ONCE: usize = 200;
/// Every so many claimants choose a new delegate.
const CHOOSY: usize = 50;

/// All of these claim who have not.
pub(super) async fn claim(
    stage: &Stage,
    all: &Population,
    list: &Found,
    leaves: &[&Leaf],
    watch: &mut Watch<'_>,
) -> Result<(), RehearseError> {
    let there = Arrival::who(stage).await?;
    let open = leaves.iter().enumerate();
    let open: Vec<(usize, &Leaf)> = open
        .filter(|(_, leaf)| !there.contains(&(Kind::Claim, leaf.delegator())))
        .map(|(number, leaf)| (number, *leaf))
        .collect();
    let accounts: Vec<_> = open.iter().map(|(_, leaf)| leaf.delegator()).collect();
    stage.fuel_l2(&accounts, FUEL).await?;
    let pools = pools(stage, all).await?;
    // somebody who has come for sure: the delegate of who has none, and of the few who want another
    let fallback = all.coming(Way::Signed).next();
    let fallback = fallback.map_or(Address::ZERO, |it| it.address);
    let mut standings = Standings::read(&stage.l2, stage.sides.l2_bonding).await?;
    let mut orders = Vec::with_capacity(open.len());
    for (number, leaf) in open {
        let wants = number % CHOOSY == 0 || leaf.delegate().is_zero();
        let chosen = (wants && !leaf.stake().is_zero()).then_some(fallback);
        let pool_of = pools.contains(&leaf.delegate()).then(|| leaf.delegate());
        let to = chosen.unwrap_or_else(|| leaf.delegate());
        let hints = match leaf.stake().is_zero() {
            true => Default::default(),
            false => standings.claimed(pool_of, to, leaf.stake()),
        };
        let proof = Proof::of(leaf.delegator(), list)?;
        orders.push(Order {
            from: leaf.delegator(),
            to: stage.place.l2_migrator,
            data: calldata(&proof, chosen, hints),
            value: U256::ZERO,
            gas: GAS,
        });
    }
    let bar = watch.progress.bar(orders.len() as u64, "claiming");
    let mut arrived = there.len();
    for some in orders.chunks(AT_ONCE) {
        stage.l2.send_each("claiming", some).await?;
        arrived += some.len();
        watch.arrived(arrived)?;
        bar.advance(some.len() as u64);
    }
    let there = Arrival::who(stage).await?;
    let unclaimed = |order: &&Order| !there.contains(&(Kind::Claim, order.from));
    match orders.iter().find(unclaimed) {
        Some(order) => Err(failed(&stage.l2, "claiming", order).await),
        None => Ok(()),
    }
}

/// Orchestrators whose delegators' stake is in a pool.
async fn pools(stage: &Stage, all: &Population) -> Result<BTreeSet<Address>, RehearseError> {
    let asked: Vec<_> = all
        .orchestrators
        .iter()
        .map(|it| IL2Migrator::delegatorPoolsCall { l1Addr: it.address })
        .collect();
    let head = stage.l2.head().await?.number;
    let at = stage.place.l2_migrator;
    let found = stage.l2.read_each_at(at, &asked, head).await?;
    let found = asked.iter().zip(found).filter(|(_, pool)| !pool.is_zero());
    Ok(found.map(|(asked, _)| asked.l1Addr).collect())
}
