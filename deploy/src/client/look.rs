//! Events with their places, and which L1 block a block of L2 saw.
//! Always holds: nothing here needs an account.

use alloy::{
    primitives::{Address, B256, U64},
    providers::Provider as _,
    rpc::types::Filter,
    sol_types::SolEvent,
};
use serde_json::Value;

use super::{Arbitrum, Client, ClientError, Side};

/// An event and where it is.
#[derive(Debug, Clone)]
pub struct Logged<E> {
    /// The event.
    pub event: E,
    /// Block it is in.
    pub block: u64,
    /// Transaction that logged it.
    pub transaction: B256,
}

impl<S: Side> Client<S> {
    /// All events of a kind that `emitter` logged from a block on, in order; of those with this first indexed argument
    /// only, if one is given.
    ///
    /// # Errors
    /// As [`Client::logs`].
    pub async fn logged<E: SolEvent>(
        &self,
        emitter: Address,
        first: Option<B256>,
        from: u64,
    ) -> Result<Vec<Logged<E>>, ClientError> {
        let mut filter = Filter::new()
            .address(emitter)
            .event_signature(E::SIGNATURE_HASH);
        if let Some(first) = first {
            filter = filter.topic1(first);
        }
        let found = self.logs(&filter, from).await?;
        let logged = found.iter().filter_map(|found| {
            Some(Logged {
                event: E::decode_log(&found.log).ok()?.data,
                block: found.block,
                transaction: found.transaction,
            })
        });
        Ok(logged.collect())
    }
}

impl Client<Arbitrum> {
    /// The L1 block number that contracts saw in an L2 block.
    ///
    /// # Errors
    /// [`ClientError::Refused`]; [`ClientError::Answer`] if the node is no Arbitrum node or has no such block.
    pub async fn l1_number(&self, block: u64) -> Result<u64, ClientError> {
        let what = "reading a block's L1 number";
        let params = (U64::from(block), false);
        let answer: Value = self
            .provider
            .raw_request("eth_getBlockByNumber".into(), params)
            .await
            .map_err(|error| self.refused(what, &error))?;
        let number = serde_json::from_value::<U64>(answer["l1BlockNumber"].clone());
        number
            .map(|number| number.to())
            .map_err(|error| ClientError::Answer {
                what: what.to_owned(),
                side: Arbitrum::NAME,
                why: format!("no l1BlockNumber: {error}"),
            })
    }

    /// The last L2 block up to `latest` in which contracts saw an L1 number of at most `l1`; `None` if the first block is later.
    ///
    /// # Errors
    /// As [`Client::l1_number`].
    pub async fn last_block_of(&self, l1: u64, latest: u64) -> Result<Option<u64>, ClientError> {
        if self.l1_number(latest).await? <= l1 {
            return Ok(Some(latest));
        }
        // Invariant: the block before `low` is not later than `l1`, `high` is. L1 numbers never fall.
        let (mut low, mut high) = (0, latest);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.l1_number(middle).await? <= l1 {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low.checked_sub(1))
    }
}
