//! LivepeerToken: LPT on L2, an ERC-20 with permit that holders of a role mint and burn.
//! Always holds: the supply is the sum of all balances; nobody's tokens move without them or their allowance.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod allowance;
pub mod balance;
pub mod events;
pub mod permit;
pub mod storage;
pub mod supply;
pub mod views;

use confluence_kit::{Address, B256, FixedBytes, U256, entries, roles};

entries! {
    once {
        constructor(admin: Address) => supply::construct;
    }
    exec {
        transfer(to: Address, amount: U256) -> bool => balance::transfer;
        transferFrom(from: Address, to: Address, amount: U256) -> bool => allowance::transfer_from;
        approve(spender: Address, amount: U256) -> bool => allowance::approve;
        increaseAllowance(spender: Address, by: U256) -> bool => allowance::increase;
        decreaseAllowance(spender: Address, by: U256) -> bool => allowance::decrease;
        permit(owner: Address, spender: Address, value: U256, deadline: U256, v: u8, r: B256, s: B256) => permit::permit;
        mint(to: Address, amount: U256) => supply::mint;
        burn(amount: U256) => supply::burn;
        burnFrom(from: Address, amount: U256) => supply::burn_from;
        grantRole(role: B256, account: Address) => roles::grant;
        revokeRole(role: B256, account: Address) => roles::revoke;
        renounceRole(role: B256, account: Address) => roles::renounce;
    }
    view {
        name() -> &'static [u8] => views::name;
        symbol() -> &'static [u8] => views::symbol;
        decimals() -> u8 => views::decimals;
        balanceOf(who: Address) -> U256 => balance::of;
        allowance(owner: Address, spender: Address) -> U256 => allowance::of;
        totalSupply() -> U256 => supply::total;
        nonces(owner: Address) -> U256 => permit::nonce;
        DOMAIN_SEPARATOR() -> B256 => permit::domain_separator;
        hasRole(role: B256, account: Address) -> bool => roles::has_role;
        getRoleAdmin(role: B256) -> B256 => roles::admin;
        DEFAULT_ADMIN_ROLE() -> B256 => roles::default_admin;
        supportsInterface(id: FixedBytes<4>) -> bool => roles::supports;
    }
}
