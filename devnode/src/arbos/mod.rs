//! ArbOS: what Nitro does around the EVM. State, transaction types, retryables, pricing, precompiles.
//!
//! Everything runs over a [`Host`], so that the same code serves transactions, calls and tests. Three kinds of
//! entry points: [`precompile`] for calls inside the EVM, functions for the moments around a transaction or
//! block, and plain data ([`tx`], [`address`]) for whoever shows it.
//!
//! A block: [`run_internal`] first. An ordinary transaction: [`charge_l1_data`] and [`compute_limit`] before it,
//! [`settle`] after it, [`scheduled`] for the redeems it announced. Types 0x64 and 0x69 are [`deposit`] and
//! [`submit_retryable`] and nothing else; 0x68 runs between [`begin_retry`] and [`end_retry`].

pub mod address;
mod charge;
mod genesis;
mod header;
mod host;
mod l1_report;
mod meter;
pub mod node_interface;
mod outbox;
mod outcome;
mod precompile;
mod redeem;
mod start_block;
mod state;
mod submit;
pub mod tx;

pub use charge::{L1Data, L1Share, block_limit, charge_l1_data, compute_limit, data_units, settle};
pub use genesis::{Genesis, NEWEST_VERSION, begin};
pub use header::{
    HeaderFacts, arbos_version, has_calldata_floor, header_facts, l1_block_hash, l1_block_number,
    program_module_hash, program_record, set_base_fee, stylus_params,
};
pub use host::{BlockFacts, Frame, Host, Redeeming, RunMode, TxFacts};
pub use outbox::{OutboxProof, outbox_proof, send_of};
pub use outcome::Outcome;
#[cfg(test)]
pub(crate) use precompile::methods;
pub use precompile::{addresses, errors::describe as describe_error, precompile};
pub use redeem::{begin_retry, end_retry};
pub use start_block::run_internal;
pub use submit::{
    SubmitError, Submitted, deposit, scheduled, submission_fee, submit_retryable, ticket_is_open,
};

#[cfg(test)]
mod tests;
