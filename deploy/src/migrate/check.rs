//! What must hold before a move is sent, cheapest first; each failure names what to do.

use alloy::primitives::U256;
use confluence_abi::{IController, IL1Migrator};

use super::{AccountKind, Arrived, Holdings, MigrateError, Sides};
use crate::{
    client::{ClientError, L1, L2},
    sign::{Move, SignError, What},
};

/// Locks that one ticket carries where L1Migrator states no number (Livepeer's own).
const LOCKS_AT_MOST: u64 = 100;

/// The message has not run out on L1's clock.
pub(super) async fn in_time(l1: &L1, moved: &Move) -> Result<(), MigrateError> {
    if let What::Amount { deadline, .. } = moved.what {
        let now = l1.head().await?.timestamp;
        if deadline < now {
            return Err(SignError::Expired { deadline, now }.into());
        }
    }
    Ok(())
}

/// Somebody can use what arrives: a contract has no key, so the same address on L2 is nobody's unless it has code there too.
pub(super) async fn receiver(l1: &L1, l2: &L2, moved: &Move) -> Result<(), MigrateError> {
    let (account, to) = (moved.l1_addr, moved.l2_addr);
    if account != to || AccountKind::of(&l1.code(account).await?).has_key() {
        return Ok(());
    }
    match l2.code(to).await?.is_empty() {
        true => Err(MigrateError::WalletNotOnL2 { account }),
        false => Ok(()),
    }
}

/// Migrations are open on both sides.
pub(super) async fn open(l1: &L1, l2: &L2, sides: &Sides) -> Result<(), MigrateError> {
    let paused = l1.read(sides.l1_migrator, &IL1Migrator::pausedCall {});
    if paused.await? {
        return Err(MigrateError::Paused {
            what: "L1Migrator",
            at: sides.l1_migrator,
            side: "L1",
        });
    }
    let paused = l2.read(sides.l2_controller, &IController::pausedCall {});
    if paused.await? {
        return Err(MigrateError::Paused {
            what: "the system of Controller",
            at: sides.l2_controller,
            side: "L2",
        });
    }
    Ok(())
}

/// What is to be moved is there, and has not arrived.
pub(super) async fn content(
    l1: &L1,
    sides: &Sides,
    moved: &Move,
    holdings: &Holdings,
    arrived: &Arrived,
) -> Result<(), MigrateError> {
    let account = moved.l1_addr;
    let has_arrived = |what: &str| MigrateError::Arrived {
        account,
        what: what.to_owned(),
    };
    match &moved.what {
        What::Delegator | What::Amount { .. } if arrived.whole => Err(has_arrived("the stake")),
        What::Delegator | What::Amount { .. }
            if holdings.stake.is_zero() && holdings.fees.is_zero() =>
        {
            Err(MigrateError::Nothing {
                account,
                what: "neither stake nor fees",
            })
        }
        What::Amount { amount, nonce, .. } => {
            part(moved, *amount, holdings, arrived)?;
            self::nonce(l1, sides, moved, *nonce).await
        }
        What::Sender if arrived.sender => Err(has_arrived("deposit and reserve")),
        What::Sender if holdings.deposit.is_zero() && holdings.reserve.is_zero() => {
            Err(MigrateError::Nothing {
                account,
                what: "neither deposit nor reserve",
            })
        }
        What::Delegator | What::Sender => Ok(()),
        What::Locks { ids } => {
            let most = match l1
                .read(sides.l1_migrator, &IL1Migrator::MAX_UNBONDING_LOCKSCall {})
                .await
            {
                Ok(most) => most.saturating_to(),
                Err(ClientError::Reverted { .. }) => LOCKS_AT_MOST,
                Err(error) => return Err(error.into()),
            };
            locks(moved, ids, most, holdings, arrived)
        }
    }
}

fn part(
    moved: &Move,
    amount: U256,
    holdings: &Holdings,
    arrived: &Arrived,
) -> Result<(), MigrateError> {
    let account = moved.l1_addr;
    if arrived.stake + amount > holdings.stake {
        return Err(MigrateError::TooMuch {
            account,
            asked: amount,
            stake: holdings.stake,
            arrived: arrived.stake,
        });
    }
    if amount.is_zero() && (arrived.fees || holdings.fees.is_zero()) {
        return Err(MigrateError::Nothing {
            account,
            what: "no fees left, and 0 LPT were asked for",
        });
    }
    Ok(())
}

async fn nonce(l1: &L1, sides: &Sides, moved: &Move, signed: U256) -> Result<(), MigrateError> {
    let account = moved.l1_addr;
    let call = IL1Migrator::noncesCall { owner: account };
    let next = l1.read(sides.l1_migrator, &call).await?;
    match next == signed {
        true => Ok(()),
        false => Err(MigrateError::Nonce {
            account,
            signed,
            next,
        }),
    }
}

fn locks(
    moved: &Move,
    ids: &[U256],
    most: u64,
    holdings: &Holdings,
    arrived: &Arrived,
) -> Result<(), MigrateError> {
    let account = moved.l1_addr;
    if ids.len() as u64 > most {
        return Err(MigrateError::TooManyLocks {
            given: ids.len(),
            max: most,
        });
    }
    for (index, id) in ids.iter().enumerate() {
        if ids[..index].contains(id) {
            return Err(MigrateError::LockTwice { id: *id });
        }
        if !holdings.locks.iter().any(|lock| lock.id == *id) {
            return Err(MigrateError::NoLock {
                account,
                id: *id,
                has: holdings.lock_ids(),
            });
        }
        if arrived.locks.contains(id) {
            return Err(MigrateError::Arrived {
                account,
                what: format!("unbonding lock {id}"),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
