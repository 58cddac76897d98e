//! Pass 4: a program whose memory can grow pays the host for the pages before it asks for them.

use wasmparser::Operator;

use super::{
    Globals,
    op::{Op, add},
};

/// Puts a call of `pay_for_memory_grow` in front of each `memory.grow`; nothing for a memory of fixed size.
pub(super) fn charge_growth(
    ops: Vec<Op<'_>>,
    globals: Globals,
    pay_for_growth: Option<u32>,
) -> Vec<Op<'_>> {
    let grows = |op: &Op<'_>| matches!(op.operator, Operator::MemoryGrow { .. });
    let Some(pay) = pay_for_growth.filter(|_| ops.iter().any(grows)) else {
        return ops;
    };
    let mut charged = Vec::with_capacity(ops.len() + 4);
    for op in ops {
        if grows(&op) {
            charged.extend([
                add::global_set(globals.scratch),
                add::global_get(globals.scratch),
                add::global_get(globals.scratch),
                add::call(pay),
            ]);
        }
        charged.push(op);
    }
    charged
}
