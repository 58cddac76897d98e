//! L2LPTGateway: LPT to and from L1, on the L2 side.
//! Always holds: it mints only what L1LPTGateway says was escrowed, and sends to L1 only what it has burnt; a pause stops what
//! goes out, never what comes in.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod admin;
pub mod events;
pub mod inbound;
pub mod outbound;
pub mod peers;
pub mod storage;
pub mod views;

use confluence_kit::abi::{Bytes, Ignored};
use confluence_kit::{Address, B256, FixedBytes, U256, entries, pausable, roles};

entries! {
    once {
        constructor(l2Router: Address, l1Lpt: Address, l2Lpt: Address, l2LPTDataCache: Address, admin: Address) => admin::construct;
    }
    exec {
        outboundTransfer(l1Token: Address, to: Address, amount: U256, data: Bytes) -> &'static [u8] => outbound::transfer;
        outboundTransfer(l1Token: Address, to: Address, amount: U256, maxGas: Ignored, gasPriceBid: Ignored, data: Bytes)
            -> &'static [u8] => outbound::transfer_from_router;
        finalizeInboundTransfer(l1Token: Address, from: Address, to: Address, amount: U256, data: Bytes) => inbound::finalize;
        setCounterpart(counterpart: Address) => admin::set_counterpart;
        pause() => admin::pause;
        unpause() => admin::unpause;
        grantRole(role: B256, account: Address) => roles::grant;
        revokeRole(role: B256, account: Address) => roles::revoke;
        renounceRole(role: B256, account: Address) => roles::renounce;
    }
    view {
        calculateL2TokenAddress(l1Token: Address) -> Address => views::l2_token;
        counterpartGateway() -> Address => views::l1_counterpart;
        l1Counterpart() -> Address => views::l1_counterpart;
        l1Lpt() -> Address => views::l1_lpt;
        l2Lpt() -> Address => views::l2_lpt;
        l2LPTDataCache() -> Address => views::data_cache;
        l2Router() -> Address => views::l2_router;
        paused() -> bool => pausable::paused;
        hasRole(role: B256, account: Address) -> bool => roles::has_role;
        getRoleAdmin(role: B256) -> B256 => roles::admin;
        DEFAULT_ADMIN_ROLE() -> B256 => roles::default_admin;
        supportsInterface(id: FixedBytes<4>) -> bool => roles::supports;
    }
    pure {
        getOutboundCalldata(token: Address, from: Address, to: Address, amount: U256, data: Bytes) -> &'static [u8]
            => outbound::calldata;
    }
}
