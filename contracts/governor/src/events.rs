//! The Governor's events, as the original has them.

use crate::update::Update;
use confluence_kit::{Address, U256, events};

events! {
    /// The owner changed.
    OwnershipTransferred(indexed previousOwner: Address, indexed newOwner: Address);
    /// A batch waits for its block.
    UpdateStaged(update: Update, delay: U256);
    /// A batch was executed.
    UpdateExecuted(update: Update);
    /// A batch was withdrawn.
    UpdateCancelled(update: Update);
}
