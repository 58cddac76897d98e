//! How it begins.

use crate::storage::State;
use confluence_kit::{Address, Result, ensure, manager};

/// Sets whom it listens to and whom it works for. Whoever owns the Controller then hands it over to this program.
///
/// # Arguments
/// * `controller` - the registry.
/// * `l1_switch_over` - on L1.
/// * `governor` - who owns the Controller in the end.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before; the Governor is null.
///
/// # Source
/// Ours: X7.
pub fn construct(
    s: &mut State,
    controller: &Address,
    l1_switch_over: &Address,
    governor: &Address,
) -> Result {
    manager::construct(s, controller)?;
    ensure!(!governor.is_zero());
    let mut origin = s.origin.open();
    origin.l1_switch_over = *l1_switch_over;
    origin.store();
    let mut heir = s.heir.open();
    heir.governor = *governor;
    heir.store();
    Ok(())
}
