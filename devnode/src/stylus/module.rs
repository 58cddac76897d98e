//! A program's WASM, taken apart: what acceptance judges, the meters rewrite and the fee counts.
//!
//! Always holds: the bytes passed Nitro's validator, there are only function imports, and no section
//! that Nitro does not know.

use std::ops::Range;

use wasm_encoder::SectionId;
use wasmparser::{
    ConstExpr, DataKind, DataSectionReader, ElementItems, ElementKind, ElementSectionReader,
    ExternalKind, FuncType, FunctionBody, GlobalSectionReader, ImportSectionReader, KnownCustom,
    Name, Operator, Parser, Payload, TypeRef, ValType, Validator, WasmFeatures,
};

use super::{
    accept::{ParseError, StylusRules},
    meter::Op,
};

/// Export that every program must have.
pub const ENTRYPOINT: &str = "user_entrypoint";
/// Export name of the program's memory.
pub const MEMORY: &str = "memory";
/// Module of the host functions.
pub const VM_HOOKS: &str = "vm_hooks";
/// Host function that pays for memory growth.
pub const PAY_FOR_MEMORY_GROW: &str = "pay_for_memory_grow";

/// An imported function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import<'a> {
    /// Module name.
    pub module: &'a str,
    /// Function name.
    pub name: &'a str,
    /// Index of its type.
    pub type_index: u32,
}

/// An export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export<'a> {
    /// Name.
    pub name: &'a str,
    /// What is exported.
    pub kind: ExternalKind,
    /// Its index among its kind.
    pub index: u32,
}

/// A memory's size in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemorySize {
    /// Pages at the start.
    pub initial: u64,
    /// Most pages, if bounded.
    pub maximum: Option<u64>,
}

/// A data or element segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where an active segment of table or memory 0 goes; `None` for a passive one.
    pub offset: Option<u32>,
    /// Payload bytes or elements.
    pub len: u64,
    /// Bytes it takes in its section, headers included.
    pub encoded_len: u64,
}

/// A local function's body.
#[derive(Debug)]
pub struct Body<'a> {
    /// Declared locals: count and type, parameters not among them.
    pub locals: Vec<(u32, ValType)>,
    /// Operators, the final `end` included.
    pub ops: Vec<Op<'a>>,
    pub(crate) locals_encoding: &'a [u8],
}

impl Body<'_> {
    /// Number of declared locals.
    pub fn locals_count(&self) -> u64 {
        self.locals.iter().map(|(count, _)| u64::from(*count)).sum()
    }
}

/// A program's WASM, section by section.
#[derive(Debug, Default)]
pub struct ParsedModule<'a> {
    /// Length of the whole.
    pub wasm_len: u64,
    /// Function types.
    pub types: Vec<FuncType>,
    /// Imported functions.
    pub imports: Vec<Import<'a>>,
    /// Type index of each local function.
    pub functions: Vec<u32>,
    /// Initial sizes of the tables.
    pub tables: Vec<u64>,
    /// Memories.
    pub memories: Vec<MemorySize>,
    /// Number of globals.
    pub globals: u32,
    /// Exports.
    pub exports: Vec<Export<'a>>,
    /// The start function.
    pub start: Option<u32>,
    /// Element segments.
    pub elements: Vec<Segment>,
    /// Data segments.
    pub data: Vec<Segment>,
    /// Bodies of the local functions.
    pub bodies: Vec<Body<'a>>,
    /// The module's name from the name section, empty if it has none.
    pub name: &'a str,
    pub(crate) global_encodings: Vec<&'a [u8]>,
    sections: Vec<(u8, &'a [u8])>,
}

