//! The native stack of nodes before ArbOS 59: a megabyte, which deep recursion exhausts before its words do.
//!
//! Not one of Nitro's passes and no part of any price: it is added when the program is written out, so that a
//! program traps where wasmer's native stack would have ended there (a trap like any other: the frame
//! reverts and keeps its gas). Sizes fit the recordings: 7 words, and one for each parameter and local.
//! With the 22,000 words of ArbOS 50 and later no program gets that far.

use wasmparser::Operator;

use super::op::{Op, add};

/// Words of native stack that a program has.
pub(super) const NATIVE_STACK_WORDS: u32 = 131_056;
/// Words of a native frame besides parameters and locals.
const NATIVE_FRAME_WORDS: u64 = 7;

/// Takes the frame's words at entry, keeps what is left in the local `own`, and restores it after each call, however
/// the callee has returned.
pub(super) fn limit<'a>(ops: &[Op<'a>], variables: u64, own: u32, native_left: u32) -> Vec<Op<'a>> {
    let words = u32::try_from(variables + NATIVE_FRAME_WORDS).unwrap_or(u32::MAX);
    let mut limited = Vec::with_capacity(ops.len() + 16);
    limited.extend([
        add::global_get(native_left),
        add::i32_const(words),
        add::plain(Operator::I32LeU),
        add::if_empty(),
        add::plain(Operator::Unreachable),
        add::plain(Operator::End),
        add::global_get(native_left),
        add::i32_const(words),
        add::plain(Operator::I32Sub),
        add::plain(Operator::LocalTee { local_index: own }),
        add::global_set(native_left),
    ]);
    for op in ops {
        limited.push(op.clone());
        if matches!(
            op.operator,
            Operator::Call { .. } | Operator::CallIndirect { .. }
        ) {
            limited.push(add::plain(Operator::LocalGet { local_index: own }));
            limited.push(add::global_set(native_left));
        }
    }
    limited
}
