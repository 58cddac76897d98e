//! The whole chain in one file: blocks, receipts, the state with its history, the pool, the clocks. A chain loaded from it answers
//! every question as the one that wrote it. Not in it: snapshots, impersonation, and what the command line sets.
//!
//! Format: [`MAGIC`], then the Brotli-compressed RLP of [`File`].

use std::sync::Arc;

use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes, Log, U256};
use alloy_rlp::{Decodable, RlpDecodable, RlpEncodable};

use super::{
    Chain,
    block::{Block, Mined, Receipt},
    config::Config,
    error::LoadError,
    pool::Pending,
    state::{Account, Export, State},
    tx::Tx,
};

/// First bytes of a state file.
const MAGIC: &[u8] = b"confluence devnode state\n";
/// Number of the format.
const FORMAT: u32 = 1;
/// No chain gets this far.
const MAX_VERSION: u64 = 1 << 62;
/// Compression: fast, about a fifth of the size.
const BROTLI_QUALITY: i32 = 4;
const BROTLI_WINDOW: i32 = 22;

#[derive(RlpEncodable, RlpDecodable)]
struct File {
    format: u32,
    chain_id: u64,
    /// Seconds added to the clock, in two's complement.
    clock_offset: u64,
    l1_block: u64,
    version: u64,
    accounts: Vec<StoredAccount>,
    slots: Vec<StoredSlot>,
    codes: Vec<Bytes>,
    blocks: Vec<StoredBlock>,
    pool: Vec<StoredPending>,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredAccount {
    address: Address,
    history: Vec<StoredAccountValue>,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredAccountValue {
    since: u64,
    nonce: u64,
    balance: U256,
    code_hash: B256,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredSlot {
    address: Address,
    key: U256,
    history: Vec<StoredSlotValue>,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredSlotValue {
    since: u64,
    value: U256,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredBlock {
    header: Header,
    size: u64,
    version: u64,
    transactions: Vec<StoredTx>,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredTx {
    tx: Bytes,
    from: Address,
    before: u64,
    programs: Vec<B256>,
    success: bool,
    gas_used: u64,
    gas_used_for_l1: u64,
    cumulative_gas_used: u64,
    /// Empty or one address.
    created: Vec<Address>,
    logs: Vec<Log>,
    first_log_index: u64,
    /// Empty or one text.
    failure: Vec<String>,
}

#[derive(RlpEncodable, RlpDecodable)]
struct StoredPending {
    tx: Bytes,
    from: Address,
}

impl Chain {
    /// The chain as the bytes of a state file.
    pub fn dump(&self) -> Vec<u8> {
        let export = self.state.export();
        let file = File {
            format: FORMAT,
            chain_id: self.config.chain_id,
            clock_offset: self.clock.offset().cast_unsigned(),
            l1_block: self.l1_block,
            version: export.version,
            accounts: export.accounts.into_iter().map(store_account).collect(),
            slots: export
                .slots
                .into_iter()
                .map(|((address, key), history)| StoredSlot {
                    address,
                    key,
                    history: history
                        .into_iter()
                        .map(|(since, value)| StoredSlotValue { since, value })
                        .collect(),
                })
                .collect(),
            codes: export.codes,
            blocks: self.blocks.iter().map(|block| store_block(block)).collect(),
            pool: self
                .pool
                .waiting()
                .iter()
                .map(|pending| StoredPending {
                    tx: pending.tx.encode(),
                    from: pending.from,
                })
                .collect(),
        };
        let mut out = MAGIC.to_vec();
        let params = brotli::enc::BrotliEncoderParams {
            quality: BROTLI_QUALITY,
            lgwin: BROTLI_WINDOW,
            ..Default::default()
        };
        let written = brotli::BrotliCompress(&mut &*alloy_rlp::encode(file), &mut out, &params);
        debug_assert!(written.is_ok(), "memory takes all that is written to it");
        out
    }

    /// The chain that a state file holds, run on with `config`.
    ///
    /// # Errors
    /// When the file is malformed, of another format or of another chain.
    pub fn load(config: Config, bytes: &[u8]) -> Result<Self, LoadError> {
        let packed = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| malformed("it starts otherwise"))?;
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut plain).map_err(malformed)?;
        let file = File::decode(&mut &*plain).map_err(malformed)?;
        if file.format != FORMAT {
            return Err(LoadError::Format {
                found: file.format,
                wanted: FORMAT,
            });
        }
        if file.chain_id != config.chain_id {
            return Err(LoadError::Chain {
                found: file.chain_id,
                wanted: config.chain_id,
            });
        }
        if file.blocks.is_empty() || file.version > MAX_VERSION {
            return Err(malformed("it has no blocks, or too many versions"));
        }
        let mut chain = Self::empty(config);
        chain.clock.set_offset(file.clock_offset.cast_signed());
        chain.l1_block = file.l1_block;
        chain.state = State::import(Export {
            version: file.version,
            accounts: file.accounts.into_iter().map(restore_account).collect(),
            slots: file
                .slots
                .into_iter()
                .map(|slot| {
                    let history = slot
                        .history
                        .into_iter()
                        .map(|v| (v.since, v.value))
                        .collect();
                    ((slot.address, slot.key), history)
                })
                .collect(),
            codes: file.codes,
        });
        for (number, stored) in (0..).zip(file.blocks) {
            if stored.header.number != number {
                return Err(malformed("its blocks are out of order"));
            }
            let block = restore_block(stored)?;
            chain.index(Arc::new(block));
        }
        for pending in file.pool {
            let tx = Tx::decode(&pending.tx).map_err(malformed)?;
            let hash = tx.hash();
            chain.pool.push(Pending {
                tx,
                hash,
                from: pending.from,
            });
        }
        Ok(chain)
    }
}

fn malformed(why: impl std::fmt::Display) -> LoadError {
    LoadError::Malformed(why.to_string())
}

fn store_account((address, history): (Address, Vec<(u64, Account)>)) -> StoredAccount {
    let history = history
        .into_iter()
        .map(
            |(
                since,
                Account {
                    nonce,
                    balance,
                    code_hash,
                },
            )| StoredAccountValue {
                since,
                nonce,
                balance,
                code_hash,
            },
        )
        .collect();
    StoredAccount { address, history }
}

fn restore_account(stored: StoredAccount) -> (Address, Vec<(u64, Account)>) {
    let history = stored
        .history
        .into_iter()
        .map(|v| {
            (
                v.since,
                Account {
                    nonce: v.nonce,
                    balance: v.balance,
                    code_hash: v.code_hash,
                },
            )
        })
        .collect();
    (stored.address, history)
}

fn store_block(block: &Block) -> StoredBlock {
    let store = |mined: &Arc<Mined>| {
        let receipt = &mined.receipt;
        StoredTx {
            tx: mined.tx.encode(),
            from: mined.from,
            before: mined.before,
            programs: mined.programs.clone(),
            success: receipt.success,
            gas_used: receipt.gas_used,
            gas_used_for_l1: receipt.gas_used_for_l1,
            cumulative_gas_used: receipt.cumulative_gas_used,
            created: receipt.contract_address.into_iter().collect(),
            logs: receipt.logs.clone(),
            first_log_index: receipt.first_log_index,
            failure: receipt.failure.iter().cloned().collect(),
        }
    };
    StoredBlock {
        header: block.header.clone(),
        size: block.size,
        version: block.version,
        transactions: block.transactions.iter().map(store).collect(),
    }
}

fn restore_block(stored: StoredBlock) -> Result<Block, LoadError> {
    let block_number = stored.header.number;
    let mut transactions = Vec::with_capacity(stored.transactions.len());
    for (index, stored) in (0..).zip(stored.transactions) {
        let tx = Tx::decode(&stored.tx).map_err(malformed)?;
        transactions.push(Arc::new(Mined {
            hash: tx.hash(),
            tx,
            from: stored.from,
            index,
            block_number,
            receipt: Receipt {
                success: stored.success,
                gas_used: stored.gas_used,
                gas_used_for_l1: stored.gas_used_for_l1,
                cumulative_gas_used: stored.cumulative_gas_used,
                contract_address: stored.created.first().copied(),
                bloom: stored.logs.iter().collect(),
                logs: stored.logs,
                first_log_index: stored.first_log_index,
                failure: stored.failure.into_iter().next(),
            },
            before: stored.before,
            programs: stored.programs,
        }));
    }
    Ok(Block {
        hash: stored.header.hash_slow(),
        header: stored.header,
        size: stored.size,
        transactions,
        version: stored.version,
    })
}
