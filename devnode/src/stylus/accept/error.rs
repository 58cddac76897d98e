//! Why an activation is refused, in Nitro's words.
//!
//! Each rule has its own variant; its text is the line Nitro gives as the cause. [`ActivationError::report`]
//! adds what stands around it on the node: the step that failed and, where recordings of real nodes show
//! it, the place in Nitro's source, which moved between the nodes of ArbOS 51 and 60.

use thiserror::Error;
use wasmparser::TypeRef;

use super::red;
use crate::stylus::{meter::DepthError, params::ARBOS_STYLUS_V3};

/// The WASM is not one that Nitro takes apart and meters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseError {
    /// The validator's own message, offset included.
    #[error("{0}")]
    Invalid(String),
    /// An import that is not a function.
    #[error("unsupported import kind {}", describe_import(module, name, ty))]
    UnsupportedImport {
        /// Module name.
        module: String,
        /// Name.
        name: String,
        /// What is imported.
        ty: TypeRef,
    },
    /// The same import twice, with two types.
    #[error("inconsistent imports for {} {}", red(module), red(name))]
    InconsistentImport {
        /// Module name.
        module: String,
        /// Name.
        name: String,
    },
    /// A section that Nitro does not read, such as DataCount.
    #[error("unsupported section type {0}")]
    UnsupportedSection(String),
    /// A global, data or element initialiser that is not one constant.
    #[error("unsupported constant expression {0}")]
    UnsupportedInitializer(String),
    /// An exported function has the name of an import.
    #[error("binary exports an import with the same name {}", red(.0))]
    ExportsImport(String),
    /// An exported function's name starts with `stylus`.
    #[error("binary exports reserved symbol {}", red(.0))]
    ExportsReserved(String),
    /// An import's name starts with `stylus`.
    #[error("binary imports reserved symbol {}", red(.0))]
    ImportsReserved(String),
    /// There is no memory.
    #[error("missing memory")]
    NoMemory,
    /// The memory is not exported.
    #[error("missing memory with export name {}", red("memory"))]
    MemoryNotExported,
    /// More initial pages than any program may have.
    #[error("memory size {} exceeds bound {}", red(.0), red(super::limits::MAX_INITIAL_PAGES))]
    MemoryExceedsBound(u64),
    /// Memory can grow but nothing pays for it.
    #[error("missing import {}", red("pay_for_memory_grow"))]
    MissingPayForGrowth,
    /// A function or import that Nitro needs has another type.
    #[error("wrong type for {}: {}", red(name), red(ty))]
    WrongType {
        /// Its name.
        name: &'static str,
        /// The type it has.
        ty: String,
    },
    /// A function's stack frame is too large.
    #[error("{0}")]
    Depth(#[from] DepthError),
    /// More initial pages than this transaction may still open.
    #[error("memory exceeds limit: {} > {}", red(pages), red(limit))]
    MemoryExceedsLimit {
        /// Initial pages.
        pages: u64,
        /// Pages left to this transaction.
        limit: u16,
    },
    /// Too many of something.
    #[error("too many wasm {what}: {count} > {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: u64,
        /// How many there may be.
        limit: u64,
    },
    /// A name is too long.
    #[error("wasm {what} too long: {} > {}", red(len), red(limit))]
    TooLong {
        /// Which name.
        what: &'static str,
        /// Its length in bytes.
        len: u64,
        /// The longest there may be.
        limit: u64,
    },
    /// A start function, outside debug chains.
    #[error("start functions not allowed")]
    StartFunction,
    /// No function is exported as the entrypoint.
    #[error("missing export with name {}", red("user_entrypoint"))]
    MissingEntrypoint,
}

impl From<wasmparser::Error> for ParseError {
    fn from(error: wasmparser::Error) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// The program cannot be linked or translated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuildError {
    /// An import that is no host function.
    #[error("No such import {} in {} for {}", red(name), red(module), red("user"))]
    NoSuchImport {
        /// Module name.
        module: String,
        /// Name.
        name: String,
    },
    /// A host function that only debug chains have.
    #[error(
        "Host func {} in {} not enabled debug_funcs=true",
        red(name),
        red(module)
    )]
    DebugOnlyImport {
        /// Module name.
        module: String,
        /// Name.
        name: String,
    },
    /// A host function imported with another type.
    #[error(
        "Import {} for {} has different function signature than export.\nexpected {} in {}\nbut have {}",
        red(name),
        red("user"),
        red(expected),
        red(module),
        red(actual)
    )]
    ImportSignature {
        /// Module name.
        module: String,
        /// Name.
        name: String,
        /// The host function's type.
        expected: String,
        /// The type it is imported with.
        actual: String,
    },
    /// Floating point arithmetic.
    #[error(
        "No implementation for floating point operation {} in {}",
        red(operation),
        red("user")
    )]
    Float {
        /// Nitro's name of the operation.
        operation: String,
        /// Whether it converts a float to an integer.
        truncates: bool,
    },
    /// An operator that Nitro cannot prove.
    #[error("Unsupported instruction {}", red(.0))]
    UnsupportedOperator(String),
    /// A data segment does not fit into the initial memory.
    #[error(
        "Out-of-bounds data memory init with offset {} and size {}",
        red(offset),
        red(size)
    )]
    DataOutOfBounds {
        /// Where it would start.
        offset: u32,
        /// Its bytes.
        size: u64,
    },
    /// An element segment does not fit into its table.
    #[error(
        "Out of bounds element segment init with offset {} and size {}",
        red(offset),
        red(size)
    )]
    ElementsOutOfBounds {
        /// Where it would start.
        offset: u32,
        /// Its elements.
        size: u64,
    },
    /// The engine of this node cannot run it; no module that Nitro accepts is known to end here.
    #[error("{0}")]
    Engine(String),
}

