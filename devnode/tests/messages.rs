//! Messages from L1 against recordings of a real Nitro chain (v3.9.5, ArbOS 40 and 51): deposits, retryable tickets and their redeems,
//! unsigned and batched transactions, messages to L1, ticket life over weeks, infrastructure fees. Every block is replayed in order
//! and held against the recording: header fields, transactions byte for byte, receipts, balances.
//!
//! The fixture lists for each block the message or signed transaction it was made from and what came of it. Where the recording
//! left out blocks (plain transfers that let tickets expire), empty ones stand in, and balances are not compared from there on.

use std::sync::OnceLock;

use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, Log, U256, hex};
use confluence_devnode::chain::{ArbosVersion, Block, Chain, Config, L1Message, TimeSource};
use serde_json::Value;

fn recordings() -> &'static Value {
    static ALL: OnceLock<Value> = OnceLock::new();
    ALL.get_or_init(|| {
        let packed = include_bytes!("fixtures/messages.json.br");
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).expect("fixture");
        serde_json::from_slice(&plain).expect("fixture")
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| {
        let digits = text(value).strip_prefix("0x").expect("hexadecimal number");
        u64::from_str_radix(digits, 16).expect("hexadecimal number")
    })
}

fn bytes(value: &Value) -> Bytes {
    hex::decode(text(value)).expect("hexadecimal bytes").into()
}

fn address(value: &Value) -> Address {
    text(value).parse().expect("address")
}

fn message(value: &Value) -> L1Message {
    L1Message {
        kind: u8::try_from(number(&value["kind"])).expect("kind"),
        sender: address(&value["sender"]),
        l1_block: number(&value["l1Block"]),
        timestamp: number(&value["timestamp"]),
        index: number(&value["index"]),
        l1_base_fee: text(&value["l1BaseFee"]).parse().expect("wei"),
        data: bytes(&value["data"]),
    }
}

/// What two sides disagree about.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, case: &str, what: &str, want: T, got: T) {
        if want != got {
            self.0.push(format!("{case}: {what}\n    want {want:?}\n    got  {got:?}"));
        }
    }
}

/// A replay under way.
struct Replay {
    chain: Chain,
    differences: Differences,
    /// Blocks were left out: balances are not those of the recording any more.
    has_gaps: bool,
}

impl Replay {
    fn step(&mut self, step: &Value) {
        let case = text(&step["case"]);
        let header = &step["header"];
        let timestamp = number(&header["timestamp"]);
        self.fill_gap(number(&step["number"]), timestamp - number(&step["timePassed"]));
        if step["message"].is_object() {
            self.chain.deliver(&message(&step["message"]));
        } else {
            self.chain.set_l1_block(number(&step["l1Block"]));
            self.chain.set_next_block_timestamp(timestamp).expect("time runs on");
            if let Err(error) = self.chain.submit_raw(&bytes(&step["raw"])) {
                self.differences.0.push(format!("{case}: refused: {error}"));
                self.chain.mine();
            }
        }
        let block = self.chain.head().clone();
        self.compare_block(case, step, &block);
        if !self.has_gaps {
            for (who, wei) in step["balances"].as_object().expect("balances") {
                let who: Address = who.parse().expect("address");
                let has = self.chain.account(who, BlockId::latest()).expect("head").balance;
                let want: U256 = text(wei).parse().expect("wei");
                self.differences.compare(case, &format!("balance of {who}"), want, has);
            }
        }
    }

    /// Empty blocks up to the one before `number`, the last of them at `until`.
    fn fill_gap(&mut self, number: u64, until: u64) {
        while self.chain.head().number() + 1 < number {
            self.has_gaps = true;
            self.chain.set_next_block_timestamp(until).expect("time runs on");
            self.chain.mine();
        }
    }

    fn compare_block(&mut self, case: &str, step: &Value, block: &Block) {
        let (want, got) = (&step["header"], &block.header);
        let out = &mut self.differences;
        out.compare(case, "header nonce", bytes(&want["nonce"]), got.nonce.to_vec().into());
        out.compare(case, "mix hash", bytes(&want["mixHash"]), got.mix_hash.to_vec().into());
        out.compare(case, "send root", bytes(&want["extraData"]), got.extra_data.clone());
        out.compare(case, "miner", address(&want["miner"]), got.beneficiary);
        out.compare(case, "timestamp", number(&want["timestamp"]), got.timestamp);
        out.compare(case, "base fee", Some(number(&want["baseFeePerGas"])), got.base_fee_per_gas);
        out.compare(case, "gas used", number(&want["gasUsed"]), got.gas_used);

        let transactions = step["txs"].as_array().expect("transactions");
        out.compare(case, "number of transactions", transactions.len(), block.transactions.len());
        for (want, mined) in transactions.iter().zip(&block.transactions) {
            let case = format!("{case} tx {}", mined.index);
            let receipt = &mined.receipt;
            out.compare(&case, "transaction", bytes(&want["raw"]), mined.tx.encode());
            out.compare(&case, "success", number(&want["status"]) == 1, receipt.success);
            out.compare(&case, "gas used", number(&want["gasUsed"]), receipt.gas_used);
            let for_l1 = number(&want["gasUsedForL1"]);
            out.compare(&case, "gas used for L1", for_l1, receipt.gas_used_for_l1);
            let created = want["contractAddress"].as_str().map(|at| at.parse().expect("address"));
            out.compare(&case, "contract address", created, receipt.contract_address);
            out.compare(&case, "logs", logs(&want["logs"]), receipt.logs.clone());
        }
        let root = |field: &Value| -> B256 { text(field).parse().expect("hash") };
        out.compare(case, "transactions root", root(&want["transactionsRoot"]), got.transactions_root);
        out.compare(case, "receipts root", root(&want["receiptsRoot"]), got.receipts_root);
    }
}

fn logs(value: &Value) -> Vec<Log> {
    let log = |value: &Value| {
        let topics = value["topics"].as_array().expect("topics");
        let topics = topics.iter().map(|topic| text(topic).parse().expect("topic")).collect();
        Log::new_unchecked(address(&value["address"]), topics, bytes(&value["data"]))
    };
    value.as_array().expect("logs").iter().map(log).collect()
}

fn replay(arbos: ArbosVersion) {
    let recording = &recordings()[arbos.number().to_string()];
    let config = Config {
        arbos,
        chain_owner: address(&recording["owner"]),
        owners: Vec::new(),
        accounts: Vec::new(),
        l1_price_per_unit: text(&recording["l1Price"]).parse().expect("wei"),
        time: TimeSource::Fixed(0),
        ..Config::default()
    };
    let mut replay =
        Replay { chain: Chain::new(config), differences: Differences::default(), has_gaps: false };
    for step in recording["blocks"].as_array().expect("blocks") {
        replay.step(step);
    }
    let found = &replay.differences.0;
    assert!(found.is_empty(), "{} differences, the first:\n{}", found.len(), found[..found.len().min(12)].join("\n"));
}

#[test]
fn every_recorded_block_of_arbos_40_comes_out_the_same() {
    replay(ArbosVersion::V40);
}

#[test]
fn every_recorded_block_of_arbos_51_comes_out_the_same() {
    replay(ArbosVersion::V51);
}
