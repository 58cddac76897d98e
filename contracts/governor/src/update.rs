//! Batches of calls: staged by the owner, executed by anyone once their block has come.

use crate::events::{UpdateCancelled, UpdateExecuted, UpdateStaged};
use crate::ownership::only_owner;
use crate::storage::State;
use confluence_kit::abi::{self, Array, Bytes};
use confluence_kit::math::wide;
use confluence_kit::{
    Address, B256, Checked, Result, U256, block, call, crypto, emit, ensure, fault, tuple,
};

tuple! {
    /// A batch.
    dynamic Update of UpdateArg {
        /// Whom to call, in order.
        target: Array<Address>,
        /// Wei to send to each.
        value: Array<U256>,
        /// Calldata for each.
        data: Array<Bytes>,
        /// Tells equal batches apart.
        nonce: U256,
    }
}

/// What a batch is known by.
pub fn hash(update: UpdateArg<'_>) -> B256 {
    crypto::keccak256(abi::encoded::<Update>(update))
}

/// Stages a batch.
///
/// # Arguments
/// * `delay` - L1 blocks until it may be executed.
///
/// # Errors
/// * "unauthorized: msg.sender not owner".
/// * "update already staged".
/// * `Panic(0x11)` - there is no such block.
///
/// # Events
/// `UpdateStaged`.
///
/// # Source
/// Governor.stage; deviation: none.
pub fn stage(s: &mut State, update: UpdateArg<'_>, delay: U256) -> Result {
    only_owner(s)?;
    let mut staged = s.updates.edit(&hash(update));
    ensure!(staged.block.is_zero(), "update already staged");
    staged.block = wide(block::number() as u128).plus(delay)?;
    staged.store();
    emit!(UpdateStaged { update, delay });
    Ok(())
}

/// Executes a batch whose block has come, call by call.
///
/// # Errors
/// * "update is not staged".
/// * "delay for update not expired".
/// * `Panic(0x32)` - fewer values or calldatas than targets.
/// * the revert data of a call that fails, as the text of an `Error(string)`.
///
/// # Events
/// Those of the calls, `UpdateExecuted`.
///
/// # Source
/// Governor.execute; deviation: none.
pub fn execute(s: &mut State, update: UpdateArg<'_>) -> Result {
    let mut staged = s.updates.edit(&hash(update));
    ensure!(!staged.block.is_zero(), "update is not staged");
    ensure!(
        wide(block::number() as u128) >= staged.block,
        "delay for update not expired"
    );
    staged.erase();
    for i in 0..update.target.len() {
        let (value, data) = (update.value.get(i)?, update.data.get(i)?);
        if let Err(why) = call::raw(update.target.get(i)?, &value, data) {
            return fault::revert_with(why);
        }
    }
    emit!(UpdateExecuted { update });
    Ok(())
}

/// Withdraws a staged batch.
///
/// # Errors
/// * "unauthorized: msg.sender not owner".
/// * "update is not staged".
///
/// # Events
/// `UpdateCancelled`.
///
/// # Source
/// Governor.cancel; deviation: none.
pub fn cancel(s: &mut State, update: UpdateArg<'_>) -> Result {
    only_owner(s)?;
    let mut staged = s.updates.edit(&hash(update));
    ensure!(!staged.block.is_zero(), "update is not staged");
    staged.erase();
    emit!(UpdateCancelled { update });
    Ok(())
}

/// The L1 block from which a batch may be executed; 0 if it is not staged.
pub fn executable_from(s: &State, hash: &B256) -> Result<U256> {
    Ok(s.updates.get(hash).block)
}
