//! Calls and creations: what a program asks for, what it pays, what it gets to see.

use alloy_primitives::{Address, B256, Bytes, U256};

use crate::stylus::{
    Answer, AnswerKind, CallKind, CallRequest, CreateRequest, Entry, Outcome, OutcomeKind, Program,
    Step,
    testing::{MemoryWorld, compiled, free_entry, run, wasm},
};

const GAS: u64 = 1_000_000;
const TARGET: Address = Address::repeat_byte(0x11);

/// A program with the target at 0, a salt at 32, value 3 at 64, value 0 at 96, input "input" at 128 that ends with
/// the status at 256, the length at 260, then 32 bytes of return data as its result.
fn entry(body: &str) -> Entry {
    let text = format!(
        r#"(module
        (import "vm_hooks" "call_contract"
          (func $call (param i32 i32 i32 i32 i64 i32) (result i32)))
        (import "vm_hooks" "delegate_call_contract"
          (func $delegate (param i32 i32 i32 i64 i32) (result i32)))
        (import "vm_hooks" "static_call_contract"
          (func $static (param i32 i32 i32 i64 i32) (result i32)))
        (import "vm_hooks" "create1" (func $create1 (param i32 i32 i32 i32 i32)))
        (import "vm_hooks" "create2" (func $create2 (param i32 i32 i32 i32 i32 i32)))
        (import "vm_hooks" "read_return_data"
          (func $read_return_data (param i32 i32 i32) (result i32)))
        (import "vm_hooks" "return_data_size" (func $return_data_size (result i32)))
        (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
        (memory (export "memory") 1 1)
        (data (i32.const 0) "{target}")
        (data (i32.const 32) "salt")
        (data (i32.const 95) "\03")
        (data (i32.const 128) "input")
        (func (export "user_entrypoint") (param i32) (result i32)
          {body}
          (drop (call $read_return_data (i32.const 264) (i32.const 0) (i32.const 32)))
          (call $write_result (i32.const 256) (i32.const 40))
          (i32.const 0)))"#,
        target = "\\11".repeat(20),
    );
    free_entry(compiled(&wasm(&text)), &[], GAS)
}

fn call(value_at: u32, gas: u64) -> String {
    format!(
        "(i32.store8 (i32.const 256) (call $call (i32.const 0) (i32.const 128) (i32.const 5) \
         (i32.const {value_at}) (i64.const {gas}) (i32.const 260)))"
    )
}

/// Runs to the first request.
fn first_step(entry: Entry, world: &mut MemoryWorld) -> (Program, Step) {
    let mut program = Program::enter(entry, world).unwrap();
    let step = program.run(world, None);
    (program, step)
}

fn request(step: Step) -> CallRequest {
    match step {
        Step::Call(request) => request,
        other => panic!("{other:?}"),
    }
}

fn answer(result: AnswerKind, gas_left: u64, output: &'static [u8]) -> Answer {
    Answer {
        result,
        gas_left,
        output: Bytes::from_static(output),
        refund: 77,
    }
}

