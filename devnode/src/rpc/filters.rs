//! Filters that HTTP clients leave with the node and ask for news. A filter is a place in the chain up to which its client
//! knows it, so it costs nothing while unused; with too many of them the one unused for longest goes.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use alloy_primitives::B256;
use parking_lot::Mutex;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use super::{
    error::{Answer, RpcError},
    eth::LogQuery,
    json::{LogJson, answer},
    limits,
};
use crate::chain::{Chain, Event};

#[derive(Debug)]
pub(crate) enum Kind {
    /// Hashes of new blocks, from this number on.
    Blocks(u64),
    /// New logs, from this block on.
    Logs(LogQuery, u64),
    /// Hashes of transactions as they come in.
    Pending(Receiver<Event>),
}

#[derive(Debug)]
struct Filter {
    kind: Kind,
    used: u64,
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(crate) struct Filters(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    filters: HashMap<String, Filter>,
    /// Counts uses, to know which filter was used last.
    uses: u64,
}

impl Filters {
    /// Takes a filter in and returns its id.
    pub(crate) fn add(&self, kind: Kind) -> String {
        let mut inner = self.0.lock();
        if inner.filters.len() >= limits::FILTERS {
            let oldest = inner.filters.iter().min_by_key(|(_, filter)| filter.used);
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                inner.filters.remove(&id);
            }
        }
        inner.uses += 1;
        let used = inner.uses;
        let id = random_id();
        inner.filters.insert(id.clone(), Filter { kind, used });
        id
    }

    /// Forgets a filter; false if there is none of that id.
    pub(crate) fn remove(&self, id: &str) -> bool {
        self.0.lock().filters.remove(id).is_some()
    }

    /// What is new since the filter was last asked.
    pub(crate) fn changes(&self, id: &str, chain: &Chain) -> Answer {
        let mut inner = self.0.lock();
        inner.uses += 1;
        let used = inner.uses;
        let filter = inner.filters.get_mut(id).ok_or_else(not_found)?;
        filter.used = used;
        let head = chain.head().number();
        match &mut filter.kind {
            Kind::Blocks(next) => {
                let numbers = (*next).min(head + 1)..=head;
                *next = head + 1;
                let hash = |number| chain.block_by_number(number).map(|block| block.hash);
                answer(&numbers.filter_map(hash).collect::<Vec<B256>>())
            }
            Kind::Logs(query, next) => {
                let from = (*next).min(head + 1);
                let logs = query.between(chain, from, head)?;
                *next = head + 1;
                answer(&logs)
            }
            Kind::Pending(events) => answer(&pending(events)),
        }
    }

    /// All logs a log filter wants, old and new.
    pub(crate) fn logs(&self, id: &str, chain: &Chain) -> Result<Vec<LogJson>, RpcError> {
        let inner = self.0.lock();
        match inner.filters.get(id).map(|filter| &filter.kind) {
            Some(Kind::Logs(query, _)) => query.run(chain),
            _ => Err(not_found()),
        }
    }

    /// The chain now ends at `head`: blocks above it will be new again.
    pub(crate) fn cut(&self, head: u64) {
        for filter in self.0.lock().filters.values_mut() {
            if let Kind::Blocks(next) | Kind::Logs(_, next) = &mut filter.kind {
                *next = (*next).min(head + 1);
            }
        }
    }
}

fn pending(events: &mut Receiver<Event>) -> Vec<B256> {
    let mut hashes = Vec::new();
    loop {
        match events.try_recv() {
            Ok(Event::Pending(hash)) => hashes.push(hash),
            // Too many events since the last time: the newest are still there.
            Ok(_) | Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return hashes,
        }
    }
}

fn not_found() -> RpcError {
    RpcError::server("filter not found")
}

/// A fresh id of 16 random bytes in go-ethereum's form.
pub(crate) fn random_id() -> String {
    let half = || RandomState::new().hash_one(0u8);
    let id = u128::from(half()) << 64 | u128::from(half());
    format!("{id:#x}")
}
