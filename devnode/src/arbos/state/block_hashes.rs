//! The L1 block number ArbOS knows, and the hashes that `BLOCKHASH` answers with.
//!
//! Always holds: entries exist for the 256 L1 blocks before that number; an entry is the hash of the L2 block that
//! was newest when the number moved past it, or is made from that hash where L1 blocks were skipped.

use alloy_primitives::B256;

use super::{Cell, Meter, Space, State};

const KEPT: u64 = 256;
const NEXT: Cell<u64> = Cell::at(Space::BlockHashes, 0);

const fn entry(number: u64) -> Cell<B256> {
    Cell::at(Space::BlockHashes, 1 + number % KEPT)
}

/// The L1 block number, which `NUMBER` shows.
pub(crate) fn l1_number<M: Meter>(state: &mut State<'_, M>) -> Result<u64, M::Error> {
    state.get(NEXT)
}

/// What `BLOCKHASH` gives for an L1 block number.
pub(crate) fn hash<M: Meter>(state: &mut State<'_, M>, number: u64) -> Result<B256, M::Error> {
    let next = l1_number(state)?;
    if number >= next || number.saturating_add(KEPT) < next {
        return Ok(B256::ZERO);
    }
    state.get(entry(number))
}

/// Moves the L1 block number on to `l1_number`; `parent` is the newest L2 block. Never moves it back.
pub(crate) fn advance<M: Meter>(
    state: &mut State<'_, M>,
    l1_number: u64,
    parent: B256,
) -> Result<(), M::Error> {
    let mut next = state.get(NEXT)?;
    if l1_number <= next {
        return Ok(());
    }
    let newest = l1_number - 1;
    if next.saturating_add(KEPT) < newest {
        next = newest - KEPT;
    }
    for skipped in next + 1..newest {
        let fill = state.keccak(&[parent.as_slice(), &skipped.to_le_bytes()].concat())?;
        state.set(entry(skipped), fill)?;
    }
    state.set(entry(newest), parent)?;
    state.set(NEXT, l1_number)
}
