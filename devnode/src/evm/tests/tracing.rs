//! What a tracer gets to see.

use alloy_primitives::{Address, Bytes, U256, bytes};

use super::{DELEGATE, ECHO_BACK, ECHO_DOWN, call, chain, deploy, deploy_program, send, word};
use crate::{
    chain::{ArbosVersion, BlockOverrides, DEV_ACCOUNT, Message, StateOverrides},
    evm::trace::{FrameEnd, FrameKind, FrameStart, HostCall, Runs, Step, Tracer},
};

/// Writes down everything, one line each.
#[derive(Default)]
struct Diary {
    lines: Vec<String>,
    open: Vec<Address>,
    steps: usize,
    with_steps: bool,
}

impl Tracer for Diary {
    fn wants_steps(&self) -> bool {
        self.with_steps
    }

    fn wants_host_calls(&self) -> bool {
        true
    }

    fn enter(&mut self, frame: &FrameStart) {
        assert_eq!(frame.depth, self.open.len());
        self.open.push(frame.to);
        self.lines
            .push(format!("{:?} {:?} {}", frame.kind, frame.runs, frame.depth));
    }

    fn exit(&mut self, frame: &FrameEnd) {
        self.open.pop();
        assert_eq!(frame.depth, self.open.len());
        let error = frame.error.as_deref().unwrap_or("ok");
        self.lines.push(format!("{error} {}", frame.depth));
    }

    fn step(&mut self, _: &Step<'_>) {
        self.steps += 1;
    }

    fn host_call(&mut self, call: &HostCall<'_>) {
        assert_eq!(call.depth + 1, self.open.len());
        self.lines.push(call.name.to_owned());
    }
}

fn trace(chain: &crate::chain::Chain, to: Address, input: Bytes, tracer: &mut Diary) {
    let message = Message {
        from: Some(DEV_ACCOUNT),
        to: Some(to),
        gas: Some(1_000_000),
        input,
        ..Message::default()
    };
    let none = (StateOverrides::default(), BlockOverrides::default());
    let at = alloy_eips::BlockId::latest();
    chain
        .trace_call(&message, at, &none.0, &none.1, tracer)
        .unwrap();
    assert!(tracer.open.is_empty());
}

#[test]
fn programs_and_bytecode_show_up_as_frames_alike() {
    let mut chain = chain(ArbosVersion::V60);
    let down = deploy(&mut chain, &ECHO_DOWN);
    let back = deploy_program(&mut chain, ECHO_BACK);
    let mut diary = Diary::default();
    // The developer's account has no code: the program's call back ends at once.
    trace(&chain, back, word(down), &mut diary);
    let expected = [
        "Call Stylus 0",
        "user_entrypoint",
        "read_args",
        "msg_sender",
        "Call Nothing 1",
        "ok 1",
        "call_contract",
        "read_return_data",
        "write_result",
        "user_returned",
        "ok 0",
    ];
    assert_eq!(diary.lines, expected);
}

#[test]
fn a_destroyed_contract_shows_a_frame_for_its_money() {
    let mut chain = chain(ArbosVersion::V60);
    let destroyer = deploy(&mut chain, &bytes!("5fff"));
    chain.set_balance(destroyer, U256::from(5));
    let mut diary = Diary::default();
    trace(&chain, destroyer, Bytes::new(), &mut diary);
    assert_eq!(
        diary.lines,
        ["Call Evm 0", "SelfDestruct Nothing 1", "ok 1", "ok 0"]
    );
}

#[test]
fn a_failed_frame_says_why_in_nitros_words() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy_program(&mut chain, DELEGATE);
    for (code, error) in [
        (bytes!("fe"), "invalid opcode: INVALID"),
        (bytes!("0c"), "invalid opcode: opcode 0xc not defined"),
        (bytes!("01"), "stack underflow (0 <=> 2)"),
        (bytes!("5f56"), "invalid jump destination"),
        (bytes!("5f5ffd"), "execution reverted"),
        (bytes!("4a"), "BLOBBASEFEE is not supported on Arbitrum"),
        (bytes!("5b5f56"), "out of gas"),
    ] {
        let target = deploy(&mut chain, &code);
        let mut diary = Diary::default();
        trace(&chain, program, word(target), &mut diary);
        assert!(
            diary.lines.contains(&format!("{error} 1")),
            "{error}: {:?}",
            diary.lines
        );
        let alone = call(&chain, target, Bytes::new(), 100_000).unwrap_err();
        assert_eq!(alone.to_string(), error);
    }
}

#[test]
fn stepping_through_changes_nothing() {
    let mut chain = chain(ArbosVersion::V60);
    let down = deploy(&mut chain, &ECHO_DOWN);
    let back = deploy_program(&mut chain, ECHO_BACK);
    let sent = send(&mut chain, down, word(back), 1_000_000);
    let [plain, stepped] = [false, true].map(|with_steps| {
        let mut diary = Diary {
            with_steps,
            ..Diary::default()
        };
        let traced = chain.trace_transaction(&sent.hash, &mut diary).unwrap();
        assert_eq!(with_steps, diary.steps > 100);
        (traced.outcome.unwrap(), diary.lines)
    });
    assert_eq!(plain, stepped);
    assert_eq!(plain.0.gas_used, sent.receipt.gas_used);
}

#[test]
fn precompiles_are_frames_too() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy_program(&mut chain, DELEGATE);
    let mut diary = Diary::default();
    // The identity precompile.
    trace(
        &chain,
        program,
        word(Address::with_last_byte(4)),
        &mut diary,
    );
    let kind = format!("{:?} {:?} 1", FrameKind::DelegateCall, Runs::Precompile);
    assert!(diary.lines.contains(&kind), "{:?}", diary.lines);
}
