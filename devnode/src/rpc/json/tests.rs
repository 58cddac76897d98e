//! Held against answers recorded from a Nitro v3.9.5: every transaction type, byte for byte.

use std::{collections::BTreeMap, io::Read as _, sync::Arc};

use alloy_consensus::{Eip658Value, Header, Receipt as Logged, ReceiptWithBloom};
use alloy_primitives::{Address, B256, Bytes, U64};
use alloy_rlp::Decodable as _;
use serde_json::{Value, value::RawValue};

use super::{BlockJson, ReceiptJson, TransactionJson};
use crate::{
    arbos::tx::ArbTx,
    chain::{Block, Mined, Receipt, Tx},
};

type Samples = BTreeMap<String, BTreeMap<String, BTreeMap<String, Box<RawValue>>>>;

fn samples() -> Samples {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/nitro/json-samples.json.br"
    );
    let mut json = String::new();
    let file = std::fs::File::open(path).unwrap();
    brotli::Decompressor::new(file, 1 << 16)
        .read_to_string(&mut json)
        .unwrap();
    serde_json::from_str(&json).unwrap()
}

fn read<T: serde::de::DeserializeOwned>(answer: &RawValue) -> T {
    serde_json::from_str(answer.get()).unwrap()
}

fn decode(raw: &[u8]) -> Tx {
    match raw[0] {
        0x64..=0x6a => ArbTx::decode(raw).unwrap().into(),
        _ => Tx::decode_signed(raw).unwrap().into(),
    }
}

/// The block a sample belongs to, with everything of its other transactions but their hashes left out.
fn block(sample: &BTreeMap<String, Box<RawValue>>) -> (Block, usize) {
    let shown: Value = read(&sample["eth_getBlockByNumber"]);
    let receipt: Value = read(&sample["eth_getTransactionReceipt"]);
    let number = |value: &Value| {
        serde_json::from_value::<U64>(value.clone())
            .unwrap()
            .to::<u64>()
    };
    let tx = decode(&read::<Bytes>(&sample["debug_getRawTransaction"]));
    let raw: Bytes = read(&sample["rawReceipt"]);
    let mut list = if raw[0] < 0xc0 { &raw[1..] } else { &raw[..] };
    let logged = ReceiptWithBloom::<Logged>::decode(&mut list).unwrap();
    let mined = Mined {
        hash: tx.hash(),
        tx,
        from: serde_json::from_value::<Address>(receipt["from"].clone()).unwrap(),
        index: number(&receipt["transactionIndex"]),
        block_number: number(&receipt["blockNumber"]),
        receipt: Receipt {
            success: logged.receipt.status == Eip658Value::Eip658(true),
            gas_used: number(&receipt["gasUsed"]),
            gas_used_for_l1: number(&receipt["gasUsedForL1"]),
            cumulative_gas_used: logged.receipt.cumulative_gas_used,
            contract_address: serde_json::from_value(receipt["contractAddress"].clone()).unwrap(),
            first_log_index: receipt["logs"]
                .get(0)
                .map_or(0, |log| number(&log["logIndex"])),
            logs: logged.receipt.logs,
            bloom: logged.logs_bloom,
            failure: None,
        },
        before: 0,
        programs: Vec::new(),
    };
    let index = mined.index as usize;
    let mut transactions: Vec<_> = shown["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hash| {
            let hash: B256 = serde_json::from_value(hash.clone()).unwrap();
            Arc::new(Mined {
                hash,
                ..mined.clone()
            })
        })
        .collect();
    transactions[index] = Arc::new(mined);
    let raw: Bytes = read(&sample["debug_getRawHeader"]);
    let header = Header::decode(&mut &raw[..]).unwrap();
    let size = number(&shown["size"]);
    (
        Block {
            hash: header.hash_slow(),
            header,
            size,
            transactions,
            version: 0,
        },
        index,
    )
}

#[test]
fn every_transaction_type_is_written_as_nitro_writes_it() {
    let mut compared = 0;
    for (arbos, kinds) in samples() {
        for (kind, sample) in kinds {
            let (block, index) = block(&sample);
            let mined = &block.transactions[index];
            let written = [
                (
                    "eth_getTransactionByHash",
                    serde_json::to_string(&TransactionJson::mined(&block, mined)),
                ),
                (
                    "eth_getTransactionReceipt",
                    serde_json::to_string(&ReceiptJson::new(&block, mined)),
                ),
                (
                    "eth_getBlockByNumber",
                    serde_json::to_string(&BlockJson::new(&block, false)),
                ),
            ];
            for (method, written) in written {
                assert_eq!(
                    written.unwrap(),
                    sample[method].get(),
                    "ArbOS {arbos}, {kind}, {method}"
                );
                compared += 1;
            }
            let raw = crate::rpc::debug::encode_receipt(mined);
            assert_eq!(
                raw,
                read::<Bytes>(&sample["rawReceipt"]),
                "ArbOS {arbos}, {kind}"
            );
        }
    }
    assert_eq!(compared, 2 * 17 * 3);
}
