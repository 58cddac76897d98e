//! Setting up, and stopping what goes out.

use crate::events::L1CounterpartUpdate;
use crate::storage::State;
use confluence_kit::{Address, Result, deploy, emit, pausable, roles};

/// Sets between what it carries; nothing goes out before the first `unpause`.
///
/// # Arguments
/// * `l2_router` - Arbitrum's gateway router on L2.
/// * `l1_lpt`, `l2_lpt` - LPT on either chain.
/// * `data_cache` - L2LPTDataCache.
/// * `admin` - who gives roles, pauses and sets the counterpart.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
///
/// # Events
/// `RoleGranted`, `Paused` (of the StylusDeployer).
///
/// # Source
/// L2LPTGateway's constructor; deviation: the admin is an argument.
pub fn construct(
    s: &mut State,
    l2_router: &Address,
    l1_lpt: &Address,
    l2_lpt: &Address,
    data_cache: &Address,
    admin: &Address,
) -> Result {
    deploy::constructing()?;
    roles::give(&roles::DEFAULT_ADMIN, admin);
    let mut route = s.route.open();
    route.l1_lpt = *l1_lpt;
    route.l2_lpt = *l2_lpt;
    route.data_cache = *data_cache;
    route.store();
    let mut router = s.router.open();
    router.at = *l2_router;
    router.store();
    pausable::pause()
}

/// Says which gateway on L1 is the other side.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..".
///
/// # Events
/// `L1CounterpartUpdate`.
///
/// # Source
/// L2LPTGateway.setCounterpart; deviation: none.
pub fn set_counterpart(s: &mut State, at: &Address) -> Result {
    roles::only(&roles::DEFAULT_ADMIN)?;
    let mut route = s.route.open();
    route.l1_counterpart = *at;
    route.store();
    emit!(L1CounterpartUpdate { _l1Counterpart: at });
    Ok(())
}

/// Stops what goes out.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..", "Pausable: paused".
///
/// # Events
/// `Paused`.
///
/// # Source
/// ControlledGateway.pause; deviation: none.
pub fn pause(_: &mut State) -> Result {
    roles::only(&roles::DEFAULT_ADMIN)?;
    pausable::pause()
}

/// Lets it go out again.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..", "Pausable: not paused".
///
/// # Events
/// `Unpaused`.
///
/// # Source
/// ControlledGateway.unpause; deviation: none.
pub fn unpause(_: &mut State) -> Result {
    roles::only(&roles::DEFAULT_ADMIN)?;
    pausable::unpause()
}
