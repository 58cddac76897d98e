//! The EVM assembler that [`crate::poll`] is written in; it runs while the compiler does.
//! Always holds: a program is shorter than 256 bytes, so that a jump is one `PUSH1`; a label that is not there does not compile.

/// A piece of an EVM program.
#[derive(Clone, Copy)]
pub(crate) enum Op {
    /// Instructions as they are.
    Do(&'static [u8]),
    /// Pushes up to 32 bytes.
    Push(&'static [u8]),
    /// Pushes what is filled in later: 8 bytes.
    PushBlank,
    /// Pushes where a label is.
    PushLabel(u8),
    /// A place to jump to.
    Label(u8),
}

impl Op {
    const fn len(self) -> usize {
        match self {
            Op::Do(code) => code.len(),
            Op::Push(data) => 1 + data.len(),
            Op::PushBlank => 9,
            Op::PushLabel(_) => 2,
            Op::Label(_) => 1,
        }
    }
}

/// How many bytes a program takes.
pub(crate) const fn length(program: &[Op]) -> usize {
    start_of(program, program.len())
}

/// Where its `index`th piece begins.
const fn start_of(program: &[Op], index: usize) -> usize {
    let (mut at, mut i) = (0, 0);
    while i < index {
        at += program[i].len();
        i += 1;
    }
    at
}

const fn find(program: &[Op], label: u8) -> u8 {
    let mut i = 0;
    loop {
        if let Op::Label(it) = program[i]
            && it == label
        {
            let at = start_of(program, i);
            assert!(at < 256, "a jump is one byte");
            return at as u8;
        }
        i += 1;
    }
}

/// Where the blanks are, in bytes.
pub(crate) const fn blanks<const N: usize>(program: &[Op]) -> [usize; N] {
    let (mut found, mut n, mut i) = ([0; N], 0, 0);
    while i < program.len() {
        if let Op::PushBlank = program[i] {
            found[n] = start_of(program, i) + 1;
            n += 1;
        }
        i += 1;
    }
    assert!(n == N, "as many blanks as said");
    found
}

/// The code.
pub(crate) const fn assemble<const N: usize>(program: &[Op]) -> [u8; N] {
    let (mut code, mut at, mut i) = ([0; N], 0, 0);
    while i < program.len() {
        let op = program[i];
        match op {
            Op::Do(bytes) => copy(&mut code, at, bytes),
            Op::Push(data) => {
                code[at] = 0x5f + data.len() as u8;
                copy(&mut code, at + 1, data);
            }
            Op::PushBlank => code[at] = 0x67,
            Op::PushLabel(label) => {
                code[at] = 0x60;
                code[at + 1] = find(program, label);
            }
            Op::Label(_) => code[at] = 0x5b,
        }
        at += op.len();
        i += 1;
    }
    code
}

const fn copy<const N: usize>(to: &mut [u8; N], at: usize, bytes: &[u8]) {
    let mut i = 0;
    while i < bytes.len() {
        to[at + i] = bytes[i];
        i += 1;
    }
}
