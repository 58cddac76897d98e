//! The host's functions, answered by the world. Signatures are Nitro's (`vm_hooks`); so is what they do to caches, return data
//! and static calls. Always holds: no borrow of the world is held while another contract runs.
#![allow(clippy::missing_safety_doc, missing_docs)]

use super::state::{Callee, Code, Frame, with};
use super::world::IMPLEMENTATION_SLOT;
use crate::{Address, B256, U256};
use alloc::{vec, vec::Vec};
use alloy_primitives::keccak256;

/// Deeper than any call of the protocol, shallow enough for a test thread's stack.
const DEPTH: usize = 128;

unsafe fn bytes<'a>(at: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: the program's promise.
    if len == 0 {
        &[]
    } else {
        unsafe { core::slice::from_raw_parts(at, len) }
    }
}
unsafe fn address(at: *const u8) -> Address {
    // SAFETY: the program's promise.
    Address::from_slice(unsafe { bytes(at, 20) })
}
unsafe fn word(at: *const u8) -> B256 {
    // SAFETY: the program's promise.
    B256::from_slice(unsafe { bytes(at, 32) })
}
unsafe fn number(at: *const u8) -> U256 {
    // SAFETY: the program's promise.
    U256::from_be_bytes(unsafe { word(at) }.0)
}
unsafe fn put(to: *mut u8, from: &[u8]) {
    // SAFETY: the program's promise.
    unsafe { core::ptr::copy(from.as_ptr(), to, from.len()) }
}

/// The running frame's fixed buffer.
pub fn frame_buffer() -> *mut u8 {
    with(|w| w.frame().out.as_mut_ptr())
}

/// Memory that lasts as long as the running frame.
pub fn frame_memory(bytes: usize) -> *mut u8 {
    with(|w| {
        let mut memory = vec![0u64; bytes / 8 + 1];
        let at = memory.as_mut_ptr() as *mut u8;
        w.frame().memory.push(memory);
        at
    })
}

pub unsafe fn pay_for_memory_grow(_pages: u16) {}

pub unsafe fn read_args(dest: *mut u8) {
    // SAFETY: the program's promise.
    with(|w| unsafe { put(dest, &w.frame().data) });
}
pub unsafe fn write_result(data: *const u8, len: usize) {
    // SAFETY: the program's promise.
    let data = unsafe { bytes(data, len) }.to_vec();
    with(|w| w.frame().result = data);
}

pub unsafe fn msg_sender(dest: *mut u8) {
    // SAFETY: the program's promise.
    with(|w| unsafe { put(dest, w.frame().sender.as_slice()) });
}
pub unsafe fn msg_value(dest: *mut u8) {
    // SAFETY: the program's promise.
    with(|w| unsafe { put(dest, &w.frame().value.to_be_bytes::<32>()) });
}
pub unsafe fn msg_reentrant() -> bool {
    with(|w| {
        let acting = w.frame().acting;
        w.frames
            .iter()
            .filter(|frame| frame.acting == acting)
            .count()
            > 1
    })
}
pub unsafe fn contract_address(dest: *mut u8) {
    // SAFETY: the program's promise.
    with(|w| unsafe { put(dest, w.frame().acting.as_slice()) });
}
pub unsafe fn block_number() -> u64 {
    with(|w| w.block_number)
}
pub unsafe fn block_timestamp() -> u64 {
    with(|w| w.timestamp)
}
pub unsafe fn chainid() -> u64 {
    with(|w| w.chain_id)
}
pub unsafe fn account_balance(who: *const u8, dest: *mut u8) {
    // SAFETY: the program's promise.
    unsafe {
        let who = address(who);
        put(dest, &with(|w| w.balance(who)).to_be_bytes::<32>());
    }
}
pub unsafe fn account_codehash(who: *const u8, dest: *mut u8) {
    // SAFETY: the program's promise.
    unsafe {
        let who = address(who);
        put(dest, with(|w| code_hash(w, who)).as_slice());
    }
}
pub unsafe fn account_code_size(who: *const u8) -> usize {
    // SAFETY: the program's promise.
    let who = unsafe { address(who) };
    with(
        |w| match w.accounts.get(&who).and_then(|a| a.code.as_ref()) {
            None => 0,
            Some(Code::Clone(_)) => 45,
            Some(_) => 1000,
        },
    )
}

