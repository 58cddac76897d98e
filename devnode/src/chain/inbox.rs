//! Messages of L1's delayed inbox, and the transactions they are (Nitro's message kinds and their bodies).

use alloy_consensus::transaction::SignerRecoverable;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, keccak256};
use alloy_sol_types::SolCall as _;

use super::{error::TxError, tx::Tx};
use crate::arbos::{
    address::ARBOS,
    tx::{
        ArbTx, ContractTx, DepositTx, InternalTx, SubmitRetryableTx, UnsignedTx,
        batchPostingReportCall, batchPostingReportV2Call,
    },
};

/// Batches within batches that are followed.
const MAX_DEPTH: usize = 16;
/// Longest message, and longest calldata of a ticket, in bytes.
const MAX_MESSAGE: usize = 256 * 1024;

/// Message kinds of the bridge contract.
mod kind {
    pub(super) const L2_MESSAGE: u8 = 3;
    pub(super) const END_OF_BLOCK: u8 = 6;
    pub(super) const FUNDED_BY_L1: u8 = 7;
    pub(super) const ROLLUP_EVENT: u8 = 8;
    pub(super) const SUBMIT_RETRYABLE: u8 = 9;
    pub(super) const ETH_DEPOSIT: u8 = 12;
    pub(super) const BATCH_POSTING_REPORT: u8 = 13;
}

/// Kinds of L2 messages: the first byte of their body.
mod l2_kind {
    pub(super) const UNSIGNED: u8 = 0;
    pub(super) const CONTRACT: u8 = 1;
    pub(super) const BATCH: u8 = 3;
    pub(super) const SIGNED: u8 = 4;
}

/// A message as the bridge on L1 announced it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct L1Message {
    /// Kind of message.
    pub kind: u8,
    /// Sender, already aliased by the inbox.
    pub sender: Address,
    /// Number of the L1 block.
    pub l1_block: u64,
    /// Timestamp of the L1 block in seconds.
    pub timestamp: u64,
    /// Position in the delayed inbox.
    pub index: u64,
    /// Base fee of the L1 block in wei.
    pub l1_base_fee: U256,
    /// The body.
    pub data: Bytes,
}

impl L1Message {
    /// The id under which transactions of this message are known.
    pub fn request_id(&self) -> B256 {
        U256::from(self.index).into()
    }
}

/// What a batch on L1 is made of: its report names it by hash alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchCost {
    /// L1 gas for its data; what reports carry below ArbOS 50.
    Gas(u64),
    /// Its length and how many of its bytes are not zero; what reports carry from ArbOS 50.
    Data {
        /// Bytes.
        length: u64,
        /// Bytes that are not zero.
        non_zeros: u64,
    },
}

/// Why a message gives no transactions: its block then holds nothing but the start of block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The body ends too early.
    #[error("message is too short")]
    Short,
    /// A message or body is longer than allowed.
    #[error("message is too long")]
    Long,
    /// A number does not fit.
    #[error("{0} is 2^64 or more")]
    Range(&'static str),
    /// Batches within batches within batches.
    #[error("L2 message batches have a max depth of 16")]
    Depth,
    /// A kind that is not executed.
    #[error("message kind {0} is not executed")]
    Kind(u8),
    /// A signed transaction that is none.
    #[error(transparent)]
    Transaction(#[from] TxError),
}

/// Reads a body word by word.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], MessageError> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(MessageError::Short)?;
        self.0 = rest;
        Ok(head)
    }

    fn word(&mut self) -> Result<U256, MessageError> {
        self.bytes(32).map(U256::from_be_slice)
    }

    fn address(&mut self) -> Result<Address, MessageError> {
        self.bytes(20).map(Address::from_slice)
    }

    /// An address in a word; what is above it is ignored.
    fn address_word(&mut self) -> Result<Address, MessageError> {
        self.bytes(32).map(|word| Address::from_slice(&word[12..]))
    }

    fn u64_word(&mut self, what: &'static str) -> Result<u64, MessageError> {
        u64::try_from(self.word()?).map_err(|_| MessageError::Range(what))
    }

    fn rest(self) -> Bytes {
        Bytes::copy_from_slice(self.0)
    }
}

