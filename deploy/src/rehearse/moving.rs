//! What goes from L1 to L2 by messages: orchestrators, contract wallets, unbonding locks, broadcasters.
//! Always holds: every move is prepared and sent as `confluence migrate` does it, and its ticket is seen to its end; one that
//! failed is redeemed by a stranger, one that expired is sent again; run again after an interruption, nothing is sent twice.

use std::collections::BTreeMap;

use alloy::{
    primitives::{Address, Bytes, U256},
    signers::SignerSync as _,
};
use tokio::task::JoinSet;

use super::{
    RehearseError, Repair,
    arrivals::{Arrival, Kind},
    diary::Diary,
    population::{Orchestrator, Population, Way},
    repair::Remedy,
    stage::Stage,
    watch::Watch,
};
use crate::{
    client::Order as Transaction,
    migrate::{self, Initiated, MigrateError, Order, Ready},
    sign::{Move, Verifier, What},
    ticket::{self, Buffers, State},
};

/// Moves prepared and sent together. Their estimates know nothing of each other, so that few of those that make L2's list of
/// candidates longer go at once.
const ORCHESTRATORS_AT_ONCE: usize = 16;
const OTHERS_AT_ONCE: usize = 256;
/// Sent, redeemed, and looked at once more.
const PASSES: usize = 4;
/// Wei for gas and ticket on L1; each ticket takes a small part of it.
const FUEL: u128 = 10 * 10_u128.pow(18);

/// An orchestrator's stake: by itself, or with its signature by whoever pays.
fn of_orchestrator(stage: &Stage, it: &Orchestrator) -> Result<Order, RehearseError> {
    let moved = whole(it.address, it.address);
    let Some(key) = &it.key else {
        return Ok(by_itself(moved));
    };
    let verifier = Verifier {
        chain_id: stage.l1.chain_id(),
        l1_migrator: stage.sides.l1_migrator,
    };
    let signature = key.sign_hash_sync(&moved.hashes(&verifier).digest);
    let signature = signature.map_err(|error| RehearseError::Sign {
        why: error.to_string(),
    })?;
    Ok(Order {
        payer: stage.on_l1(),
        signature: Some(Bytes::from(signature.as_bytes())),
        ..by_itself(moved)
    })
}

/// Everybody who is neither orchestrator nor in the list, and the locks.
fn of_others(all: &Population) -> Vec<Order> {
    let wallets = all.wallets.iter().map(|it| whole(it.address, it.l2));
    let locks = all.locks.iter().filter(|it| it.moves);
    let locks = locks.map(|it| Move {
        l1_addr: it.who,
        l2_addr: it.who,
        what: What::Locks {
            ids: vec![U256::ZERO],
        },
    });
    let broadcasters = all.broadcasters.iter().filter(|it| it.moves);
    let broadcasters = broadcasters.map(|it| Move {
        l1_addr: it.address,
        l2_addr: it.address,
        what: What::Sender,
    });
    let all = wallets.chain(locks).chain(broadcasters);
    all.map(by_itself).collect()
}

/// Orchestrators that come in this way do.
pub(super) async fn move_in(
    stage: &Stage,
    all: &Population,
    way: Way,
    watch: &mut Watch<'_>,
) -> Result<(), RehearseError> {
    let orders: Result<Vec<_>, _> = all
        .coming(way)
        .map(|it| of_orchestrator(stage, it))
        .collect();
    bring(stage, &orders?, ORCHESTRATORS_AT_ONCE, watch).await
}

/// Sends tickets that fail, and leaves them alone.
pub(super) async fn send_and_forget(stage: &Stage, all: &Population) -> Result<(), RehearseError> {
    let orders = fail_next(stage, all, Way::Expired).await?;
    send(stage, &orders.iter().collect::<Vec<_>>()).await
}

/// Lets the tickets fail that orchestrators of this way are about to send; nobody else's if they have all been sent.
pub(super) async fn fail_next(
    stage: &Stage,
    all: &Population,
    way: Way,
) -> Result<Vec<Order>, RehearseError> {
    let sent = initiated(stage).await?;
    let orders: Result<Vec<_>, _> = all
        .coming(way)
        .filter(|it| !sent.iter().any(|sent| sent.account == it.address))
        .map(|it| of_orchestrator(stage, it))
        .collect();
    let orders = orders?;
    stage.fail_tickets(orders.len()).await?;
    Ok(orders)
}

/// Every move that was sent so far.
pub(super) async fn initiated(stage: &Stage) -> Result<Vec<Initiated>, RehearseError> {
    let l1_migrator = stage.sides.l1_migrator;
    let sent = migrate::initiated(&stage.l1, l1_migrator, 0).await;
    sent.map_err(|source| refused(l1_migrator, source))
}

/// Everybody else does who moves by a ticket.
pub(super) async fn move_others(
    stage: &Stage,
    all: &Population,
    watch: &mut Watch<'_>,
) -> Result<(), RehearseError> {
    bring(stage, &of_others(all), OTHERS_AT_ONCE, watch).await
}

