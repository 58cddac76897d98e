//! A slip of the engine of nodes from ArbOS 59 on: `br_table` with one target besides the default never takes it.
//!
//! Recorded on Nitro v3.10.0 (ArbOS 60), where `br_table 0 1` with index 0 goes where 1 leads; v3.9.5 (ArbOS 40, 51)
//! branches as WASM says, with the same code. Ink is charged for the blocks that do run, so it shows in the gas.

use wasmparser::Operator;

use super::op::{Op, add};

/// Turns each such table into a branch to its default.
pub(super) fn single_tables_take_their_default<'a>(ops: &[Op<'a>]) -> Vec<Op<'a>> {
    let mut changed = Vec::with_capacity(ops.len() + 1);
    for op in ops {
        match &op.operator {
            Operator::BrTable { targets } if targets.len() == 1 => {
                let relative_depth = targets.default();
                changed.push(add::plain(Operator::Drop));
                changed.push(add::plain(Operator::Br { relative_depth }));
            }
            _ => changed.push(op.clone()),
        }
    }
    changed
}
