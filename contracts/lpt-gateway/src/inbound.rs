//! LPT that comes from L1.

use crate::events::DepositFinalized;
use crate::storage::State;
use confluence_kit::{Address, Result, U256, bridge, emit, ensure};

/// Mints what was escrowed on L1: the L2 leg of `L1LPTGateway.outboundTransfer`. A pause does not stop it.
///
/// # Arguments
/// * `l1_token` - LPT on L1.
/// * `from` - who sent it there.
/// * `to` - who gets it here.
/// * `amount` - LPT base units.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY" - the caller is not the alias of L1LPTGateway.
/// * "TOKEN_NOT_LPT".
/// * what the token answers, if the gateway lacks its role; "NOT_L2_LPT_GATEWAY" if the cache knows another gateway.
///
/// # Events
/// The token's, `DepositFinalized`.
///
/// # Source
/// L2LPTGateway.finalizeInboundTransfer; deviation: none.
pub fn finalize(
    s: &mut State,
    l1_token: &Address,
    from: &Address,
    to: &Address,
    amount: U256,
    _data: &[u8],
) -> Result {
    let route = s.route.load();
    bridge::only_l1_counterpart(&route.l1_counterpart)?;
    ensure!(*l1_token == route.l1_lpt, "TOKEN_NOT_LPT");
    route.token().mint(to, amount)?;
    route.cache().increaseL2SupplyFromL1(amount)?;
    emit!(DepositFinalized {
        _l1Token: l1_token,
        _from: from,
        _to: to,
        _amount: amount
    });
    Ok(())
}
