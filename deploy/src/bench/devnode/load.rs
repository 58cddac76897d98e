//! What is done to a node while the clock runs: transfers, calls, and one transaction of a thousand calls.

use std::time::{Duration, Instant};

use alloy::{
    consensus::{SignableTransaction as _, TxEip1559, TxEnvelope},
    eips::eip2718::Encodable2718 as _,
    hex,
    primitives::{Address, TxKind, U256},
    signers::{
        SignerSync as _,
        local::{MnemonicBuilder, PrivateKeySigner},
    },
    sol_types::SolCall as _,
};
use serde_json::Value;

use super::{
    BenchError,
    contracts::{Caller, Token},
    rpc::{Rpc, request},
};

/// The mnemonic whose accounts both nodes fund.
const MNEMONIC: &str = "test test test test test test test test test test test junk";
/// Connections at a time, each with an account of its own.
pub(super) const SENDERS: u32 = 8;
/// Wei per gas offered; both nodes take less.
const MAX_FEE_PER_GAS: u128 = 10_000_000_000;
const TRANSFER_GAS: u64 = 200_000;
const MANY_CALLS_GAS: u64 = 15_000_000;
/// Calls in the one transaction.
pub(super) const MANY: u64 = 1_000;
/// Between two looks for a receipt.
const LOOK: Duration = Duration::from_millis(1);

/// An account, and the next nonce it will use.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    signer: PrivateKeySigner,
    chain_id: u64,
    nonce: u64,
}

