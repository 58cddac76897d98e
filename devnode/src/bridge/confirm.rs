//! Posts the root of the L2's messages to L1, in the place of Arbitrum's assertions and their week of challenge.

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::SolCall as _;

use super::{abi, contracts::Contracts, error::BridgeError, l1::L1};
use crate::chain::Block;

/// Gas of a confirmation, generously.
const CONFIRM_GAS: u64 = 300_000;

/// What the transaction is for.
const CONFIRM: &str = "confirm the L2's messages";

/// Which root is on L1, and which is on its way.
#[derive(Debug, Default)]
pub(super) struct Roots {
    confirmed: Option<B256>,
    posting: Option<(B256, B256)>,
}

impl Roots {
    /// L1 has another history: what was on its way is lost.
    pub(super) const fn forget(&mut self) {
        self.confirmed = None;
        self.posting = None;
    }

    /// L1 has moved: what it knew it may have forgotten.
    pub(super) const fn doubt(&mut self) {
        self.confirmed = None;
    }

    /// Whether everything sent up to that block can be executed on L1.
    pub(super) fn cover(&self, block: &Block) -> bool {
        block.send_count() == 0 || self.confirmed == Some(block.send_root())
    }

    /// Posts the root after `head`, unless L1 has it or must not have it.
    pub(super) fn post(
        &mut self,
        l1: &L1,
        contracts: &Contracts,
        head: &Block,
        may_post: bool,
    ) -> Result<(), BridgeError> {
        if let Some((root, hash)) = self.posting {
            match l1.outcome(hash)? {
                None => return Ok(()),
                Some(true) => self.confirmed = Some(root),
                Some(false) => {
                    self.posting = None;
                    return Err(BridgeError::Reverted {
                        what: CONFIRM,
                        hash,
                    });
                }
            }
            self.posting = None;
        }
        if self.cover(head) {
            return Ok(());
        }
        let root = head.send_root();
        let known = l1.call(contracts.outbox, &abi::rootsCall { root }.abi_encode())?;
        if known.iter().any(|byte| *byte != 0) {
            self.confirmed = Some(root);
            return Ok(());
        }
        if !may_post {
            return Ok(());
        }
        let call = abi::confirmCall {
            l2BlockHash: head.hash,
            sendRoot: root,
        };
        let data = Bytes::from(call.abi_encode());
        let (nonce, price) = (l1.nonce()?, l1.gas_price()?);
        let hash = l1.send(nonce, Some(contracts.rollup), data, CONFIRM_GAS, price)?;
        self.posting = Some((root, hash));
        Ok(())
    }

    /// Waits until what is on its way to L1 is there.
    pub(super) fn arrived(&mut self, l1: &L1) -> Result<(), BridgeError> {
        if let Some((root, hash)) = self.posting.take() {
            l1.mined(CONFIRM, hash)?;
            self.confirmed = Some(root);
        }
        Ok(())
    }
}