/// Sends all that have not arrived, and sees every ticket to its end.
async fn bring(
    stage: &Stage,
    orders: &[Order],
    at_once: usize,
    watch: &mut Watch<'_>,
) -> Result<(), RehearseError> {
    for _ in 0..PASSES {
        let there = Arrival::who(stage).await?;
        watch.arrived(there.len())?;
        let open: Vec<_> = orders
            .iter()
            .filter(|it| !there.contains(&key_of(it)))
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let unsent = redeem_waiting(stage, open, &mut watch.diary).await?;
        for some in unsent.chunks(at_once) {
            send(stage, some).await?;
        }
    }
    let there = Arrival::who(stage).await?;
    let missing = orders.iter().find(|it| !there.contains(&key_of(it)));
    match missing {
        None => Ok(()),
        Some(missing) => Err(RehearseError::Failed {
            what: "a move",
            who: missing.moved.l1_addr,
            why: format!("its ticket did not run in {PASSES} passes"),
        }),
    }
}

/// Redeems the tickets that wait, as a stranger; those for whom none is under way.
async fn redeem_waiting<'a>(
    stage: &Stage,
    open: Vec<&'a Order>,
    diary: &mut Diary,
) -> Result<Vec<&'a Order>, RehearseError> {
    let sent = initiated(stage).await?;
    // the last one counts
    let sent: BTreeMap<(&str, Address), &Initiated> = sent
        .iter()
        .map(|sent| ((sent.kind, sent.account), sent))
        .collect();
    let stranger = stage.as_stranger();
    let mut unsent = Vec::new();
    for order in open {
        let who = order.moved.l1_addr;
        let Some(sent) = sent.get(&(order.moved.what.name(), who)) else {
            unsent.push(order);
            continue;
        };
        let status = migrate::status_of(&stage.l1, &stage.l2, sent).await;
        let status = status.map_err(|source| refused(who, source))?;
        let failed = |ticket, why: String, how| Repair {
            ticket,
            what: said(order).to_owned(),
            account: Some(who),
            why,
            how,
        };
        match status.map(|status| (status.id, status.state)) {
            Some((id, State::FundsDeposited { why, .. })) => {
                failed(id, why, Remedy::Redeemed).note(diary)?;
                ticket::redeem(&stranger, id).await?;
            }
            Some((_, state)) if !state.is_final() => stage.sync().await?,
            Some((_, state)) if state.is_redeemed() => {}
            Some((id, state)) => {
                let why = match state {
                    State::Expired { .. } => "nobody redeemed it in time",
                    other => other.name(),
                };
                failed(id, why.to_owned(), Remedy::SentAgain).note(diary)?;
                unsent.push(order);
            }
            None => unsent.push(order),
        }
    }
    Ok(unsent)
}

/// Prepares all side by side, and sends them in one block of L1.
async fn send(stage: &Stage, orders: &[&Order]) -> Result<(), RehearseError> {
    let payers = orders.iter().map(|it| it.payer);
    let payers: Vec<_> = payers.filter(|payer| *payer != stage.on_l1()).collect();
    stage.fuel_l1(&payers, FUEL).await?;
    let mut preparing = JoinSet::new();
    for (number, order) in orders.iter().enumerate() {
        let (l1, l2, sides) = (stage.l1.clone(), stage.l2.clone(), stage.sides);
        let order = (*order).clone();
        preparing.spawn(async move {
            let prepared = order.prepare(&l1, &l2, &sides).await;
            (
                number,
                prepared.map_err(|error| refused(order.moved.l1_addr, error)),
            )
        });
    }
    let mut ready: Vec<(usize, Ready)> = Vec::with_capacity(orders.len());
    while let Some(prepared) = preparing.join_next().await {
        let (number, prepared) = prepared.map_err(std::io::Error::other)?;
        ready.push((number, prepared?));
    }
    // as they were given, whichever was ready first
    ready.sort_by_key(|(number, _)| *number);
    let transactions: Vec<_> = ready
        .into_iter()
        .map(|(_, it)| Transaction {
            from: it.payer,
            to: it.to,
            value: it.quote.ticket.value(),
            gas: it.quote.l1_gas * 3 / 2,
            data: it.data,
        })
        .collect();
    stage.perform_l1("moving to L2", &transactions).await?;
    stage.sync().await
}

fn whole(l1_addr: Address, l2_addr: Address) -> Move {
    Move {
        l1_addr,
        l2_addr,
        what: What::Delegator,
    }
}

fn by_itself(moved: Move) -> Order {
    Order {
        payer: moved.l1_addr,
        moved,
        signature: None,
        buffers: Buffers::default(),
    }
}

/// How its arrival is known.
fn key_of(order: &Order) -> (Kind, Address) {
    let kind = match order.moved.what {
        What::Locks { .. } => Kind::Locks,
        What::Sender => Kind::Funds,
        What::Delegator | What::Amount { .. } => Kind::Stake,
    };
    (kind, order.moved.l1_addr)
}

/// What a move brings.
fn said(order: &Order) -> &'static str {
    match key_of(order).0 {
        Kind::Locks => "unbonding locks",
        Kind::Funds => "deposit and reserve",
        Kind::Stake | Kind::Claim => "stake and fees",
    }
}

fn refused(who: Address, source: MigrateError) -> RehearseError {
    RehearseError::Migrate {
        who,
        source: Box::new(source),
    }
}
