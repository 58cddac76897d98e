//! Signatures of the unlocked accounts over messages and typed data.

use alloy_dyn_abi::TypedData;
use alloy_primitives::{Address, Bytes, Signature, eip191_hash_message};
use serde_json::Value;

use super::sending::unknown_account;
use crate::rpc::{
    args::{Args, invalid},
    context::Context,
    dispatch::Methods,
    error::{Answer, RpcError},
    json::answer,
    read::Refused,
};

pub(super) const METHODS: Methods = &[
    ("eth_sign", sign),
    ("eth_signTypedData", sign_typed),
    ("eth_signTypedData_v4", sign_typed),
];

/// The older `personal` namespace.
pub(crate) const PERSONAL: Methods = &[
    ("personal_ecRecover", recover),
    ("personal_listAccounts", accounts),
    ("personal_sign", sign_personal),
];

fn accounts(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&context.wallet.addresses().collect::<Vec<_>>())
}

fn signature(signature: &Signature) -> Answer {
    answer(&Bytes::from(signature.as_bytes()))
}

fn signed_message(context: &Context, who: Address, message: &[u8]) -> Answer {
    signature(
        &context
            .wallet
            .sign_message(who, message)
            .ok_or_else(unknown_account)?,
    )
}

fn sign(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    signed_message(context, args.required(0)?, &args.required::<Bytes>(1)?)
}

/// Like `eth_sign` with the parameters the other way round, and a password that is not looked at.
fn sign_personal(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    signed_message(context, args.required(1)?, &args.required::<Bytes>(0)?)
}

fn recover(_: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let message: Bytes = args.required(0)?;
    let bytes: Bytes = args.required(1)?;
    let signature = Signature::from_raw(&bytes)
        .map_err(|_| RpcError::server("invalid Ethereum signature (V is not 27 or 28)"))?;
    let who = signature
        .recover_address_from_prehash(&eip191_hash_message(&message))
        .map_err(|_| RpcError::server("recovery failed"))?;
    answer(&who)
}

/// EIP-712. The data comes as an object or as its JSON text.
fn sign_typed(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let who: Address = args.required(0)?;
    let refused = |error: serde_json::Error| invalid(1, &Refused::text(error.to_string()));
    let data = match args.required::<Value>(1)? {
        Value::String(text) => serde_json::from_str::<TypedData>(&text).map_err(refused)?,
        value => serde_json::from_value(value).map_err(refused)?,
    };
    let signed = context
        .wallet
        .sign_typed(who, &data)
        .ok_or_else(unknown_account)?;
    signature(&signed.map_err(RpcError::server)?)
}
