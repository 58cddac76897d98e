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
/// Bytes of calldata in one batch: half of what they are in hexadecimal digits, and anvil takes no more than 2 MB.
const BYTES_AT_ONCE: usize = 500_000;
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
            let hashes = self.send_each(what, some).await?;
            receipts.extend(self.all_mined(what, &hashes).await?);
        }
        Ok(receipts)
    }

    /// Sends all of them and waits for none. Several of one account get its nonces in their order.
    ///
    /// # Errors
    /// [`ClientError::Refused`] for one that the node does not take.
    pub async fn send_each(
        &self,
        what: &str,
        orders: &[Order],
    ) -> Result<Vec<TxHash>, ClientError> {
        let mut nonces = self.nonces_of_busy(orders).await?;
        let mut hashes = Vec::with_capacity(orders.len());
        let mut rest = orders;
        while !rest.is_empty() {
            let (some, more) = rest.split_at(fitting(rest));
            rest = more;
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
            for hash in self.batch(what, "eth_sendTransaction", params).await? {
                hashes.push(hash.map_err(|error| self.refused(what, &error))?);
            }
        }
        Ok(hashes)
    }

    /// What many transactions did, in their order; `None` for each that is not mined.
    ///
    /// # Errors
    /// [`ClientError::Refused`], [`ClientError::Unreachable`].
    pub async fn receipts(
        &self,
        what: &str,
        of: &[TxHash],
    ) -> Result<Vec<Option<Receipt>>, ClientError> {
        let mut found = Vec::with_capacity(of.len());
        for some in of.chunks(AT_ONCE) {
            let params = some.iter().map(|hash| (*hash,));
            let method = "eth_getTransactionReceipt";
            let answers = self
                .batch::<_, Option<AnyTransactionReceipt>>(what, method, params)
                .await?;
            for answer in answers {
                let receipt = answer.map_err(|error| self.refused(what, &error))?;
                found.push(receipt.map(|receipt| Receipt {
                    succeeded: receipt.status(),
                    mined: Mined::of(&receipt),
                }));
            }
        }
        Ok(found)
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
            let answers = self.receipts(what, of).await?;
            let missing = answers.iter().zip(of).find(|(answer, _)| answer.is_none());
            match missing {
                None => return Ok(answers.into_iter().flatten().collect()),
                Some((_, hash)) if since.elapsed() > PATIENCE => {
                    return Err(ClientError::Pending {
                        what: what.to_owned(),
                        side: S::NAME,
                        hash: *hash,
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

/// How many of the first ones fit into one request; at least one.
fn fitting(orders: &[Order]) -> usize {
    let mut bytes = 0;
    let fit = orders.iter().take(AT_ONCE).take_while(|order| {
        bytes += order.data.len();
        bytes <= BYTES_AT_ONCE
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(bytes: usize) -> Order {
        Order {
            from: Address::ZERO,
            to: Address::ZERO,
            data: vec![0; bytes].into(),
            value: U256::ZERO,
            gas: 0,
        }
    }

    #[test]
    fn a_request_holds_as_many_as_a_node_takes_and_never_none() {
        assert_eq!(fitting(&vec![order(100); AT_ONCE + 1]), AT_ONCE);
        assert_eq!(fitting(&vec![order(BYTES_AT_ONCE / 2); 3]), 2);
        assert_eq!(fitting(&[order(BYTES_AT_ONCE + 1), order(1)]), 1);
    }
}
