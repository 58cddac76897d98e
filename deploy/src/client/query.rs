//! Questions about what is on chain: transactions, receipts, logs, blocks, prices.
//! Always holds: a node that limits how many blocks a log query may span is asked in smaller pieces, so that an answer is
//! complete or an error.

use alloy::{
    eips::BlockNumberOrTag,
    network::ReceiptResponse as _,
    primitives::{Address, B256, Bytes, Log, TxHash, U64, U256},
    providers::Provider as _,
    rpc::types::{Filter, state::StateOverride},
};
use serde::Deserialize;

use super::{Client, ClientError, Mined, Side};

/// Fewest blocks that a log query is cut down to.
const SMALLEST_RANGE: u64 = 64;

/// A transaction that was sent, mined or not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// Who sent it.
    pub from: Address,
    /// Whom it calls.
    pub to: Option<Address>,
    /// Its calldata.
    pub input: Bytes,
    /// Its type's number.
    #[serde(rename = "type")]
    pub kind: U64,
}

/// What a mined transaction did.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Whether it succeeded.
    pub succeeded: bool,
    /// Gas, logs and place.
    pub mined: Mined,
}

/// The newest block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: u64,
    /// Its time, in seconds of Unix.
    pub timestamp: u64,
    /// Wei a unit of gas in it.
    pub base_fee: u64,
}

/// A log and where it is.
#[derive(Debug, Clone)]
pub struct Found {
    /// The log.
    pub log: Log,
    /// The transaction it is of.
    pub transaction: TxHash,
    /// The block it is in.
    pub block: u64,
}

impl<S: Side> Client<S> {
    /// A transaction by its hash; `None` if the chain does not know it.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn transaction(&self, hash: TxHash) -> Result<Option<Sent>, ClientError> {
        self.provider
            .raw_request("eth_getTransactionByHash".into(), (hash,))
            .await
            .map_err(|error| self.refused("looking for a transaction", &error))
    }

    /// What a transaction did; `None` if it is not mined.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn receipt(&self, hash: TxHash) -> Result<Option<Receipt>, ClientError> {
        let receipt = self.provider.get_transaction_receipt(hash).await;
        let receipt = receipt.map_err(|error| self.refused("reading a receipt", &error))?;
        Ok(receipt.map(|receipt| Receipt {
            succeeded: receipt.status(),
            mined: Mined::of(&receipt),
        }))
    }

    /// The newest block.
    ///
    /// # Errors
    /// [`ClientError::Refused`]; [`ClientError::Answer`] if the chain has no base fee.
    pub async fn head(&self) -> Result<Head, ClientError> {
        let what = "reading the newest block";
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Latest)
            .await
            .map_err(|error| self.refused(what, &error))?;
        let answer = |why: &str| ClientError::Answer {
            what: what.to_owned(),
            side: S::NAME,
            why: why.to_owned(),
        };
        let block = block.ok_or_else(|| answer("no block"))?;
        let header = &block.header;
        Ok(Head {
            number: header.number,
            timestamp: header.timestamp,
            base_fee: header
                .base_fee_per_gas
                .ok_or_else(|| answer("a block without base fee"))?,
        })
    }

    /// Wei a unit of gas that the node would pay now.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn gas_price(&self) -> Result<U256, ClientError> {
        let price = self.provider.get_gas_price().await;
        price
            .map(U256::from)
            .map_err(|error| self.refused("reading the gas price", &error))
    }

    /// Gas that a call needs, as if these accounts were changed.
    ///
    /// # Errors
    /// [`ClientError::Reverted`] if it would fail.
    pub async fn estimate(
        &self,
        what: &str,
        to: Address,
        data: Bytes,
        value: U256,
        overrides: Option<StateOverride>,
    ) -> Result<u64, ClientError> {
        let request = self.request(Some(to), data, value);
        let mut call = self.provider.estimate_gas(request);
        if let Some(overrides) = overrides {
            call = call.overrides(overrides);
        }
        call.await.map_err(|error| self.refused(what, &error))
    }

    /// Logs from `from` on, in order.
    ///
    /// # Errors
    /// [`ClientError::Refused`] if the node gives not even a few blocks' logs at once.
    pub async fn logs(&self, filter: &Filter, from: u64) -> Result<Vec<Found>, ClientError> {
        let last = self.head().await?.number;
        let (mut found, mut next) = (Vec::new(), from);
        let mut span = last.saturating_sub(from).saturating_add(1);
        while next <= last {
            let to = last.min(next.saturating_add(span - 1));
            let piece = filter.clone().from_block(next).to_block(to);
            match self.provider.get_logs(&piece).await {
                Ok(logs) => {
                    found.extend(logs.into_iter().map(|log| Found {
                        transaction: log.transaction_hash.unwrap_or(B256::ZERO),
                        block: log.block_number.unwrap_or_default(),
                        log: log.inner,
                    }));
                    next = to + 1;
                }
                Err(_) if span > SMALLEST_RANGE => span = (span / 8).max(SMALLEST_RANGE),
                Err(error) => return Err(self.refused("searching logs", &error)),
            }
        }
        Ok(found)
    }
}
