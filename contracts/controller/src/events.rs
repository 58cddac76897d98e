//! The Controller's events, as the original has them.

use confluence_kit::{Address, B256, FixedBytes, events};

events! {
    /// The owner changed.
    OwnershipTransferred(indexed previousOwner: Address, indexed newOwner: Address);
    /// The system stands still.
    Pause();
    /// The system runs.
    Unpause();
    /// A contract was registered, or registered anew.
    SetContractInfo(id: B256, contractAddress: Address, gitCommitHash: FixedBytes<20>);
}
