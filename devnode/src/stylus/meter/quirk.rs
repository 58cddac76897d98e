//! A slip of the engine of nodes from ArbOS 59 on: `br_table` over a constant takes the default, whatever the constant.
//!
//! Recorded on Nitro v3.10.0 (ArbOS 60), where `i32.const 0, br_table 0 1` goes where 1 leads; v3.9.5 (ArbOS 40, 51)
//! branches as WASM says, with the same code. The engine folds comparisons of two constants by their signed order and
//! then branches on the unsigned one, so an index that is known when the code is translated always counts as too large.
//! (One observation, explained like this; compilers resolve such a table themselves, so only hand-written code has it.)
//! Ink is charged for the blocks that do run, so it shows in the gas.

use wasmparser::Operator;

use super::op::{Op, add};

/// Turns each such table into a branch to its default.
pub(super) fn constants_take_the_default<'a>(ops: &[Op<'a>]) -> Vec<Op<'a>> {
    let mut changed = Vec::with_capacity(ops.len() + 1);
    let mut after_constant = false;
    for op in ops {
        match &op.operator {
            Operator::BrTable { targets } if after_constant => {
                let relative_depth = targets.default();
                changed.push(add::plain(Operator::Drop));
                changed.push(add::plain(Operator::Br { relative_depth }));
            }
            _ => changed.push(op.clone()),
        }
        after_constant = matches!(op.operator, Operator::I32Const { .. });
    }
    changed
}
