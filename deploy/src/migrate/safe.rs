//! A file for Safe's Transaction Builder: the transaction that a contract wallet's owners look at, with every argument by name.
//! Always holds: `data` is what would have been sent, and the decoded arguments are read back from it.

use std::path::Path;

use alloy::{
    dyn_abi::{DynSolValue, JsonAbiExt as _},
    json_abi::Function,
    primitives::{Address, Bytes, U256, keccak256},
};
use serde_json::{Map, Value, json};

/// The builder's own version of its files.
const VERSION: &str = "1.0";

/// Transactions for a Safe, in the order in which they run.
#[derive(Debug, Clone)]
pub struct Batch {
    chain_id: u64,
    safe: Address,
    name: String,
    transactions: Vec<Value>,
}

impl Batch {
    /// An empty batch for a wallet on a chain.
    #[must_use]
    pub fn new(chain_id: u64, safe: Address, name: impl Into<String>) -> Self {
        Self {
            chain_id,
            safe,
            name: name.into(),
            transactions: Vec::new(),
        }
    }

    /// Adds a call of one of `functions`; a call of none of them stays undecoded.
    #[must_use]
    pub fn with<'a>(
        mut self,
        functions: impl IntoIterator<Item = &'a Function>,
        to: Address,
        value: U256,
        data: &Bytes,
    ) -> Self {
        let called = functions
            .into_iter()
            .find(|function| data.starts_with(function.selector().as_slice()));
        let decoded = called.and_then(|function| decoded(function, data));
        let mut transaction = json!({
            "to": to,
            "value": value.to_string(),
            "data": data,
            "contractMethod": null,
            "contractInputsValues": null,
        });
        if let Some((method, values)) = decoded {
            transaction["contractMethod"] = method;
            transaction["contractInputsValues"] = values;
        }
        self.transactions.push(transaction);
        self
    }

    /// The file's text. `created` is Unix milliseconds.
    #[must_use]
    pub fn to_json(&self, created: u64) -> String {
        let mut document = json!({
            "version": VERSION,
            "chainId": self.chain_id.to_string(),
            "createdAt": created,
            "meta": {
                "name": self.name,
                "description": "Written by confluence. The ticket's fees are those of the moment of writing: sign soon.",
                "createdFromSafeAddress": self.safe,
                "createdFromOwnerAddress": "",
            },
            "transactions": self.transactions,
        });
        let sum = checksum(&document);
        document["meta"]["checksum"] = sum.into();
        format!("{document:#}\n")
    }

    /// Writes it.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, path: &Path, created: u64) -> std::io::Result<()> {
        crate::whole_file::replace(path, self.to_json(created).as_bytes())
    }
}

/// The function as the builder knows it, and its arguments.
fn decoded(function: &Function, data: &Bytes) -> Option<(Value, Value)> {
    let values = function.abi_decode_input(data.get(4..)?).ok()?;
    let mut named = Map::new();
    for (input, value) in function.inputs.iter().zip(&values) {
        let text = match shown(value) {
            Value::String(text) => text,
            list => list.to_string(),
        };
        named.insert(input.name.clone(), text.into());
    }
    let method = json!({
        "name": function.name,
        "payable": function.state_mutability == alloy::json_abi::StateMutability::Payable,
        "inputs": serde_json::to_value(&function.inputs).ok()?,
    });
    Some((method, named.into()))
}

/// A value as the builder's fields take it: text, or a list of texts.
fn shown(value: &DynSolValue) -> Value {
    match value {
        DynSolValue::Address(address) => address.to_string().into(),
        DynSolValue::Uint(number, _) => number.to_string().into(),
        DynSolValue::Int(number, _) => number.to_string().into(),
        DynSolValue::Bool(flag) => flag.to_string().into(),
        DynSolValue::String(text) => text.clone().into(),
        DynSolValue::Bytes(bytes) => alloy::hex::encode_prefixed(bytes).into(),
        DynSolValue::FixedBytes(word, size) => alloy::hex::encode_prefixed(&word[..*size]).into(),
        DynSolValue::Array(list) | DynSolValue::FixedArray(list) | DynSolValue::Tuple(list) => {
            list.iter().map(shown).collect()
        }
        _ => Value::Null,
    }
}

