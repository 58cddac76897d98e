//! Byte strings in the ArbOS state: cell 0 holds the length, the cells after it 32 bytes each.
//!
//! Always holds: the last word is read and written even where it holds no byte (Nitro), the bytes of a part
//! word are its lowest.

use alloy_primitives::{B256, U256};

use super::{Cell, Meter, Space, State, words};

/// A byte string of the ArbOS state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blob {
    space: Space,
    key: B256,
    first: u64,
}

impl Blob {
    /// The byte string whose cells start at `first` among those of `key`.
    pub(crate) const fn new(space: Space, key: B256, first: u64) -> Self {
        Self { space, key, first }
    }

    fn size_cell(self) -> Cell<u64> {
        Cell::keyed(self.space, self.key, self.first)
    }

    fn word_cell(self, index: u64) -> Cell<U256> {
        Cell::keyed(self.space, self.key, self.first + 1 + index)
    }

    pub(crate) fn size<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        state.get(self.size_cell())
    }

    pub(crate) fn read<M: Meter>(self, state: &mut State<'_, M>) -> Result<Vec<u8>, M::Error> {
        let size = self.size(state)?;
        let full = size / 32;
        let mut out = Vec::new();
        for index in 0..full {
            out.extend_from_slice(&state.get(self.word_cell(index))?.to_be_bytes::<32>());
        }
        let rest = (size % 32) as usize;
        let last = state.get(self.word_cell(full))?.to_be_bytes::<32>();
        out.extend_from_slice(&last[32 - rest..]);
        Ok(out)
    }

    pub(crate) fn write<M: Meter>(
        self,
        state: &mut State<'_, M>,
        data: &[u8],
    ) -> Result<(), M::Error> {
        self.clear(state)?;
        state.set(self.size_cell(), data.len() as u64)?;
        let full = data.chunks_exact(32);
        let rest = full.remainder();
        for (index, word) in (0..).zip(full.chain([rest])) {
            state.set(self.word_cell(index), U256::from_be_slice(word))?;
        }
        Ok(())
    }

    pub(crate) fn clear<M: Meter>(self, state: &mut State<'_, M>) -> Result<(), M::Error> {
        let size = self.size(state)?;
        for index in 0..words(size as usize) {
            state.clear(self.word_cell(index))?;
        }
        state.clear(self.size_cell())
    }
}
