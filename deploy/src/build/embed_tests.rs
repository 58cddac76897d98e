//! What is stored is what was data; nothing else of a module changes.

use super::*;

/// Two pieces of data with a gap between them, a function before the entry point, and a host function before both.
const MODULE: &str = r#"(module
    (import "vm_hooks" "read_args" (func (param i32)))
    (memory (export "memory") 1 1)
    (func $other (result i32) i32.const 7)
    (func (export "user_entrypoint") (param i32) (result i32) (local i64)
        call $other
        drop
        i32.const 16387
        i32.load8_u)
    (data (i32.const 16384) "abc\00\00\00\00\00\00\00\00\00\00defghijklmnop\ff\fe\80\00")
    (data (i32.const 65533) "end"))"#;

fn module(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("a module")
}

/// What the stores at the beginning of the entry point write.
fn written(wasm: &[u8]) -> BTreeMap<u64, [u8; 8]> {
    let parts = Parts::of(wasm).expect("it parses");
    let entry = parts.entry.expect("an entry point") - parts.imported;
    let body = &parts.bodies[entry as usize];
    let mut operators = body.get_operators_reader().expect("operators").into_iter();
    let mut memory = BTreeMap::new();
    while let (
        Some(Ok(Operator::I32Const { value: 0 })),
        Some(Ok(Operator::I64Const { value })),
        Some(Ok(Operator::I64Store { memarg })),
    ) = (operators.next(), operators.next(), operators.next())
    {
        memory.insert(memarg.offset, value.to_le_bytes());
    }
    memory
}

#[test]
fn entry_point_stores_what_was_data() {
    let before = module(MODULE);
    let after = data(&before).expect("it fits");
    wasmparser::validate(&after).expect("it is a module");
    let memory = written(&after);
    let expected = [
        (16384, *b"abc\0\0\0\0\0"),
        (16392, *b"\0\0\0\0\0def"),
        (16400, *b"ghijklmn"),
        (16408, *b"op\xff\xfe\x80\0\0\0"),
        (65528, *b"\0\0\0\0\0end"),
    ];
    assert_eq!(memory, BTreeMap::from(expected));
    assert!(Parts::of(&after).expect("it parses").memory.is_empty());
}

#[test]
fn functions_stay_as_they_are_but_for_the_entry_point() {
    let before = module(MODULE);
    let after = data(&before).expect("it fits");
    let (old, new) = (Parts::of(&before).unwrap(), Parts::of(&after).unwrap());
    assert_eq!((old.entry, old.imported), (new.entry, new.imported));
    let body =
        |wasm: &[u8], parts: &Parts<'_>, i: usize| wasm[bytes(parts.bodies[i].range())].to_vec();
    assert_eq!(body(&before, &old, 0), body(&after, &new, 0));
    let (old, new) = (body(&before, &old, 1), body(&after, &new, 1));
    let locals = 3;
    assert!(new.starts_with(&old[..locals]));
    assert!(new.ends_with(&old[locals..]));
}

#[test]
fn words_of_zeros_need_no_store() {
    let zeros = r#"(module (memory 1 1) (func (export "user_entrypoint") nop)
        (data (i32.const 8) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00x"))"#;
    let memory = written(&data(&module(zeros)).expect("it fits"));
    assert_eq!(memory, BTreeMap::from([(24, *b"x\0\0\0\0\0\0\0")]));
}

#[test]
fn a_module_without_data_is_left_alone() {
    let wasm = module(
        r#"(module (func (export "user_entrypoint") (param i32) (result i32) i32.const 0))"#,
    );
    assert_eq!(data(&wasm).expect("it fits"), wasm);
}

#[test]
fn what_cannot_be_embedded_is_refused() {
    let passive = r#"(module (memory 1 1) (func (export "user_entrypoint")) (data "abc"))"#;
    assert!(matches!(data(&module(passive)), Err(Unfit::Movable)));
    let no_entry = r#"(module (memory 1 1) (func (export "main")) (data (i32.const 0) "abc"))"#;
    assert!(matches!(data(&module(no_entry)), Err(Unfit::NoEntry)));
    assert!(matches!(data(b"no module"), Err(Unfit::Malformed(_))));
}
