//! Whether contracts keep the addresses that the registry has now.
//! Always holds: the registry is asked as it is, so that a contract that was not told of a change is found whoever made it.

use std::collections::BTreeMap;

use alloy::primitives::{Address, keccak256};
use confluence_abi::IController;

use super::{Book, Contract, PlanError, settings::peer_slot, step::peer, table};
use crate::{client::ClientError, l2::L2};

/// Each contract's copy of each address that it keeps, and how it differs.
pub(super) async fn kept(l2: &L2, book: &Book) -> Result<Vec<(String, Option<String>)>, PlanError> {
    let controller = book.at(Contract::Controller)?;
    let mut registry: BTreeMap<&str, Result<Address, String>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in table::L2.iter().filter(|row| book.has(row.contract)) {
        let at = book.at(row.contract)?;
        for (index, name) in row.peers.iter().enumerate() {
            if !registry.contains_key(name) {
                registry.insert(name, registered(l2, controller, name).await?);
            }
            let keeps = peer(l2.storage(at, peer_slot(index)).await?);
            let how = match &registry[name] {
                Ok(has) if *has == keeps => None,
                Ok(has) => Some(format!("it keeps {keeps} where the registry has {has}")),
                Err(reason) => Some(format!("the registry says: {reason}")),
            };
            found.push((format!("{}'s {name}", row.contract), how));
        }
    }
    Ok(found)
}

/// What the registry has under a name, or why it does not say.
async fn registered(
    l2: &L2,
    controller: Address,
    name: &str,
) -> Result<Result<Address, String>, ClientError> {
    let id = keccak256(name);
    let call = IController::getContractCall { id };
    match l2.read(controller, &call).await {
        Ok(at) => Ok(Ok(at)),
        Err(ClientError::Reverted { reason, .. }) => Ok(Err(reason.to_string())),
        Err(error) => Err(error),
    }
}
