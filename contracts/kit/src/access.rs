//! Roles, as OpenZeppelin 4.4's AccessControl has them, for contracts that are not under the Controller: the token, the gateways.
//! Always holds: a role is given and taken by whoever holds its admin role, which is the null role unless set otherwise; giving what
//! is held and taking what is not change nothing and log nothing.

use crate::storage::{Flag, Record, Table};
use crate::{Address, B256, FixedBytes, Result, chain::msg, emit, ensure, events, fault};

events! {
    /// An account has a role now.
    RoleGranted(indexed role: B256, indexed account: Address, indexed sender: Address);
    /// An account has a role no longer.
    RoleRevoked(indexed role: B256, indexed account: Address, indexed sender: Address);
}

/// The role that gives and takes all others.
pub const DEFAULT_ADMIN_ROLE: B256 = B256::ZERO;

/// ERC-165's own interface, and AccessControl's.
const INTERFACES: [[u8; 4]; 2] = [[0x01, 0xff, 0xc9, 0xa7], [0x79, 0x65, 0xdb, 0x0b]];

/// Whether an account has a role.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Member {
    holds: Flag,
    spare: [u8; 31],
}
// SAFETY: 32 plain bytes.
unsafe impl Record for Member {
    const TAG: u8 = 0x31;
    type Key = (B256, Address);
}

/// Whether `who` has `role`.
#[inline(never)]
pub fn holds(role: &B256, who: &Address) -> bool {
    Table::<Member>::new().get((role, who)).holds.get()
}

/// "AccessControl: account .. is missing role ..".
#[inline(never)]
pub fn only(role: &B256) -> Result {
    let who = msg::sender();
    if holds(role, &who) {
        Ok(())
    } else {
        fault::revert_with(&missing(role, &who))
    }
}

/// Gives `role` without asking who may; for constructors.
#[inline(never)]
pub fn give(role: &B256, who: &Address) {
    set(role, who, true);
}

fn set(role: &B256, who: &Address, to: bool) {
    let mut members = Table::<Member>::new();
    let mut member = members.edit((role, who));
    if member.holds.get() == to {
        return;
    }
    member.holds = to.into();
    member.store();
    let sender = &msg::sender();
    if to {
        emit!(RoleGranted {
            role,
            account: who,
            sender
        });
    } else {
        emit!(RoleRevoked {
            role,
            account: who,
            sender
        });
    }
}

/// Entry `grantRole(role, account)`.
pub fn grant_role<S>(_: &mut S, role: &B256, who: &Address) -> Result {
    only(&DEFAULT_ADMIN_ROLE)?;
    set(role, who, true);
    Ok(())
}

/// Entry `revokeRole(role, account)`.
pub fn revoke_role<S>(_: &mut S, role: &B256, who: &Address) -> Result {
    only(&DEFAULT_ADMIN_ROLE)?;
    set(role, who, false);
    Ok(())
}

/// Entry `renounceRole(role, account)`: "AccessControl: can only renounce roles for self".
pub fn renounce_role<S>(_: &mut S, role: &B256, who: &Address) -> Result {
    ensure!(
        msg::sender() == *who,
        "AccessControl: can only renounce roles for self"
    );
    set(role, who, false);
    Ok(())
}

/// Entry `hasRole(role, account)`.
pub fn has_role<S>(_: &S, role: &B256, who: &Address) -> Result<bool> {
    Ok(holds(role, who))
}

/// Entry `getRoleAdmin(role)`: no contract of the protocol sets another than the null role.
pub fn role_admin<S>(_: &S, _role: &B256) -> Result<B256> {
    Ok(DEFAULT_ADMIN_ROLE)
}

/// Entry `DEFAULT_ADMIN_ROLE()`.
pub fn default_admin_role<S>(_: &S) -> Result<B256> {
    Ok(DEFAULT_ADMIN_ROLE)
}

/// Entry `supportsInterface(id)`.
pub fn supports_interface<S>(_: &S, id: &FixedBytes<4>) -> Result<bool> {
    Ok(INTERFACES.contains(&id.0))
}

const ACCOUNT: &[u8] = b"AccessControl: account 0x";
const ROLE: &[u8] = b" is missing role 0x";
const LEN: usize = ACCOUNT.len() + 40 + ROLE.len() + 64;

fn missing(role: &B256, who: &Address) -> [u8; LEN] {
    let mut text = [0; LEN];
    let rest = put(&mut text, ACCOUNT.iter().copied());
    let rest = put(rest, hex(&who.0.0));
    let rest = put(rest, ROLE.iter().copied());
    put(rest, hex(&role.0));
    text
}

/// Writes `bytes` and gives what is left.
fn put(text: &mut [u8], bytes: impl Iterator<Item = u8>) -> &mut [u8] {
    let mut rest = text.iter_mut();
    for byte in bytes {
        if let Some(to) = rest.next() {
            *to = byte;
        }
    }
    rest.into_slice()
}

fn hex(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let digit = |half: u8| {
        if half < 10 {
            b'0' + half
        } else {
            b'a' - 10 + half
        }
    };
    bytes
        .iter()
        .flat_map(move |byte| [digit(byte >> 4), digit(byte & 15)])
}