impl Sender {
    /// The first accounts of the mnemonic, with the nonces they have on a chain.
    pub(super) async fn all(rpc: &Rpc) -> Result<Vec<Self>, BenchError> {
        let chain_id = number(&rpc.call("eth_chainId", "[]").await?)?;
        let mut senders = Vec::new();
        for index in 0..SENDERS {
            let signer = MnemonicBuilder::english()
                .phrase(MNEMONIC)
                .index(index)
                .and_then(|account| account.build())
                .map_err(|error| BenchError::Answer(error.to_string()))?;
            let params = format!(r#"["{}","latest"]"#, signer.address());
            let nonce = number(&rpc.call("eth_getTransactionCount", &params).await?)?;
            senders.push(Self {
                signer,
                chain_id,
                nonce,
            });
        }
        Ok(senders)
    }

    pub(super) fn address(&self) -> Address {
        self.signer.address()
    }

    /// Where this account's transfers go: somewhere of its own.
    fn receiver(&self) -> Address {
        let mut bytes = self.address().into_array();
        bytes[0] ^= 0xff;
        bytes.into()
    }

    /// The request that sends a signed transaction.
    fn sign(&mut self, to: Address, input: Vec<u8>, gas_limit: u64) -> Result<String, BenchError> {
        let tx = TxEip1559 {
            chain_id: self.chain_id,
            nonce: self.nonce,
            gas_limit,
            max_fee_per_gas: MAX_FEE_PER_GAS,
            max_priority_fee_per_gas: 0,
            to: TxKind::Call(to),
            input: input.into(),
            ..TxEip1559::default()
        };
        self.nonce += 1;
        let signature = self
            .signer
            .sign_hash_sync(&tx.signature_hash())
            .map_err(|error| BenchError::Answer(error.to_string()))?;
        let raw = TxEnvelope::from(tx.into_signed(signature)).encoded_2718();
        let params = format!(r#"["{}"]"#, hex::encode_prefixed(raw));
        Ok(request("eth_sendRawTransaction", &params))
    }
}

/// ERC-20 transfers per second: `each` from every sender, one after the other on its connection, the next once the last is mined.
/// Sent without waiting, anvil now and then puts one into its queue for later and mines nothing of that sender any more.
pub(super) async fn transfers(rpc: &Rpc, token: Address, each: u64) -> Result<f64, BenchError> {
    let mut senders = Sender::all(rpc).await?;
    let mut before = Vec::new();
    let mut queues = Vec::new();
    for sender in &mut senders {
        before.push(balance(rpc, token, sender.receiver()).await?);
        let call = Token::transferCall {
            to: sender.receiver(),
            amount: U256::ONE,
        };
        let queue: Result<Vec<_>, _> = (0..each)
            .map(|_| sender.sign(token, call.abi_encode(), TRANSFER_GAS))
            .collect();
        queues.push(queue?);
    }
    let elapsed = in_parallel(rpc, queues, true).await?;
    for (sender, before) in senders.iter().zip(before) {
        let got = balance(rpc, token, sender.receiver()).await? - before;
        if got != U256::from(each) {
            return Err(BenchError::Answer(format!(
                "{got} of {each} transfers arrived"
            )));
        }
    }
    Ok(per_second(each, elapsed))
}

/// `eth_call`s of `balanceOf` per second.
pub(super) async fn calls(rpc: &Rpc, token: Address, each: u64) -> Result<f64, BenchError> {
    let senders = Sender::all(rpc).await?;
    let queues = senders.iter().map(|sender| {
        let request = balance_request(token, sender.address());
        (0..each).map(|_| request.clone()).collect()
    });
    let elapsed = in_parallel(rpc, queues.collect(), false).await?;
    Ok(per_second(each, elapsed))
}

/// How long a transaction takes that calls a contract a thousand times, until its receipt is there.
pub(super) async fn many_calls(
    rpc: &Rpc,
    caller: Address,
    token: Address,
) -> Result<Duration, BenchError> {
    let mut senders = Sender::all(rpc).await?;
    let [sender, ..] = senders.as_mut_slice() else {
        return Err(BenchError::Answer("no accounts".to_owned()));
    };
    let call = Caller::callManyCall {
        to: token,
        data: Token::balanceOfCall {
            owner: sender.address(),
        }
        .abi_encode()
        .into(),
        times: U256::from(MANY),
    };
    let request = sender.sign(caller, call.abi_encode(), MANY_CALLS_GAS)?;
    let since = Instant::now();
    let hash = rpc.send(request).await?;
    mined(rpc, &hash).await?;
    Ok(since.elapsed())
}

/// One task per queue, each on a connection of its own. With `to_blocks` each answer is a transaction whose receipt is waited for.
async fn in_parallel(
    rpc: &Rpc,
    queues: Vec<Vec<String>>,
    to_blocks: bool,
) -> Result<Duration, BenchError> {
    let since = Instant::now();
    let tasks: Vec<_> = queues
        .into_iter()
        .map(|queue| {
            let rpc = rpc.clone();
            tokio::spawn(async move {
                for request in queue {
                    let answer = rpc.send(request).await?;
                    if to_blocks {
                        mined(&rpc, &answer).await?;
                    }
                }
                Ok::<_, BenchError>(())
            })
        })
        .collect();
    for task in tasks {
        task.await
            .map_err(|error| BenchError::Answer(error.to_string()))??;
    }
    Ok(since.elapsed())
}

/// Waits for a receipt, which must be one of success.
async fn mined(rpc: &Rpc, hash: &Value) -> Result<(), BenchError> {
    let params = format!("[{hash}]");
    loop {
        let receipt = rpc.call("eth_getTransactionReceipt", &params).await?;
        match receipt["status"].as_str() {
            Some("0x1") => return Ok(()),
            Some(_) => return Err(BenchError::Answer(format!("{hash} failed"))),
            None => tokio::time::sleep(LOOK).await,
        }
    }
}

async fn balance(rpc: &Rpc, token: Address, of: Address) -> Result<U256, BenchError> {
    let answer = rpc.send(balance_request(token, of)).await?;
    answer
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| BenchError::Answer(answer.to_string()))
}

fn balance_request(token: Address, owner: Address) -> String {
    let data = hex::encode_prefixed(Token::balanceOfCall { owner }.abi_encode());
    request(
        "eth_call",
        &format!(r#"[{{"to":"{token}","data":"{data}"}},"latest"]"#),
    )
}

fn number(value: &Value) -> Result<u64, BenchError> {
    value
        .as_str()
        .and_then(|text| u64::from_str_radix(text.strip_prefix("0x")?, 16).ok())
        .ok_or_else(|| BenchError::Answer(value.to_string()))
}

fn per_second(each: u64, elapsed: Duration) -> f64 {
    (u64::from(SENDERS) * each) as f64 / elapsed.as_secs_f64()
}
