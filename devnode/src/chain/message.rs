//! What `eth_call` and its kin execute: a message, and changes to the world it runs in.

use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{
    Address, B256, Bytes, U256,
    map::{AddressMap, B256Map},
};

/// A call without a signature. Whatever is `None` gets Nitro's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Sender; the zero address when absent.
    pub from: Option<Address>,
    /// Recipient; a creation when absent.
    pub to: Option<Address>,
    /// Gas limit; the cap when absent, and never above it.
    pub gas: Option<u64>,
    /// Price or fee cap in wei per gas; zero switches the base fee off.
    pub fee_cap: Option<u128>,
    /// Tip in wei per gas.
    pub tip: Option<u128>,
    /// Value in wei.
    pub value: U256,
    /// Calldata or init code.
    pub input: Bytes,
    /// Nonce; what the account has when absent. Calls do not check it.
    pub nonce: Option<u64>,
    /// EIP-2930 access list.
    pub access_list: Option<AccessList>,
    /// EIP-7702 authorisations.
    pub authorizations: Vec<SignedAuthorization>,
    /// Leaves the L1 part of the gas out (Nitro's `skipL1Charging`).
    pub skip_l1_charging: bool,
}

/// Changes to accounts for the time of one call.
pub type StateOverrides = AddressMap<AccountOverride>;

/// Changes to one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountOverride {
    /// Balance in wei.
    pub balance: Option<U256>,
    /// Nonce.
    pub nonce: Option<u64>,
    /// Code.
    pub code: Option<Bytes>,
    /// The whole storage: every slot not named is zero.
    pub state: Option<B256Map<B256>>,
    /// Single slots.
    pub state_diff: Option<B256Map<B256>>,
    /// The address that takes over the precompile of this one.
    pub move_precompile_to: Option<Address>,
}

/// Changes to the block a call runs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockOverrides {
    /// L2 block number.
    pub number: Option<u64>,
    /// Timestamp in seconds.
    pub time: Option<u64>,
    /// Gas limit.
    pub gas_limit: Option<u64>,
    /// Miner.
    pub coinbase: Option<Address>,
    /// Base fee in wei.
    pub base_fee: Option<U256>,
    /// What `PREVRANDAO` gives.
    pub prev_randao: Option<B256>,
}

/// What a call gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallOutcome {
    /// Return data, or the code of a created contract.
    pub output: Bytes,
    /// Gas used, refunds taken off.
    pub gas_used: u64,
    /// The part of it that pays for L1 data.
    pub gas_used_for_l1: u64,
    /// Logs the call would have written.
    pub logs: Vec<alloy_primitives::Log>,
}
