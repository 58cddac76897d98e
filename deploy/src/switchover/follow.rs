//! The way of the four tickets, until L2 runs.
//! Always holds: a ticket that failed stops none of the others; L2 counts as started only when its own program says so.

use std::time::{Duration, Instant};

use alloy::primitives::{B256, U256};
use confluence_abi::{IL1SwitchOver, IL2SwitchOver};
use serde::Serialize;

use super::{Places, SwitchOverError};
use crate::{
    client::{L1, L2},
    ticket::{self, State, Status},
};

/// In the order in which `start` sends them.
pub(crate) const LEGS: [&str; 4] = ["the ether", "the LPT", "L1's supply", "the announcement"];
/// What helps when one of them is gone without having run.
const REMEDIES: [&str; LEGS.len()] = [
    "its ether went to L2Migrator all the same",
    "the LPT is still in L1Escrow, whose admin can let it be sent again through L1LPTGateway",
    "anyone can send it again with L1LPTDataCache.cacheTotalSupply",
    "anyone can send it again with L1SwitchOver.announceAgain",
];
/// L2SwitchOver's numbers for how far it is.
const ANNOUNCED: u8 = 1;
const COMPLETE: u8 = 2;
/// Between two looks at L2: short at first, since a development chain takes messages in at once.
const FIRST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// How to follow.
#[derive(Debug, Clone, Copy)]
pub struct Following {
    /// How long to wait for messages that L2 has not taken in.
    pub patience: Duration,
    /// Whether to redeem what failed, and to start L2 if it did not start by itself: as the L2 client's account.
    pub redeem: bool,
}

/// How far it is.
#[derive(Debug, Clone, Serialize)]
pub struct Followed {
    /// The tickets: ether, LPT, supply, announcement.
    pub tickets: Vec<(&'static str, Status)>,
    /// Tickets that were redeemed on the way.
    pub redeemed: Vec<B256>,
    /// Whether L2 runs.
    pub complete: bool,
}

/// The L1 transaction that started the switch-over.
///
/// # Errors
/// [`SwitchOverError::NotStarted`].
pub async fn started_in(l1: &L1, places: &Places, since: u64) -> Result<B256, SwitchOverError> {
    let at = places.l1.switch_over;
    let started = l1
        .logged::<IL1SwitchOver::SwitchOverStarted>(at, None, since)
        .await?;
    match started.first() {
        Some(started) => Ok(started.transaction),
        None => Err(SwitchOverError::NotStarted),
    }
}

/// Waits until L2 runs, or until nothing more happens by itself; `say` hears of each ticket that comes further.
///
/// # Errors
/// [`SwitchOverError::Lost`] for a ticket that can no longer run; a redemption that fails again.
pub async fn follow(
    l1: &L1,
    l2: &L2,
    places: &Places,
    start: B256,
    how: Following,
    mut say: impl FnMut(&str),
) -> Result<Followed, SwitchOverError> {
    let (since, mut wait) = (Instant::now(), FIRST_WAIT);
    let mut told = [""; LEGS.len()];
    let mut redeemed = Vec::new();
    let tickets = loop {
        let found = ticket::by_hash(Some(l1), l2, start).await?;
        let tickets: Vec<_> = LEGS.into_iter().zip(found).collect();
        for ((leg, status), told) in tickets.iter().zip(&mut told) {
            if *told != status.state.name() {
                *told = status.state.name();
                say(&format!("{leg}: {told}"));
            }
        }
        let open = tickets
            .iter()
            .filter(|(_, status)| matches!(status.state, State::FundsDeposited { .. }));
        let open: Vec<_> = open.map(|(_, status)| status.id).collect();
        if how.redeem && !open.is_empty() {
            for id in open {
                ticket::redeem(l2, id).await?;
                redeemed.push(id);
            }
            continue;
        }
        let on_their_way = tickets
            .iter()
            .any(|(_, status)| status.state == State::NotCreated);
        if !on_their_way || since.elapsed() > how.patience {
            break tickets;
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    };
    for (number, (leg, status)) in tickets.iter().enumerate() {
        // the ether's ticket pays L2Migrator even when it expires
        if number > 0 && status.state.is_final() && !status.state.is_redeemed() {
            return Err(SwitchOverError::Lost {
                leg,
                id: status.id,
                state: status.state.name(),
                remedy: REMEDIES[number],
            });
        }
    }
    let at = places.l2.switch_over;
    let all = tickets.iter().all(|(_, status)| status.state.is_final());
    let mut status = l2.read(at, &IL2SwitchOver::statusCall {}).await?;
    // the announcement came before the rest: somebody has to say that all is there
    if status == ANNOUNCED && all && how.redeem {
        l2.transact(at, &IL2SwitchOver::completeCall {}, U256::ZERO)
            .await?;
        status = l2.read(at, &IL2SwitchOver::statusCall {}).await?;
    }
    Ok(Followed {
        tickets,
        redeemed,
        complete: status == COMPLETE,
    })
}
