//! What the bridge tells about itself, as JSON over `confluence_bridgeStatus`.

use alloy_primitives::{Address, B256};
use serde::Serialize;

use super::contracts::Contracts;

/// State of the way between the chains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// URL of the L1 node.
    pub l1_url: String,
    /// Its chain id.
    pub l1_chain_id: u64,
    /// Newest L1 block that was looked at.
    pub l1_block: u64,
    /// The contracts on L1.
    pub contracts: Contracts,
    /// Messages that the bridge contract has, the one that initialised the chain included.
    pub messages_on_l1: u64,
    /// Messages that the L2 has read of them.
    pub messages_read: u64,
    /// The others, in order.
    pub waiting: Vec<WaitingMessage>,
    /// Whether messages are held.
    pub held: bool,
    /// Seconds every message waits after its L1 block.
    pub delay_seconds: u64,
    /// Tickets to come that are not redeemed by themselves.
    pub failing_redeems: u64,
    /// Tickets to come that are redeemed only later.
    pub late_redeems: u64,
    /// Tickets created and waiting for their late redeem.
    pub tickets_to_redeem: Vec<B256>,
    /// Messages sent to L1 so far.
    pub sends: u64,
    /// Whether all of them can be executed on L1.
    pub sends_confirmed: bool,
    /// Whether roots are held back from L1.
    pub roots_held: bool,
    /// What went wrong in the last look at L1.
    pub error: Option<String>,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitingMessage {
    /// Position in the inbox.
    pub index: u64,
    /// Kind of message.
    pub kind: u8,
    /// Sender, aliased.
    pub sender: Address,
    /// The ticket it will create.
    pub ticket_id: Option<B256>,
    /// Earliest L2 time at which it is read, unless held.
    pub due: u64,
}
