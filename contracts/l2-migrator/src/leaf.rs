//! What a delegator proves: that it is in the snapshot of LIP-73.

use confluence_kit::abi::{id, write_wide};
use confluence_kit::crypto::{Join, keccak256_of};
use confluence_kit::math::wide;
use confluence_kit::{Address, B256};

/// The snapshot's name in MerkleSnapshot: keccak256("LIP-73").
pub const SNAPSHOT: B256 = B256::new(id("LIP-73"));

/// The leaf of one delegator: hash of `delegator ++ delegate ++ stake ++ fees`, packed. The same as MerkleSnapshot's `proof::leaf`,
/// whose crate is a program of its own and cannot be linked into this one.
///
/// # Arguments
/// * `stake` - LPT base units; `fees` - wei.
pub fn leaf(delegator: &Address, delegate: &Address, stake: u128, fees: u128) -> B256 {
    let mut amounts = Join([0; 32], [0; 32]);
    write_wide(&wide(stake), &mut amounts.0);
    write_wide(&wide(fees), &mut amounts.1);
    keccak256_of(&Join(Join(*delegator, *delegate), amounts))
}
