//! The call object of `eth_call`, `eth_estimateGas` and `eth_sendTransaction`.
//! Always holds: at most one way of pricing is given, and `data` and `input` agree.

use alloy_eips::{
    eip2930::{AccessList, AccessListItem},
    eip7702::{Authorization, SignedAuthorization},
};
use alloy_primitives::{Address, B256, Bytes, U256};
use serde_json::{Map, Value};

use super::{
    error::RpcError,
    read::{Read, Refused, field, name_of, object},
};
use crate::chain::Message;

const OWNER: &str = "TransactionArgs";

/// See the head of this file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TransactionArgs {
    pub(crate) from: Option<Address>,
    pub(crate) to: Option<Address>,
    pub(crate) gas: Option<u64>,
    pub(crate) gas_price: Option<U256>,
    pub(crate) max_fee_per_gas: Option<U256>,
    pub(crate) max_priority_fee_per_gas: Option<U256>,
    pub(crate) value: Option<U256>,
    pub(crate) nonce: Option<u64>,
    data: Option<Bytes>,
    input: Option<Bytes>,
    pub(crate) access_list: Option<AccessList>,
    pub(crate) chain_id: Option<U256>,
    pub(crate) authorizations: Vec<SignedAuthorization>,
    skip_l1_charging: bool,
}

impl Read for TransactionArgs {
    fn read(value: &Value) -> Result<Self, Refused> {
        let fields = object(value, "ethapi.TransactionArgs")?;
        Ok(Self {
            from: field(fields, OWNER, "from")?,
            to: field(fields, OWNER, "to")?,
            gas: field(fields, OWNER, "gas")?,
            gas_price: field(fields, OWNER, "gasPrice")?,
            max_fee_per_gas: field(fields, OWNER, "maxFeePerGas")?,
            max_priority_fee_per_gas: field(fields, OWNER, "maxPriorityFeePerGas")?,
            value: field(fields, OWNER, "value")?,
            nonce: field(fields, OWNER, "nonce")?,
            data: field(fields, OWNER, "data")?,
            input: field(fields, OWNER, "input")?,
            access_list: access_list(fields)?,
            chain_id: field(fields, OWNER, "chainId")?,
            authorizations: authorizations(fields)?,
            skip_l1_charging: field(fields, OWNER, "skipL1Charging")?.unwrap_or(false),
        })
    }
}

impl TransactionArgs {
    /// Calldata or init code: `input`, or the older `data`.
    pub(crate) fn input(&self) -> Bytes {
        self.input
            .clone()
            .or_else(|| self.data.clone())
            .unwrap_or_default()
    }

    /// What is contradictory in itself.
    fn check(&self, chain_id: u64) -> Result<(), RpcError> {
        let fee_cap = self.max_fee_per_gas.is_some() || self.max_priority_fee_per_gas.is_some();
        if self.gas_price.is_some() && fee_cap {
            return Err(RpcError::server(
                "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified",
            ));
        }
        if let (Some(data), Some(input)) = (&self.data, &self.input)
            && data != input
        {
            return Err(RpcError::server(
                "both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass transaction call data",
            ));
        }
        if let Some(have) = self.chain_id
            && have != U256::from(chain_id)
        {
            let message = format!("chainId does not match node's (have={have}, want={chain_id})");
            return Err(RpcError::server(message));
        }
        Ok(())
    }

    /// The message to execute.
    pub(crate) fn message(&self, chain_id: u64) -> Result<Message, RpcError> {
        self.check(chain_id)?;
        let wei = |amount: Option<U256>| amount.map(|amount| amount.saturating_to::<u128>());
        let fee_cap = wei(self.gas_price.or(self.max_fee_per_gas));
        Ok(Message {
            from: self.from,
            to: self.to,
            gas: self.gas,
            fee_cap,
            tip: wei(self.gas_price.or(self.max_priority_fee_per_gas)),
            value: self.value.unwrap_or_default(),
            input: self.input(),
            nonce: self.nonce,
            access_list: self.access_list.clone(),
            authorizations: self.authorizations.clone(),
            skip_l1_charging: self.skip_l1_charging,
        })
    }
}

