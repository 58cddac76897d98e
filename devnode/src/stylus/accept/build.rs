//! Linking and translation: known imports, provable operators, segments that fit.

use wasmparser::{FuncType, Operator};

use super::{BuildError, StylusRules, signature};
use crate::stylus::{
    host,
    meter::operator_ink,
    module::{ParsedModule, Segment},
};

/// Bytes in a WASM page.
const PAGE_BYTES: u64 = 65_536;

pub(super) fn check(module: &ParsedModule<'_>, rules: &StylusRules) -> Result<(), BuildError> {
    check_imports(module, rules)?;
    for body in &module.bodies {
        for op in &body.ops {
            // every operator with a price is provable; the few others need a look
            if operator_ink(&op.operator, module) == u64::MAX {
                check_operator(&op.operator)?;
            }
        }
    }
    let bytes = module
        .memories
        .first()
        .map_or(0, |memory| memory.initial * PAGE_BYTES);
    if let Some((offset, size)) = outside(&module.data, bytes) {
        return Err(BuildError::DataOutOfBounds { offset, size });
    }
    let entries = module.tables.first().copied().unwrap_or_default();
    match outside(&module.elements, entries) {
        Some((offset, size)) => Err(BuildError::ElementsOutOfBounds { offset, size }),
        None => Ok(()),
    }
}

fn check_imports(module: &ParsedModule<'_>, rules: &StylusRules) -> Result<(), BuildError> {
    for import in &module.imports {
        let (from, name) = (import.module.to_owned(), import.name.to_owned());
        let Some(hostio) = host::find(import.module, import.name) else {
            return Err(BuildError::NoSuchImport { module: from, name });
        };
        if hostio.is_debug_only() && !rules.debug_chain {
            return Err(BuildError::DebugOnlyImport { module: from, name });
        }
        let expected = FuncType::new(hostio.params.iter().copied(), hostio.result);
        let actual = module.types.get(import.type_index as usize);
        if actual != Some(&expected) {
            return Err(BuildError::ImportSignature {
                module: from,
                name,
                expected: signature(&expected),
                actual: actual.map(signature).unwrap_or_default(),
            });
        }
    }
    Ok(())
}

/// The first active segment that does not fit.
fn outside(segments: &[Segment], room: u64) -> Option<(u32, u64)> {
    segments.iter().find_map(|segment| {
        let offset = segment.offset?;
        (u64::from(offset) + segment.len > room).then_some((offset, segment.len))
    })
}

/// Float constants, loads, stores and casts between float and integer bits pass (and can never be
/// paid for); float arithmetic does not, nor bulk operators other than fill and copy.
fn check_operator(operator: &Operator<'_>) -> Result<(), BuildError> {
    use Operator as O;
    if let Some((operation, truncates)) = float_operation(operator) {
        return Err(BuildError::Float {
            operation,
            truncates,
        });
    }
    let unsupported = matches!(
        operator,
        O::MemoryInit { .. }
            | O::DataDrop { .. }
            | O::TableInit { .. }
            | O::ElemDrop { .. }
            | O::TableCopy { .. }
            | O::TableFill { .. }
            | O::TableGet { .. }
            | O::TableSet { .. }
            | O::TableGrow { .. }
            | O::TableSize { .. }
            | O::TypedSelect { .. }
    );
    if unsupported {
        return Err(BuildError::UnsupportedOperator(format!("{operator:?}")));
    }
    Ok(())
}

/// Nitro's name of a float operation, and whether it makes an integer of a float.
fn float_operation(operator: &Operator<'_>) -> Option<(String, bool)> {
    let name = format!("{operator:?}");
    let (ty, rest) = match name.get(..3)? {
        ty @ ("F32" | "F64") => (ty, &name[3..]),
        ty @ ("I32" | "I64") => return truncation(ty, &name[3..]).map(|text| (text, true)),
        _ => return None,
    };
    let text = match rest {
        "Abs" | "Neg" | "Ceil" | "Floor" | "Trunc" | "Nearest" | "Sqrt" => {
            format!("UnOp({ty}, {rest})")
        }
        "Add" | "Sub" | "Mul" | "Div" | "Min" | "Max" => format!("BinOp({ty}, {rest})"),
        "Copysign" => format!("BinOp({ty}, CopySign)"),
        "Eq" | "Ne" | "Lt" | "Gt" | "Le" | "Ge" => format!("RelOp({ty}, {rest})"),
        "DemoteF64" => "F32DemoteF64".to_owned(),
        "PromoteF32" => "F64PromoteF32".to_owned(),
        _ => {
            let (from, signed) = rest.strip_prefix("Convert")?.split_at_checked(3)?;
            format!("ConvertIntOp({ty}, {from}, {})", signed == "S")
        }
    };
    Some((text, false))
}

/// `I32TruncSatF64U` and its kin.
fn truncation(ty: &str, rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("Trunc")?;
    let saturating = rest.starts_with("Sat");
    let (from, signed) = rest.trim_start_matches("Sat").split_at_checked(3)?;
    Some(format!(
        "TruncIntOp({ty}, {from}, {saturating}, {})",
        signed == "S"
    ))
}
