//! Pass 2: `memory.fill` and `memory.copy` pay for each byte just before they run.

use wasmparser::Operator;

use super::{
    Globals,
    op::{Op, add},
};

/// Ink per byte filled or copied.
const BULK_BYTE_INK: u64 = 100;

/// Puts a charge by size in front of each bulk memory operator.
pub(super) fn charge_bytes(ops: Vec<Op<'_>>, globals: Globals) -> Vec<Op<'_>> {
    let is_bulk = |op: &Op<'_>| {
        matches!(
            op.operator,
            Operator::MemoryFill { .. } | Operator::MemoryCopy { .. }
        )
    };
    if !ops.iter().any(is_bulk) {
        return ops;
    }
    let mut charged = Vec::with_capacity(ops.len() + 17);
    for op in ops {
        if is_bulk(&op) {
            charged.extend(charge_size_on_stack(globals));
        }
        charged.push(op);
    }
    charged
}

/// Takes the size on top of the stack times the price; a wrap-around below zero means exhausted.
fn charge_size_on_stack(globals: Globals) -> [Op<'static>; 17] {
    [
        add::global_set(globals.scratch),
        add::global_get(globals.ink_left),
        add::global_get(globals.ink_left),
        add::global_get(globals.scratch),
        add::plain(Operator::I64ExtendI32U),
        add::i64_const(BULK_BYTE_INK),
        add::plain(Operator::I64Mul),
        add::plain(Operator::I64Sub),
        add::global_set(globals.ink_left),
        add::global_get(globals.ink_left),
        add::plain(Operator::I64LtU),
        add::if_empty(),
        add::i32_const(1),
        add::global_set(globals.ink_status),
        add::plain(Operator::Unreachable),
        add::plain(Operator::End),
        add::global_get(globals.scratch),
    ]
}
