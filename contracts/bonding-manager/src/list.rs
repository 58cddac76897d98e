//! The pool of candidates, sorted by stake, descending (Livepeer SortedDoublyLL). A walk down reads one slot a node.
//! Always holds: a node is in the list if its key is not 0. Among equals the place depends on where a search begins: from above,
//! a node goes before its equals, from a hint below, it goes after them.

use crate::storage::State;
use confluence_kit::abi::Neighbours;
use confluence_kit::{Address, Result, ensure};

const NONE: Address = Address::ZERO;

#[inline(never)]
fn key(s: &State, id: &Address) -> u128 {
    s.nodes.get(id).key.get()
}
#[inline(never)]
fn next(s: &State, id: &Address) -> Address {
    s.nodes.get(id).next
}
#[inline(never)]
fn prev(s: &State, id: &Address) -> Address {
    s.aboves.get(id).prev
}
#[inline(never)]
fn first(s: &State) -> Address {
    s.heads.load().first
}
/// The smallest; null if there is none.
#[inline(never)]
pub fn last(s: &State) -> Address {
    s.tails.load().last
}
/// Whether `id` is in it.
pub fn contains(s: &State, id: &Address) -> bool {
    key(s, id) != 0
}
/// Whether there is no room.
pub fn is_full(s: &State) -> bool {
    let head = s.heads.load();
    head.size == head.max_size
}

/// Adds `id` where the hint says, or else where a search from it ends.
///
/// # Errors
/// * "list is full", "node already in list", "node id is null", "key is zero".
#[inline(never)]
pub fn insert(s: &mut State, id: &Address, k: u128, hint: Neighbours<'_>) -> Result {
    ensure!(!is_full(s), "list is full");
    ensure!(!contains(s, id), "node already in list");
    ensure!(!id.is_zero(), "node id is null");
    ensure!(k != 0, "key is zero");
    let (above, below) = if fits(s, k, hint) {
        (*hint.above, *hint.below)
    } else {
        find(s, k, hint)
    };
    let mut node = s.nodes.edit(id);
    node.key.set(k)?;
    node.store();
    link(s, &above, id);
    link(s, id, &below);
    resize(s, 1);
    Ok(())
}

/// Takes `id` out.
///
/// # Errors
/// * "node not in list".
#[inline(never)]
pub fn remove(s: &mut State, id: &Address) -> Result {
    ensure!(contains(s, id), "node not in list");
    let (above, below) = (prev(s, id), next(s, id));
    link(s, &above, &below);
    s.nodes.edit(id).erase();
    s.aboves.edit(id).erase();
    resize(s, -1);
    Ok(())
}

/// Gives `id` another key, and the place that goes with it; with key 0 it leaves.
///
/// # Errors
/// * "node not in list".
#[inline(never)]
pub fn update_key(s: &mut State, id: &Address, k: u128, hint: Neighbours<'_>) -> Result {
    if k != 0 && stays(s, id, k) {
        let mut node = s.nodes.edit(id);
        node.key.set(k)?;
        node.store();
        return Ok(());
    }
    remove(s, id)?;
    if k != 0 {
        insert(s, id, k, hint)?;
    }
    Ok(())
}

/// Whether `k` lies strictly between the keys of the neighbours: then `id` has the only place for it, whatever the hint. What grew
/// is above the one below it as before, what shrank below the one above.
fn stays(s: &State, id: &Address, k: u128) -> bool {
    let node = s.nodes.get(id);
    let old = node.key.get();
    if old == 0 {
        return false;
    }
    if k >= old {
        let above = prev(s, id);
        if !above.is_zero() && key(s, &above) <= k {
            return false;
        }
    }
    k > old || node.next.is_zero() || key(s, &node.next) < k
}

/// Whether the hint names two neighbours, or an end, with `k` between their keys.
fn fits(s: &State, k: u128, hint: Neighbours<'_>) -> bool {
    let Neighbours { above, below } = hint;
    let is_place = match (above.is_zero(), below.is_zero()) {
        (true, true) => s.heads.load().size == 0,
        (true, false) => first(s) == *below,
        (false, true) => last(s) == *above,
        (false, false) => next(s, above) == *below,
    };
    is_place && (above.is_zero() || k <= key(s, above)) && k >= key(s, below)
}

/// The neighbours that `k` gets. A hint on the wrong side of `k`, or of somebody who is not in the list, is dropped.
fn find(s: &State, k: u128, hint: Neighbours<'_>) -> (Address, Address) {
    // 0 is the key of whoever is not in the list, and smaller than `k`.
    let below = key(s, hint.below);
    if k <= key(s, hint.above) {
        descend(s, k, hint.above)
    } else if below != 0 && below <= k {
        ascend(s, k, hint.below)
    } else {
        descend(s, k, &first(s))
    }
}

/// Down from `from`, which is the first or not smaller, to the first that is not larger.
fn descend(s: &State, k: u128, from: &Address) -> (Address, Address) {
    if first(s) == *from && k >= key(s, from) {
        return (NONE, *from);
    }
    let mut above = *from;
    loop {
        let below = next(s, &above);
        if below.is_zero() || key(s, &below) <= k {
            return (above, below);
        }
        above = below;
    }
}

/// Up from `from`, which is not larger, to the first that is not smaller.
fn ascend(s: &State, k: u128, from: &Address) -> (Address, Address) {
    if last(s) == *from && k <= key(s, from) {
        return (*from, NONE);
    }
    let mut below = *from;
    loop {
        let above = prev(s, &below);
        if above.is_zero() || key(s, &above) >= k {
            return (above, below);
        }
        below = above;
    }
}

/// Makes `above` and `below` neighbours; where one is null, the other is an end.
#[inline(never)]
fn link(s: &mut State, above: &Address, below: &Address) {
    if above.is_zero() {
        let mut head = s.heads.open();
        head.first = *below;
        head.store();
    } else {
        let mut node = s.nodes.edit(above);
        node.next = *below;
        node.store();
    }
    if below.is_zero() {
        let mut tail = s.tails.open();
        tail.last = *above;
        tail.store();
    } else {
        let mut it = s.aboves.edit(below);
        it.prev = *above;
        it.store();
    }
}

/// By one, up or down; never past what `insert` and `remove` have checked.
#[inline(never)]
fn resize(s: &mut State, by: i32) {
    let mut head = s.heads.open();
    head.size = head.size.wrapping_add_signed(by);
    head.store();
}
