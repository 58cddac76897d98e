//! A set of addresses that can be listed: chain owners, cache managers, batch posters.
//!
//! Always holds: members sit in places 1..=size without gaps, and each member's place is stored under it.

use alloy_primitives::Address;

use super::{Cell, Meter, Space, State};

/// Most members that a list returns (Nitro).
const LISTED: u64 = 65_536;

/// A set of addresses in its own space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AddressSet(pub(crate) Space);

impl AddressSet {
    const fn size_cell(self) -> Cell<u64> {
        Cell::at(self.0, 0)
    }

    const fn member(self, place: u64) -> Cell<Address> {
        Cell::at(self.0, place)
    }

    fn place(self, member: Address) -> Cell<u64> {
        Cell::keyed(self.0, member.into_word(), 0)
    }

    pub(crate) fn size<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        state.get(self.size_cell())
    }

    pub(crate) fn contains<M: Meter>(
        self,
        state: &mut State<'_, M>,
        who: Address,
    ) -> Result<bool, M::Error> {
        Ok(state.get(self.place(who))? != 0)
    }

    pub(crate) fn list<M: Meter>(self, state: &mut State<'_, M>) -> Result<Vec<Address>, M::Error> {
        let size = self.size(state)?.min(LISTED);
        (1..=size)
            .map(|place| state.get(self.member(place)))
            .collect()
    }

    pub(crate) fn add<M: Meter>(
        self,
        state: &mut State<'_, M>,
        who: Address,
    ) -> Result<(), M::Error> {
        if self.contains(state, who)? {
            return Ok(());
        }
        let place = self.size(state)?.saturating_add(1);
        state.set(self.place(who), place)?;
        state.set(self.member(place), who)?;
        state.increment(self.size_cell())?;
        Ok(())
    }

    /// Removes `who`, filling its place with the last member.
    pub(crate) fn remove<M: Meter>(
        self,
        state: &mut State<'_, M>,
        who: Address,
    ) -> Result<(), M::Error> {
        let place = state.get(self.place(who))?;
        if place == 0 {
            return Ok(());
        }
        state.clear(self.place(who))?;
        let size = self.size(state)?;
        if place < size {
            let last = state.get(self.member(size))?;
            state.set(self.member(place), last)?;
            state.set(self.place(last), place)?;
        }
        state.clear(self.member(size))?;
        let size = self.size(state)?;
        state.set(self.size_cell(), size.saturating_sub(1))
    }

    /// Whether the stored place of a member leads back to it; `None` for others.
    pub(crate) fn is_well_placed<M: Meter>(
        self,
        state: &mut State<'_, M>,
        who: Address,
    ) -> Result<Option<bool>, M::Error> {
        if !self.contains(state, who)? {
            return Ok(None);
        }
        let place = state.get(self.place(who))?;
        let there = state.get(self.member(place))?;
        let size = self.size(state)?;
        Ok(Some(there == who && place <= size))
    }
}
