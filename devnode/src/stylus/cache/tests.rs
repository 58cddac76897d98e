//! What the process remembers.

use std::sync::Arc;

use alloy_primitives::B256;

use super::{CAPACITY, LoadError, Programs, load};
use crate::stylus::{
    format::FormatError,
    testing::{A, compiled, wasm},
};

fn hash(at: usize) -> B256 {
    B256::left_padding_from(&at.to_be_bytes())
}

#[test]
fn a_program_is_translated_once() {
    let name = B256::repeat_byte(0xca);
    let first = load(name, 2, || Ok(wasm(A))).unwrap();
    let second = load(name, 2, || panic!("it is at hand")).unwrap();
    assert!(Arc::ptr_eq(&first, &second));
}

#[test]
fn what_cannot_be_unwrapped_or_parsed_is_not_kept() {
    let name = B256::repeat_byte(0xcb);
    let missing = load(name, 2, || Err(FormatError::NotAProgram));
    assert_eq!(
        missing.unwrap_err(),
        LoadError::Format(FormatError::NotAProgram)
    );
    assert!(matches!(
        load(name, 2, || Ok(vec![1, 2, 3])),
        Err(LoadError::Parse(_))
    ));
    assert!(load(name, 2, || Ok(wasm(A))).is_ok());
}

#[test]
fn the_program_not_run_for_longest_makes_room() {
    let program = compiled(&wasm(A));
    let mut programs = Programs::default();
    for at in 0..CAPACITY {
        programs.insert(hash(at), program.clone());
    }
    assert!(programs.get(&hash(0)).is_some());
    programs.insert(hash(CAPACITY), program);
    assert_eq!(programs.by_hash.len(), CAPACITY);
    assert!(programs.get(&hash(0)).is_some());
    assert!(programs.get(&hash(1)).is_none());
}
