//! OpenZeppelin 4.4's AccessControl, for the token and the gateways. Every role is administered by the default admin: nothing in the
//! protocol ever gives a role another one.
//! Always holds: granting a held role and revoking a missing one change nothing and log nothing.

use crate::storage::{Flag, Record, Table};
use crate::{Address, B256, FixedBytes, Result, chain::msg, emit, ensure, events, fault};

events! {
    /// An account has a role from now on.
    RoleGranted(indexed role: B256, indexed account: Address, indexed sender: Address);
    /// An account has a role no longer.
    RoleRevoked(indexed role: B256, indexed account: Address, indexed sender: Address);
    /// Never logged; it belongs to the interface.
    RoleAdminChanged(indexed role: B256, indexed previousAdminRole: B256, indexed newAdminRole: B256);
}

/// The role that grants and revokes all others, and itself.
pub const DEFAULT_ADMIN: B256 = B256::ZERO;

/// ERC-165's id of ERC-165 itself, then that of AccessControl.
const INTERFACES: [FixedBytes<4>; 2] = [
    FixedBytes([0x01, 0xff, 0xc9, 0xa7]),
    FixedBytes([0x79, 0x65, 0xdb, 0x0b]),
];

/// Whether an account has a role.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Member {
    is_member: Flag,
    spare: [u8; 31],
}
// SAFETY: 32 plain bytes.
unsafe impl Record for Member {
    const TAG: u8 = 0x31;
    type Key = (B256, Address);
}

/// Whether `account` has `role`.
#[inline(never)]
pub fn has(role: &B256, account: &Address) -> bool {
    Table::<Member>::new().get((role, account)).is_member.get()
}

/// Fails like OpenZeppelin's `onlyRole`: the message names the caller and the role.
#[inline(never)]
pub fn only(role: &B256) -> Result {
    let account = msg::sender();
    if has(role, &account) {
        return Ok(());
    }
    let mut message =
        *b"AccessControl: account 0x........................................ is missing role 0x\
        ................................................................";
    put_hex(&mut message, 25, account.as_slice());
    put_hex(&mut message, 84, role.as_slice());
    fault::revert_with(&message)
}

/// Lower-case digits of `bytes` from byte `at` on.
fn put_hex(message: &mut [u8; 148], at: usize, bytes: &[u8]) {
    for (i, byte) in bytes.iter().enumerate() {
        for (j, digit) in [byte >> 4, byte & 15].into_iter().enumerate() {
            if let Some(to) = message.get_mut(at + 2 * i + j) {
                *to = digit + if digit < 10 { b'0' } else { b'a' - 10 };
            }
        }
    }
}

/// Gives `role` to `account`; who may is the caller's affair.
#[inline(never)]
pub fn give(role: &B256, account: &Address) {
    set(role, account, true);
}

fn set(role: &B256, account: &Address, is_member: bool) {
    let mut table = Table::<Member>::new();
    let mut member = table.edit((role, account));
    if member.is_member.get() == is_member {
        return;
    }
    member.is_member = is_member.into();
    member.store();
    let sender = &msg::sender();
    if is_member {
        emit!(RoleGranted {
            role,
            account,
            sender
        });
    } else {
        emit!(RoleRevoked {
            role,
            account,
            sender
        });
    }
}

/// Entry `grantRole(role, account)`.
pub fn grant<S>(_: &mut S, role: &B256, account: &Address) -> Result {
    only(&DEFAULT_ADMIN)?;
    set(role, account, true);
    Ok(())
}

/// Entry `revokeRole(role, account)`.
pub fn revoke<S>(_: &mut S, role: &B256, account: &Address) -> Result {
    only(&DEFAULT_ADMIN)?;
    set(role, account, false);
    Ok(())
}

/// Entry `renounceRole(role, account)`.
pub fn renounce<S>(_: &mut S, role: &B256, account: &Address) -> Result {
    ensure!(
        *account == msg::sender(),
        "AccessControl: can only renounce roles for self"
    );
    set(role, account, false);
    Ok(())
}

/// Entry `hasRole(role, account)`.
pub fn has_role<S>(_: &S, role: &B256, account: &Address) -> Result<bool> {
    Ok(has(role, account))
}

/// Entry `getRoleAdmin(role)`.
pub fn admin<S>(_: &S, _role: &B256) -> Result<B256> {
    Ok(DEFAULT_ADMIN)
}

/// Entry `DEFAULT_ADMIN_ROLE()`.
pub fn default_admin<S>(_: &S) -> Result<B256> {
    Ok(DEFAULT_ADMIN)
}

/// Entry `supportsInterface(id)`.
pub fn supports<S>(_: &S, id: &FixedBytes<4>) -> Result<bool> {
    Ok(INTERFACES.contains(id))
}
