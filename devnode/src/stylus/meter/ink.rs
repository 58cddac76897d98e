//! Pass 1: every basic block pays for its operators before the first of them runs.

use wasmparser::Operator;

use super::{
    Globals,
    op::{Op, add},
    price::{BLOCK_HEADER_INK, operator_ink},
};
use crate::stylus::module::ParsedModule;

/// Puts a charge in front of each basic block.
pub(super) fn charge_blocks<'a>(
    ops: &[Op<'a>],
    globals: Globals,
    module: &ParsedModule<'_>,
) -> Vec<Op<'a>> {
    let mut charged = Vec::with_capacity(ops.len() * 3);
    let mut block_start = 0;
    let mut block_ink = 0_u64;
    for (at, op) in ops.iter().enumerate() {
        block_ink = block_ink.saturating_add(operator_ink(&op.operator, module));
        if ends_block(&op.operator) {
            charged.extend(charge(block_ink.saturating_add(BLOCK_HEADER_INK), globals));
            charged.extend_from_slice(&ops[block_start..=at]);
            block_start = at + 1;
            block_ink = 0;
        }
    }
    charged
}

/// Operators after which another block begins. `block`, `unreachable` and `memory.grow` are not.
fn ends_block(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::End
            | O::Else
            | O::Return
            | O::Loop { .. }
            | O::Br { .. }
            | O::BrTable { .. }
            | O::BrIf { .. }
            | O::If { .. }
            | O::Call { .. }
            | O::CallIndirect { .. }
    )
}

/// Traps with status 1 when less than `ink` is left, else takes it.
fn charge(ink: u64, globals: Globals) -> [Op<'static>; 12] {
    [
        add::global_get(globals.ink_left),
        add::i64_const(ink),
        add::plain(Operator::I64LtU),
        add::if_empty(),
        add::i32_const(1),
        add::global_set(globals.ink_status),
        add::plain(Operator::Unreachable),
        add::plain(Operator::End),
        add::global_get(globals.ink_left),
        add::i64_const(ink),
        add::plain(Operator::I64Sub),
        add::global_set(globals.ink_left),
    ]
}
