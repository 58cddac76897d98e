//! RoundsManager's own events, as the original has them. `ParameterUpdate` and `SetController` are the Manager's.

use confluence_kit::{B256, events};

events! {
    /// A round was initialised; the hash is that of the L1 block before.
    NewRound(indexed round: u32, blockHash: B256);
}