/// Why an activation failed; it has taken all gas.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ActivationError {
    /// The gas did not cover the analysis.
    #[error("out of gas")]
    OutOfGas,
    /// See [`ParseError`].
    #[error("failed to parse wasm")]
    Parse(#[from] ParseError),
    /// See [`BuildError`].
    #[error("failed to build user module")]
    Build(#[from] BuildError),
    /// A predicted cost does not fit its record.
    #[error("{0} too large")]
    CostTooLarge(&'static str),
}

impl ActivationError {
    /// The report a node of this ArbOS version gives behind "program activation failed: ".
    pub fn report(&self, arbos_version: u64) -> String {
        let newer = arbos_version >= ARBOS_STYLUS_V3;
        let causes = self.causes(newer);
        let mut report = self.to_string();
        if let [cause] = causes.as_slice() {
            report.push_str("\n\nCaused by:\n    ");
            report.push_str(&cause.replace('\n', "\n    "));
        } else if !causes.is_empty() {
            report.push_str("\n\nCaused by:");
            for (at, cause) in causes.iter().enumerate() {
                report.push_str(&format!("\n   {at}: {cause}"));
            }
        }
        if let Some((old, new)) = self.location() {
            let (root, place) = if newer { ("crates/", new) } else { ("", old) };
            report.push_str(&format!("\n\nLocation:\n    {root}prover/src/{place}"));
        }
        report
    }

    /// The chain of causes, outermost first, as nodes from (`newer`) or before ArbOS 59 say it.
    fn causes(&self, newer: bool) -> Vec<String> {
        match self {
            Self::OutOfGas | Self::CostTooLarge(_) => vec![],
            Self::Parse(ParseError::Invalid(message)) => {
                vec![
                    format!("failed to validate {}", red("user")),
                    message.clone(),
                ]
            }
            Self::Parse(ParseError::Depth(error)) => {
                vec!["depth checker failure".to_owned(), error.to_string()]
            }
            Self::Parse(ParseError::NoMemory) if !newer => {
                vec![format!("missing memory export with name {}", red("memory"))]
            }
            Self::Parse(ParseError::UnsupportedImport { ty, .. }) if !newer => {
                // the older parser's types lack the fields that later proposals added
                let added = if matches!(ty, TypeRef::Memory(_)) {
                    ", page_size_log2: None"
                } else {
                    ", shared: false"
                };
                vec![self.to_cause().replace(added, "")]
            }
            Self::Parse(_) | Self::Build(_) => vec![self.to_cause()],
        }
    }

    fn to_cause(&self) -> String {
        std::error::Error::source(self)
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// Where in the prover nodes up to ArbOS 51 and from 59 raise it, as far as recorded.
    fn location(&self) -> Option<(&'static str, &'static str)> {
        use {BuildError as B, ParseError as P};
        Some(match self {
            Self::Parse(error) => match error {
                P::Invalid(_) => ("binary.rs:329:10", "binary.rs:345:10"),
                P::UnsupportedImport { .. } => ("binary.rs:391:25", "binary.rs:410:25"),
                P::ExportsImport(_) => ("binary.rs:479:13", "binary.rs:499:13"),
                P::ExportsReserved(_) => ("binary.rs:486:9", "binary.rs:506:9"),
                P::MemoryExceedsBound(_) => ("programs/heap.rs:50:13", "programs/heap.rs:55:13"),
                P::MissingPayForGrowth => ("programs/mod.rs:348:28", "programs/mod.rs:362:28"),
                P::NoMemory => ("programs/mod.rs:373:13", "programs/mod.rs:403:28"),
                P::MemoryNotExported => ("programs/mod.rs:379:13", "programs/mod.rs:393:13"),
                P::Depth(DepthError::FrameTooLarge(_)) => {
                    ("programs/depth.rs:176:13", "programs/depth.rs:179:13")
                }
                P::TooMany { what: "locals", .. } => ("binary.rs:680:13", "binary.rs:702:13"),
                P::TooMany {
                    what: "table entries",
                    ..
                } => ("binary.rs:689:9", "binary.rs:711:9"),
                P::MissingEntrypoint => ("binary.rs:720:13", "binary.rs:742:13"),
                P::WrongType {
                    name: "user_entrypoint",
                    ..
                } => ("binary.rs:728:13", "binary.rs:750:13"),
                _ => return None,
            },
            Self::Build(error) => match error {
                B::NoSuchImport { .. } => ("machine.rs:408:17", "machine.rs:411:25"),
                B::ImportSignature { .. } => ("machine.rs:415:13", "machine.rs:420:13"),
                B::Float {
                    truncates: false, ..
                } => ("wavm.rs:961:23", "wavm.rs:961:23"),
                B::Float {
                    truncates: true, ..
                } => ("wavm.rs:1012:32", "wavm.rs:1012:32"),
                B::DataOutOfBounds { .. } => ("machine.rs:520:17", "machine.rs:529:17"),
                _ => return None,
            },
            Self::OutOfGas | Self::CostTooLarge(_) => return None,
        })
    }
}

/// As the parser of newer nodes prints an import.
fn describe_import(module: &str, name: &str, ty: &TypeRef) -> String {
    format!("Import {{ module: {module:?}, name: {name:?}, ty: {ty:?} }}")
}
