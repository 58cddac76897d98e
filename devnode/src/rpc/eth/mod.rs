//! The `eth` namespace, one file per concern.

mod access_list;
mod blocks;
mod calls;
mod fees;
mod logs;
mod sending;
mod signing;
mod state;
mod transactions;

pub(crate) use logs::LogQuery;
pub(crate) use signing::PERSONAL;

use super::dispatch::Methods;

/// All methods of the namespace.
pub(crate) const NAMESPACE: [Methods; 9] = [
    access_list::METHODS,
    blocks::METHODS,
    calls::METHODS,
    fees::METHODS,
    logs::METHODS,
    sending::METHODS,
    signing::METHODS,
    state::METHODS,
    transactions::METHODS,
];
