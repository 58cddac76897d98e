//! One look at both chains, and what follows from it.
//! Always holds: L1's last blocks are read again each time, since they may still be replaced; a ticket whose transaction is gone
//! is forgotten; nothing is redeemed unless that was asked for.

use std::path::PathBuf;

use alloy::primitives::B256;

use super::{Alert, Book, Entry, WatchError};
use crate::{
    client::{L1, L2},
    migrate::{MigrateError, Sides, initiated, status_of},
    ticket::{self, State, TicketError},
};

/// L1 blocks that may still be replaced.
const REORG: u64 = 64;
/// Passes that must fail in a row before that is an alert.
const BLIND_AFTER: u64 = 3;

/// Everything that watching needs.
#[derive(Debug)]
pub struct Watch {
    /// L1.
    pub l1: L1,
    /// L2; its account redeems, if that is wanted.
    pub l2: L2,
    /// The contracts.
    pub sides: Sides,
    /// Whether to redeem what waits.
    pub redeem: bool,
    /// Seconds before a ticket's end at which that is an alert.
    pub alert_before: u64,
    /// The state file.
    pub file: Option<PathBuf>,
    /// What is remembered.
    pub book: Book,
    /// Passes that failed, one after another.
    pub failures: u64,
}

/// What a pass found.
#[derive(Debug, Clone, Default)]
pub struct Passed {
    /// What somebody has to hear of.
    pub alerts: Vec<Alert>,
    /// Tickets found on L1 for the first time.
    pub found: usize,
}

impl Watch {
    /// Looks once. A node that does not answer is counted, and an alert after some times.
    ///
    /// # Errors
    /// What another pass cannot mend.
    pub async fn pass(&mut self) -> Result<Passed, WatchError> {
        match self.look().await {
            Ok(mut passed) => {
                if self.failures >= BLIND_AFTER {
                    passed.alerts.insert(0, Alert::Sees);
                }
                self.failures = 0;
                Ok(passed)
            }
            Err(error) if error.is_passing() => {
                self.failures += 1;
                let mut passed = Passed::default();
                if self.failures == BLIND_AFTER {
                    passed.alerts.push(Alert::Blind {
                        failures: self.failures,
                        why: error.to_string(),
                    });
                }
                Ok(passed)
            }
            Err(error) => Err(error),
        }
    }

    /// Looks once; a node that does not answer is an error.
    ///
    /// # Errors
    /// [`WatchError`]; whether another look may work says [`WatchError::is_passing`].
    pub async fn look(&mut self) -> Result<Passed, WatchError> {
        let head = self.l1.head().await.map_err(MigrateError::from)?.number;
        let found = self.find().await?;
        let mut alerts = Vec::new();
        let ids: Vec<B256> = self.book.open.keys().copied().collect();
        for id in ids {
            let Some(mut entry) = self.book.open.remove(&id) else {
                continue;
            };
            let over = self.follow(id, &mut entry, head, &mut alerts).await;
            match over {
                Ok(false) => {
                    self.book.open.insert(id, entry);
                }
                Ok(true) => {
                    self.book.recent.insert(id, entry.block);
                }
                Err(error) => {
                    self.book.open.insert(id, entry);
                    return Err(error.into());
                }
            }
        }
        self.book.next_block = head.saturating_sub(REORG).max(self.book.next_block);
        let again = self.book.next_block;
        self.book.recent.retain(|_, block| *block >= again);
        if let Some(path) = &self.file {
            self.book.write(path)?;
        }
        Ok(Passed { alerts, found })
    }

    /// Tickets that are new on L1.
    async fn find(&mut self) -> Result<usize, WatchError> {
        let since = self.book.next_block;
        let mut count = 0;
        for sent in initiated(&self.l1, self.sides.l1_migrator, since).await? {
            let Some(status) = status_of(&self.l1, &self.l2, &sent).await? else {
                continue;
            };
            let known = self.book.open.contains_key(&status.id)
                || self.book.recent.contains_key(&status.id);
            if !known {
                count += 1;
                let entry = Entry {
                    account: sent.account,
                    transaction: sent.transaction,
                    block: sent.block,
                    state: status.state.name().to_owned(),
                    timeout: 0,
                    raised: Default::default(),
                };
                self.book.open.insert(status.id, entry);
            }
        }
        Ok(count)
    }

    /// Looks at one ticket; says whether it is over.
    async fn follow(
        &mut self,
        id: B256,
        entry: &mut Entry,
        head: u64,
        alerts: &mut Vec<Alert>,
    ) -> Result<bool, MigrateError> {
        let sent = ticket::on_l2(&self.l2, id).await?;
        let mut state = ticket::state(&self.l2, id, sent.as_ref()).await?;
        if self.redeem && matches!(state, State::FundsDeposited { .. }) {
            state = self.redeem(id, entry, state, alerts).await?;
        }
        entry.state = state.name().to_owned();
        let account = entry.account;
        match state {
            State::NotCreated => {
                // a transaction that L1 has dropped will never arrive
                let settled = head > entry.block + REORG;
                let gone = settled && self.l1.receipt(entry.transaction).await?.is_none();
                return Ok(gone);
            }
            State::FundsDeposited {
                timeout,
                seconds_left,
                why,
            } => {
                entry.timeout = timeout;
                if entry.raise("waits") {
                    alerts.push(Alert::Waits {
                        ticket: id,
                        account,
                        why,
                        seconds_left,
                    });
                }
                // once for each life: a keepalive begins another
                let name = format!("expires {timeout}");
                if seconds_left <= self.alert_before && entry.raise(&name) {
                    alerts.push(Alert::Expires {
                        ticket: id,
                        account,
                        seconds_left,
                    });
                }
                return Ok(false);
            }
            State::Redeemed { .. } => {}
            lost => alerts.push(Alert::Lost {
                ticket: id,
                account,
                what: format!("{}: {}", lost.name(), lost.advice()),
            }),
        }
        *self.book.ended.entry(entry.state.clone()).or_default() += 1;
        Ok(true)
    }

    /// Redeems a ticket; its state afterwards.
    async fn redeem(
        &mut self,
        id: B256,
        entry: &mut Entry,
        before: State,
        alerts: &mut Vec<Alert>,
    ) -> Result<State, MigrateError> {
        let account = entry.account;
        match ticket::redeem(&self.l2, id).await {
            Ok(done) => {
                self.book.redeemed += 1;
                alerts.push(Alert::Redeemed {
                    ticket: id,
                    account,
                    transaction: done.attempt,
                });
                Ok(State::Redeemed {
                    transaction: done.attempt,
                })
            }
            // somebody else was faster
            Err(TicketError::NotOpen { state, .. }) => Ok(state),
            Err(TicketError::StillFails { why, .. }) => {
                if entry.raise(&format!("fails {why}")) {
                    alerts.push(Alert::StillFails {
                        ticket: id,
                        account,
                        why,
                    });
                }
                Ok(before)
            }
            Err(error) => Err(error.into()),
        }
    }
}
