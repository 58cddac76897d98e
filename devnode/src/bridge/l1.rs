//! A connection to the L1 node, asked from threads that may wait; and the one account that sends from here.

use std::time::{Duration, Instant};

use alloy::rpc::client::RpcClient;
use alloy_consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, TxKind, U64, U256};
use alloy_signer::SignerSync;
use alloy_signer_local::PrivateKeySigner;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::error::BridgeError;

/// How long a transaction may take to get into a block. Anvil has it there at once.
const MINED_WITHIN: Duration = Duration::from_secs(60);
/// Pause between two looks for a receipt.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long a transaction waits before anvil is reminded of it: longer than the interval of most chains.
const NUDGE_EVERY: Duration = Duration::from_secs(15);

/// A block of L1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct L1Block {
    pub(super) number: u64,
    pub(super) hash: B256,
    /// Seconds since 1970.
    pub(super) timestamp: u64,
}

/// A log of L1.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct L1Log {
    pub(super) address: Address,
    pub(super) topics: Vec<B256>,
    pub(super) data: Bytes,
    block_number: U64,
    pub(super) transaction_hash: B256,
}

impl L1Log {
    pub(super) fn block(&self) -> u64 {
        self.block_number.to()
    }
}

/// See the head of this file.
#[derive(Debug)]
pub(super) struct L1 {
    client: RpcClient,
    runtime: Handle,
    key: PrivateKeySigner,
    chain_id: u64,
}

impl L1 {
    /// Connects, and asks for the chain id to see that somebody answers.
    pub(super) fn connect(url: &str, key: &B256, runtime: Handle) -> Result<Self, BridgeError> {
        let parsed = url.parse().map_err(|error| BridgeError::Url {
            url: url.into(),
            why: format!("{error}"),
        })?;
        let mut l1 = Self {
            client: RpcClient::new_http(parsed),
            runtime,
            key: PrivateKeySigner::from_bytes(key).map_err(|_| BridgeError::Key)?,
            chain_id: 0,
        };
        l1.chain_id = l1.ask::<U64>("eth_chainId", ())?.to();
        Ok(l1)
    }

    /// Its chain id.
    pub(super) const fn chain_id(&self) -> u64 {
        self.chain_id
    }

    /// The account that sends.
    pub(super) const fn account(&self) -> Address {
        self.key.address()
    }

