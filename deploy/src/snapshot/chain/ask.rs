//! What accounts have at the target's block, many in one request.
//! Always holds: an account with code is a contract unless the code is a delegation of an account with a key
//! (EIP-7702), which signs on L2 as it does on L1.

use alloy::primitives::{Address, U256};
use confluence_abi::ILegacyBondingManager::{
    getDelegatorCall, isRegisteredTranscoderCall, pendingFeesCall, pendingStakeCall,
};

use super::{ChainError, Rule, Target, journal::Answer};
use crate::{client::L1, snapshot::Leaf};

/// Code of an account that has a key and delegates its calls: this prefix and an address.
const DELEGATION: [u8; 3] = [0xef, 0x01, 0x00];
const DELEGATION_LEN: usize = 23;

/// Whether code belongs to an account without a key.
pub(super) fn is_contract(code: &[u8]) -> bool {
    let delegated = code.len() == DELEGATION_LEN && code.starts_with(&DELEGATION);
    !code.is_empty() && !delegated
}

/// Asks about some accounts; answers in their order.
pub(super) async fn ask(
    l1: &L1,
    target: &Target,
    rule: Rule,
    accounts: &[Address],
) -> Result<Vec<Answer>, ChainError> {
    let (bonding, block) = (target.bonding_manager, target.block.number);
    let registered: Vec<_> = accounts
        .iter()
        .map(|&transcoder| isRegisteredTranscoderCall { transcoder })
        .collect();
    let registered = l1.read_each_at(bonding, &registered, block).await?;
    let codes = l1.codes_at(accounts, block).await?;
    let left_out = |index: usize| {
        let account = accounts[index];
        if registered[index] && !rule.with_orchestrators {
            Some(Answer::Orchestrator(account))
        } else if is_contract(&codes[index]) && !rule.with_contracts {
            Some(Answer::Contract(account))
        } else {
            None
        }
    };
    let inside: Vec<Address> = (0..accounts.len())
        .filter(|&index| left_out(index).is_none())
        .map(|index| accounts[index])
        .collect();
    let mut leaves = leaves(l1, target, &inside).await?.into_iter();
    Ok((0..accounts.len())
        .filter_map(|index| {
            left_out(index).or_else(|| {
                leaves
                    .next()
                    .map(|leaf| Answer::Leaf(leaf.as_bytes().to_vec().into()))
            })
        })
        .collect())
}

async fn leaves(l1: &L1, target: &Target, accounts: &[Address]) -> Result<Vec<Leaf>, ChainError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let (bonding, block) = (target.bonding_manager, target.block.number);
    // Any end round from LIP-36 on means "now"; Livepeer's own tool passed the largest number.
    let end = U256::MAX;
    let who = accounts.iter();
    let delegators: Vec<_> = who
        .clone()
        .map(|&delegator| getDelegatorCall { delegator })
        .collect();
    let stakes: Vec<_> = who
        .clone()
        .map(|&delegator| pendingStakeCall {
            delegator,
            endRound: end,
        })
        .collect();
    let fees: Vec<_> = who
        .clone()
        .map(|&delegator| pendingFeesCall {
            delegator,
            endRound: end,
        })
        .collect();
    let delegators = l1.read_each_at(bonding, &delegators, block).await?;
    let stakes = l1.read_each_at(bonding, &stakes, block).await?;
    let fees = l1.read_each_at(bonding, &fees, block).await?;
    Ok(who
        .zip(delegators)
        .zip(stakes.into_iter().zip(fees))
        .map(|((&account, delegator), (stake, fees))| {
            Leaf::new(account, delegator.delegateAddress, stake, fees)
        })
        .collect())
}