fn done(step: Step) -> Outcome {
    match step {
        Step::Done(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

/// Status, little-endian length, first bytes of the return data.
fn seen(outcome: &Outcome) -> (u8, u32, &[u8]) {
    let len = u32::from_le_bytes(outcome.output[4..8].try_into().unwrap());
    (outcome.output[0], len, &outcome.output[8..])
}

#[test]
fn a_call_asks_for_its_frame_and_reports_success() {
    let mut world = MemoryWorld::default();
    let (mut program, step) = first_step(entry(&call(96, 50_000)), &mut world);
    assert_eq!(
        request(step),
        CallRequest {
            kind: CallKind::Call,
            target: TARGET,
            value: U256::ZERO,
            input: Bytes::from_static(b"input"),
            gas_limit: 50_000,
        }
    );
    let reply = answer(AnswerKind::Success(None), 20_000, b"output");
    let outcome = done(program.run(&mut world, Some(reply)));
    assert_eq!(seen(&outcome).0, 0);
    assert_eq!(seen(&outcome).1, 6);
    assert!(seen(&outcome).2.starts_with(b"output"));
    // 2,600 for the cold account and what the frame used, then the functions' own ink
    let used = GAS - outcome.gas_left - 2_600 - 30_000;
    assert!((10..40).contains(&used), "{used}");
    assert_eq!(outcome.refund, 77);
}

#[test]
fn failed_calls_have_status_2_and_only_reverts_have_data() {
    for (kind, len) in [(AnswerKind::Revert, 6), (AnswerKind::Failure, 0)] {
        let mut world = MemoryWorld::default();
        let (mut program, _) = first_step(entry(&call(96, 50_000)), &mut world);
        let outcome = done(program.run(&mut world, Some(answer(kind, 0, b"output"))));
        assert_eq!(outcome.kind, OutcomeKind::Success);
        assert_eq!((seen(&outcome).0, seen(&outcome).1), (2, len));
        assert_eq!(outcome.refund, 0);
    }
}

#[test]
fn a_value_costs_more_and_brings_the_stipend() {
    for (exists, new_account_gas) in [(true, 0), (false, 25_000)] {
        let mut world = MemoryWorld::default();
        if exists {
            world.balances.insert(TARGET, U256::from(1));
        }
        let (mut program, step) = first_step(entry(&call(64, 50_000)), &mut world);
        let request = request(step);
        assert_eq!(request.value, U256::from(3));
        assert_eq!(request.gas_limit, 52_300);
        let reply = answer(AnswerKind::Success(None), 52_300, b"");
        let outcome = done(program.run(&mut world, Some(reply)));
        let used = GAS - outcome.gas_left - 2_600 - 9_000 - new_account_gas;
        assert!(
            (10..40).contains(&used),
            "an untouched stipend is not paid out: {used}"
        );
    }
}

#[test]
fn gas_of_a_frame_is_capped_at_63_of_64_parts_multiplied_first() {
    let mut world = MemoryWorld::default();
    let (program, step) = first_step(entry(&call(96, u64::MAX)), &mut world);
    let limit = request(step).gas_limit;
    let left = GAS - ink_gas_used(&program) - 2_600;
    assert_eq!(limit, left * 63 / 64);
}

/// Whole gas that the program has used so far, before it pays for the call.
fn ink_gas_used(_: &Program) -> u64 {
    // six arguments and an address, a call, a block; the base of a call; its input read twice
    let ink = 7 + 3_800 + 2_450 + 83_193 + 2 * 16_381;
    u64::div_ceil(ink, 10_000)
}

#[test]
fn a_call_that_cannot_be_paid_fails_without_a_frame_and_takes_the_gas() {
    let mut poor = entry(&call(96, 50_000));
    poor.gas_limit = 2_000;
    let mut world = MemoryWorld::default();
    let outcome = run(poor, &mut world);
    assert_eq!(
        outcome.kind,
        OutcomeKind::OutOfGas,
        "nothing is left for what follows"
    );
    assert!(world.warm_accounts.contains(&TARGET));
}

#[test]
fn a_read_only_frame_cannot_send_value_but_goes_on() {
    let mut read_only = entry(&call(64, 50_000));
    read_only.env.read_only = true;
    let mut world = MemoryWorld::default();
    let outcome = run(read_only, &mut world);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    assert_eq!((seen(&outcome).0, seen(&outcome).1), (2, 0));
    assert!(GAS - outcome.gas_left < 40);
    assert!(world.warm_accounts.is_empty());
}

#[test]
fn delegate_and_static_calls_carry_no_value() {
    for (function, kind) in [
        ("$delegate", CallKind::Delegate),
        ("$static", CallKind::Static),
    ] {
        let body = format!(
            "(i32.store8 (i32.const 256) (call {function} (i32.const 0) (i32.const 128) \
             (i32.const 5) (i64.const 9000) (i32.const 260)))"
        );
        let (_, step) = first_step(entry(&body), &mut MemoryWorld::default());
        let request = request(step);
        assert_eq!((request.kind, request.value), (kind, U256::ZERO));
        assert_eq!(request.gas_limit, 9_000);
    }
}

#[test]
fn return_data_can_be_read_in_parts() {
    let body = format!(
        "{} (drop (call $read_return_data (i32.const 264) (i32.const 2) (i32.const 3)))
         (if (i32.ne (call $return_data_size) (i32.const 6)) (then (unreachable)))
         (if (i32.ne (call $read_return_data (i32.const 300) (i32.const 4) (i32.const 99)) (i32.const 2))
           (then (unreachable)))
         (if (call $read_return_data (i32.const -1) (i32.const 6) (i32.const 1)) (then (unreachable)))",
        call(96, 1)
    );
    let mut world = MemoryWorld::default();
    let (mut program, _) = first_step(entry(&body), &mut world);
    let reply = answer(AnswerKind::Success(None), 0, b"output");
    assert_eq!(
        done(program.run(&mut world, Some(reply))).kind,
        OutcomeKind::Success
    );
}

#[test]
fn creations_keep_a_64th_and_report_address_or_revert_data() {
    let create1 = "(call $create1 (i32.const 128) (i32.const 5) (i32.const 64) (i32.const 264) (i32.const 260))";
    let create2 = "(call $create2 (i32.const 128) (i32.const 5) (i32.const 64) (i32.const 32) (i32.const 264) (i32.const 260))";
    let mut salt = B256::ZERO;
    salt[..4].copy_from_slice(b"salt");
    for (body, salt, base) in [(create1, None, 32_000), (create2, Some(salt), 32_006)] {
        let mut world = MemoryWorld::default();
        let (mut program, step) = first_step(entry(body), &mut world);
        let Step::Create(CreateRequest {
            init_code,
            value,
            salt: asked_salt,
            gas_limit,
        }) = step
        else {
            panic!("{step:?}")
        };
        assert_eq!(init_code, Bytes::from_static(b"input"));
        assert_eq!((value, asked_salt), (U256::from(3), salt));
        let left = (GAS - base).saturating_sub(gas_limit);
        assert!(left.abs_diff((GAS - base) / 64) < 20, "{left}");
        let reply = answer(AnswerKind::Revert, gas_limit - 1_000, b"no!");
        let outcome = done(program.run(&mut world, Some(reply)));
        assert_eq!(seen(&outcome).1, 3);
        let used = GAS - outcome.gas_left - base - 1_000;
        assert!((10..40).contains(&used), "{used}");
    }
    let no_read = format!(
        "{create1} (call $write_result (i32.const 260) (i32.const 24)) (return (i32.const 0))"
    );
    let created = AnswerKind::Success(Some(TARGET));
    let mut world = MemoryWorld::default();
    let (mut program, _) = first_step(entry(&no_read), &mut world);
    let outcome = done(program.run(&mut world, Some(answer(created, 0, b"code"))));
    assert_eq!(
        outcome.output[..4],
        [0; 4],
        "a success leaves no return data"
    );
    assert_eq!(outcome.output[4..], TARGET[..]);
}

#[test]
fn creations_need_gas_and_a_writable_frame() {
    let body = "(call $create1 (i32.const 128) (i32.const 5) (i32.const 64) (i32.const 264) (i32.const 260))";
    let mut poor = entry(body);
    poor.gas_limit = 32_000;
    let outcome = run(poor, &mut MemoryWorld::default());
    assert_eq!(outcome.kind, OutcomeKind::Revert);
    assert!(outcome.gas_left > 31_900, "the gas is kept");
    let mut read_only = entry(body);
    read_only.env.read_only = true;
    assert_eq!(
        run(read_only, &mut MemoryWorld::default()).kind,
        OutcomeKind::Revert
    );
}

#[test]
fn a_thousand_frames_deep_needs_no_native_stack() {
    let handle = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(|| {
            let entry = || entry(&call(96, u64::MAX));
            let mut world = MemoryWorld::default();
            let mut frames = Vec::new();
            for _ in 0..1_024 {
                let mut program = Program::enter(
                    Entry {
                        gas_limit: 1 << 40,
                        ..entry()
                    },
                    &mut world,
                )
                .unwrap();
                assert!(matches!(program.run(&mut world, None), Step::Call(_)));
                frames.push(program);
            }
            let mut reply = answer(AnswerKind::Failure, 0, b"");
            while let Some(mut program) = frames.pop() {
                let outcome = done(program.run(&mut world, Some(reply)));
                reply = Answer {
                    result: AnswerKind::Success(None),
                    gas_left: outcome.gas_left,
                    output: outcome.output,
                    refund: 0,
                };
            }
            assert_eq!(reply.output[0], 0);
        });
    handle.unwrap().join().unwrap();
}