impl<'a> ParsedModule<'a> {
    /// Validates and takes apart.
    ///
    /// # Errors
    /// Not valid WASM under the features of this stylus version, or valid but with an import, section or
    /// initialiser that Nitro does not take.
    pub fn parse(wasm: &'a [u8], rules: &StylusRules) -> Result<Self, ParseError> {
        Validator::new_with_features(features(rules))
            .validate_all(wasm)
            .map_err(|error| ParseError::Invalid(error.to_string()))?;
        let mut module = Self {
            wasm_len: wasm.len() as u64,
            ..Self::default()
        };
        for payload in Parser::new(0).parse_all(wasm) {
            module.take(payload?, wasm)?;
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>, wasm: &'a [u8]) -> Result<(), ParseError> {
        if let Some((id, range)) = payload.as_section() {
            self.sections.push((id, slice(wasm, &range)));
        }
        match payload {
            Payload::Version { .. } | Payload::CodeSectionStart { .. } | Payload::End(_) => {}
            Payload::TypeSection(types) => {
                self.types = types
                    .into_iter_err_on_gc_types()
                    .collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(imports) => self.take_imports(imports)?,
            Payload::FunctionSection(functions) => {
                self.functions = functions.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty.initial);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let memory = memory?;
                    let size = MemorySize {
                        initial: memory.initial,
                        maximum: memory.maximum,
                    };
                    self.memories.push(size);
                }
            }
            Payload::GlobalSection(globals) => self.take_globals(globals, wasm)?,
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    let (name, kind, index) = (export.name, export.kind, export.index);
                    self.exports.push(Export { name, kind, index });
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(elements) => self.take_elements(elements)?,
            Payload::DataSection(data) => self.take_data(data)?,
            Payload::CodeSectionEntry(body) => self.take_body(&body, wasm)?,
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(names) = custom.as_known() {
                    for name in names {
                        if let Name::Module { name, .. } = name? {
                            self.name = name;
                        }
                    }
                }
            }
            other => return Err(ParseError::UnsupportedSection(format!("{other:?}"))),
        }
        Ok(())
    }

    fn take_imports(&mut self, imports: ImportSectionReader<'a>) -> Result<(), ParseError> {
        for import in imports.into_imports() {
            let import = import?;
            let TypeRef::Func(type_index) = import.ty else {
                return Err(ParseError::UnsupportedImport {
                    module: import.module.to_owned(),
                    name: import.name.to_owned(),
                    ty: import.ty,
                });
            };
            let import = Import {
                module: import.module,
                name: import.name,
                type_index,
            };
            let same =
                |other: &&Import<'_>| (other.module, other.name) == (import.module, import.name);
            if self
                .imports
                .iter()
                .find(same)
                .is_some_and(|other| other.type_index != type_index)
            {
                return Err(ParseError::InconsistentImport {
                    module: import.module.to_owned(),
                    name: import.name.to_owned(),
                });
            }
            self.imports.push(import);
        }
        Ok(())
    }

    fn take_globals(
        &mut self,
        globals: GlobalSectionReader<'a>,
        wasm: &'a [u8],
    ) -> Result<(), ParseError> {
        let end = globals.range().end;
        let mut starts = Vec::new();
        for item in globals.into_iter_with_offsets() {
            let (start, global) = item?;
            constant(&global.init_expr)?;
            starts.push(start);
        }
        self.globals = starts.len() as u32;
        starts.push(end);
        self.global_encodings = starts
            .windows(2)
            .map(|pair| slice(wasm, &(pair[0]..pair[1])))
            .collect();
        Ok(())
    }

    fn take_elements(&mut self, elements: ElementSectionReader<'a>) -> Result<(), ParseError> {
        for element in elements {
            let element = element?;
            let offset = match &element.kind {
                ElementKind::Active { offset_expr, .. } => Some(i32_constant(offset_expr)?),
                ElementKind::Passive | ElementKind::Declared => None,
            };
            let len = match &element.items {
                ElementItems::Functions(functions) => functions.count(),
                ElementItems::Expressions(_, expressions) => expressions.count(),
            };
            let encoded_len = element.range.end - element.range.start;
            self.elements.push(Segment {
                offset,
                len: u64::from(len),
                encoded_len,
            });
        }
        Ok(())
    }

    fn take_data(&mut self, segments: DataSectionReader<'a>) -> Result<(), ParseError> {
        for data in segments {
            let data = data?;
            let offset = match &data.kind {
                DataKind::Active { offset_expr, .. } => Some(i32_constant(offset_expr)?),
                DataKind::Passive => None,
            };
            let encoded_len = data.range.end - data.range.start;
            self.data.push(Segment {
                offset,
                len: data.data.len() as u64,
                encoded_len,
            });
        }
        Ok(())
    }

    fn take_body(&mut self, body: &FunctionBody<'a>, wasm: &'a [u8]) -> Result<(), ParseError> {
        let locals = body
            .get_locals_reader()?
            .into_iter()
            .collect::<Result<_, _>>()?;
        let reader = body.get_operators_reader()?;
        let first = reader.original_position();
        let operators: Vec<(Operator<'a>, u64)> =
            reader.into_iter_with_offsets().collect::<Result<_, _>>()?;
        let ends = operators
            .iter()
            .skip(1)
            .map(|(_, start)| *start)
            .chain([body.range().end]);
        let ends: Vec<u64> = ends.collect();
        let with_encoding = |((operator, start), end): ((Operator<'a>, u64), u64)| Op {
            operator,
            encoding: Some(slice(wasm, &(start..end))),
        };
        let ops = operators.into_iter().zip(ends).map(with_encoding).collect();
        let locals_encoding = slice(wasm, &(body.range().start..first));
        self.bodies.push(Body {
            locals,
            ops,
            locals_encoding,
        });
        Ok(())
    }

    /// The raw contents of a section.
    pub(crate) fn section(&self, id: SectionId) -> Option<&'a [u8]> {
        let id = u8::from(id);
        self.sections
            .iter()
            .find(|(other, _)| *other == id)
            .map(|(_, data)| *data)
    }

    /// Number of parameters of a type.
    pub fn params_of_type(&self, index: u32) -> u64 {
        self.types
            .get(index as usize)
            .map_or(0, |ty| ty.params().len() as u64)
    }

    /// Number of results of a type.
    pub fn results_of_type(&self, index: u32) -> u64 {
        self.types
            .get(index as usize)
            .map_or(0, |ty| ty.results().len() as u64)
    }

    /// Type index of a function, imported ones counted first.
    pub fn type_of_function(&self, index: u32) -> u32 {
        let index = index as usize;
        let local = || {
            self.functions
                .get(index.checked_sub(self.imports.len())?)
                .copied()
        };
        let imported = self.imports.get(index).map(|import| import.type_index);
        imported.or_else(local).unwrap_or(u32::MAX)
    }

    /// The function to call before memory grows: `None` when memory has a fixed size or nothing pays.
    pub fn pay_for_growth_import(&self) -> Option<u32> {
        let fixed = |memory: &MemorySize| memory.maximum == Some(memory.initial);
        if self.memories.first().is_none_or(fixed) {
            return None;
        }
        let pays =
            |import: &Import<'_>| (import.module, import.name) == (VM_HOOKS, PAY_FOR_MEMORY_GROW);
        self.imports.iter().position(pays).map(|at| at as u32)
    }
}