/// The transactions of a message, with their senders.
pub(crate) fn parse(
    message: &L1Message,
    chain_id: u64,
) -> Result<Vec<(Tx, Address)>, MessageError> {
    let data = &message.data[..];
    if data.len() > MAX_MESSAGE {
        return Err(MessageError::Long);
    }
    let id = message.request_id();
    match message.kind {
        kind::L2_MESSAGE => parse_l2(data, message.sender, id, chain_id, 0),
        kind::END_OF_BLOCK | kind::ROLLUP_EVENT => Ok(Vec::new()),
        kind::FUNDED_BY_L1 => {
            let (&sub, body) = data.split_first().ok_or(MessageError::Short)?;
            let tx = parse_call(body, sub, message.sender, sub_request(id, 1), chain_id)?;
            let deposit = DepositTx {
                chain_id,
                request_id: sub_request(id, 0),
                from: Address::ZERO,
                to: message.sender,
                value: tx.value(),
            };
            Ok(vec![arb(ArbTx::Deposit(deposit)), arb(tx)])
        }
        kind::SUBMIT_RETRYABLE => parse_retryable(message, chain_id).map(|tx| vec![arb(tx)]),
        kind::ETH_DEPOSIT => {
            let mut reader = Reader(data);
            let tx = DepositTx {
                chain_id,
                request_id: id,
                from: message.sender,
                to: reader.address()?,
                value: reader.word()?,
            };
            Ok(vec![arb(ArbTx::Deposit(tx))])
        }
        other => Err(MessageError::Kind(other)),
    }
}

/// The transaction of a batch poster's report.
pub(crate) fn parse_report(
    message: &L1Message,
    batch: &BatchCost,
    chain_id: u64,
) -> Result<Vec<(Tx, Address)>, MessageError> {
    if message.kind != kind::BATCH_POSTING_REPORT {
        return Err(MessageError::Kind(message.kind));
    }
    let mut reader = Reader(&message.data);
    let time = reader.word()?;
    let poster = reader.address()?;
    let _data_hash = reader.word()?;
    let number = reader.u64_word("batch number")?;
    let l1_base_fee = reader.word()?;
    let mut extra = [0; 8];
    if let Ok(bytes) = reader.bytes(8) {
        extra.copy_from_slice(bytes);
    }
    let extra_gas = u64::from_be_bytes(extra);
    let data = match *batch {
        BatchCost::Gas(gas) => batchPostingReportCall {
            batchTimestamp: time,
            batchPosterAddress: poster,
            batchNumber: number,
            batchDataGas: gas.saturating_add(extra_gas),
            l1BaseFeeWei: l1_base_fee,
        }
        .abi_encode(),
        BatchCost::Data { length, non_zeros } => batchPostingReportV2Call {
            batchTimestamp: time,
            batchPosterAddress: poster,
            batchNumber: number,
            batchCalldataLength: length,
            batchCalldataNonZeros: non_zeros,
            batchExtraGas: extra_gas,
            l1BaseFeeWei: l1_base_fee,
        }
        .abi_encode(),
    };
    let data = data.into();
    let tx = ArbTx::Internal(InternalTx { chain_id, data });
    Ok(vec![(tx.into(), ARBOS)])
}

fn arb(tx: ArbTx) -> (Tx, Address) {
    let from = tx.from();
    (tx.into(), from)
}

/// Id of the `index`-th part of a message.
fn sub_request(id: B256, index: u64) -> B256 {
    let index: B256 = U256::from(index).into();
    keccak256([id, index].concat())
}

fn parse_l2(
    data: &[u8],
    sender: Address,
    id: B256,
    chain_id: u64,
    depth: usize,
) -> Result<Vec<(Tx, Address)>, MessageError> {
    let (&sub, body) = data.split_first().ok_or(MessageError::Short)?;
    match sub {
        l2_kind::UNSIGNED | l2_kind::CONTRACT => {
            parse_call(body, sub, sender, id, chain_id).map(|tx| vec![arb(tx)])
        }
        l2_kind::BATCH => {
            if depth >= MAX_DEPTH {
                return Err(MessageError::Depth);
            }
            let mut all = Vec::new();
            let mut reader = Reader(body);
            for index in 0.. {
                // The first part that is not complete ends the batch.
                let Ok(part) = next_part(&mut reader) else {
                    break;
                };
                all.extend(parse_l2(
                    part,
                    sender,
                    sub_request(id, index),
                    chain_id,
                    depth + 1,
                )?);
            }
            Ok(all)
        }
        l2_kind::SIGNED => {
            let tx = Tx::decode_signed(body)?;
            let from = tx.recover_signer().map_err(|_| TxError::InvalidSignature)?;
            Ok(vec![(tx.into(), from)])
        }
        other => Err(MessageError::Kind(other)),
    }
}

