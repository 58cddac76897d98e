//! One operator on its way through the passes: the program's own, kept as its bytes, or an added one.

use wasm_encoder::{BlockType, Encode as _, Instruction};
use wasmparser::Operator;

/// An operator of a function body.
#[derive(Debug, Clone)]
pub struct Op<'a> {
    /// The decoded operator.
    pub operator: Operator<'a>,
    /// Its encoding in the program, `None` if a pass added it.
    pub(crate) encoding: Option<&'a [u8]>,
}

impl<'a> Op<'a> {
    /// An operator that a pass adds.
    pub(crate) fn added(operator: Operator<'static>) -> Self {
        Self {
            operator,
            encoding: None,
        }
    }

    /// Appends the operator's bytes.
    pub(crate) fn encode(&self, sink: &mut Vec<u8>) {
        match self.encoding {
            Some(bytes) => sink.extend_from_slice(bytes),
            None => {
                if let Some(instruction) = added_instruction(&self.operator) {
                    instruction.encode(sink);
                }
            }
        }
    }
}

/// The encodings of the operators that passes add; `None` for operators that no pass adds.
fn added_instruction(operator: &Operator<'_>) -> Option<Instruction<'static>> {
    Some(match *operator {
        Operator::GlobalGet { global_index } => Instruction::GlobalGet(global_index),
        Operator::GlobalSet { global_index } => Instruction::GlobalSet(global_index),
        Operator::LocalGet { local_index } => Instruction::LocalGet(local_index),
        Operator::LocalTee { local_index } => Instruction::LocalTee(local_index),
        Operator::I32Const { value } => Instruction::I32Const(value),
        Operator::I64Const { value } => Instruction::I64Const(value),
        Operator::I32LeU => Instruction::I32LeU,
        Operator::I32Add => Instruction::I32Add,
        Operator::I32Sub => Instruction::I32Sub,
        Operator::I64LtU => Instruction::I64LtU,
        Operator::I64Sub => Instruction::I64Sub,
        Operator::I64Mul => Instruction::I64Mul,
        Operator::I64ExtendI32U => Instruction::I64ExtendI32U,
        Operator::If { .. } => Instruction::If(BlockType::Empty),
        Operator::Drop => Instruction::Drop,
        Operator::Br { relative_depth } => Instruction::Br(relative_depth),
        Operator::Unreachable => Instruction::Unreachable,
        Operator::Return => Instruction::Return,
        Operator::End => Instruction::End,
        Operator::Call { function_index } => Instruction::Call(function_index),
        _ => return None,
    })
}

/// Short names for the operators that passes add.
pub(crate) mod add {
    use wasmparser::{BlockType, Operator};

    use super::Op;

    pub(crate) fn global_get(global_index: u32) -> Op<'static> {
        Op::added(Operator::GlobalGet { global_index })
    }

    pub(crate) fn global_set(global_index: u32) -> Op<'static> {
        Op::added(Operator::GlobalSet { global_index })
    }

    pub(crate) fn i32_const(value: u32) -> Op<'static> {
        Op::added(Operator::I32Const {
            value: value.cast_signed(),
        })
    }

    pub(crate) fn i64_const(value: u64) -> Op<'static> {
        Op::added(Operator::I64Const {
            value: value.cast_signed(),
        })
    }

    pub(crate) fn if_empty() -> Op<'static> {
        Op::added(Operator::If {
            blockty: BlockType::Empty,
        })
    }

    pub(crate) fn call(function_index: u32) -> Op<'static> {
        Op::added(Operator::Call { function_index })
    }

    pub(crate) fn plain(operator: Operator<'static>) -> Op<'static> {
        Op::added(operator)
    }
}
