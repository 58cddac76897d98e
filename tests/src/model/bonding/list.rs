//! The pool of candidates by stake, descending: a plain vector. What remains of Livepeer's linked list is where a hint
//! leads, which decides the order among equals.

use crate::model::number::{N, Word};
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

use super::Hints;

/// Accounts and their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortedList {
    /// How many there may be.
    pub max_size: u128,
    /// From the largest key to the smallest.
    pub nodes: Vec<(Address, N)>,
}

impl SortedList {
    fn position(&self, id: Address) -> Option<usize> {
        self.nodes.iter().position(|(it, _)| *it == id)
    }

    fn at(&self, index: Option<usize>) -> Address {
        index
            .and_then(|i| self.nodes.get(i))
            .map_or(Address::ZERO, |(id, _)| *id)
    }

    /// Whether `id` is in it.
    pub fn contains(&self, id: Address) -> bool {
        self.position(id).is_some()
    }
    /// Whether there is no room.
    pub fn is_full(&self) -> bool {
        self.nodes.len() as u128 == self.max_size
    }
    /// The largest.
    pub fn first(&self) -> Address {
        self.at(Some(0))
    }
    /// The smallest.
    pub fn last(&self) -> Address {
        self.at(self.nodes.len().checked_sub(1))
    }
    /// The one below `id`.
    pub fn next(&self, id: Address) -> Address {
        self.at(self.position(id).map(|i| i + 1))
    }
    /// The one above `id`.
    pub fn prev(&self, id: Address) -> Address {
        self.at(self.position(id).and_then(|i| i.checked_sub(1)))
    }

    /// Makes room for more.
    pub fn set_max_size(&mut self, size: u128) -> Res {
        require(
            size > self.max_size,
            "new max size must be greater than old max size",
        )?;
        self.max_size = size;
        Ok(())
    }

    /// Adds `id` where the hints say, or else where a search from them ends.
    pub fn insert(&mut self, id: Address, key: N, hints: Hints) -> Res {
        require(!self.is_full(), "list is full")?;
        require(!self.contains(id), "node already in list")?;
        require(!id.is_zero(), "node id is null")?;
        require(!key.is_nil(), "key is zero")?;
        let place = self
            .hinted(&key, hints)
            .unwrap_or_else(|| self.searched(&key, hints));
        self.nodes.insert(place, (id, key));
        Ok(())
    }

    /// Takes `id` out.
    pub fn remove(&mut self, id: Address) -> Res {
        let at = self.position(id);
        require(at.is_some(), "node not in list")?;
        at.map(|i| self.nodes.remove(i));
        Ok(())
    }

    /// Takes `id` out and adds it anew, unless its key is now 0.
    pub fn update_key(&mut self, id: Address, key: N, hints: Hints) -> Res {
        self.remove(id)?;
        if key.is_nil() {
            Ok(())
        } else {
            self.insert(id, key, hints)
        }
    }

    /// The place between both hints, if they are neighbours and the key fits between them.
    fn hinted(&self, key: &N, (above, below): Hints) -> Option<usize> {
        let (above, below) = match (above.is_zero(), below.is_zero()) {
            (true, true) => return self.nodes.is_empty().then_some(0),
            (true, false) => (None, Some(self.position(below)?)),
            (false, true) => (Some(self.position(above)?), None),
            (false, false) => (Some(self.position(above)?), Some(self.position(below)?)),
        };
        let place = above.map_or(0, |i| i + 1);
        let neighbours = below.unwrap_or(self.nodes.len()) == place;
        let fits = above.is_none_or(|i| *key <= self.nodes[i].1)
            && below.is_none_or(|i| *key >= self.nodes[i].1);
        (neighbours && fits).then_some(place)
    }

    /// The place a search finds: downwards from the upper hint, upwards from the lower one, or downwards from the top. A hint
    /// on the wrong side of the key is no hint.
    fn searched(&self, key: &N, (above, below): Hints) -> usize {
        let above = self.position(above).filter(|&i| *key <= self.nodes[i].1);
        let below = self.position(below).filter(|&i| *key >= self.nodes[i].1);
        match (above, below) {
            (Some(from), _) => self.descend(key, from),
            (None, Some(from)) => self.ascend(key, from),
            (None, None) => self.descend(key, 0),
        }
    }

    /// Before the first below `from` that is not larger; before the very first if that is not larger either.
    fn descend(&self, key: &N, from: usize) -> usize {
        if from == 0 && self.nodes.first().is_none_or(|(_, first)| key >= first) {
            return 0;
        }
        let smaller = |i: &usize| self.nodes[*i].1 <= *key;
        (from + 1..self.nodes.len())
            .find(smaller)
            .unwrap_or(self.nodes.len())
    }

    /// After the first above `from` that is not smaller; after the very last if that is not smaller either.
    fn ascend(&self, key: &N, from: usize) -> usize {
        if from + 1 == self.nodes.len() && *key <= self.nodes[from].1 {
            return self.nodes.len();
        }
        let larger = |i: &usize| self.nodes[*i].1 >= *key;
        (0..from).rev().find(larger).map_or(0, |i| i + 1)
    }
}