/// The builder warns of a file whose checksum is not this: Keccak-256 of the document with sorted keys before each object's
/// values and with the batch's name left out.
fn checksum(document: &Value) -> String {
    let mut document = document.clone();
    document["meta"]["name"] = Value::Null;
    keccak256(serialized(&document)).to_string()
}

fn serialized(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            let list: Vec<_> = list.iter().map(serialized).collect();
            format!("[{}]", list.join(","))
        }
        Value::Object(fields) => {
            let mut keys: Vec<_> = fields.keys().collect();
            keys.sort();
            let values: String = keys
                .iter()
                .map(|key| format!("{},", serialized(&fields[*key])))
                .collect();
            format!("{{{}{values}}}", json!(keys))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use alloy::sol_types::SolCall as _;
    use confluence_abi::IL1Migrator;

    use super::*;

    fn written(data: &Bytes) -> Value {
        let abi = IL1Migrator::abi::contract();
        let to = Address::repeat_byte(7);
        let batch = Batch::new(1, Address::repeat_byte(1), "a move");
        let batch = batch.with(abi.functions(), to, U256::from(5), data);
        serde_json::from_str(&batch.to_json(1_700_000_000_000)).expect("JSON")
    }

    #[test]
    fn every_argument_stands_there_by_name_as_the_builder_takes_it() {
        let call = IL1Migrator::migrateCall {
            message: IL1Migrator::MigrateMsg {
                l1Addr: Address::repeat_byte(1),
                l2Addr: Address::repeat_byte(2),
                amount: U256::from(3),
                nonce: U256::ZERO,
                deadline: U256::from(9),
            },
            hints: super::super::hints::none(),
            sig: Bytes::new(),
            maxGas: U256::from(10),
            gasPriceBid: U256::from(11),
            maxSubmissionCost: U256::from(12),
        };
        let document = written(&call.abi_encode().into());
        let transaction = &document["transactions"][0];
        assert_eq!(transaction["value"], "5");
        assert_eq!(transaction["contractMethod"]["name"], "migrate");
        assert_eq!(transaction["contractMethod"]["payable"], true);
        let inputs = &transaction["contractMethod"]["inputs"];
        assert_eq!(inputs[0]["type"], "tuple");
        assert_eq!(inputs[0]["components"][2]["name"], "amount");
        let values = &transaction["contractInputsValues"];
        assert_eq!(values["maxGas"], "10");
        assert_eq!(values["sig"], "0x");
        let message = values["message"].as_str().expect("a text");
        let message: Value = serde_json::from_str(message).expect("a list in it");
        assert_eq!(message[2], "3");
        assert_eq!(
            transaction["data"],
            Bytes::from(call.abi_encode()).to_string()
        );
    }

    #[test]
    fn a_call_of_another_contract_is_written_undecoded() {
        let document = written(&Bytes::from_static(&[1, 2, 3, 4]));
        let transaction = &document["transactions"][0];
        assert_eq!(transaction["data"], "0x01020304");
        assert!(transaction["contractMethod"].is_null());
    }

    #[test]
    fn the_checksum_covers_the_transactions_and_not_the_name() {
        let document = written(&Bytes::from_static(&[1, 2, 3, 4]));
        let sum = document["meta"]["checksum"].clone();
        let again = |change: fn(&mut Value)| {
            let mut document = document.clone();
            let meta = document["meta"].as_object_mut().expect("an object");
            meta.remove("checksum");
            change(&mut document);
            checksum(&document)
        };
        assert_eq!(again(|_| {}), sum);
        assert_eq!(again(|document| document["meta"]["name"] = "b".into()), sum);
        assert_ne!(
            again(|document| document["transactions"][0]["value"] = "6".into()),
            sum
        );
    }

    #[test]
    fn it_is_serialised_as_the_builder_does() {
        let value = json!({"b": [1, "x"], "a": null});
        assert_eq!(serialized(&value), r#"{["a","b"]null,[1,"x"],}"#);
    }
}
