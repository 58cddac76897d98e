//! The staking protocol once more, as plainly as it can be said: big integers, ordered maps, no packing, no hints about gas.
//!
//! It is the oracle of the property tests and shares no code with the programs. Every action either returns the events it logs,
//! in order, or says exactly how it reverts and changes nothing ([`Protocol::run`]). Deviations from Livepeer's confluence
//! contracts carry the id they have in `docs/deviations.md`.

mod bonding;
mod event;
mod minter;
mod number;
mod protocol;
mod revert;
mod rounds;
mod token;

pub use bonding::{
    Bonding, Delegator, DelegatorView, EarningsPool, Hints, Lock, NO_HINTS, SortedList, Status,
    Transcoder, TranscoderView,
};
pub use event::{Contract, Event, Log};
pub use minter::Minter;
pub use number::{Base, N, PPB, PPM, PRECISE, Word, n};
pub use protocol::{Addresses, Controller, Protocol};
pub use revert::{Res, Revert};
pub use rounds::{Rounds, hash_of};
pub use token::Token;

/// A round, an id, a count: wide enough never to overflow.
pub type Round = u128;

/// "Never", as a round: shown as 2^256 - 1.
pub const NEVER: Round = Round::MAX;

#[cfg(test)]
mod tests;
