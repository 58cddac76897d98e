//! What is to be executed, and where: the inputs of [`transact`](super::transact).

use alloy_consensus::{Transaction, TxEnvelope};
use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, map::AddressSet};

use super::context::BlockHashes;
use crate::{
    arbos::{RunMode, tx::ArbTx},
    chain::view::View,
    stylus::RecentPrograms,
};

/// Facts of the block an execution takes place in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// L2 chain id.
    pub(crate) chain_id: u64,
    /// ArbOS version in force.
    pub(crate) arbos: u64,
    /// L2 block number.
    pub(crate) l2_number: u64,
    /// L1 block number.
    pub(crate) l1_number: u64,
    /// Whether NUMBER shows the L2 number instead of the L1 number.
    pub(crate) shows_l2: bool,
    /// Seconds since 1970.
    pub(crate) timestamp: u64,
    /// Poster of the message the block is made from.
    pub(crate) coinbase: Address,
    /// Base fee of the header in wei.
    pub(crate) base_fee: U256,
    /// What GASLIMIT shows.
    pub(crate) gas_limit: u64,
    /// What PREVRANDAO shows.
    pub(crate) prev_randao: B256,
    /// Largest contract in bytes.
    pub(crate) max_code_size: usize,
}

/// Everything around an execution that is not the message itself.
pub(crate) struct Scene<'a> {
    /// The state.
    pub(crate) view: View<'a>,
    /// The block.
    pub(crate) block: &'a Surroundings,
    /// Hashes of earlier L2 blocks.
    pub(crate) hashes: BlockHashes<'a>,
    /// Programs the block has run so far.
    pub(crate) recent: RecentPrograms,
    /// Precompiles that overrides have removed.
    pub(crate) removed: AddressSet,
    /// Why it is executed.
    pub(crate) mode: RunMode,
}

/// Which nonce a message must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NonceRule {
    /// This one.
    Exactly(u64),
    /// Any: calls, and transactions that no one signs.
    Any,
}

/// What a message owes for its data on L1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum L1Data {
    /// Nothing.
    Free,
    /// As much as these bytes, the signed transaction.
    Signed(Bytes),
    /// As much as a stand-in for a transaction that nobody has signed yet.
    Unsigned(Bytes),
}

/// A message that goes through the ordinary transition: types 0, 1, 2, 4, 0x65, 0x66, 0x68, and calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    /// EIP-2718 type; 0 for calls.
    pub(crate) kind: u8,
    pub(crate) from: Address,
    pub(crate) to: TxKind,
    pub(crate) nonce: NonceRule,
    /// Whether `from` must not be a contract (EIP-3607).
    pub(crate) sender_is_eoa: bool,
    pub(crate) gas: u64,
    /// Most wei per gas.
    pub(crate) fee_cap: U256,
    /// Wei per gas beyond the base fee: never charged, but shown to programs.
    pub(crate) tip: U256,
    /// Whether fees of zero are let through in spite of the base fee (calls).
    pub(crate) free_if_zero: bool,
    pub(crate) value: U256,
    pub(crate) input: Bytes,
    pub(crate) access_list: AccessList,
    pub(crate) authorizations: Option<Vec<SignedAuthorization>>,
    pub(crate) l1_data: L1Data,
    /// Whether its gas is paid to ArbOS as usual; a redeem's was paid before.
    pub(crate) pays_arbos: bool,
}

impl Job {
    /// The job a signed transaction is.
    pub(crate) fn signed(tx: &TxEnvelope, from: Address) -> Self {
        let raw = alloy_eips::Encodable2718::encoded_2718(tx);
        Self {
            kind: u8::from(tx.tx_type()),
            from,
            to: tx.kind(),
            nonce: NonceRule::Exactly(tx.nonce()),
            sender_is_eoa: true,
            gas: tx.gas_limit(),
            fee_cap: U256::from(tx.max_fee_per_gas()),
            tip: U256::from(
                tx.max_priority_fee_per_gas()
                    .unwrap_or_else(|| tx.max_fee_per_gas()),
            ),
            free_if_zero: false,
            value: tx.value(),
            input: tx.input().clone(),
            access_list: tx.access_list().cloned().unwrap_or_default(),
            authorizations: tx.authorization_list().map(<[_]>::to_vec),
            l1_data: L1Data::Signed(raw.into()),
            pays_arbos: true,
        }
    }

    /// The job an L1 sender's call is: its alias acts, with a nonce or without.
    pub(crate) fn from_l1(tx: &ArbTx, nonce: NonceRule) -> Self {
        Self {
            kind: tx.kind(),
            from: tx.from(),
            to: tx.to(),
            nonce,
            sender_is_eoa: false,
            gas: tx.gas(),
            fee_cap: tx.gas_fee_cap(),
            tip: U256::ZERO,
            free_if_zero: false,
            value: tx.value(),
            input: tx.input(),
            access_list: AccessList::default(),
            authorizations: None,
            l1_data: L1Data::Free,
            pays_arbos: true,
        }
    }
}