/// What Nitro's validator lets through.
fn features(rules: &StylusRules) -> WasmFeatures {
    let mut features = WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES // funcref, nothing more
        | WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::BULK_MEMORY;
    features.set(WasmFeatures::MULTI_VALUE, rules.stylus_version < 3);
    features
}

fn slice<'a>(wasm: &'a [u8], range: &Range<u64>) -> &'a [u8] {
    wasm.get(range.start as usize..range.end as usize)
        .unwrap_or_default()
}

/// The one constant that an initialiser must be.
fn constant<'a>(expression: &ConstExpr<'a>) -> Result<Operator<'a>, ParseError> {
    let mut operators = expression.get_operators_reader().into_iter();
    let first = operators.next().transpose()?;
    let second = operators.next().transpose()?;
    match (first, second) {
        (Some(constant), Some(Operator::End)) if is_constant(&constant) => Ok(constant),
        (other, _) => Err(ParseError::UnsupportedInitializer(format!("{other:?}"))),
    }
}

fn is_constant(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::I32Const { .. } | O::I64Const { .. } | O::F32Const { .. } | O::F64Const { .. }
    )
}

fn i32_constant(expression: &ConstExpr<'_>) -> Result<u32, ParseError> {
    match constant(expression)? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => Err(ParseError::UnsupportedInitializer(format!("{other:?}"))),
    }
}
