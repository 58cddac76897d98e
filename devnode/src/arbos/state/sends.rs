//! The tree of L2-to-L1 messages: an append-only accumulator that keeps one pending subtree per level.
//!
//! Always holds: the subtree at level `n`, where there is one, has 2^n leaves, and bit `n` of the size says
//! whether there is one.

use alloy_primitives::{B256, keccak256};

use super::{Cell, Meter, Space, State};

const SIZE: Cell<u64> = Cell::at(Space::Sends, 0);

const fn pending(level: u64) -> Cell<B256> {
    Cell::at(Space::Sends, 2 + level)
}

/// Levels that a tree of `size` leaves has touched.
const fn levels(size: u64) -> u64 {
    (u64::BITS - size.leading_zeros()) as u64
}

/// An inner node that a new leaf completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Completed {
    /// Height above the leaves.
    pub(crate) level: u64,
    /// Index of the leaf that completed it.
    pub(crate) leaf: u64,
    pub(crate) hash: B256,
}

/// Number of messages sent.
pub(crate) fn size<M: Meter>(state: &mut State<'_, M>) -> Result<u64, M::Error> {
    state.get(SIZE)
}

/// Adds a message by its hash and returns the inner nodes it completed, lowest first.
pub(crate) fn append<M: Meter>(
    state: &mut State<'_, M>,
    send: B256,
) -> Result<Vec<Completed>, M::Error> {
    let size = state.increment(SIZE)?;
    let leaf = size - 1;
    let mut completed = Vec::new();
    let mut hash = keccak256(send);
    for level in 0.. {
        if level == levels(leaf) {
            state.set(pending(level), hash)?;
            break;
        }
        let left = state.get(pending(level))?;
        if left.is_zero() {
            state.set(pending(level), hash)?;
            break;
        }
        hash = state.keccak(&[left.0, hash.0].concat())?;
        state.clear(pending(level))?;
        completed.push(Completed {
            level: level + 1,
            leaf,
            hash,
        });
    }
    Ok(completed)
}

/// Size, root and the pending subtrees by level.
pub(crate) fn export<M: Meter>(
    state: &mut State<'_, M>,
) -> Result<(u64, B256, Vec<B256>), M::Error> {
    let size = size(state)?;
    let partials = (0..levels(size))
        .map(|level| state.get(pending(level)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((size, root(&partials), partials))
}

/// Joins the pending subtrees; where a subtree is missing on the right, a zero word stands for its root.
fn root(partials: &[B256]) -> B256 {
    let mut joined: Option<(B256, usize)> = None;
    for (level, partial) in partials.iter().enumerate() {
        if partial.is_zero() {
            continue;
        }
        joined = Some(match joined {
            None => (*partial, level),
            Some((mut hash, height)) => {
                for _ in height..level {
                    hash = parent(hash, B256::ZERO);
                }
                (parent(*partial, hash), level + 1)
            }
        });
    }
    joined.map_or(B256::ZERO, |(hash, _)| hash)
}

/// Hash of an inner node.
pub(crate) fn parent(left: B256, right: B256) -> B256 {
    keccak256([left.0, right.0].concat())
}
