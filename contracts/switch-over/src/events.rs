//! L2SwitchOver's events; the original has no such contract.

use crate::announce::Announcement;
use confluence_kit::events;

events! {
    /// L1 said what is on its way.
    SwitchOverAnnounced(announcement: Announcement);
    /// All has arrived, and L2 runs.
    SwitchOverCompleted();
    /// The Governor took the Controller back.
    SwitchOverAborted();
}
