//! LPT that goes to L1.

use crate::events::WithdrawalInitiated;
use crate::storage::State;
use confluence_kit::abi::{Abi, Bytes, Ignored, Source};
use confluence_kit::{Address, Result, U256, bridge, emit, encode, ensure, msg, pausable};

/// [`transfer`] as Arbitrum's router calls it; on L2 there is no gas to pay for.
pub fn transfer_from_router(
    s: &mut State,
    l1_token: &Address,
    to: &Address,
    amount: U256,
    _max_gas: Ignored,
    _gas_price_bid: Ignored,
    data: &[u8],
) -> Result<&'static [u8]> {
    transfer(s, l1_token, to, amount, data)
}

/// Burns LPT here and lets L1 release it from escrow, a challenge period later.
///
/// # Arguments
/// * `l1_token` - LPT on L1.
/// * `to` - who gets it on L1.
/// * `amount` - LPT base units; the owner has allowed the gateway as much.
/// * `data` - empty; from Arbitrum's router `abi(address from, bytes)`, the latter empty.
///
/// # Errors
/// * "Pausable: paused", "TOKEN_NOT_LPT", "INVALID_ZERO_AMOUNT".
/// * empty - the router's data is malformed.
/// * "CALL_HOOK_DATA_NOT_ALLOWED".
/// * what the token answers; "NOT_L2_LPT_GATEWAY" if the cache knows another gateway.
///
/// # Events
/// The token's, ArbSys's, `TxToL1`, `WithdrawalInitiated`.
///
/// # Source
/// L2LPTGateway.outboundTransfer; deviation: none. It answers `abi(uint256 id)`.
#[inline(never)]
pub fn transfer(
    s: &mut State,
    l1_token: &Address,
    to: &Address,
    amount: U256,
    data: &[u8],
) -> Result<&'static [u8]> {
    pausable::not_paused()?;
    let route = s.route.load();
    ensure!(*l1_token == route.l1_lpt, "TOKEN_NOT_LPT");
    ensure!(!amount.is_zero(), "INVALID_ZERO_AMOUNT");
    let caller = msg::sender();
    let (from, extra) = if caller == s.router.load().at {
        let routed = Source::new(data, 2)?;
        (Address::read(routed)?, Bytes::read(routed.skip(1))?)
    } else {
        (&caller, data)
    };
    ensure!(extra.is_empty(), "CALL_HOOK_DATA_NOT_ALLOWED");

    route.token().burnFrom(from, amount)?;
    route.cache().decreaseL2SupplyFromL1(amount)?;
    let message = calldata(l1_token, from, to, amount, extra)?;
    let id = bridge::send_to_l1(from, &route.l1_counterpart, message)?;
    emit!(WithdrawalInitiated {
        _l1Token: l1_token,
        _from: from,
        _to: to,
        _l2ToL1Id: id,
        _exitNum: 0,
        _amount: amount,
    });
    Ok(encode!(id: U256))
}

/// What L1LPTGateway is called with: its `finalizeInboundTransfer`, the data being `abi(uint256 exitNum, bytes)`. Nothing here is
/// tradeable on its way, so there is no exit but number 0.
///
/// # Source
/// L2LPTGateway.getOutboundCalldata; deviation: none.
pub fn calldata(
    token: &Address,
    from: &Address,
    to: &Address,
    amount: U256,
    data: &[u8],
) -> Result<&'static [u8]> {
    let exit_num = 0;
    let data = encode!(exit_num: u32, data: Bytes);
    Ok(
        encode!(finalizeInboundTransfer(token: Address, from: Address, to: Address, amount: U256, data: Bytes)),
    )
}
