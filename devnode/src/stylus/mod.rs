//! Stylus: runs WASM programs with Nitro's exact ink and gas.
//!
//! A deployed code is unwrapped (`format`), judged and priced (`accept`, `activate`), given its meters
//! (`meter`) and run (`run`) with the host functions of `host`. Everything here is pure over the
//! parameters passed in: ArbOS owns parameters and records, the EVM owns the state behind [`World`].

pub mod accept;
pub mod activate;
pub mod cache;
pub mod entry;
pub mod format;
pub mod frame;
pub mod host;
pub mod meter;
pub mod module;
pub mod pages;
pub mod params;
pub mod pricer;
pub mod recent;
pub mod record;
pub mod run;
#[cfg(test)]
mod testing;
pub mod trace;
pub mod world;

pub use accept::{ActivationError, StylusRules};
pub use activate::{Activation, activate};
pub use format::{CodeKind, FormatError, RootProgram};
pub use frame::{
    Answer, AnswerKind, CallKind, CallRequest, CreateRequest, Environment, Outcome, OutcomeKind,
    Step,
};
pub use pages::OpenPages;
pub use params::StylusParams;
pub use pricer::DataPricer;
pub use recent::RecentPrograms;
pub use record::{NotCallable, ProgramRecord};
pub use run::{CompiledProgram, Entry, Program};
pub use trace::HostioRecord;
pub use world::{Access, SlotWrite, World};
