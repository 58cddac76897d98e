//! Messages from L1: each becomes a block of its own.

use std::sync::Arc;

use alloy_primitives::Address;

use super::{
    Chain,
    block::Block,
    inbox::{self, BatchCost, L1Message, MessageError},
    produce::Origin,
    tx::Tx,
};

/// What a message from L1 led to.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// The block made of it.
    pub block: Arc<Block>,
    /// Why it gave no transactions, if it was malformed.
    pub malformed: Option<MessageError>,
}

impl Chain {
    /// Takes in the next message of the delayed inbox and makes its block. Transactions of it that are not executable leave no
    /// trace, as on Nitro.
    pub fn deliver(&mut self, message: &L1Message) -> Delivered {
        self.deliver_parsed(message, inbox::parse(message, self.config.chain_id))
    }

    /// Takes in a batch poster's report, with what a node learns about the batch from L1 itself.
    pub fn deliver_report(&mut self, message: &L1Message, batch: &BatchCost) -> Delivered {
        let chain_id = self.config.chain_id;
        self.deliver_parsed(message, inbox::parse_report(message, batch, chain_id))
    }

    fn deliver_parsed(
        &mut self,
        message: &L1Message,
        parsed: Result<Vec<(Tx, Address)>, MessageError>,
    ) -> Delivered {
        self.l1_block = self.l1_block.max(message.l1_block);
        let origin = Origin {
            poster: message.sender,
            timestamp: message.timestamp,
            l1_number: message.l1_block,
            l1_base_fee: message.l1_base_fee,
            delayed_read: message.index.saturating_add(1),
        };
        let mut draft = self.begin(&origin);
        let (transactions, malformed) = match parsed {
            Ok(transactions) => (transactions, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        for (tx, from) in transactions {
            if self.is_of_other_chain(&tx) {
                continue;
            }
            let _left_out = self.include(&mut draft, tx, from);
        }
        let block = self.finish(draft);
        Delivered { block, malformed }
    }

    fn is_of_other_chain(&self, tx: &Tx) -> bool {
        match tx {
            Tx::Ethereum(tx) => alloy_consensus::Transaction::chain_id(&**tx)
                .is_some_and(|id| id != self.config.chain_id),
            Tx::Arbitrum(_) => false,
        }
    }
}
