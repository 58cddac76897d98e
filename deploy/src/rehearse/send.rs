//! Many transactions that must all succeed.

use super::{RehearseError, stage::Stage};
use crate::client::{Client, Mined, Order, Receipt, Side};

/// L1 blocks in which everything that was sent must have found room.
const BLOCKS: usize = 20;
/// Transactions on their way at once.
const AT_ONCE: usize = 500;

impl Stage {
    /// Sends all on L1, many to a block.
    pub(super) async fn perform_l1(
        &self,
        what: &'static str,
        orders: &[Order],
    ) -> Result<Vec<Mined>, RehearseError> {
        // Anvil that mines at once loses count of an account that sends several: one that arrives while its predecessor is being
        // mined waits for it for ever.
        self.mine_at_once(false).await?;
        let sent = self.fill_blocks(what, orders).await;
        self.mine_at_once(true).await?;
        succeeded(&self.l1, what, orders, sent?).await
    }

    async fn fill_blocks(
        &self,
        what: &'static str,
        orders: &[Order],
    ) -> Result<Vec<Receipt>, RehearseError> {
        let mut receipts = Vec::with_capacity(orders.len());
        for some in orders.chunks(AT_ONCE) {
            let hashes = self.l1.send_each(what, some).await?;
            let mut found = vec![None; hashes.len()];
            for _ in 0..BLOCKS {
                self.mine_l1().await?;
                found = self.l1.receipts(what, &hashes).await?;
                if found.iter().all(Option::is_some) {
                    break;
                }
            }
            for (order, receipt) in some.iter().zip(found) {
                receipts.push(receipt.ok_or_else(|| RehearseError::Failed {
                    what,
                    who: order.from,
                    why: format!("it is in none of {BLOCKS} blocks"),
                })?);
            }
        }
        Ok(receipts)
    }

    /// Sends all on L2.
    pub(super) async fn perform_l2(
        &self,
        what: &'static str,
        orders: &[Order],
    ) -> Result<Vec<Mined>, RehearseError> {
        let receipts = self.l2.perform_each(what, orders).await?;
        succeeded(&self.l2, what, orders, receipts).await
    }
}

async fn succeeded<S: Side>(
    client: &Client<S>,
    what: &'static str,
    orders: &[Order],
    receipts: Vec<Receipt>,
) -> Result<Vec<Mined>, RehearseError> {
    let mut mined = Vec::with_capacity(receipts.len());
    for (receipt, order) in receipts.into_iter().zip(orders) {
        if !receipt.succeeded {
            return Err(failed(client, what, order).await);
        }
        mined.push(receipt.mined);
    }
    Ok(mined)
}

/// Asks once more as a call why an order failed.
pub(super) async fn failed<S: Side>(
    client: &Client<S>,
    what: &'static str,
    order: &Order,
) -> RehearseError {
    let who = client.with_unlocked(order.from);
    let data = order.data.clone();
    let again = who
        .call_with(order.to, data, order.value, &[order.from])
        .await;
    RehearseError::Failed {
        what,
        who: order.from,
        why: match again {
            Ok(_) => format!("not enough with {} gas, or not in its turn", order.gas),
            Err(error) => error.to_string(),
        },
    }
}
