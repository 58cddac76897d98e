//! One program for each rule, and what a node says when it is broken.

use wasmparser::{GlobalType, MemoryType, TypeRef, ValType};

use super::{ActivationError, BuildError as B, ParseError as P, StylusRules};
use crate::stylus::{
    accept,
    meter::DepthError,
    testing::{self, wasm},
};

const PAY: &str = r#"(import "vm_hooks" "pay_for_memory_grow" (func (param i32)))"#;
const MEMORY: &str = r#"(memory (export "memory") 1 1)"#;
const ENTRY: &str = r#"(func (export "user_entrypoint") (param i32) (result i32) (i32.const 0))"#;

/// What a node of this ArbOS version finds wrong with a module of these fields.
fn verdict_at(arbos_version: u64, fields: &str) -> Result<(), ActivationError> {
    judge(
        &wasm(&format!("(module {fields})")),
        &testing::rules(arbos_version),
    )
}

fn judge(wasm: &[u8], rules: &StylusRules) -> Result<(), ActivationError> {
    let (module, _) = accept::parse(wasm, rules)?;
    Ok(accept::build(&module, rules)?)
}

fn verdict(fields: &str) -> Result<(), ActivationError> {
    verdict_at(40, fields)
}

/// The verdict on a program that is fine but for these fields.
fn with(fields: &str) -> Result<(), ActivationError> {
    verdict(&format!("{fields} {MEMORY} {ENTRY}"))
}

fn too_many(what: &'static str, count: u64, limit: u64) -> Result<(), ActivationError> {
    Err(P::TooMany { what, count, limit }.into())
}

fn invalid(message: &str) -> Result<(), ActivationError> {
    Err(P::Invalid(message.to_owned()).into())
}

