//! How a program gets its constructor values, once, and so that nobody else can set them.
//! Always holds: a direct deployment is constructed only by the StylusDeployer, which calls nothing but what it has just created; a
//! program behind a proxy is initialised only there, in the proxy's constructor, and an implementation itself never.

use crate::{Address, B256, Result, address, b256, chain::msg, ensure, host};

/// The deployer that cargo-stylus uses, at the same address on every chain: it creates, activates and constructs in one
/// transaction, and has no way to call a contract that it has not just created.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");

/// ERC-1967: what a proxy runs. 0 in an implementation's own storage.
const IMPLEMENTATION_SLOT: B256 =
    b256!("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc");

/// Where it is kept that constructor values are set: under the Manager's tag, behind its record.
const DONE_SLOT: [u8; 32] = {
    let mut slot = [0; 32];
    slot[31] = 1;
    slot
};

/// Only the StylusDeployer, and only once.
#[inline(never)]
pub fn constructing() -> Result {
    ensure!(msg::sender() == STYLUS_DEPLOYER);
    once()
}

/// Only behind a proxy, and only once.
#[inline(never)]
pub fn initializing() -> Result {
    ensure!(!load(&IMPLEMENTATION_SLOT.0).is_zero());
    once()
}

#[inline(never)]
fn once() -> Result {
    ensure!(load(&DONE_SLOT).is_zero());
    let done = B256::with_last_byte(1);
    // SAFETY: two words.
    unsafe { host::storage_cache_bytes32(DONE_SLOT.as_ptr(), done.as_ptr()) }
    Ok(())
}

fn load(slot: &[u8; 32]) -> B256 {
    let mut word = B256::ZERO;
    // SAFETY: two words.
    unsafe { host::storage_load_bytes32(slot.as_ptr(), word.as_mut_ptr()) }
    word
}
