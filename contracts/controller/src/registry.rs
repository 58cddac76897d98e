//! Which contract is where. Ids are hashes of names.

use crate::events::SetContractInfo;
use crate::ownership::only_owner;
use crate::storage::State;
use confluence_kit::abi::{Reply, reply};
use confluence_kit::{Address, B256, FixedBytes, Result, emit, interface};

interface! {
    /// Any contract that a Controller manages.
    Managed {
        exec setController(controller: Address);
    }
}

/// Registers a contract, or another one in its place.
///
/// # Arguments
/// * `id` - hash of the contract's name.
/// * `at` - its address; null unregisters it.
/// * `commit` - what it was built from.
///
/// # Errors
/// * empty - the caller is not the owner.
///
/// # Events
/// `SetContractInfo`.
///
/// # Source
/// Controller.setContractInfo; deviation: none.
pub fn set(s: &mut State, id: &B256, at: &Address, commit: &FixedBytes<20>) -> Result {
    only_owner(s)?;
    let mut contract = s.contracts.edit(id);
    contract.at = *at;
    contract.store();
    let mut built_from = s.commits.edit(id);
    built_from.hash = *commit;
    built_from.store();
    emit!(SetContractInfo {
        id,
        contractAddress: at,
        gitCommitHash: commit
    });
    Ok(())
}

/// Tells a registered contract that another Controller manages it from now on.
///
/// # Errors
/// * empty - the caller is not the owner; nothing is registered under `id`.
/// * whatever the contract answers.
///
/// # Source
/// Controller.updateController; deviation: none.
pub fn update_controller(s: &mut State, id: &B256, controller: &Address) -> Result {
    only_owner(s)?;
    Managed(s.contracts.get(id).at).setController(controller)
}

/// Where a contract is; null for an unknown id.
pub fn contract(s: &State, id: &B256) -> Result<Address> {
    Ok(s.contracts.get(id).at)
}

/// Where a contract is and what it was built from.
pub fn info(s: &State, id: &B256) -> Result<Reply> {
    Ok(reply()
        .address(&s.contracts.get(id).at)
        .bytes20(&s.commits.get(id).hash))
}