/// As the state has it: 0 where there is no account. What stands for code is different for different code.
fn code_hash(w: &super::state::State, who: Address) -> B256 {
    match w.accounts.get(&who) {
        None => B256::ZERO,
        Some(account) => match &account.code {
            None => alloy_primitives::KECCAK256_EMPTY,
            Some(Code::Program(program)) => keccak256(program.name),
            Some(Code::Proxy) => keccak256("proxy"),
            Some(Code::Clone(of)) => keccak256(of),
            Some(Code::Play(_)) => keccak256("play"),
            Some(Code::Evm(code)) => keccak256(code),
        },
    }
}

pub unsafe fn native_keccak256(data: *const u8, len: usize, output: *mut u8) {
    // SAFETY: the program's promise.
    unsafe { put(output, keccak256(bytes(data, len)).as_slice()) }
}
pub unsafe fn math_div(value: *mut u8, divisor: *const u8) {
    // SAFETY: the program's promise.
    unsafe {
        let quotient = number(value)
            .checked_div(number(divisor))
            .unwrap_or_default();
        put(value, &quotient.to_be_bytes::<32>());
    }
}

pub unsafe fn storage_load_bytes32(key: *const u8, dest: *mut u8) {
    // SAFETY: the program's promise.
    let slot = unsafe { word(key) };
    let value = with(|w| {
        let acting = w.frame().acting;
        if let Some((value, _)) = w.frame().cache.get(&slot) {
            return *value;
        }
        let value = w.slot(acting, slot);
        w.touched.loaded.insert((acting, slot));
        w.frame().cache.insert(slot, (value, Some(value)));
        value
    });
    // SAFETY: the program's promise.
    unsafe { put(dest, value.as_slice()) }
}
pub unsafe fn storage_cache_bytes32(key: *const u8, value: *const u8) {
    // SAFETY: the program's promise.
    let (slot, value) = unsafe { (word(key), word(value)) };
    with(|w| w.frame().cache.entry(slot).or_insert((value, None)).0 = value);
}
pub unsafe fn storage_flush_cache(clear: bool) {
    with(|w| {
        let acting = w.frame().acting;
        let mut dirty = Vec::new();
        for (slot, (value, known)) in &mut w.frame().cache {
            if *known != Some(*value) {
                *known = Some(*value);
                dirty.push((*slot, *value));
            }
        }
        if clear {
            w.frame().cache.clear();
        }
        if w.frame().is_static && !dirty.is_empty() {
            w.frame().doomed = true;
            return;
        }
        for (slot, value) in dirty {
            w.set_slot(acting, slot, value);
        }
    });
}

pub unsafe fn emit_log(data: *const u8, len: usize, topics: usize) {
    // SAFETY: the program's promise.
    let data = unsafe { bytes(data, len) };
    with(|w| {
        if w.frame().is_static || topics > 4 || len < 32 * topics {
            w.frame().doomed = true;
            return;
        }
        let address = w.frame().acting;
        let (topics, data) = data.split_at(32 * topics);
        w.logs.push(super::Log {
            address,
            topics: topics.chunks(32).map(B256::from_slice).collect(),
            data: data.to_vec(),
        });
    });
}

pub unsafe fn return_data_size() -> usize {
    with(|w| w.frame().answer.len())
}
pub unsafe fn read_return_data(dest: *mut u8, offset: usize, size: usize) -> usize {
    with(|w| {
        let answer = &w.frame().answer;
        let from = offset.min(answer.len());
        let part = &answer[from..(offset + size).clamp(from, answer.len())];
        // SAFETY: the program's promise.
        unsafe { put(dest, part) };
        part.len()
    })
}
pub unsafe fn static_call_contract(
    to: *const u8,
    data: *const u8,
    len: usize,
    _gas: u64,
    answered: *mut usize,
) -> u8 {
    // SAFETY: the program's promise.
    unsafe { call_out(address(to), bytes(data, len), U256::ZERO, true, answered) }
}
pub unsafe fn call_contract(
    to: *const u8,
    data: *const u8,
    len: usize,
    value: *const u8,
    _gas: u64,
    answered: *mut usize,
) -> u8 {
    // SAFETY: the program's promise.
    unsafe {
        call_out(
            address(to),
            bytes(data, len),
            number(value),
            false,
            answered,
        )
    }
}
unsafe fn call_out(
    to: Address,
    data: &[u8],
    value: U256,
    is_static: bool,
    answered: *mut usize,
) -> u8 {
    let (from, is_static) = with(|w| (w.frame().acting, w.frame().is_static || is_static));
    let (status, answer) = if is_static && !value.is_zero() {
        (2, vec![])
    } else {
        match enter(from, to, value, data.to_vec(), is_static) {
            Ok(answer) => (0, answer),
            Err(answer) => (2, answer),
        }
    };
    // SAFETY: the program's promise.
    unsafe { *answered = answer.len() };
    with(|w| w.frame().answer = answer);
    status
}

