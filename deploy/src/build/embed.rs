//! Constant data into code: the entry point stores it before it does anything else, and the module has no data section.
//! Nitro charges three quarters of a gas for each byte of data at each entry, cached or not, and a hundredth of a gas for
//! storing it (ArbOS's cachedCost; ADR 0008).
//! Always holds: memory is what the data section would have made it when the first instruction of the program runs.

use std::{collections::BTreeMap, ops::Range};

use wasm_encoder::{
    CodeSection, Encode as _, Instruction, MemArg, MemArgTarget, Module, RawSection, SectionId,
};
use wasmparser::{
    BinaryReaderError, Data, DataKind, ExternalKind, Operator, Parser, Payload, TypeRef,
};

/// Part of what a program's bytes depend on: change it with what this file does.
pub(super) const IDENTITY: &str = "data in code, 1";

/// The function that Nitro calls.
const ENTRY: &str = "user_entrypoint";
/// Bytes of one store.
const WORD: u64 = 8;

/// Why a module is not what wasm-opt makes of our programs.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfit {
    /// It is no WASM.
    #[error(transparent)]
    Malformed(#[from] BinaryReaderError),
    /// Data that is copied on demand, or to an address that is computed.
    #[error("data without a constant address")]
    Movable,
    /// Nothing that Nitro could call.
    #[error("no function {ENTRY}")]
    NoEntry,
}

/// The same program without a data section.
pub(super) fn data(wasm: &[u8]) -> Result<Vec<u8>, Unfit> {
    let parts = Parts::of(wasm)?;
    if parts.memory.is_empty() {
        return Ok(wasm.to_vec());
    }
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload?.as_section() else {
            continue;
        };
        if id == SectionId::Code as u8 {
            module.section(&parts.code(wasm)?);
        } else if id != SectionId::Data as u8 {
            let data = &wasm[bytes(range)];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// Where something is in a module that is in memory whole.
fn bytes(range: Range<u64>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// What there is to know before anything is written.
#[derive(Default)]
struct Parts<'a> {
    imported: u32,
    entry: Option<u32>,
    bodies: Vec<wasmparser::FunctionBody<'a>>,
    /// Aligned words by address: no store of one reaches past the end of memory.
    memory: BTreeMap<u64, [u8; WORD as usize]>,
}

impl<'a> Parts<'a> {
    fn of(wasm: &'a [u8]) -> Result<Self, Unfit> {
        let mut parts = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, TypeRef::Func(_));
                        parts.imported += u32::from(is_function);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func && export.name == ENTRY {
                            parts.entry = Some(export.index);
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => parts.bodies.push(body),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        parts.lay(&segment?)?;
                    }
                }
                _ => {}
            }
        }
        Ok(parts)
    }

    fn lay(&mut self, segment: &Data<'_>) -> Result<(), Unfit> {
        let DataKind::Active { offset_expr, .. } = &segment.kind else {
            return Err(Unfit::Movable);
        };
        let mut operators = offset_expr.get_operators_reader();
        let Operator::I32Const { value } = operators.read()? else {
            return Err(Unfit::Movable);
        };
        if !matches!(operators.read()?, Operator::End) {
            return Err(Unfit::Movable);
        }
        let start = u64::from(value.cast_unsigned());
        for (at, byte) in (start..).zip(segment.data) {
            let within = at % WORD;
            self.memory.entry(at - within).or_default()[within as usize] = *byte;
        }
        Ok(())
    }

    /// All functions as they are, but that the entry point stores the data first.
    fn code(&self, wasm: &[u8]) -> Result<CodeSection, Unfit> {
        let entry = self
            .entry
            .and_then(|index| index.checked_sub(self.imported))
            .ok_or(Unfit::NoEntry)?;
        let mut code = CodeSection::new();
        for (index, body) in (0..).zip(&self.bodies) {
            let body_bytes = &wasm[bytes(body.range())];
            if index == entry {
                let locals = body.get_operators_reader()?.original_position() - body.range().start;
                let (locals, operators) = body_bytes.split_at(locals as usize);
                code.raw(&[locals, &self.stores(), operators].concat());
            } else {
                code.raw(body_bytes);
            }
        }
        Ok(code)
    }

    /// A store for each word but those of zeros, with which memory begins.
    fn stores(&self) -> Vec<u8> {
        let mut code = Vec::new();
        for (&offset, word) in self.memory.iter().filter(|(_, word)| **word != [0; 8]) {
            let target = MemArg {
                offset,
                align: 0,
                target: MemArgTarget::Memory(0),
                ordering: None,
            };
            Instruction::I32Const(0).encode(&mut code);
            Instruction::I64Const(i64::from_le_bytes(*word)).encode(&mut code);
            Instruction::I64Store(target).encode(&mut code);
        }
        code
    }
}

#[cfg(test)]
#[path = "embed_tests.rs"]
mod tests;
