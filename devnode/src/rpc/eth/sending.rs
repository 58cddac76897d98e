//! Sending transactions: signed elsewhere, or on behalf of an unlocked or impersonated account.

use alloy_consensus::{
    Transaction, TxEip1559, TxEip2930, TxEip7702, TxEnvelope, TxLegacy, TypedTransaction,
};
use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use serde::Serialize;

use crate::{
    chain::{BlockOverrides, ETHER, StateOverrides, Tx, TxError},
    rpc::{
        args::Args,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::{TransactionJson, answer},
        request::TransactionArgs,
    },
};

pub(super) const METHODS: Methods = &[
    ("eth_sendRawTransaction", send_raw),
    ("eth_sendTransaction", send),
    ("eth_signTransaction", sign),
];

impl From<TxError> for RpcError {
    fn from(error: TxError) -> Self {
        Self::server(error.sequencer_message())
    }
}

fn send_raw(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let tx = Tx::decode_signed(&args.required::<Bytes>(0)?)?;
    check_fee(&tx)?;
    answer(&context.chain_mut().submit(tx)?)
}

/// Nitro's guard against a slip of the pen: no transaction may offer more than one ether for its gas.
fn check_fee(tx: &TxEnvelope) -> Result<(), RpcError> {
    let offered = U256::from(tx.max_fee_per_gas()) * U256::from(tx.gas_limit());
    if offered <= ETHER {
        return Ok(());
    }
    let hundredths = (offered / (ETHER / U256::from(100))).saturating_to::<u128>();
    Err(RpcError::server(format!(
        "tx fee ({}.{:02} ether) exceeds the configured cap (1.00 ether)",
        hundredths / 100,
        hundredths % 100
    )))
}

fn send(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let request: TransactionArgs = args.required(0)?;
    let (from, tx) = complete(context, &request)?;
    if context.chain().is_impersonated(from) {
        return answer(&context.chain_mut().submit_as(from, tx)?);
    }
    let signed = context
        .wallet
        .sign_transaction(from, tx)
        .ok_or_else(unknown_account)?;
    let hash: B256 = context.chain_mut().submit(signed)?;
    answer(&hash)
}

#[derive(Debug, Serialize)]
struct Signed {
    raw: Bytes,
    tx: TransactionJson,
}

fn sign(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let (from, tx) = complete(context, &args.required(0)?)?;
    let signed = context
        .wallet
        .sign_transaction(from, tx)
        .ok_or_else(unknown_account)?;
    let tx = Tx::from(signed);
    answer(&Signed {
        raw: tx.encode(),
        tx: TransactionJson::pending(&tx, from),
    })
}

/// What go-ethereum says of an account it has no key of.
pub(super) fn unknown_account() -> RpcError {
    RpcError::server("unknown account")
}

/// Fills in what the request leaves open: sender, nonce, gas and price.
fn complete(
    context: &Context,
    request: &TransactionArgs,
) -> Result<(Address, TypedTransaction), RpcError> {
    let chain = context.chain();
    let chain_id = chain.config().chain_id;
    let Some(from) = request.from.or_else(|| context.wallet.addresses().next()) else {
        return Err(unknown_account());
    };
    let mut message = request.message(chain_id)?;
    message.from = Some(from);
    let nonce = match request.nonce {
        Some(nonce) => nonce,
        None => chain.nonce(from, BlockId::pending()).unwrap_or_default(),
    };
    let gas_limit = match request.gas {
        Some(gas) => gas,
        None => {
            let (state, block) = (StateOverrides::default(), BlockOverrides::default());
            chain.estimate(&message, BlockId::pending(), &state, &block)?
        }
    };
    // Room for the base fee to double before the transaction gets in.
    let base_fee = chain.head().base_fee().saturating_to::<u128>();
    let fee_cap = message.fee_cap.unwrap_or(2 * base_fee);
    let tip = request
        .max_priority_fee_per_gas
        .map_or(0, |tip| tip.saturating_to::<u128>());
    let (value, input) = (message.value, message.input);
    let to = message.to.map_or(TxKind::Create, TxKind::Call);
    let access_list = message.access_list;
    let tx = match (access_list, request.gas_price, message.to) {
        (access_list, None, Some(to)) if !message.authorizations.is_empty() => TxEip7702 {
            chain_id,
            nonce,
            gas_limit,
            max_fee_per_gas: fee_cap,
            max_priority_fee_per_gas: tip,
            to,
            value,
            access_list: access_list.unwrap_or_default(),
            authorization_list: message.authorizations,
            input,
        }
        .into(),
        (access_list, None, _) => TxEip1559 {
            chain_id,
            nonce,
            gas_limit,
            max_fee_per_gas: fee_cap,
            max_priority_fee_per_gas: tip,
            to,
            value,
            access_list: access_list.unwrap_or_default(),
            input,
        }
        .into(),
        (Some(access_list), Some(_), _) => TxEip2930 {
            chain_id,
            nonce,
            gas_price: fee_cap,
            gas_limit,
            to,
            value,
            access_list,
            input,
        }
        .into(),
        (None, Some(_), _) => TxLegacy {
            chain_id: Some(chain_id),
            nonce,
            gas_price: fee_cap,
            gas_limit,
            to,
            value,
            input,
        }
        .into(),
    };
    Ok((from, tx))
}
