//! State and block overrides: the third and fourth parameter of `eth_call` and its kin.

use alloy_primitives::{Address, B256, U256, map::B256Map};
use serde_json::Value;

use super::{
    error::RpcError,
    read::{Read, Refused, field, object},
};
use crate::chain::{AccountOverride, BlockOverrides, StateOverrides};

/// Accounts to change, by address.
#[derive(Clone, Debug, Default)]
pub(crate) struct StateArgs(pub(crate) StateOverrides);

impl Read for StateArgs {
    fn read(value: &Value) -> Result<Self, Refused> {
        let accounts = object(value, "override.StateOverride")?;
        accounts
            .iter()
            .map(|(address, change)| {
                Ok((
                    Address::read(&Value::from(address.as_str()))?,
                    account(change)?,
                ))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl StateArgs {
    /// Refuses an account whose storage is both replaced and amended.
    pub(crate) fn checked(self) -> Result<StateOverrides, RpcError> {
        for (address, change) in &self.0 {
            if change.state.is_some() && change.state_diff.is_some() {
                let address = address.to_checksum(None).to_lowercase();
                return Err(RpcError::server(format!(
                    "account {address} has both 'state' and 'stateDiff'"
                )));
            }
        }
        Ok(self.0)
    }
}

fn account(value: &Value) -> Result<AccountOverride, Refused> {
    const OWNER: &str = "OverrideAccount";
    let fields = object(value, "override.OverrideAccount")?;
    Ok(AccountOverride {
        balance: field(fields, OWNER, "balance")?,
        nonce: field(fields, OWNER, "nonce")?,
        code: field(fields, OWNER, "code")?,
        state: field::<Slots>(fields, OWNER, "state")?.map(|slots| slots.0),
        state_diff: field::<Slots>(fields, OWNER, "stateDiff")?.map(|slots| slots.0),
        move_precompile_to: field(fields, OWNER, "movePrecompileToAddress")?,
    })
}

struct Slots(B256Map<B256>);

impl Read for Slots {
    fn read(value: &Value) -> Result<Self, Refused> {
        object(value, "map[common.Hash]common.Hash")?
            .iter()
            .map(|(key, value)| Ok((B256::read(&Value::from(key.as_str()))?, B256::read(value)?)))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Changes to the block.
#[derive(Clone, Debug, Default)]
pub(crate) struct BlockArgs(pub(crate) BlockOverrides);

impl Read for BlockArgs {
    fn read(value: &Value) -> Result<Self, Refused> {
        const OWNER: &str = "BlockOverrides";
        let fields = object(value, "override.BlockOverrides")?;
        let number = field::<U256>(fields, OWNER, "number")?;
        Ok(Self(BlockOverrides {
            number: number.map(|number| number.saturating_to()),
            time: field(fields, OWNER, "time")?,
            gas_limit: field(fields, OWNER, "gasLimit")?,
            coinbase: field(fields, OWNER, "feeRecipient")?,
            base_fee: field(fields, OWNER, "baseFeePerGas")?,
            prev_randao: field(fields, OWNER, "prevRandao")?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_account_can_be_overridden_in_every_part() {
        let (who, slot) = (Address::repeat_byte(1), B256::repeat_byte(2));
        let json = json!({who.to_string(): {"balance": "0x1", "nonce": "0x2", "code": "0x00", "stateDiff": {slot.to_string(): slot}}});
        let overrides = StateArgs::read(&json).unwrap().checked().unwrap();
        let change = &overrides[&who];
        assert_eq!(
            (change.balance, change.nonce),
            (Some(U256::from(1)), Some(2))
        );
        assert_eq!(change.state_diff.as_ref().unwrap()[&slot], slot);
    }

    #[test]
    fn storage_is_replaced_or_amended_but_not_both() {
        let json = json!({Address::ZERO.to_string(): {"state": {}, "stateDiff": {}}});
        let error = StateArgs::read(&json).unwrap().checked().unwrap_err();
        assert_eq!(
            error.message,
            "account 0x0000000000000000000000000000000000000000 has both 'state' and 'stateDiff'"
        );
    }
}
