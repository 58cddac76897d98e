//! The tree's rules, as pure functions: the program and the command line use these same ones; L2Migrator's leaf is held against this one.
//! Always holds: two hashes are hashed together in order of their size, so a proof needs no directions.

use confluence_kit::abi::write_wide;
use confluence_kit::crypto::{Join, keccak256_of};
use confluence_kit::{Address, B256, U256};

/// The hash that stands for one delegator in the LIP-73 tree: of `delegator ++ delegate ++ stake ++ fees`, packed.
///
/// # Arguments
/// * `delegate` - the delegator's orchestrator on L1.
/// * `stake` - LPT base units; `fees` - wei.
pub fn leaf(delegator: &Address, delegate: &Address, stake: &U256, fees: &U256) -> B256 {
    let mut amounts = Join([0; 32], [0; 32]);
    write_wide(stake, &mut amounts.0);
    write_wide(fees, &mut amounts.1);
    keccak256_of(&Join(Join(*delegator, *delegate), amounts))
}

/// The hash of the node above two others.
pub fn parent(a: &B256, b: &B256) -> B256 {
    if a <= b {
        keccak256_of(&Join(*a, *b))
    } else {
        keccak256_of(&Join(*b, *a))
    }
}

/// The root that `path` leads to from `leaf`.
pub fn root_of<'a>(leaf: &B256, path: impl Iterator<Item = &'a B256>) -> B256 {
    path.fold(*leaf, |hash, sibling| parent(&hash, sibling))
}

/// Whether `path` leads from `leaf` to `root`.
pub fn holds<'a>(root: &B256, leaf: &B256, path: impl Iterator<Item = &'a B256>) -> bool {
    root_of(leaf, path) == *root
}
