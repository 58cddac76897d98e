//! Bounds on a program's parts, against inputs made to hurt.

use super::{ParseError, StylusRules};
use crate::stylus::{
    meter::{ADDED_GLOBALS, MeteredModule},
    module::{ParsedModule, Segment},
};

/// Most initial pages, whatever the chain's page limit.
pub(super) const MAX_INITIAL_PAGES: u64 = 128;

const MEMORIES: u64 = 1;
const DATA_SEGMENTS: u64 = 128;
const ELEMENT_SEGMENTS: u64 = 128;
const EXPORTS: u64 = 1_024;
const FUNCTIONS: u64 = 4_096;
const GLOBALS: u64 = 32_768;
const LOCALS: u64 = 348;
const OPERATORS: u64 = 65_536;
const IMPORTS: u64 = 513;
const TABLE_ENTRIES: u64 = 4_096;
const ELEMENT_BYTES: u64 = 4_096;
const NAME_BYTES: u64 = 512;

/// Holds a metered program against the limits, in Nitro's order.
pub(super) fn check(
    module: &ParsedModule<'_>,
    metered: &MeteredModule<'_>,
    rules: &StylusRules,
) -> Result<(), ParseError> {
    let pages = module.memories.first().map_or(0, |memory| memory.initial);
    if pages > u64::from(rules.page_limit) {
        return Err(ParseError::MemoryExceedsLimit {
            pages,
            limit: rules.page_limit,
        });
    }
    at_most("memories", module.memories.len() as u64, MEMORIES)?;
    at_most("datas", module.data.len() as u64, DATA_SEGMENTS)?;
    at_most("elements", module.elements.len() as u64, ELEMENT_SEGMENTS)?;
    at_most("exports", kept_exports(module, rules), EXPORTS)?;
    at_most("functions", module.functions.len() as u64, FUNCTIONS)?;
    at_most(
        "globals",
        u64::from(module.globals + ADDED_GLOBALS),
        GLOBALS,
    )?;
    for (body, function) in module.bodies.iter().zip(metered.functions()) {
        at_most("locals", body.locals_count(), LOCALS)?;
        at_most("opcodes in func body", function.ops.len() as u64, OPERATORS)?;
    }
    at_most("imports", module.imports.len() as u64, IMPORTS)?;
    at_most(
        "table entries",
        sum(module.tables.iter().copied()),
        TABLE_ENTRIES,
    )?;
    let bytes = sum(module
        .elements
        .iter()
        .map(|segment: &Segment| segment.encoded_len));
    at_most("element entries", bytes, ELEMENT_BYTES)?;
    for export in &module.exports {
        no_longer("name", export.name.len() as u64)?;
    }
    no_longer("module name", module.name.len() as u64)
}

/// Exports left when the limit is checked: chains that are not for debugging have dropped the rest.
fn kept_exports(module: &ParsedModule<'_>, rules: &StylusRules) -> u64 {
    if rules.debug_chain {
        module.exports.len() as u64
    } else {
        0
    }
}

fn sum(values: impl Iterator<Item = u64>) -> u64 {
    values.fold(0, u64::saturating_add)
}

fn at_most(what: &'static str, count: u64, limit: u64) -> Result<(), ParseError> {
    if count > limit {
        Err(ParseError::TooMany { what, count, limit })
    } else {
        Ok(())
    }
}

fn no_longer(what: &'static str, len: u64) -> Result<(), ParseError> {
    if len > NAME_BYTES {
        Err(ParseError::TooLong {
            what,
            len,
            limit: NAME_BYTES,
        })
    } else {
        Ok(())
    }
}
