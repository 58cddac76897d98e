//! Pass 3: functions pay stack words while they run, so that recursion ends alike everywhere.
//!
//! The operand stack is counted the way Nitro does: linearly and without types, over the operators
//! that the ink passes have left. A branch to the function's own label skips the repayment; so in Nitro.

use thiserror::Error;
use wasmparser::{BlockType, Operator};

use super::{
    Globals,
    op::{Op, add},
};
use crate::stylus::{accept::red, module::ParsedModule};

/// Most words a function's frame may have.
pub const MAX_FRAME_WORDS: u64 = 10_240;
/// Most words a function's operand stack may have.
pub const MAX_CONTENTION_WORDS: u64 = 4_096;
/// Words each frame has besides its locals and operands.
const FRAME_OVERHEAD_WORDS: u64 = 4;

/// A function needs more stack than Nitro allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DepthError {
    /// Locals and operands together.
    #[error("frame too large: {} > {}-word limit", red(.0), red(MAX_FRAME_WORDS))]
    FrameTooLarge(u64),
    /// Operands alone.
    #[error("too many values on the stack at once: {} > {}", red(.0), red(MAX_CONTENTION_WORDS))]
    TooManyValues(u64),
}

/// Stack words that a function's frame is charged; parameters are the caller's.
///
/// # Errors
/// [`DepthError`]: more than Nitro allows.
pub(super) fn frame_words(
    ops: &[Op<'_>],
    locals: u64,
    module: &ParsedModule<'_>,
) -> Result<u32, DepthError> {
    let worst = worst_height(ops, module);
    if worst > MAX_CONTENTION_WORDS {
        return Err(DepthError::TooManyValues(worst));
    }
    let words = worst + locals + FRAME_OVERHEAD_WORDS;
    match u32::try_from(words) {
        Ok(small) if words <= MAX_FRAME_WORDS => Ok(small),
        _ => Err(DepthError::FrameTooLarge(words)),
    }
}

/// The operand stack as Nitro's depth checker counts it.
struct Height {
    now: u64,
    worst: u64,
    scopes: Vec<u64>,
}

impl Height {
    fn push(&mut self, count: u64) {
        self.now += count;
        self.worst = self.worst.max(self.now);
    }

    fn pop(&mut self, count: u64) {
        self.now = self.now.saturating_sub(count);
    }

    fn open(&mut self, block: BlockType, module: &ParsedModule<'_>) {
        match block {
            BlockType::Empty => {}
            BlockType::Type(_) => self.push(1),
            BlockType::FuncType(index) => {
                self.push(module.results_of_type(index));
                self.pop(module.params_of_type(index));
            }
        }
        self.scopes.push(self.now);
    }
}

fn worst_height(ops: &[Op<'_>], module: &ParsedModule<'_>) -> u64 {
    use Operator as O;
    let mut height = Height {
        now: 0,
        worst: 0,
        scopes: vec![0],
    };
    for op in ops {
        match &op.operator {
            O::Block { blockty } | O::Loop { blockty } => height.open(*blockty, module),
            O::If { blockty } => {
                height.pop(1);
                height.open(*blockty, module);
            }
            O::Else => height.now = height.scopes.last().copied().unwrap_or_default(),
            O::End => height.now = height.scopes.pop().unwrap_or_default(),
            O::Call { function_index } => {
                let ty = module.type_of_function(*function_index);
                height.push(module.results_of_type(ty));
                height.pop(module.params_of_type(ty));
            }
            O::CallIndirect { type_index, .. } => {
                height.push(module.results_of_type(*type_index));
                height.pop(module.params_of_type(*type_index));
                height.pop(1);
            }
            O::LocalGet { .. }
            | O::GlobalGet { .. }
            | O::MemorySize { .. }
            | O::I32Const { .. }
            | O::I64Const { .. }
            | O::F32Const { .. }
            | O::F64Const { .. } => height.push(1),
            O::Select
            | O::I32Store { .. }
            | O::I32Store8 { .. }
            | O::I32Store16 { .. }
            | O::I64Store { .. }
            | O::I64Store8 { .. }
            | O::I64Store16 { .. }
            | O::I64Store32 { .. }
            | O::F32Store { .. }
            | O::F64Store { .. } => height.pop(2),
            O::MemoryFill { .. } | O::MemoryCopy { .. } => height.pop(3),
            operator if pops_one(operator) => height.pop(1),
            _ => {}
        }
    }
    height.worst
}

/// Operators that leave one value less: setters, conditional branches, all that take two operands.
fn pops_one(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::Drop
            | O::BrIf { .. }
            | O::BrTable { .. }
            | O::LocalSet { .. }
            | O::GlobalSet { .. }
            | O::I32Add
            | O::I32Sub
            | O::I32Mul
            | O::I32DivS
            | O::I32DivU
            | O::I32RemS
            | O::I32RemU
            | O::I32And
            | O::I32Or
            | O::I32Xor
            | O::I32Shl
            | O::I32ShrS
            | O::I32ShrU
            | O::I32Rotl
            | O::I32Rotr
            | O::I64Rotl
            | O::I64Rotr
            | O::I64Add
            | O::I64Sub
            | O::I64Mul
            | O::I64DivS
            | O::I64DivU
            | O::I64RemS
            | O::I64RemU
            | O::I64And
            | O::I64Or
            | O::I64Xor
            | O::I64Shl
            | O::I64ShrS
            | O::I64ShrU
            | O::I32Eq
            | O::I32Ne
            | O::I32LtS
            | O::I32LtU
            | O::I32GtS
            | O::I32GtU
            | O::I32LeS
            | O::I32LeU
            | O::I32GeS
            | O::I32GeU
            | O::I64Eq
            | O::I64Ne
            | O::I64LtS
            | O::I64LtU
            | O::I64GtS
            | O::I64GtU
            | O::I64LeS
            | O::I64LeU
            | O::I64GeS
            | O::I64GeU
            | O::F32Eq
            | O::F32Ne
            | O::F32Lt
            | O::F32Gt
            | O::F32Le
            | O::F32Ge
            | O::F64Eq
            | O::F64Ne
            | O::F64Lt
            | O::F64Gt
            | O::F64Le
            | O::F64Ge
            | O::F32Add
            | O::F32Sub
            | O::F32Mul
            | O::F32Div
            | O::F32Min
            | O::F32Max
            | O::F64Add
            | O::F64Sub
            | O::F64Mul
            | O::F64Div
            | O::F64Min
            | O::F64Max
            | O::F32Copysign
            | O::F64Copysign
    )
}

/// Charges the frame at entry and repays it before every `return` and at the end.
pub(super) fn limit(ops: Vec<Op<'_>>, frame_words: u32, globals: Globals) -> Vec<Op<'_>> {
    let mut limited = Vec::with_capacity(ops.len() + 32);
    limited.extend(charge(frame_words, globals));
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.into_iter().enumerate() {
        if at == last {
            limited.extend(repay(frame_words, globals));
            limited.push(add::plain(Operator::Return));
        } else if matches!(op.operator, Operator::Return) {
            limited.extend(repay(frame_words, globals));
        }
        limited.push(op);
    }
    limited
}

/// Traps with no stack left when the frame does not fit, else takes it.
fn charge(words: u32, globals: Globals) -> [Op<'static>; 12] {
    [
        add::global_get(globals.stack_left),
        add::i32_const(words),
        add::plain(Operator::I32LeU),
        add::if_empty(),
        add::i32_const(0),
        add::global_set(globals.stack_left),
        add::plain(Operator::Unreachable),
        add::plain(Operator::End),
        add::global_get(globals.stack_left),
        add::i32_const(words),
        add::plain(Operator::I32Sub),
        add::global_set(globals.stack_left),
    ]
}

fn repay(words: u32, globals: Globals) -> [Op<'static>; 4] {
    [
        add::global_get(globals.stack_left),
        add::i32_const(words),
        add::plain(Operator::I32Add),
        add::global_set(globals.stack_left),
    ]
}
