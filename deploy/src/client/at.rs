//! Reading one block of a chain: many answers in one request, events over a range.
//! Always holds: every read names its block, so that a long run of reads is about one state.

use alloy::{
    eips::BlockNumberOrTag,
    primitives::{Address, B256, Bytes, Log, U256},
    providers::Provider as _,
    rpc::types::{BlockId, Filter},
    rpc::{
        client::BatchRequest,
        json_rpc::{RpcRecv, RpcSend},
    },
    sol_types::SolCall,
    transports::TransportResult,
};

use super::{Client, ClientError, Side, name_of};

/// A block, by everything that tells it from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BlockMark {
    /// Height.
    pub number: u64,
    /// Hash.
    pub hash: B256,
    /// Seconds since 1970.
    pub timestamp: u64,
}

impl<S: Side> Client<S> {
    /// The block at a height or under a name such as `latest`; `None` if the chain has none there.
    ///
    /// # Errors
    /// [`ClientError::Refused`], [`ClientError::Unreachable`].
    pub async fn block(&self, which: BlockNumberOrTag) -> Result<Option<BlockMark>, ClientError> {
        let block = self.provider.get_block_by_number(which).await;
        let block = block.map_err(|error| self.refused("reading a block", &error))?;
        Ok(block.map(|block| BlockMark {
            number: block.header.number,
            hash: block.header.hash,
            timestamp: block.header.timestamp,
        }))
    }

    /// As [`Client::read`], at a block.
    ///
    /// # Errors
    /// Those of [`Client::read`].
    pub async fn read_at<C: SolCall>(
        &self,
        to: Address,
        call: &C,
        block: u64,
    ) -> Result<C::Return, ClientError> {
        let request = self.request(Some(to), call.abi_encode().into(), Default::default());
        let answer = self.provider.call(request).block(BlockId::number(block));
        self.decoded::<C>(answer.await)
    }

    /// Asks a contract the same thing about many, in one request; answers in the order of `calls`.
    ///
    /// # Errors
    /// Those of [`Client::read`], for the first call that has one.
    pub async fn read_each_at<C: SolCall>(
        &self,
        to: Address,
        calls: &[C],
        block: u64,
    ) -> Result<Vec<C::Return>, ClientError> {
        let params = calls.iter().map(|call| {
            let request = self.request(Some(to), call.abi_encode().into(), Default::default());
            (request, BlockId::number(block))
        });
        let answers = self.batch(name_of::<C>(), "eth_call", params).await?;
        answers
            .into_iter()
            .map(|answer| self.decoded::<C>(answer))
            .collect()
    }

    /// Code of many accounts, in one request, in their order.
    ///
    /// # Errors
    /// [`ClientError::Refused`], [`ClientError::Unreachable`].
    pub async fn codes_at(&self, of: &[Address], block: u64) -> Result<Vec<Bytes>, ClientError> {
        let what = "reading code";
        let params = of.iter().map(|of| (*of, BlockId::number(block)));
        let answers = self.batch(what, "eth_getCode", params).await?;
        let refused = |error| self.refused(what, &error);
        answers
            .into_iter()
            .map(|answer| answer.map_err(refused))
            .collect()
    }

    /// Code of an account at a block; empty if it has none.
    ///
    /// # Errors
    /// [`ClientError::Refused`], [`ClientError::Unreachable`].
    pub async fn code_at(&self, of: Address, block: u64) -> Result<Bytes, ClientError> {
        let code = self.provider.get_code_at(of).number(block).await;
        code.map_err(|error| self.refused("reading code", &error))
    }

    /// Ether of an account at a block, in wei.
    ///
    /// # Errors
    /// [`ClientError::Refused`], [`ClientError::Unreachable`].
    pub async fn balance_at(&self, of: Address, block: u64) -> Result<U256, ClientError> {
        let balance = self.provider.get_balance(of).number(block).await;
        balance.map_err(|error| self.refused("reading a balance", &error))
    }

    /// One kind of event of one contract, in blocks `first..=last`.
    ///
    /// # Errors
    /// [`ClientError::Refused`], among other things for a range that the node finds too long;
    /// [`ClientError::Unreachable`].
    pub async fn events(
        &self,
        of: Address,
        topic: B256,
        first: u64,
        last: u64,
    ) -> Result<Vec<Log>, ClientError> {
        let filter = Filter::new()
            .address(of)
            .event_signature(topic)
            .from_block(first)
            .to_block(last);
        let logs = self.provider.get_logs(&filter).await;
        let logs = logs.map_err(|error| self.refused("reading events", &error))?;
        Ok(logs.into_iter().map(|log| log.inner).collect())
    }

    /// Sends one request for each of `params`; the answers, in their order, each its own success or failure.
    pub(super) async fn batch<P: RpcSend, R: RpcRecv>(
        &self,
        what: &str,
        method: &'static str,
        params: impl Iterator<Item = P>,
    ) -> Result<Vec<TransportResult<R>>, ClientError> {
        let refused = |error| self.refused(what, &error);
        let mut batch = BatchRequest::new(self.provider.client());
        let mut waiting = Vec::new();
        for params in params {
            let answer = batch.add_call::<_, R>(method, &params);
            waiting.push(answer.map_err(refused)?);
        }
        batch.send().await.map_err(refused)?;
        let mut answers = Vec::with_capacity(waiting.len());
        for answer in waiting {
            answers.push(answer.await);
        }
        Ok(answers)
    }
}
