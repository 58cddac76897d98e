//! Writing into the state what an execution changed, and the commitment to it that headers carry.
//!
//! The state root in our headers is not Nitro's Merkle-Patricia root: nothing a client of a dev chain does depends on it. It is
//! `keccak(parent root ‖ changed accounts ‖ changed slots)` in order of their addresses, so equal histories have equal roots.

use alloy_primitives::{B256, Keccak256};
use revm::state::EvmState;

use super::state::{Account, NOW, State, Version};

/// Writes what an execution changed into a new version of the state.
pub(crate) fn commit(state: &mut State, changes: EvmState) {
    state.advance();
    for (address, account) in changes {
        if !account.is_touched() {
            continue;
        }
        if account.is_selfdestructed() {
            // Only accounts made in the same transaction are destroyed (EIP-6780): the state has no storage of theirs.
            if state.account(address, NOW).is_some() {
                state.set_account(address, Account::default());
            }
            continue;
        }
        let after = Account {
            nonce: account.info.nonce,
            balance: account.info.balance,
            code_hash: account.info.code_hash,
        };
        let before = state.account(address, NOW).unwrap_or_default();
        if before != after {
            if before.code_hash != after.code_hash
                && let Some(code) = account.info.code
            {
                state.insert_code(after.code_hash, code);
            }
            state.set_account(address, after);
        }
        for (key, slot) in account.storage {
            if slot.present_value != state.slot(address, key, NOW) {
                state.set_slot(address, key, slot.present_value);
            }
        }
    }
}

/// Root of the state after `parent_root` was followed by the changes since `since`.
pub(crate) fn root(state: &State, parent_root: B256, since: Version) -> B256 {
    let (accounts, slots) = state.changed_since(since);
    let mut hasher = Keccak256::new();
    hasher.update(parent_root);
    for address in accounts {
        let account = state.account(address, NOW).unwrap_or_default();
        hasher.update(address);
        hasher.update(account.nonce.to_be_bytes());
        hasher.update(account.balance.to_be_bytes::<32>());
        hasher.update(account.code_hash);
    }
    for (address, key) in slots {
        hasher.update(address);
        hasher.update(key.to_be_bytes::<32>());
        hasher.update(state.slot(address, key, NOW).to_be_bytes::<32>());
    }
    hasher.finalize()
}
