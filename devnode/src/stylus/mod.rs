//! Stylus: runs WASM programs with Nitro's exact ink and gas.
//!
//! A deployed code is unwrapped (`format`), judged and priced (`accept`, `activate`), given its meters
//! (`meter`) and run (`run`) with the host functions of `host`. Everything here is pure over the
//! parameters passed in: ArbOS owns parameters and records, the EVM owns the state behind [`World`].

pub mod entry;
pub mod frame;
pub mod pages;
pub mod params;
pub mod pricer;
pub mod recent;
pub mod record;
pub mod world;

pub use frame::{
    Answer, AnswerKind, CallKind, CallRequest, CreateRequest, Environment, Outcome, OutcomeKind,
    Step,
};
pub use pages::OpenPages;
pub use params::StylusParams;
pub use pricer::DataPricer;
pub use recent::RecentPrograms;
pub use record::{NotCallable, ProgramRecord};
pub use world::{Access, SlotWrite, World};
