//! Whether Arbitrum would activate a program: asked here, before anything is paid for it.

use wasmparser::{ExternalKind, Parser, Payload, Validator, WasmFeatures};

/// Why Nitro would refuse a program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

/// What the check learns on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Memory pages at the start.
    pub(super) pages: u64,
}

/// The same questions as ArbOS asks at activation, as far as they concern a module's outside.
pub(super) fn check(wasm: &[u8]) -> Result<Shape, Refusal> {
    let refuse = |why: String| Refusal(why);
    let features = WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES;
    Validator::new_with_features(features)
        .validate_all(wasm)
        .map_err(|error| refuse(error.to_string()))?;
    let (mut pages, mut memory, mut entry) = (0, false, false);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(|error| refuse(error.to_string()))? {
            Payload::DataCountSection { .. } => {
                return Err(refuse("unsupported section: data count".to_owned()));
            }
            Payload::StartSection { .. } => {
                return Err(refuse("a start function is not allowed".to_owned()));
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(|error| refuse(error.to_string()))?;
                    if import.module != "vm_hooks" {
                        let (module, name) = (import.module, import.name);
                        return Err(refuse(format!(
                            "imports {name} from {module}: no such host"
                        )));
                    }
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    pages += memory.map_err(|error| refuse(error.to_string()))?.initial;
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.map_err(|error| refuse(error.to_string()))?;
                    match (export.kind, export.name) {
                        (ExternalKind::Memory, "memory") => memory = true,
                        (ExternalKind::Func, "user_entrypoint") => entry = true,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    if !memory {
        return Err(refuse("missing export: memory".to_owned()));
    }
    if !entry {
        return Err(refuse("missing export: user_entrypoint".to_owned()));
    }
    Ok(Shape { pages })
}
