//! Writes a metered program as a WASM module.

use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Module,
    RawSection, SectionId, ValType,
};

use super::{Globals, INK_LEFT, INK_STATUS, MeteredFunction, STACK_LEFT};
use crate::stylus::module::{Body, ENTRYPOINT, MEMORY, ParsedModule};

/// The original's sections around new globals, exports and bodies; a start function is dropped.
pub(super) fn module(
    parsed: &ParsedModule<'_>,
    functions: &[MeteredFunction<'_>],
    globals: Globals,
) -> Vec<u8> {
    let mut module = Module::new();
    let copy = |module: &mut Module, id: SectionId| {
        if let Some(data) = parsed.section(id) {
            module.section(&RawSection {
                id: id.into(),
                data,
            });
        }
    };
    for id in [
        SectionId::Type,
        SectionId::Import,
        SectionId::Function,
        SectionId::Table,
        SectionId::Memory,
    ] {
        copy(&mut module, id);
    }
    module.section(&with_added_globals(parsed));
    module.section(&exports(parsed, globals));
    copy(&mut module, SectionId::Element);
    module.section(&bodies(parsed, functions));
    copy(&mut module, SectionId::Data);
    module.finish()
}

fn with_added_globals(parsed: &ParsedModule<'_>) -> GlobalSection {
    let mut section = GlobalSection::new();
    for encoding in &parsed.global_encodings {
        section.raw(encoding);
    }
    let mutable = |val_type| GlobalType {
        val_type,
        mutable: true,
        shared: false,
    };
    section.global(mutable(ValType::I64), &ConstExpr::i64_const(0)); // ink left
    section.global(mutable(ValType::I32), &ConstExpr::i32_const(0)); // ink status
    section.global(mutable(ValType::I32), &ConstExpr::i32_const(0)); // scratch
    section.global(mutable(ValType::I32), &ConstExpr::i32_const(0)); // stack left
    section
}

fn exports(parsed: &ParsedModule<'_>, globals: Globals) -> ExportSection {
    let mut section = ExportSection::new();
    for export in &parsed.exports {
        match (export.name, export.kind) {
            (ENTRYPOINT, wasmparser::ExternalKind::Func) => {
                section.export(ENTRYPOINT, ExportKind::Func, export.index);
            }
            (MEMORY, wasmparser::ExternalKind::Memory) => {
                section.export(MEMORY, ExportKind::Memory, export.index);
            }
            _ => {}
        }
    }
    section.export(INK_LEFT, ExportKind::Global, globals.ink_left);
    section.export(INK_STATUS, ExportKind::Global, globals.ink_status);
    section.export(STACK_LEFT, ExportKind::Global, globals.stack_left);
    section
}

fn bodies(parsed: &ParsedModule<'_>, functions: &[MeteredFunction<'_>]) -> CodeSection {
    let mut section = CodeSection::new();
    for (body, function) in parsed.bodies.iter().zip(functions) {
        section.raw(&body_bytes(body, function));
    }
    section
}

fn body_bytes(body: &Body<'_>, function: &MeteredFunction<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.locals_encoding.len() + function.ops.len() * 3);
    bytes.extend_from_slice(body.locals_encoding);
    for op in &function.ops {
        op.encode(&mut bytes);
    }
    bytes
}