#[test]
fn plain_programs_pass() {
    for fields in [
        "",
        "(global (mut i64) (i64.const 1)) (func (param f32))",
        r#"(data "passive") (data (i32.const 65531) "fits!")"#,
        "(func (drop (f32.const 1))) (func (drop (i32.reinterpret_f32 (f32.load (i32.const 0)))))",
        "(func (drop (i32.extend8_s (i32.const 200)))) (func (unreachable))",
        r#"(import "vm_hooks" "msg_value" (func (param i32))) (import "vm_hooks" "msg_value" (func (param i32)))"#,
        r#"(import "console" "log_i32" (func (param i32)))"#,
        r#"(import "vm_hooks" "chainid" (func (result i64))) (func (export "not__chain"))"#,
    ] {
        assert_eq!(with(fields), Ok(()), "{fields}");
    }
    assert_eq!(
        verdict(&format!(r#"{PAY} (memory (export "memory") 128) {ENTRY}"#)),
        Ok(())
    );
}

#[test]
fn imports_must_be_host_functions_of_the_right_type() {
    let none = |module: &str, name: &str| {
        Err(B::NoSuchImport {
            module: module.to_owned(),
            name: name.to_owned(),
        }
        .into())
    };
    assert_eq!(
        with(r#"(import "vm_hooks" "nope" (func))"#),
        none("vm_hooks", "nope")
    );
    assert_eq!(
        with(r#"(import "env" "read_args" (func (param i32)))"#),
        none("env", "read_args")
    );
    assert_eq!(
        with(r#"(import "vm_hooks" "read_args" (func (param i64)))"#),
        Err(B::ImportSignature {
            module: "vm_hooks".to_owned(),
            name: "read_args".to_owned(),
            expected: "λ(i32)".to_owned(),
            actual: "λ(i64)".to_owned(),
        }
        .into())
    );
    assert_eq!(
        with(
            r#"(import "vm_hooks" "msg_value" (func (param i32)))
               (import "vm_hooks" "msg_value" (func (param i64)))"#
        ),
        Err(P::InconsistentImport {
            module: "vm_hooks".to_owned(),
            name: "msg_value".to_owned()
        }
        .into())
    );
    let memory = MemoryType {
        memory64: false,
        shared: false,
        initial: 1,
        maximum: None,
        page_size_log2: None,
    };
    let global = GlobalType {
        content_type: ValType::I32,
        mutable: false,
        shared: false,
    };
    for (field, ty) in [
        ("(memory 1)", TypeRef::Memory(memory)),
        ("(global i32)", TypeRef::Global(global)),
    ] {
        let fields = format!(r#"(import "env" "x" {field})"#);
        let (module, name) = ("env".to_owned(), "x".to_owned());
        assert_eq!(
            verdict(&fields),
            Err(P::UnsupportedImport { module, name, ty }.into())
        );
    }
}

#[test]
fn console_is_for_debug_chains() {
    let text =
        format!(r#"(module (import "console" "log_txt" (func (param i32 i32))) {MEMORY} {ENTRY})"#);
    let rules = StylusRules {
        debug_chain: false,
        ..testing::rules(40)
    };
    let (module, name) = ("console".to_owned(), "log_txt".to_owned());
    assert_eq!(
        judge(&wasm(&text), &rules),
        Err(B::DebugOnlyImport { module, name }.into())
    );
}

#[test]
fn start_functions_are_for_debug_chains() {
    let text = format!(r#"(module (start $s) (func $s) {MEMORY} {ENTRY})"#);
    assert_eq!(judge(&wasm(&text), &testing::rules(40)), Ok(()));
    let rules = StylusRules {
        debug_chain: false,
        ..testing::rules(40)
    };
    assert_eq!(judge(&wasm(&text), &rules), Err(P::StartFunction.into()));
}

#[test]
fn names_must_not_collide_with_the_nodes() {
    let chainid = r#"(import "vm_hooks" "chainid" (func (result i64)))"#;
    for export in ["chainid", "x__chainid"] {
        let fields = format!(r#"{chainid} (func (export "{export}"))"#);
        assert_eq!(
            with(&fields),
            Err(P::ExportsImport("chainid".to_owned()).into())
        );
    }
    for export in ["stylus_foo", "x__stylus_foo"] {
        let fields = format!(r#"(func (export "{export}"))"#);
        assert_eq!(
            with(&fields),
            Err(P::ExportsReserved("stylus_foo".to_owned()).into())
        );
    }
    let import = with(r#"(import "vm_hooks" "stylus_foo" (func))"#);
    assert_eq!(
        import,
        Err(P::ImportsReserved("stylus_foo".to_owned()).into())
    );
}

#[test]
fn memory_must_be_one_exported_bounded_and_paid_for() {
    assert_eq!(verdict(ENTRY), Err(P::NoMemory.into()));
    let hidden = verdict(&format!("(memory 1 1) {ENTRY}"));
    assert_eq!(hidden, Err(P::MemoryNotExported.into()));
    assert_eq!(
        with("(memory 1)"),
        invalid("multiple memories (at offset 0x16)")
    );
    let large = verdict(&format!(r#"{PAY} (memory (export "memory") 129) {ENTRY}"#));
    assert_eq!(large, Err(P::MemoryExceedsBound(129).into()));
    let unpaid = verdict(&format!(r#"(memory (export "memory") 1 2) {ENTRY}"#));
    assert_eq!(unpaid, Err(P::MissingPayForGrowth.into()));
    let mistyped = r#"(import "vm_hooks" "pay_for_memory_grow" (func (param i64)))"#;
    assert_eq!(
        verdict(&format!(
            r#"{mistyped} (memory (export "memory") 1 2) {ENTRY}"#
        )),
        Err(P::WrongType {
            name: "pay_for_memory_grow",
            ty: "λ(i64)".to_owned()
        }
        .into())
    );
    let text = format!(r#"(module (memory (export "memory") 4 4) {ENTRY})"#);
    let rules = StylusRules {
        page_limit: 3,
        ..testing::rules(40)
    };
    let crowded = judge(&wasm(&text), &rules);
    assert_eq!(
        crowded,
        Err(P::MemoryExceedsLimit { pages: 4, limit: 3 }.into())
    );
}

#[test]
fn the_entrypoint_must_be_there_with_its_type() {
    assert_eq!(verdict(MEMORY), Err(P::MissingEntrypoint.into()));
    let exported_global = r#"(global (export "user_entrypoint") i32 (i32.const 0))"#;
    let global = verdict(&format!("{MEMORY} {exported_global}"));
    assert_eq!(global, Err(P::MissingEntrypoint.into()));
    let mistyped = r#"(func (export "user_entrypoint") (param i64) (result i32) (i32.const 0))"#;
    assert_eq!(
        verdict(&format!("{MEMORY} {mistyped}")),
        Err(P::WrongType {
            name: "user_entrypoint",
            ty: "λ(i64) -> i32".to_owned()
        }
        .into())
    );
}

#[test]
fn everything_is_limited() {
    let many = |field: &str, count: usize| field.repeat(count);
    assert_eq!(with(&many("(data)", 128)), Ok(()));
    assert_eq!(with(&many("(data)", 129)), too_many("datas", 129, 128));
    let elements = format!(
        "(table 1 funcref) {}",
        many("(elem (i32.const 0) func)", 129)
    );
    assert_eq!(with(&elements), too_many("elements", 129, 128));
    let exports: String = (0..1_023)
        .map(|at| format!(r#"(global (export "g{at}") i32 (i32.const 0))"#))
        .collect();
    assert_eq!(with(&exports), too_many("exports", 1_025, 1_024));
    assert_eq!(
        with(&many("(func)", 4_096)),
        too_many("functions", 4_097, 4_096)
    );
    let globals = many("(global i32 (i32.const 0))", 32_765);
    assert_eq!(with(&globals), too_many("globals", 32_769, 32_768));
    let locals = |count| format!("(func (local {}))", many("i32 ", count));
    assert_eq!(with(&locals(348)), Ok(()));
    assert_eq!(with(&locals(349)), too_many("locals", 349, 348));
    let body = |nops| format!("(func {})", many("nop ", nops));
    // 12 + 12 + 5 operators are the meters', 1 is the end
    assert_eq!(with(&body(65_506)), Ok(()));
    assert_eq!(
        with(&body(65_507)),
        too_many("opcodes in func body", 65_537, 65_536)
    );
    let imports = many(r#"(import "vm_hooks" "chainid" (func (result i64)))"#, 514);
    assert_eq!(with(&imports), too_many("imports", 514, 513));
    assert_eq!(with("(table 4096 funcref)"), Ok(()));
    assert_eq!(
        with("(table 4097 funcref)"),
        too_many("table entries", 4_097, 4_096)
    );
    let element = format!(
        "(table 4096 funcref) (elem (i32.const 0) {})",
        many("0 ", 4_091)
    );
    // flags, the offset's 3 bytes, the count's 2, then one byte an element
    assert_eq!(with(&element), too_many("element entries", 4_097, 4_096));
    let name = format!(
        r#"(global (export "{}") i32 (i32.const 0))"#,
        "n".repeat(513)
    );
    assert_eq!(
        with(&name),
        Err(P::TooLong {
            what: "name",
            len: 513,
            limit: 512
        }
        .into())
    );
    let named = wasm(&format!("(module ${} {MEMORY} {ENTRY})", "m".repeat(513)));
    assert_eq!(
        judge(&named, &testing::rules(40)),
        Err(P::TooLong {
            what: "module name",
            len: 513,
            limit: 512
        }
        .into())
    );
}

#[test]
fn stack_frames_are_limited() {
    let locals = format!("(func (local {}))", "i32 ".repeat(11_000));
    assert_eq!(
        with(&locals),
        Err(P::Depth(DepthError::FrameTooLarge(11_006)).into())
    );
    let values = |count: usize| {
        format!(
            "(func {} {})",
            "i32.const 0 ".repeat(count),
            "drop ".repeat(count)
        )
    };
    assert_eq!(with(&values(4_096)), Ok(()));
    assert_eq!(
        with(&values(4_097)),
        Err(P::Depth(DepthError::TooManyValues(4_097)).into())
    );
}

#[test]
fn float_arithmetic_is_refused_by_name() {
    let cases = [
        ("(f32.add (f32.const 1) (f32.const 1))", "BinOp(F32, Add)"),
        (
            "(f64.copysign (f64.const 1) (f64.const 1))",
            "BinOp(F64, CopySign)",
        ),
        ("(f64.sqrt (f64.const 1))", "UnOp(F64, Sqrt)"),
        ("(f32.trunc (f32.const 1))", "UnOp(F32, Trunc)"),
        ("(f32.ge (f32.const 1) (f32.const 1))", "RelOp(F32, Ge)"),
        (
            "(f64.convert_i32_u (i32.const 1))",
            "ConvertIntOp(F64, I32, false)",
        ),
        ("(f32.demote_f64 (f64.const 1))", "F32DemoteF64"),
        ("(f64.promote_f32 (f32.const 1))", "F64PromoteF32"),
        (
            "(i32.trunc_f64_s (f64.const 1))",
            "TruncIntOp(I32, F64, false, true)",
        ),
        (
            "(i64.trunc_sat_f32_u (f32.const 1))",
            "TruncIntOp(I64, F32, true, false)",
        ),
    ];
    for (expression, operation) in cases {
        let truncates = operation.starts_with("Trunc");
        let operation = operation.to_owned();
        assert_eq!(
            with(&format!("(func (drop {expression}))")),
            Err(B::Float {
                operation,
                truncates
            }
            .into())
        );
    }
}

#[test]
fn of_bulk_memory_only_fill_and_copy_are_there() {
    let three = "(i32.const 0) (i32.const 0) (i32.const 0)";
    assert_eq!(
        with(&format!(
            "(func (memory.fill {three}) (memory.copy {three}))"
        )),
        Ok(())
    );
    let refused = |fields: &str, operator: &str| match with(fields) {
        Err(ActivationError::Build(B::UnsupportedOperator(found))) => {
            assert!(found.starts_with(operator), "{found}");
        }
        other => panic!("{fields}: {other:?}"),
    };
    refused(
        &format!("(table 1 funcref) (func (table.copy {three}))"),
        "TableCopy",
    );
    refused(
        "(table 1 funcref) (elem func) (func (elem.drop 0))",
        "ElemDrop",
    );
    // the text format adds a DataCount section for these
    match with(&format!("(data) (func (memory.init 0 {three}))")) {
        Err(ActivationError::Parse(P::UnsupportedSection(section))) => {
            assert!(section.starts_with("DataCountSection"), "{section}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn later_proposals_are_off() {
    for (fields, feature) in [
        ("(func (drop (i32x4.splat (i32.const 1))))", "SIMD"),
        ("(func (param externref))", "reference types"),
        ("(func (return_call 0))", "tail calls"),
        ("(func (drop (i32.atomic.load (i32.const 0))))", "threads"),
        (
            "(global i32 (i32.add (i32.const 1) (i32.const 1)))",
            "constant expression",
        ),
        ("(tag)", "exceptions"),
    ] {
        match with(fields) {
            Err(ActivationError::Parse(P::Invalid(message))) => {
                assert!(message.contains(feature), "{message}");
            }
            other => panic!("{fields}: {other:?}"),
        }
    }
}

#[test]
fn multi_value_ends_with_stylus_version_3() {
    let fields = format!("(func (result i32 i32) (i32.const 1) (i32.const 2)) {MEMORY} {ENTRY}");
    assert_eq!(verdict_at(51, &fields), Ok(()));
    assert_eq!(
        verdict_at(60, &fields),
        invalid(
            "func type returns multiple values but the multi-value feature is not enabled \
             (at offset 0xb)"
        )
    );
}

#[test]
fn segments_must_fit() {
    assert_eq!(
        with(r#"(data (i32.const 65534) "hello")"#),
        Err(B::DataOutOfBounds {
            offset: 65_534,
            size: 5
        }
        .into())
    );
    assert_eq!(
        with("(table 2 funcref) (elem (i32.const 1) 0 0)"),
        Err(B::ElementsOutOfBounds { offset: 1, size: 2 }.into())
    );
}

#[test]
fn garbage_and_truncated_modules_are_invalid() {
    let rules = testing::rules(60);
    let whole = wasm(&format!("(module {MEMORY} {ENTRY})"));
    for len in 0..whole.len() {
        let verdict = judge(&whole[..len], &rules);
        assert!(
            matches!(verdict, Err(ActivationError::Parse(_))),
            "{len}: {verdict:?}"
        );
    }
}

#[test]
fn reports_read_as_on_nodes_before_and_after_arbos_59() {
    let report = |error: ActivationError| (error.report(51), error.report(60));
    let (old, new) = report(P::MissingPayForGrowth.into());
    assert_eq!(
        old,
        "failed to parse wasm\n\nCaused by:\n    missing import \
         \u{1b}[31;1mpay_for_memory_grow\u{1b}[0;0m\n\nLocation:\n    \
         prover/src/programs/mod.rs:348:28"
    );
    assert!(new.ends_with("\n    crates/prover/src/programs/mod.rs:362:28"));
    let (old, new) = report(P::NoMemory.into());
    assert!(old.contains("missing memory export with name"));
    assert!(new.contains("\n    missing memory\n"));
    let (old, _) = report(P::Depth(DepthError::FrameTooLarge(11_006)).into());
    assert!(old.contains(
        "Caused by:\n   0: depth checker failure\n   1: frame too large: \
         \u{1b}[31;1m11006\u{1b}[0;0m > \u{1b}[31;1m10240\u{1b}[0;0m-word limit"
    ));
    assert_eq!(ActivationError::OutOfGas.report(60), "out of gas");
    let global = GlobalType {
        content_type: ValType::I32,
        mutable: false,
        shared: false,
    };
    let (module, name) = ("env".to_owned(), "g".to_owned());
    let import = P::UnsupportedImport {
        module,
        name,
        ty: TypeRef::Global(global),
    };
    let (old, new) = report(import.into());
    assert!(old.contains("ty: Global(GlobalType { content_type: I32, mutable: false }) }"));
    assert!(new.contains("mutable: false, shared: false }) }"));
}
