//! Signatures of unlocked accounts recover to them.

use alloy_dyn_abi::TypedData;
use alloy_primitives::{B256, Bytes, Signature, eip191_hash_message};
use serde_json::{Value, json};

use super::client::Client;

fn signer(signature: &Value, hash: B256) -> Value {
    let bytes: Bytes = serde_json::from_value(signature.clone()).expect("bytes");
    let signature = Signature::from_raw(&bytes).expect("a signature");
    json!(
        signature
            .recover_address_from_prehash(&hash)
            .expect("recovers")
    )
}

#[test]
fn messages_are_signed_with_ethereums_prefix() {
    let client = Client::start();
    let who = client.call("eth_accounts", json!([]))[1].clone();
    let message = Bytes::from_static(b"a message");
    let hash = eip191_hash_message(&message);
    let signed = client.call("eth_sign", json!([who, message]));
    assert_eq!(signer(&signed, hash), who);
    assert_eq!(client.call("personal_sign", json!([message, who])), signed);
    assert_eq!(
        client.call("personal_sign", json!([message, who, "a password"])),
        signed
    );
    assert_eq!(
        client.call("personal_ecRecover", json!([message, signed])),
        who
    );
}

#[test]
fn typed_data_is_signed_from_an_object_or_its_text() {
    let client = Client::start();
    let who = client.call("eth_accounts", json!([]))[0].clone();
    let data = json!({
        "types": {
            "EIP712Domain": [{"name": "name", "type": "string"}, {"name": "chainId", "type": "uint256"}],
            "Stake": [{"name": "owner", "type": "address"}, {"name": "amount", "type": "uint256"}]
        },
        "primaryType": "Stake",
        "domain": {"name": "test", "chainId": 412346},
        "message": {"owner": who, "amount": "1000000000000000000"}
    });
    let hash = serde_json::from_value::<TypedData>(data.clone())
        .unwrap()
        .eip712_signing_hash()
        .unwrap();
    let signed = client.call("eth_signTypedData_v4", json!([who, data]));
    assert_eq!(signer(&signed, hash), who);
    assert_eq!(
        client.call("eth_signTypedData_v4", json!([who, data.to_string()])),
        signed
    );
    let broken = json!([who, {"types": {}, "primaryType": "Stake", "domain": {}, "message": {}}]);
    assert!(client.try_call("eth_signTypedData_v4", &broken).is_err());
}
