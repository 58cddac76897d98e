//! Many transactions at once, of accounts that the node signs for.
//! Always holds: answers come in the order of what was sent; a transaction that failed is a receipt that says so.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use alloy::{
    network::{AnyTransactionReceipt, ReceiptResponse as _, TransactionBuilder as _},
    primitives::{Address, Bytes, TxHash, U256},
};

use super::{Client, ClientError, Mined, Receipt, Side};

/// Requests in one batch: nodes limit how many, and how long it may be.
const AT_ONCE: usize = 100;
/// How long the last of them is waited for.
const PATIENCE: Duration = Duration::from_mins(3);
const FIRST_WAIT: Duration = Duration::from_millis(2);
const LONGEST_WAIT: Duration = Duration::from_millis(200);

/// One transaction.
#[derive(Debug, Clone)]
pub struct Order {
    /// Who sends it.
    pub from: Address,
    /// Whom it calls.
    pub to: Address,
    /// With what.
    pub data: Bytes,
    /// Wei that go along.
    pub value: U256,
    /// Most gas.
    pub gas: u64,
}

impl<S: Side> Client<S> {
    /// Sends all of them without waiting in between, then waits for all. Several of one account get its nonces in their order.
    ///
    /// # Errors
    /// [`ClientError::Refused`] for one that the node does not take; [`ClientError::Pending`] for one that is not mined in time.
    pub async fn perform_each(
        &self,
        what: &str,
        orders: &[Order],
    ) -> Result<Vec<Receipt>, ClientError> {
        let mut receipts = Vec::with_capacity(orders.len());
        for some in orders.chunks(AT_ONCE) {
            let mut nonces = self.nonces_of_busy(some).await?;
            let params = some.iter().map(|order| {
                let mut request = self.with_unlocked(order.from).request(
                    Some(order.to),
                    order.data.clone(),
                    order.value,
                );
                request.set_gas_limit(order.gas);
                if let Some(nonce) = nonces.get_mut(&order.from) {
                    request.set_nonce(*nonce);
                    *nonce += 1;
                }
                (request,)
            });
            let sent = self.batch(what, "eth_sendTransaction", params).await?;
            let mut hashes = Vec::with_capacity(sent.len());
            for hash in sent {
                hashes.push(hash.map_err(|error| self.refused(what, &error))?);
            }
            receipts.extend(self.all_mined(what, &hashes).await?);
        }
        Ok(receipts)
    }

    /// The next nonces of accounts that send several: a node that works on a batch in parallel would give them the same.
    async fn nonces_of_busy(&self, orders: &[Order]) -> Result<HashMap<Address, u64>, ClientError> {
        let mut counts: HashMap<Address, u64> = HashMap::new();
        for order in orders {
            *counts.entry(order.from).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        let mut nonces = HashMap::with_capacity(counts.len());
        for account in counts.into_keys() {
            nonces.insert(account, self.nonce(account).await?);
        }
        Ok(nonces)
    }

    async fn all_mined(&self, what: &str, of: &[TxHash]) -> Result<Vec<Receipt>, ClientError> {
        let (since, mut wait) = (Instant::now(), FIRST_WAIT);
        loop {
            let params = of.iter().map(|hash| (*hash,));
            let method = "eth_getTransactionReceipt";
            let answers = self
                .batch::<_, Option<AnyTransactionReceipt>>(what, method, params)
                .await?;
            let mut found = Vec::with_capacity(of.len());
            let mut missing = None;
            for (answer, hash) in answers.into_iter().zip(of) {
                match answer.map_err(|error| self.refused(what, &error))? {
                    Some(receipt) => found.push(Receipt {
                        succeeded: receipt.status(),
                        mined: Mined::of(&receipt),
                    }),
                    None => missing = Some(*hash),
                }
            }
            match missing {
                None => return Ok(found),
                Some(hash) if since.elapsed() > PATIENCE => {
                    return Err(ClientError::Pending {
                        what: what.to_owned(),
                        side: S::NAME,
                        hash,
                    });
                }
                Some(_) => {
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }
}
