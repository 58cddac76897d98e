//! Decides whether a program may be activated, rule by rule in Nitro's order.
//!
//! Three steps, as on a Nitro node: the WASM is taken apart and metered ([`ParseError`]), held against
//! limits, then linked and translated ([`BuildError`]). Always holds: what is accepted here runs in the
//! engine, and what is refused gets the text Nitro gives.

mod build;
mod error;
mod limits;
mod names;
#[cfg(test)]
mod tests;

pub use error::{ActivationError, BuildError, ParseError};

use super::{
    meter::{self, MeteredModule},
    module::{ENTRYPOINT, PAY_FOR_MEMORY_GROW, ParsedModule},
};
use wasmparser::{ExternalKind, FuncType, ValType};

/// What acceptance depends on besides the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StylusRules {
    /// The chain's stylus version.
    pub stylus_version: u16,
    /// Chains made for debugging take `console` imports and start functions (which never run).
    pub debug_chain: bool,
    /// Pages the program may start with: the page limit less the pages open in this transaction.
    pub page_limit: u16,
}

/// Takes apart, meters and judges a program up to the point where Nitro charges for its parts.
///
/// # Errors
/// The first rule it breaks.
pub fn parse<'a>(
    wasm: &'a [u8],
    rules: &StylusRules,
) -> Result<(ParsedModule<'a>, MeteredModule<'a>), ParseError> {
    let module = ParsedModule::parse(wasm, rules)?;
    names::check(&module)?;
    if module.start.is_some() && !rules.debug_chain {
        return Err(ParseError::StartFunction);
    }
    check_memory(&module)?;
    let metered = meter::meter(&module)?;
    limits::check(&module, &metered, rules)?;
    check_entrypoint(&module)?;
    Ok((module, metered))
}

/// Checks that the program can be linked and translated.
///
/// # Errors
/// The first rule it breaks.
pub fn build(module: &ParsedModule<'_>, rules: &StylusRules) -> Result<(), BuildError> {
    build::check(module, rules)
}

/// One exported memory within bounds, paid for if it can grow.
fn check_memory(module: &ParsedModule<'_>) -> Result<(), ParseError> {
    let memory = module.memories.first().ok_or(ParseError::NoMemory)?;
    let exported = |export: &super::module::Export<'_>| {
        export.name == super::module::MEMORY && export.kind == ExternalKind::Memory
    };
    if !module.exports.iter().any(exported) {
        return Err(ParseError::MemoryNotExported);
    }
    if memory.initial > limits::MAX_INITIAL_PAGES {
        return Err(ParseError::MemoryExceedsBound(memory.initial));
    }
    if memory.maximum == Some(memory.initial) {
        return Ok(());
    }
    let pay = module
        .pay_for_growth_import()
        .ok_or(ParseError::MissingPayForGrowth)?;
    let ty = module.types.get(module.type_of_function(pay) as usize);
    match ty {
        Some(ty) if *ty == FuncType::new([ValType::I32], []) => Ok(()),
        ty => Err(ParseError::WrongType {
            name: PAY_FOR_MEMORY_GROW,
            ty: ty.map(signature).unwrap_or_default(),
        }),
    }
}

fn check_entrypoint(module: &ParsedModule<'_>) -> Result<(), ParseError> {
    let entry = module
        .exports
        .iter()
        .find(|export| export.name == ENTRYPOINT && export.kind == ExternalKind::Func)
        .ok_or(ParseError::MissingEntrypoint)?;
    let ty = module
        .types
        .get(module.type_of_function(entry.index) as usize);
    match ty {
        Some(ty) if *ty == FuncType::new([ValType::I32], [ValType::I32]) => Ok(()),
        ty => Err(ParseError::WrongType {
            name: ENTRYPOINT,
            ty: ty.map(signature).unwrap_or_default(),
        }),
    }
}

/// A function type as Nitro writes it.
pub(crate) fn signature(ty: &FuncType) -> String {
    let list = |types: &[ValType]| {
        types
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = format!("λ({})", list(ty.params()));
    match ty.results() {
        [] => {}
        [one] => text.push_str(&format!(" -> {one}")),
        many => text.push_str(&format!(" -> ({})", list(many))),
    }
    text
}

/// The colour that Nitro gives to names in its messages.
pub(crate) fn red(text: impl std::fmt::Display) -> String {
    format!("\u{1b}[31;1m{text}\u{1b}[0;0m")
}
