//! One poll, as EVM code: votes are events, counted off chain; nothing is stored but that it was closed.
//! Always holds: its end is part of its code and so never changes; nobody's vote is refused before, and none is taken after.
//!
//! Why not a program like all others: a vote in the original costs 24,955 gas, of which 3,763 are its own. A WASM program spends
//! at least 350 of them on entry and 2,100 to load its end, a clone of one 2,600 more (`docs/adr/0007`). 240 bytes of EVM do it in
//! 1,517, for polls that nobody needs to activate.

use crate::assembly::{
    Op::{self, Do, Label, Push, PushBlank, PushLabel},
    assemble, blanks, length,
};

const STOP: u8 = 0x00;
const LT: u8 = 0x10;
const GT: u8 = 0x11;
const EQ: u8 = 0x14;
const SHL: u8 = 0x1b;
const SHR: u8 = 0x1c;
const CALLER: u8 = 0x33;
const CALLVALUE: u8 = 0x34;
const CALLDATALOAD: u8 = 0x35;
const CALLDATASIZE: u8 = 0x36;
const NUMBER: u8 = 0x43;
const MSTORE: u8 = 0x52;
const SLOAD: u8 = 0x54;
const SSTORE: u8 = 0x55;
const JUMP: u8 = 0x56;
const JUMPI: u8 = 0x57;
const PUSH0: u8 = 0x5f;
const DUP1: u8 = 0x80;
const LOG2: u8 = 0xa2;
const RETURN: u8 = 0xf3;
const REVERT: u8 = 0xfd;

const NOTHING: u8 = 0;
const VOTE: u8 = 1;
const END_BLOCK: u8 = 2;
const DESTROY: u8 = 3;
const DESTROYED: u8 = 4;
const ANSWER: u8 = 5;
const OVER: u8 = 6;
const CLOSE: u8 = 7;
const ERROR: u8 = 8;

/// `keccak256("Vote(address,uint256)")`.
const VOTED: [u8; 32] = confluence_kit::abi::signature("Vote", &[ADDRESS, UINT]);
const ADDRESS: confluence_kit::abi::Ty = confluence_kit::abi::Ty::Plain("address");
const UINT: confluence_kit::abi::Ty = confluence_kit::abi::Ty::Plain("uint256");

const fn selector(name: &str, args: &[confluence_kit::abi::Ty]) -> [u8; 4] {
    confluence_kit::abi::selector(name, args).to_be_bytes()
}

/// The comments say what is on the stack, the top on the right.
const PROGRAM: &[Op] = &[
    // Nothing here takes ether, and everything has a selector.
    Do(&[CALLVALUE]),
    PushLabel(NOTHING),
    Do(&[JUMPI]),
    Push(&[4]),
    Do(&[CALLDATASIZE, LT]),
    PushLabel(NOTHING),
    Do(&[JUMPI, PUSH0, CALLDATALOAD]),
    Push(&[224]),
    Do(&[SHR, DUP1]), // selector, selector
    Push(&selector("vote", &[UINT])),
    Do(&[EQ]),
    PushLabel(VOTE),
    Do(&[JUMPI, DUP1]),
    Push(&selector("endBlock", &[])),
    Do(&[EQ]),
    PushLabel(END_BLOCK),
    Do(&[JUMPI, DUP1]),
    Push(&selector("destroy", &[])),
    Do(&[EQ]),
    PushLabel(DESTROY),
    Do(&[JUMPI]),
    Push(&selector("destroyed", &[])),
    Do(&[EQ]),
    PushLabel(DESTROYED),
    Do(&[JUMPI]),
    Label(NOTHING),
    Do(&[PUSH0, PUSH0, REVERT]),
    // vote(uint256): until the end, any number, any number of times.
    Label(VOTE),
    Push(&[36]),
    Do(&[CALLDATASIZE, LT]),
    PushLabel(NOTHING),
    Do(&[JUMPI]),
    PushBlank,
    Do(&[NUMBER, GT]), // number > end
    PushLabel(OVER),
    Do(&[JUMPI]),
    Push(&[4]),
    Do(&[CALLDATALOAD, PUSH0, MSTORE, CALLER]),
    Push(&VOTED),
    Push(&[32]),
    Do(&[PUSH0, LOG2, STOP]), // voter, topic, 32, 0
    // endBlock()
    Label(END_BLOCK),
    PushBlank,
    PushLabel(ANSWER),
    Do(&[JUMP]),
    // destroyed()
    Label(DESTROYED),
    Do(&[PUSH0, SLOAD]),
    Label(ANSWER),
    Do(&[PUSH0, MSTORE]),
    Push(&[32]),
    Do(&[PUSH0, RETURN]),
    // destroy(): after the end.
    Label(DESTROY),
    PushBlank,
    Do(&[NUMBER, GT]),
    PushLabel(CLOSE),
    Do(&[JUMPI]),
    Push(b"poll is active"),
    Push(&[144]),
    Do(&[SHL]),
    Push(&[14]),
    PushLabel(ERROR),
    Do(&[JUMP]),
    Label(CLOSE),
    Push(&[1]),
    Do(&[PUSH0, SSTORE, STOP]),
    Label(OVER),
    Push(b"poll is over"),
    Push(&[160]),
    Do(&[SHL]),
    Push(&[12]),
    // Error(string): text, length
    Label(ERROR),
    Push(&[0x08, 0xc3, 0x79, 0xa0]),
    Push(&[224]),
    Do(&[SHL, PUSH0, MSTORE]),
    Push(&[32]),
    Push(&[4]),
    Do(&[MSTORE]),
    Push(&[36]),
    Do(&[MSTORE]),
    Push(&[68]),
    Do(&[MSTORE]),
    Push(&[100]),
    Do(&[PUSH0, REVERT]),
];

/// Puts the code behind it into place.
const LOADER: [u8; 9] = {
    const CODECOPY: u8 = 0x39;
    const PUSH1: u8 = 0x60;
    [
        PUSH1,
        LENGTH as u8,
        DUP1,
        PUSH1,
        9,
        PUSH0,
        CODECOPY,
        PUSH0,
        RETURN,
    ]
};
const LENGTH: usize = length(PROGRAM);
const CODE: [u8; LENGTH] = assemble(PROGRAM);
const ENDS: [usize; 3] = blanks(PROGRAM);
const _: () = assert!(LENGTH < 256);

/// What creates a poll that can be voted on up to and including the L1 block `end_block`.
pub fn init_code(end_block: u64) -> [u8; LOADER.len() + LENGTH] {
    let mut code = const {
        let mut code = [0; LOADER.len() + LENGTH];
        let mut i = 0;
        while i < code.len() {
            code[i] = if i < LOADER.len() {
                LOADER[i]
            } else {
                CODE[i - LOADER.len()]
            };
            i += 1;
        }
        code
    };
    let end = end_block.to_be_bytes();
    // The places are constants, so that nothing here can be out of range.
    let mut fill = |at: usize| {
        for (i, byte) in end.iter().enumerate() {
            if let Some(place) = code.get_mut(LOADER.len() + at + i) {
                *place = *byte;
            }
        }
    };
    fill(const { ENDS[0] });
    fill(const { ENDS[1] });
    fill(const { ENDS[2] });
    code
}
