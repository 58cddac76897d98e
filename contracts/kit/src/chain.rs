//! Who calls, when, and who we are.
//! Always holds: block numbers are L1's, as `block.number` is on Arbitrum.

use crate::{Address, U256, abi::read_wide, host};

macro_rules! address {
    ($hook:ident) => {{
        let mut it = Address::ZERO;
        // SAFETY: an address has 20 bytes.
        unsafe { host::$hook(it.as_mut_ptr()) }
        it
    }};
}

/// The call being answered.
pub mod msg {
    use super::*;

    /// Who calls.
    #[inline(never)]
    pub fn sender() -> Address {
        address!(msg_sender)
    }

    /// The wei sent along.
    #[inline(never)]
    pub fn value() -> U256 {
        let mut word = [0; 32];
        // SAFETY: a word has 32 bytes.
        unsafe { host::msg_value(word.as_mut_ptr()) }
        read_wide(&word)
    }

    /// Whether another call to this contract is still running.
    #[inline(always)]
    pub fn is_reentrant() -> bool {
        // SAFETY: no arguments.
        unsafe { host::msg_reentrant() }
    }
}

/// The block it is in.
pub mod block {
    use super::*;

    /// The number of the latest L1 block that the sequencer had seen.
    #[inline(always)]
    pub fn number() -> u64 {
        // SAFETY: no arguments.
        unsafe { host::block_number() }
    }

    /// Seconds since 1970.
    #[inline(always)]
    pub fn timestamp() -> u64 {
        // SAFETY: no arguments.
        unsafe { host::block_timestamp() }
    }

    /// The chain's id.
    #[inline(always)]
    pub fn chain_id() -> u64 {
        // SAFETY: no arguments.
        unsafe { host::chainid() }
    }
}

/// The contract that runs: behind a proxy, the proxy.
pub mod this {
    use super::*;

    /// Its address.
    #[inline(never)]
    pub fn address() -> Address {
        address!(contract_address)
    }

    /// Its wei.
    #[inline(never)]
    pub fn balance() -> U256 {
        balance_of(&address())
    }
}

/// The wei of `who`.
#[inline(never)]
pub fn balance_of(who: &Address) -> U256 {
    let mut word = [0; 32];
    // SAFETY: 20 and 32 bytes.
    unsafe { host::account_balance(who.as_ptr(), word.as_mut_ptr()) }
    read_wide(&word)
}