fn next_part<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], MessageError> {
    let mut length = [0; 8];
    length.copy_from_slice(reader.bytes(8)?);
    let length = usize::try_from(u64::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > MAX_MESSAGE {
        return Err(MessageError::Long);
    }
    reader.bytes(length)
}

/// An unsigned transaction, with a nonce or without.
fn parse_call(
    body: &[u8],
    sub: u8,
    from: Address,
    request_id: B256,
    chain_id: u64,
) -> Result<ArbTx, MessageError> {
    let mut reader = Reader(body);
    let gas = reader.u64_word("gas limit")?;
    let gas_fee_cap = reader.word()?;
    let nonce = if sub == l2_kind::UNSIGNED {
        reader.u64_word("nonce")?
    } else {
        0
    };
    let to = target(reader.address_word()?);
    let value = reader.word()?;
    let data = reader.rest();
    match sub {
        l2_kind::UNSIGNED => Ok(ArbTx::Unsigned(UnsignedTx {
            chain_id,
            from,
            nonce,
            gas_fee_cap,
            gas,
            to,
            value,
            data,
        })),
        l2_kind::CONTRACT => Ok(ArbTx::Contract(ContractTx {
            chain_id,
            request_id,
            from,
            gas_fee_cap,
            gas,
            to,
            value,
            data,
        })),
        other => Err(MessageError::Kind(other)),
    }
}

fn parse_retryable(message: &L1Message, chain_id: u64) -> Result<ArbTx, MessageError> {
    let mut reader = Reader(&message.data);
    let retry_to = target(reader.address_word()?);
    let retry_value = reader.word()?;
    let deposit_value = reader.word()?;
    let max_submission_fee = reader.word()?;
    let fee_refund_address = reader.address_word()?;
    let beneficiary = reader.address_word()?;
    let gas = reader.u64_word("gas limit")?;
    let gas_fee_cap = reader.word()?;
    let length = reader.u64_word("data length")?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > MAX_MESSAGE {
        return Err(MessageError::Long);
    }
    let retry_data = Bytes::copy_from_slice(reader.bytes(length)?);
    Ok(ArbTx::SubmitRetryable(SubmitRetryableTx {
        chain_id,
        request_id: message.request_id(),
        from: message.sender,
        l1_base_fee: message.l1_base_fee,
        deposit_value,
        gas_fee_cap,
        gas,
        retry_to,
        retry_value,
        beneficiary,
        max_submission_fee,
        fee_refund_address,
        retry_data,
    }))
}

/// The zero address stands for a creation.
const fn target(to: Address) -> TxKind {
    if to.const_eq(&Address::ZERO) {
        TxKind::Create
    } else {
        TxKind::Call(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, data: Vec<u8>) -> L1Message {
        L1Message {
            kind,
            sender: Address::repeat_byte(7),
            index: 3,
            data: data.into(),
            ..L1Message::default()
        }
    }

    fn words(values: &[u64]) -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| U256::from(*value).to_be_bytes::<32>())
            .collect()
    }

    #[test]
    fn a_batch_ends_at_its_first_incomplete_part() {
        let call = [&[l2_kind::CONTRACT][..], &words(&[30_000, 1, 9, 5])].concat();
        let part = |bytes: &[u8]| [&(bytes.len() as u64).to_be_bytes()[..], bytes].concat();
        let batch = [
            &[l2_kind::BATCH][..],
            &part(&call),
            &part(&call),
            &[0, 0, 0, 0, 0, 0, 0, 99],
        ]
        .concat();
        let txs = parse(&message(kind::L2_MESSAGE, batch), 1).unwrap();
        assert_eq!(txs.len(), 2);
        let ids: Vec<_> = txs
            .iter()
            .map(|(tx, _)| match tx {
                Tx::Arbitrum(tx) => tx.request_id().unwrap(),
                Tx::Ethereum(_) => B256::ZERO,
            })
            .collect();
        let id = B256::with_last_byte(3);
        assert_eq!(ids, [sub_request(id, 0), sub_request(id, 1)]);
    }

    #[test]
    fn batches_nest_sixteen_deep() {
        let nest = |depth: usize| {
            let mut body = vec![l2_kind::BATCH];
            for _ in 0..depth {
                body = [
                    &[l2_kind::BATCH][..],
                    &(body.len() as u64).to_be_bytes(),
                    &body,
                ]
                .concat();
            }
            parse(&message(kind::L2_MESSAGE, body), 1)
        };
        assert_eq!(nest(15), Ok(Vec::new()));
        assert_eq!(nest(16), Err(MessageError::Depth));
    }

    #[test]
    fn a_gas_limit_beyond_64_bits_is_refused() {
        let mut data = vec![l2_kind::UNSIGNED];
        data.extend(U256::MAX.to_be_bytes::<32>());
        data.extend(words(&[1, 0, 9, 0]));
        assert_eq!(
            parse(&message(kind::L2_MESSAGE, data), 1),
            Err(MessageError::Range("gas limit"))
        );
    }

    #[test]
    fn money_sent_along_becomes_a_deposit_to_the_sender_first() {
        let data = [&[l2_kind::UNSIGNED][..], &words(&[30_000, 1, 0, 9, 5])].concat();
        let txs = parse(&message(kind::FUNDED_BY_L1, data), 1).unwrap();
        assert_eq!(txs[0].0.kind(), 0x64);
        assert_eq!(txs[0].1, Address::ZERO);
        assert_eq!(txs[0].0.to(), Some(Address::repeat_byte(7)));
        assert_eq!(txs[0].0.value(), U256::from(5));
        assert_eq!(txs[1].0.kind(), 0x65);
    }
}