/// ERC-1167's init code is the only one whose contract this world can run; what other init code makes is there, no more.
pub unsafe fn create1(
    code: *const u8,
    len: usize,
    endowment: *const u8,
    address: *mut u8,
    reverted: *mut usize,
) {
    // SAFETY: the program's promise.
    let (code, value) = unsafe { (bytes(code, len), number(endowment)) };
    let made = match code.strip_prefix(&alloy_primitives::hex!(
        "3d602d80600a3d3981f3363d3d373d3d3d363d73"
    )) {
        Some(rest) if rest.len() == 35 => Code::Clone(Address::from_slice(&rest[..20])),
        _ => Code::Evm(code.into()),
    };
    let it = with(|w| {
        let creator = w.frame().acting;
        if w.frame().is_static {
            w.frame().doomed = true;
            return Address::ZERO;
        }
        let it = w.create(creator, made);
        w.transfer(creator, it, value);
        w.frame().answer = vec![];
        it
    });
    // SAFETY: the program's promise.
    unsafe {
        put(address, it.as_slice());
        *reverted = 0;
    }
}

/// Runs what is at `to`, with everything it does undone if it fails.
pub(super) fn enter(
    from: Address,
    to: Address,
    value: U256,
    data: Vec<u8>,
    is_static: bool,
) -> Result<Vec<u8>, Vec<u8>> {
    let (mark, logs, code) = with(|w| {
        let marks = (w.journal.len(), w.logs.len());
        if w.frames.len() > DEPTH || !w.transfer(from, to, value) {
            return (marks.0, marks.1, Err(vec![]));
        }
        let mut code = w.accounts.get(&to).and_then(|a| a.code.clone());
        if let Some(of) = match code {
            Some(Code::Proxy) => Some(Address::from_word(w.slot(to, IMPLEMENTATION_SLOT))),
            Some(Code::Clone(of)) => Some(of),
            _ => None,
        } {
            code = w.accounts.get(&of).and_then(|a| a.code.clone());
        }
        (marks.0, marks.1, Ok(code))
    });
    let done = code.and_then(|code| match code {
        None if to == Address::with_last_byte(1) => Ok(precompiled_ecrecover(&data)),
        None => Ok(vec![]),
        Some(code) => {
            with(|w| w.frames.push(Frame::new(to, from, value, data, is_static)));
            let status = match code {
                Code::Program(program) => (program.run)(with(|w| w.frame().data.len())),
                Code::Play(play) => {
                    let data = with(|w| w.frame().data.clone());
                    let answer = play(&Callee {
                        address: to,
                        sender: from,
                        value,
                        data: &data,
                        is_static,
                    });
                    let status = answer.is_err() as usize;
                    with(|w| w.frame().result = answer.unwrap_or_else(|revert| revert));
                    status
                }
                Code::Proxy | Code::Clone(_) => panic!("sim: {to} points to another proxy"),
                Code::Evm(_) => panic!("sim: {to} is EVM code"),
            };
            let frame = with(|w| w.frames.pop().expect("pushed above"));
            match (frame.doomed, status) {
                (true, _) => Err(vec![]),
                (false, 0) => Ok(frame.result),
                _ => Err(frame.result),
            }
        }
    });
    if done.is_err() {
        with(|w| w.undo(mark, logs));
    }
    done
}

/// The precompile at address 1: an address as a word, or nothing.
fn precompiled_ecrecover(data: &[u8]) -> Vec<u8> {
    let mut input = [0u8; 128];
    let len = data.len().min(128);
    input[..len].copy_from_slice(&data[..len]);
    let recovered = || {
        use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
        if input[32..63] != [0; 31] || !matches!(input[63], 27 | 28) {
            return None;
        }
        let mut signature = Signature::from_slice(&input[64..]).ok()?;
        let mut odd = input[63] == 28;
        // The precompile takes any s, k256 only the lower half: both name the same key.
        if let Some(low) = signature.normalize_s() {
            signature = low;
            odd = !odd;
        }
        let id = RecoveryId::new(odd, false);
        let key = VerifyingKey::recover_from_prehash(&input[..32], &signature, id).ok()?;
        Some(Address::from_public_key(&key).into_word().to_vec())
    };
    recovered().unwrap_or_default()
}
