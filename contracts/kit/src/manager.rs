//! What every contract under the Controller shares (Livepeer's Manager): where the Controller is, who may change that, and the guards.
//! Always holds: the Controller's address is in slot 0, the low 20 bytes of a word, as explorers show an address; each guard asks
//! the Controller anew.

use crate::{Address, B256, Result, Table, chain::msg, deploy, emit, ensure, events, interface};

interface! {
    /// The registry and the pause switch.
    Controller {
        view owner() -> Address;
        view paused() -> bool;
        view getContract(id: B256) -> Address;
    }
}

events! {
    /// The Controller was replaced.
    SetController(controller: Address);
    /// A parameter was set.
    ParameterUpdate(param: Str);
}
use crate::abi::Str;

/// Slot 0: the address on the right of a word, as Solidity keeps it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Registry {
    left: [u8; 12],
    controller: Address,
}
// SAFETY: 32 plain bytes.
unsafe impl crate::storage::Record for Registry {
    const TAG: u8 = 0;
    type Key = ();
}

/// The Controller.
#[inline(never)]
pub fn controller() -> Controller {
    Controller(Table::<Registry>::new().load().controller)
}

#[inline(never)]
fn store(controller: &Address) {
    let mut table = Table::<Registry>::new();
    let mut registry = table.open();
    registry.controller = *controller;
    registry.store();
}

/// Entry `once { constructor(controller) }` of a contract deployed directly.
pub fn construct<S>(_: &mut S, controller: &Address) -> Result {
    deploy::constructing()?;
    store(controller);
    Ok(())
}

/// Entry `initialize(controller)` of a contract behind a proxy.
pub fn initialize<S>(_: &mut S, controller: &Address) -> Result {
    deploy::initializing()?;
    store(controller);
    Ok(())
}

/// For a constructor or initializer with more to set: the caller has made sure that this happens once.
pub fn set(controller: &Address) {
    store(controller);
}

/// Entry `controller()`.
pub fn address<S>(_: &S) -> Result<Address> {
    Ok(controller().0)
}

/// Entry `setController(controller)`: only the Controller itself hands over.
pub fn set_controller<S>(_: &mut S, new: &Address) -> Result {
    ensure!(msg::sender() == controller().0, "caller must be Controller");
    store(new);
    emit!(SetController { controller: new });
    Ok(())
}

/// Logs that a parameter was set; one function, since a program has several.
#[inline(never)]
pub fn parameter_update(param: &'static str) {
    emit!(ParameterUpdate {
        param: param.as_bytes()
    });
}

/// "caller must be Controller owner".
#[inline(never)]
pub fn only_owner() -> Result {
    ensure!(
        msg::sender() == controller().owner()?,
        "caller must be Controller owner"
    );
    Ok(())
}

/// "system is paused".
#[inline(never)]
pub fn not_paused() -> Result {
    ensure!(!controller().paused()?, "system is paused");
    Ok(())
}

/// "system is not paused".
#[inline(never)]
pub fn only_paused() -> Result {
    ensure!(controller().paused()?, "system is not paused");
    Ok(())
}
