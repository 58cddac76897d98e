//! A transaction as `eth_getTransactionByHash` and full blocks show it.

use alloy_consensus::{Transaction as _, TxEnvelope};
use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, B256, Bytes, U64, U256};
use serde::Serialize;

use crate::{
    arbos::tx::ArbTx,
    chain::{Block, Mined, Tx},
};

/// See the head of this file. Fields that a type does not have are left out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransactionJson {
    block_hash: Option<B256>,
    block_number: Option<U64>,
    from: Address,
    gas: U64,
    gas_price: U256,
    #[serde(flatten)]
    fees: Fees,
    hash: B256,
    input: Bytes,
    nonce: U64,
    to: Option<Address>,
    transaction_index: Option<U64>,
    value: U256,
    r#type: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_list: Option<AccessList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chain_id: Option<U64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_list: Option<Vec<Authorization>>,
    v: U256,
    r: U256,
    s: U256,
    #[serde(skip_serializing_if = "Option::is_none")]
    y_parity: Option<U64>,
    #[serde(flatten)]
    arbos: Option<ArbosFields>,
}

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Fees {
    #[serde(skip_serializing_if = "Option::is_none")]
    max_fee_per_gas: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_priority_fee_per_gas: Option<U256>,
}

/// An EIP-7702 authorisation.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Authorization {
    chain_id: U256,
    address: Address,
    nonce: U64,
    y_parity: U64,
    r: U256,
    s: U256,
}

/// What only ArbOS's own transactions have.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArbosFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<B256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket_id: Option<B256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_refund: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_fee_refund: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_to: Option<Address>,
    #[serde(rename = "l1BaseFee", skip_serializing_if = "Option::is_none")]
    l1_base_fee: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deposit_value: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_to: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_value: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_data: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beneficiary: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_submission_fee: Option<U256>,
}

impl TransactionJson {
    /// A transaction in `block`.
    pub(crate) fn mined(block: &Block, mined: &Mined) -> Self {
        let mut json = Self::new(&mined.tx, mined.from, Some(block.base_fee()));
        json.block_hash = Some(block.hash);
        json.block_number = Some(U64::from(block.number()));
        json.transaction_index = Some(U64::from(mined.index));
        json
    }

    /// A transaction that waits for its block.
    pub(crate) fn pending(tx: &Tx, from: Address) -> Self {
        Self::new(tx, from, None)
    }

    /// `base_fee` of the block: what a transaction with a fee cap would pay there, tip and all, as in go-ethereum. (What it did
    /// pay is in its receipt; Nitro drops tips.)
    fn new(tx: &Tx, from: Address, base_fee: Option<U256>) -> Self {
        let mut json = Self {
            block_hash: None,
            block_number: None,
            from,
            gas: U64::from(tx.gas()),
            gas_price: U256::ZERO,
            fees: Fees::default(),
            hash: tx.hash(),
            input: tx.input(),
            nonce: U64::from(tx.nonce()),
            to: tx.to(),
            transaction_index: None,
            value: tx.value(),
            r#type: U64::from(tx.kind()),
            access_list: None,
            chain_id: None,
            authorization_list: None,
            v: U256::ZERO,
            r: U256::ZERO,
            s: U256::ZERO,
            y_parity: None,
            arbos: None,
        };
        match tx {
            Tx::Ethereum(envelope) => json.fill_signed(envelope, base_fee),
            Tx::Arbitrum(tx) => json.fill_arbos(tx),
        }
        json
    }

    fn fill_signed(&mut self, tx: &TxEnvelope, base_fee: Option<U256>) {
        let signature = tx.signature();
        let parity = u64::from(signature.v());
        self.r = signature.r();
        self.s = signature.s();
        self.chain_id = tx.chain_id().map(U64::from);
        if tx.is_legacy() {
            // EIP-155, or 27 and 28 where the signature holds for every chain.
            let eip155 = |id| U256::from(id) * U256::from(2) + U256::from(35);
            let base = tx.chain_id().map_or(U256::from(27), eip155);
            self.v = base + U256::from(parity);
        } else {
            self.v = U256::from(parity);
            self.y_parity = Some(U64::from(parity));
            self.access_list = Some(tx.access_list().cloned().unwrap_or_default());
        }
        if tx.is_dynamic_fee() {
            let cap = U256::from(tx.max_fee_per_gas());
            let tip = tx.max_priority_fee_per_gas().map(U256::from);
            self.fees.max_fee_per_gas = Some(cap);
            self.fees.max_priority_fee_per_gas = tip;
            self.gas_price = base_fee.map_or(cap, |base| {
                base.saturating_add(tip.unwrap_or_default()).min(cap)
            });
        } else {
            self.gas_price = U256::from(tx.gas_price().unwrap_or_default());
        }
        self.authorization_list = tx
            .authorization_list()
            .map(|list| list.iter().map(Authorization::from).collect());
    }

    fn fill_arbos(&mut self, tx: &ArbTx) {
        let cap = tx.gas_fee_cap();
        self.gas_price = cap;
        let mut fields = ArbosFields {
            request_id: tx.request_id(),
            ..ArbosFields::default()
        };
        let chain_id = match tx {
            ArbTx::Deposit(tx) => tx.chain_id,
            // Nitro shows no fee cap for this type.
            ArbTx::Unsigned(tx) => tx.chain_id,
            ArbTx::Internal(tx) => tx.chain_id,
            ArbTx::Contract(tx) => {
                self.fees.max_fee_per_gas = Some(cap);
                tx.chain_id
            }
            ArbTx::Retry(tx) => {
                self.fees.max_fee_per_gas = Some(cap);
                fields.ticket_id = Some(tx.ticket_id);
                fields.max_refund = Some(tx.max_refund);
                fields.submission_fee_refund = Some(tx.submission_fee_refund);
                fields.refund_to = Some(tx.refund_to);
                tx.chain_id
            }
            ArbTx::SubmitRetryable(tx) => {
                self.fees.max_fee_per_gas = Some(cap);
                fields.refund_to = Some(tx.fee_refund_address);
                fields.l1_base_fee = Some(tx.l1_base_fee);
                fields.deposit_value = Some(tx.deposit_value);
                fields.retry_to = tx.retry_to.to().copied();
                fields.retry_value = Some(tx.retry_value);
                fields.retry_data = Some(tx.retry_data.clone());
                fields.beneficiary = Some(tx.beneficiary);
                fields.max_submission_fee = Some(tx.max_submission_fee);
                tx.chain_id
            }
        };
        self.chain_id = Some(U64::from(chain_id));
        self.arbos = Some(fields);
    }
}

impl From<&SignedAuthorization> for Authorization {
    fn from(signed: &SignedAuthorization) -> Self {
        Self {
            chain_id: *signed.chain_id(),
            address: *signed.address(),
            nonce: U64::from(signed.nonce()),
            y_parity: U64::from(signed.y_parity()),
            r: signed.r(),
            s: signed.s(),
        }
    }
}