fn list<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
    go: &'static str,
) -> Result<&'a [Value], Refused> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(other) => Err(Refused::Kind {
            what: name_of(other).into(),
            go,
            field: Some(format!("{OWNER}.{name}")),
        }),
    }
}

fn access_list(fields: &Map<String, Value>) -> Result<Option<AccessList>, Refused> {
    if matches!(fields.get("accessList"), None | Some(Value::Null)) {
        return Ok(None);
    }
    list(fields, "accessList", "types.AccessList")?
        .iter()
        .map(|item| {
            let item = object(item, "types.AccessTuple")?;
            Ok(AccessListItem {
                address: needed(item, "AccessTuple", "address")?,
                storage_keys: field::<Vec<B256>>(item, "AccessTuple", "storageKeys")?
                    .unwrap_or_default(),
            })
        })
        .collect::<Result<_, _>>()
        .map(|items| Some(AccessList(items)))
}

fn authorizations(fields: &Map<String, Value>) -> Result<Vec<SignedAuthorization>, Refused> {
    const OWNER: &str = "SetCodeAuthorization";
    list(fields, "authorizationList", "[]types.SetCodeAuthorization")?
        .iter()
        .map(|item| {
            let item = object(item, "types.SetCodeAuthorization")?;
            let unsigned = Authorization {
                chain_id: needed(item, OWNER, "chainId")?,
                address: needed(item, OWNER, "address")?,
                nonce: needed(item, OWNER, "nonce")?,
            };
            let parity: u64 = needed(item, OWNER, "yParity")?;
            Ok(SignedAuthorization::new_unchecked(
                unsigned,
                u8::try_from(parity).unwrap_or(u8::MAX),
                needed(item, OWNER, "r")?,
                needed(item, OWNER, "s")?,
            ))
        })
        .collect()
}

/// A field that Go's generated decoders insist on.
fn needed<T: Read>(fields: &Map<String, Value>, owner: &str, name: &str) -> Result<T, Refused> {
    field(fields, owner, name)?
        .ok_or_else(|| Refused::text(format!("missing required field '{name}' for {owner}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> TransactionArgs {
        TransactionArgs::read(value).unwrap()
    }

    #[test]
    fn a_call_object_becomes_a_message() {
        let message = read(&json!({
            "from": Address::repeat_byte(1), "to": null, "gas": "0x5208", "maxFeePerGas": "0x64",
            "value": "0x1", "data": "0x0102", "unknown": true,
            "accessList": [{"address": Address::repeat_byte(2), "storageKeys": [B256::ZERO]}],
        }))
        .message(1)
        .unwrap();
        assert_eq!(
            (message.gas, message.fee_cap, message.tip),
            (Some(21_000), Some(100), None)
        );
        assert_eq!(message.input.as_ref(), [1, 2]);
        assert_eq!(message.access_list.unwrap().0[0].storage_keys.len(), 1);
    }

    #[test]
    fn contradictions_are_refused() {
        let cases = [
            (
                json!({"gasPrice": "0x1", "maxFeePerGas": "0x1"}),
                "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified",
            ),
            (
                json!({"data": "0x01", "input": "0x02"}),
                "both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass transaction call data",
            ),
            (
                json!({"chainId": "0x2"}),
                "chainId does not match node's (have=2, want=1)",
            ),
        ];
        for (value, words) in cases {
            assert_eq!(read(&value).message(1).unwrap_err().message, words);
        }
    }

    #[test]
    fn an_unreadable_field_is_named() {
        let refused = TransactionArgs::read(&json!({"to": "0x12345"}))
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            "json: cannot unmarshal hex string of odd length into Go struct field TransactionArgs.to of type common.Address"
        );
        let refused = TransactionArgs::read(&json!({"accessList": [{}]}))
            .unwrap_err()
            .to_string();
        assert_eq!(refused, "missing required field 'address' for AccessTuple");
    }
}
