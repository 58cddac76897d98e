//! Writes a metered program as a WASM module.

use wasm_encoder::{
    CodeSection, ConstExpr, Encode as _, ExportKind, ExportSection, GlobalSection, GlobalType,
    Module, RawSection, SectionId, ValType,
};

use super::{Globals, INK_LEFT, INK_STATUS, MeteredFunction, Op, STACK_LEFT, native, quirk};
use crate::stylus::module::{Body, ENTRYPOINT, MEMORY, ParsedModule};

/// The original's sections around new globals, exports and bodies; a start function is dropped.
pub(super) fn module(
    parsed: &ParsedModule<'_>,
    functions: &[MeteredFunction<'_>],
    globals: Globals,
    native_stack: bool,
) -> Vec<u8> {
    let native_left = native_stack.then_some(globals.stack_left + 1);
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
    module.section(&with_added_globals(parsed, native_stack));
    module.section(&exports(parsed, globals));
    copy(&mut module, SectionId::Element);
    module.section(&bodies(parsed, functions, native_left));
    copy(&mut module, SectionId::Data);
    module.finish()
}

fn with_added_globals(parsed: &ParsedModule<'_>, native_stack: bool) -> GlobalSection {
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
    if native_stack {
        let words = ConstExpr::i32_const(native::NATIVE_STACK_WORDS.cast_signed());
        section.global(mutable(ValType::I32), &words);
    }
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

fn bodies(
    parsed: &ParsedModule<'_>,
    functions: &[MeteredFunction<'_>],
    native_left: Option<u32>,
) -> CodeSection {
    let mut section = CodeSection::new();
    for ((body, function), ty) in parsed.bodies.iter().zip(functions).zip(&parsed.functions) {
        let bytes = match native_left {
            None => {
                let ops = quirk::constants_take_the_default(&function.ops);
                body_bytes(body.locals_encoding.to_vec(), &ops)
            }
            Some(native_left) => {
                let variables = parsed.params_of_type(*ty) + body.locals_count();
                let own = u32::try_from(variables).unwrap_or(u32::MAX);
                let ops = native::limit(&function.ops, variables, own, native_left);
                body_bytes(with_one_more_local(body), &ops)
            }
        };
        section.raw(&bytes);
    }
    section
}

fn with_one_more_local(body: &Body<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = body.locals_encoding;
    // the number of groups, then the groups: one group more at the end
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if byte & 0x80 == 0 {
            break;
        }
    }
    (body.locals.len() + 1).encode(&mut bytes);
    bytes.extend_from_slice(rest);
    1_u32.encode(&mut bytes);
    ValType::I32.encode(&mut bytes);
    bytes
}

fn body_bytes(mut bytes: Vec<u8>, ops: &[Op<'_>]) -> Vec<u8> {
    bytes.reserve(ops.len() * 3);
    for op in ops {
        op.encode(&mut bytes);
    }
    bytes
}
