//! What the Stylus tracer gets to see.

use alloy_primitives::{Bytes, hex};

use crate::stylus::{
    Answer, AnswerKind, Program, Step,
    testing::{MemoryWorld, compiled, free_entry, wasm},
};

fn traced_run(body: &str, calldata: &[u8]) -> Vec<(&'static str, String, String)> {
    let text = format!(
        r#"(module
        (import "vm_hooks" "read_args" (func $read_args (param i32)))
        (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
        (import "vm_hooks" "exit_early" (func $exit (param i32)))
        (import "vm_hooks" "storage_load_bytes32" (func $load (param i32 i32)))
        (import "vm_hooks" "storage_cache_bytes32" (func $cache (param i32 i32)))
        (import "vm_hooks" "storage_flush_cache" (func $flush (param i32)))
        (import "vm_hooks" "emit_log" (func $log (param i32 i32 i32)))
        (import "vm_hooks" "chainid" (func $chainid (result i64)))
        (import "vm_hooks" "static_call_contract"
          (func $static (param i32 i32 i32 i64 i32) (result i32)))
        (import "console" "log_txt" (func $print (param i32 i32)))
        (import "console" "tee_i32" (func $tee (param i32) (result i32)))
        (memory (export "memory") 1 1)
        (func (export "user_entrypoint") (param i32) (result i32) {body}))"#
    );
    let mut world = MemoryWorld {
        trace: Some(Vec::new()),
        ..MemoryWorld::default()
    };
    let entry = free_entry(compiled(&wasm(&text)), calldata, 1_000_000);
    let mut program = Program::enter(entry, &mut world).unwrap();
    let mut step = program.run(&mut world, None);
    while matches!(step, Step::Call(_)) {
        let output = Bytes::from_static(b"output");
        let result = AnswerKind::Revert;
        step = program.run(
            &mut world,
            Some(Answer {
                result,
                gas_left: 0,
                output,
                refund: 0,
            }),
        );
    }
    let records = world.trace.unwrap_or_default();
    for record in &records {
        assert!(record.end_ink <= record.start_ink, "{record:?}");
    }
    records
        .into_iter()
        .map(|record| {
            (
                record.name,
                hex::encode(record.args),
                hex::encode(record.outs),
            )
        })
        .collect()
}

#[test]
fn a_frame_begins_with_its_entry_and_ends_with_its_status() {
    let trace = traced_run("(i32.const 3)", &[0; 5]);
    assert_eq!(
        trace,
        [
            ("user_entrypoint", "00000005".to_owned(), String::new()),
            ("user_returned", String::new(), "00000003".to_owned()),
        ]
    );
    let trapped = traced_run("(unreachable)", &[]);
    assert_eq!(trapped.len(), 1, "a trap does not return");
}

#[test]
fn functions_appear_with_what_they_took_and_gave() {
    let body = "(call $read_args (i32.const 0))
        (call $load (i32.const 0) (i32.const 32))
        (call $cache (i32.const 32) (i32.const 0))
        (call $flush (i32.const 1))
        (call $log (i32.const 0) (i32.const 2) (i32.const 0))
        (drop (call $chainid))
        (call $write_result (i32.const 0) (i32.const 1))
        (call $print (i32.const 0) (i32.const 2))
        (drop (call $tee (i32.const -4)))
        (call $exit (i32.const 9)) (unreachable)";
    let trace = traced_run(body, b"hi");
    let key = hex::encode(b"hi") + &"00".repeat(30);
    let zero = "00".repeat(32);
    let expected = [
        ("user_entrypoint", "00000002".to_owned(), String::new()),
        ("read_args", String::new(), hex::encode(b"hi")),
        ("storage_load_bytes32", key.clone(), zero.clone()),
        ("storage_cache_bytes32", zero + &key, String::new()),
        ("storage_flush_cache", "01".to_owned(), String::new()),
        (
            "emit_log",
            format!("00000000{}", hex::encode(b"hi")),
            String::new(),
        ),
        ("chainid", String::new(), "0000000000064aba".to_owned()),
        ("write_result", hex::encode(b"h"), String::new()),
        ("console_log_text", hex::encode(b"hi"), String::new()),
        ("console_log", hex::encode(b"-4"), String::new()),
        ("exit_early", "00000009".to_owned(), String::new()),
        ("user_returned", String::new(), "00000009".to_owned()),
    ];
    assert_eq!(trace, expected);
}

#[test]
fn a_call_appears_after_its_frame_with_length_and_status() {
    let body = "(drop (call $static (i32.const 0) (i32.const 0) (i32.const 3) (i64.const 7) (i32.const 64)))
        (i32.const 0)";
    let trace = traced_run(body, &[]);
    let args = format!("{}{:016x}{}", "00".repeat(20), 7, "00".repeat(3));
    assert_eq!(
        trace[1],
        ("static_call_contract", args, "0000000602".to_owned())
    );
}
