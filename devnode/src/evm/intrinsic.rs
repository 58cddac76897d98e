//! Gas a message costs before anything runs (EIP-2028, 2930, 3860, 7702, and EIP-7623's floor).

use super::job::Job;

/// Gas of any transaction.
pub(crate) const TX: u64 = 21_000;
/// Extra gas of a creation.
const CREATE: u64 = 32_000;
/// Gas of a word of init code.
const INIT_CODE_WORD: u64 = 2;
const ZERO_BYTE: u64 = 4;
const NONZERO_BYTE: u64 = 16;
const ACCESS_ADDRESS: u64 = 2400;
const ACCESS_SLOT: u64 = 1900;
/// Gas of an EIP-7702 authorisation of an account that does not exist yet.
const AUTHORIZATION: u64 = 25_000;
/// What of it is refunded when the account exists.
pub(crate) const AUTHORIZATION_REFUND: u64 = 12_500;
/// Floor per token of calldata; a nonzero byte has four tokens.
const FLOOR_PER_TOKEN: u64 = 10;

/// Intrinsic gas of a message.
pub(crate) fn gas(job: &Job) -> u64 {
    let (zero, nonzero) = count_bytes(&job.input);
    let mut gas = TX + zero * ZERO_BYTE + nonzero * NONZERO_BYTE;
    if job.to.is_create() {
        gas += CREATE + (job.input.len() as u64).div_ceil(32) * INIT_CODE_WORD;
    }
    let slots: u64 = job
        .access_list
        .iter()
        .map(|item| item.storage_keys.len() as u64)
        .sum();
    gas += job.access_list.len() as u64 * ACCESS_ADDRESS + slots * ACCESS_SLOT;
    gas + job
        .authorizations
        .as_ref()
        .map_or(0, |list| list.len() as u64 * AUTHORIZATION)
}

/// Least gas a message uses where the calldata floor applies (EIP-7623).
pub(crate) fn floor(input: &[u8]) -> u64 {
    let (zero, nonzero) = count_bytes(input);
    TX + (zero + 4 * nonzero) * FLOOR_PER_TOKEN
}

fn count_bytes(input: &[u8]) -> (u64, u64) {
    let zero = input.iter().filter(|byte| **byte == 0).count() as u64;
    (zero, input.len() as u64 - zero)
}
