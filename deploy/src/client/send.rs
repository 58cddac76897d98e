//! Sending a transaction and waiting until it is mined.
//! Always holds: what would revert is not sent (its gas estimate fails first), and a mined failure is an error.

use std::time::{Duration, Instant};

use alloy::{
    network::{AnyTransactionReceipt, ReceiptResponse as _},
    primitives::{Address, Bytes, Log, TxHash, U256},
    providers::Provider as _,
    sol_types::{SolCall, SolEvent},
};

use super::{Client, ClientError, Side, name_of};

/// Between two looks for a receipt: short at first, since a development node mines at once.
const FIRST_WAIT: Duration = Duration::from_millis(2);
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// How long a transaction is waited for before it counts as pending.
const PATIENCE: Duration = Duration::from_mins(3);

/// A transaction that was mined and succeeded.
#[derive(Debug, Clone)]
pub struct Mined {
    /// The transaction.
    pub hash: TxHash,
    /// All gas it used.
    pub gas: u64,
    /// The part of it that pays for its bytes on L1; 0 on L1 itself.
    pub gas_for_l1: u64,
    /// Block it is in.
    pub block: u64,
    /// The contract it created.
    pub created: Option<Address>,
    /// What it logged.
    pub logs: Vec<Log>,
}

impl Mined {
    /// Gas of the execution alone, which does not change with L1's prices.
    #[must_use]
    pub fn execution_gas(&self) -> u64 {
        self.gas.saturating_sub(self.gas_for_l1)
    }

    /// The first event of a kind that `emitter` logged.
    #[must_use]
    pub fn event<E: SolEvent>(&self, emitter: Address) -> Option<E> {
        let from_emitter = self.logs.iter().filter(|log| log.address == emitter);
        from_emitter
            .filter_map(|log| E::decode_log(log).ok())
            .map(|log| log.data)
            .next()
    }
}

impl<S: Side> Client<S> {
    /// Calls a contract in a transaction, and waits for it.
    ///
    /// # Errors
    /// [`ClientError::Reverted`] before anything is sent; [`ClientError::Failed`] or [`ClientError::Pending`] after.
    pub async fn transact<C: SolCall>(
        &self,
        to: Address,
        call: &C,
        value: U256,
    ) -> Result<Mined, ClientError> {
        self.send(name_of::<C>(), Some(to), call.abi_encode().into(), value)
            .await
    }

    /// Sends bytes to an account, or creates a contract from them, and waits.
    ///
    /// # Errors
    /// As [`Client::transact`].
    pub async fn send(
        &self,
        what: &str,
        to: Option<Address>,
        data: Bytes,
        value: U256,
    ) -> Result<Mined, ClientError> {
        if self.from.is_none() {
            return Err(ClientError::NoAccount {
                what: what.to_owned(),
            });
        }
        let sent = self
            .provider
            .send_transaction(self.request(to, data, value))
            .await
            .map_err(|error| self.refused(what, &error))?;
        self.mined(what, *sent.tx_hash()).await
    }

    /// Sends a transaction that was signed elsewhere, and waits.
    ///
    /// # Errors
    /// As [`Client::transact`].
    pub async fn send_raw(&self, what: &str, signed: &[u8]) -> Result<Mined, ClientError> {
        let sent = self
            .provider
            .send_raw_transaction(signed)
            .await
            .map_err(|error| self.refused(what, &error))?;
        self.mined(what, *sent.tx_hash()).await
    }

    /// Waits until every transaction of an account is mined: somebody who was killed may have sent one a moment ago.
    ///
    /// # Errors
    /// [`ClientError::Unsettled`] if that takes too long.
    pub async fn settled(&self, account: Address) -> Result<(), ClientError> {
        let (since, mut wait) = (Instant::now(), FIRST_WAIT);
        loop {
            let sent = self.provider.get_transaction_count(account).pending().await;
            let sent = sent.map_err(|error| self.refused("reading a nonce", &error))?;
            let mined = self.nonce(account).await?;
            if sent <= mined {
                return Ok(());
            }
            if since.elapsed() > PATIENCE {
                return Err(ClientError::Unsettled {
                    account,
                    side: S::NAME,
                    waiting: sent - mined,
                });
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn mined(&self, what: &str, hash: TxHash) -> Result<Mined, ClientError> {
        let (since, mut wait) = (Instant::now(), FIRST_WAIT);
        let receipt = loop {
            let receipt = self.provider.get_transaction_receipt(hash).await;
            if let Some(receipt) = receipt.map_err(|error| self.refused(what, &error))? {
                break receipt;
            }
            if since.elapsed() > PATIENCE {
                return Err(ClientError::Pending {
                    what: what.to_owned(),
                    side: S::NAME,
                    hash,
                });
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        };
        if !receipt.status() {
            return Err(ClientError::Failed {
                what: what.to_owned(),
                side: S::NAME,
                hash,
            });
        }
        Ok(Mined::of(&receipt))
    }
}

impl Mined {
    pub(super) fn of(receipt: &AnyTransactionReceipt) -> Self {
        let for_l1 = receipt.other.get_deserialized::<U256>("gasUsedForL1");
        Self {
            hash: receipt.inner.transaction_hash,
            gas: receipt.inner.gas_used,
            gas_for_l1: for_l1
                .and_then(Result::ok)
                .map_or(0, |gas| gas.saturating_to()),
            block: receipt.inner.block_number.unwrap_or_default(),
            created: receipt.inner.contract_address,
            logs: receipt
                .inner
                .logs()
                .iter()
                .map(|log| log.inner.clone())
                .collect(),
        }
    }
}