    /// Asks the node and waits. Works in asynchronous code as well, which then waits too.
    pub(super) fn ask<T>(
        &self,
        method: &'static str,
        params: impl Serialize,
    ) -> Result<T, BridgeError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let failed = |why: String| BridgeError::L1 {
            method: method.into(),
            why,
        };
        let params = serde_json::to_value(params).map_err(|error| failed(error.to_string()))?;
        // A call without parameters is an empty list.
        let params = if params.is_null() { json!([]) } else { params };
        let call = self.client.request::<Value, Value>(method, params);
        let (done, wait) = std::sync::mpsc::channel();
        self.runtime.spawn(async move {
            let _ = done.send(call.await);
        });
        let answer = wait.recv().map_err(|_| BridgeError::Stopped)?;
        let answer = answer.map_err(|error| failed(error.to_string()))?;
        serde_json::from_value(answer).map_err(|error| failed(error.to_string()))
    }

    /// A block by number, or the newest.
    pub(super) fn block(&self, number: Option<u64>) -> Result<Option<L1Block>, BridgeError> {
        #[derive(Deserialize)]
        struct Answer {
            number: U64,
            hash: B256,
            timestamp: U64,
        }
        let tag = number.map_or(json!("latest"), |number| json!(U64::from(number)));
        let found: Option<Answer> = self.ask("eth_getBlockByNumber", json!([tag, false]))?;
        Ok(found.map(|block| L1Block {
            number: block.number.to(),
            hash: block.hash,
            timestamp: block.timestamp.to(),
        }))
    }

    /// Logs of blocks `from..=to` by these addresses with one of these first topics.
    pub(super) fn logs(
        &self,
        (from, to): (u64, u64),
        addresses: &[Address],
        topics: &[B256],
    ) -> Result<Vec<L1Log>, BridgeError> {
        let filter = json!([{
            "fromBlock": U64::from(from),
            "toBlock": U64::from(to),
            "address": addresses,
            "topics": [topics],
        }]);
        self.ask("eth_getLogs", filter)
    }

    /// Return data of a call at the newest block.
    pub(super) fn call(&self, to: Address, data: &[u8]) -> Result<Bytes, BridgeError> {
        let data = Bytes::copy_from_slice(data);
        self.ask("eth_call", json!([{"to": to, "data": data}, "latest"]))
    }

    /// Code of an account.
    pub(super) fn code(&self, who: Address) -> Result<Bytes, BridgeError> {
        self.ask("eth_getCode", json!([who, "latest"]))
    }

    /// Nonce of the sending account, with what waits.
    pub(super) fn nonce(&self) -> Result<u64, BridgeError> {
        let nonce: U64 = self.ask(
            "eth_getTransactionCount",
            json!([self.account(), "pending"]),
        )?;
        Ok(nonce.to())
    }

    /// Wei per gas that gets a transaction in soon.
    pub(super) fn gas_price(&self) -> Result<u128, BridgeError> {
        let price: U256 = self.ask("eth_gasPrice", ())?;
        Ok(price.saturating_to())
    }

    /// Sends a transaction of the sending account; a creation without `to`.
    pub(super) fn send(
        &self,
        nonce: u64,
        to: Option<Address>,
        data: Bytes,
        gas: u64,
        price: u128,
    ) -> Result<B256, BridgeError> {
        let tx = TxEip1559 {
            chain_id: self.chain_id,
            nonce,
            gas_limit: gas,
            // Room for the base fee to rise while the transaction waits.
            max_fee_per_gas: price.saturating_mul(2),
            max_priority_fee_per_gas: price.min(1_000_000_000),
            to: to.map_or(TxKind::Create, TxKind::Call),
            input: data,
            ..TxEip1559::default()
        };
        let signature = self
            .key
            .sign_hash_sync(&tx.signature_hash())
            .map_err(|_| BridgeError::Key)?;
        let raw: Bytes = TxEnvelope::from(tx.into_signed(signature))
            .encoded_2718()
            .into();
        self.ask("eth_sendRawTransaction", json!([raw]))
    }

    /// Whether a transaction succeeded; `None` while it is in no block.
    pub(super) fn outcome(&self, hash: B256) -> Result<Option<bool>, BridgeError> {
        #[derive(Deserialize)]
        struct Receipt {
            status: U64,
        }
        let found: Option<Receipt> = self.ask("eth_getTransactionReceipt", json!([hash]))?;
        Ok(found.map(|receipt| receipt.status == U64::from(1)))
    }

    /// Waits until a transaction is in a block, and succeeded there.
    pub(super) fn mined(&self, what: &'static str, hash: B256) -> Result<(), BridgeError> {
        let started = Instant::now();
        let mut nudged = started;
        loop {
            match self.outcome(hash)? {
                Some(true) => return Ok(()),
                Some(false) => return Err(BridgeError::Reverted { what, hash }),
                None if started.elapsed() > MINED_WITHIN => {
                    return Err(BridgeError::NotMined {
                        what,
                        hash,
                        seconds: MINED_WITHIN.as_secs(),
                    });
                }
                None => std::thread::sleep(LOOK_EVERY),
            }
            // On a loaded machine anvil now and then leaves a burst of transactions waiting until something happens. Other
            // nodes do not know the method, and need no nudge.
            if nudged.elapsed() > NUDGE_EVERY {
                nudged = Instant::now();
                let _: Result<serde_json::Value, _> = self.ask("anvil_mine", json!([]));
            }
        }
    }
}
