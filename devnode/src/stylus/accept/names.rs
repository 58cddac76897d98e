//! Names that would collide with what the node adds or provides.

use std::collections::HashSet;

use wasmparser::ExternalKind;

use super::ParseError;
use crate::stylus::module::ParsedModule;

/// Beginning of the names that the node keeps for itself.
const RESERVED: &str = "stylus";

/// No exported function may be named like an import, and nothing may look like the node's own.
pub(super) fn check(module: &ParsedModule<'_>) -> Result<(), ParseError> {
    let exported: Vec<&str> = module
        .exports
        .iter()
        .filter(|export| export.kind == ExternalKind::Func)
        .map(|export| after_last_separator(export.name))
        .collect();
    let names: HashSet<&str> = exported.iter().copied().collect();
    if let Some(import) = module
        .imports
        .iter()
        .find(|import| names.contains(import.name))
    {
        return Err(ParseError::ExportsImport(import.name.to_owned()));
    }
    if let Some(name) = exported.iter().find(|name| name.starts_with(RESERVED)) {
        return Err(ParseError::ExportsReserved((*name).to_owned()));
    }
    match module
        .imports
        .iter()
        .find(|import| import.name.starts_with(RESERVED))
    {
        Some(import) => Err(ParseError::ImportsReserved(import.name.to_owned())),
        None => Ok(()),
    }
}

/// What Nitro compares of a name: the part after the last `__`.
fn after_last_separator(name: &str) -> &str {
    name.rsplit("__").next().unwrap_or(name)
}
