//! The address table: short names (indices) for addresses, given out in order and for ever.

use alloy_primitives::Address;

use super::{Cell, Meter, Space, State};

const SIZE: Cell<u64> = Cell::at(Space::AddressTable, 0);

/// Index plus one of an address; zero when it has none.
fn number(address: Address) -> Cell<u64> {
    Cell::keyed(Space::AddressTable, address.into_word(), 0)
}

const fn entry(number: u64) -> Cell<Address> {
    Cell::at(Space::AddressTable, number)
}

pub(crate) fn size<M: Meter>(state: &mut State<'_, M>) -> Result<u64, M::Error> {
    state.get(SIZE)
}

/// The index of an address.
pub(crate) fn lookup<M: Meter>(
    state: &mut State<'_, M>,
    address: Address,
) -> Result<Option<u64>, M::Error> {
    Ok(state.get(number(address))?.checked_sub(1))
}

/// The address at an index.
pub(crate) fn at<M: Meter>(
    state: &mut State<'_, M>,
    index: u64,
) -> Result<Option<Address>, M::Error> {
    if index >= size(state)? {
        return Ok(None);
    }
    state.get(entry(index + 1)).map(Some)
}

/// The index of an address, which is given one if it has none.
pub(crate) fn register<M: Meter>(
    state: &mut State<'_, M>,
    address: Address,
) -> Result<u64, M::Error> {
    if let Some(index) = lookup(state, address)? {
        return Ok(index);
    }
    let next = state.increment(SIZE)?;
    state.set(entry(next), address)?;
    state.set(number(address), next)?;
    Ok(next - 1)
}
