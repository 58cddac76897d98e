//! Deciding through the Governor: its owner stages a batch of calls, and anyone executes it once its delay is over.

use alloy::primitives::{Address, Bytes, U256};
use confluence_abi::IGovernor;

use crate::{client::ClientError, l2::L2};

/// Stages a batch without delay as the Governor's owner, and executes it.
///
/// # Errors
/// The client's account is not the owner, or one of the calls fails.
pub async fn govern(
    l2: &L2,
    governor: Address,
    calls: Vec<(Address, Bytes)>,
    nonce: U256,
) -> Result<(), ClientError> {
    let (target, data): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
    let update = IGovernor::Update {
        value: vec![U256::ZERO; target.len()],
        target,
        data,
        nonce,
    };
    let stage = IGovernor::stageCall {
        update: update.clone(),
        delay: U256::ZERO,
    };
    l2.transact(governor, &stage, U256::ZERO).await?;
    l2.transact(governor, &IGovernor::executeCall { update }, U256::ZERO)
        .await?;
    Ok(())
}
