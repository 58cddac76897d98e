//! What is measured, a file for each idea. A new file adds its `GROUPS` to the list here.

mod bond;
mod bridge;
mod claim;
mod claim_stake;
mod finalize;
mod fund;
mod list;
mod move_stake;
mod polls;
mod registry;
mod reward;
mod rounds;
mod tickets;
mod token;
mod unbond;
mod views;
mod withdraw;
mod wrong_hints;

use super::scenario::Group;

/// For what does not depend on the pool.
const ONCE: &[usize] = &[10];

const ALL: &[&[Group]] = &[
    rounds::GROUPS,
    bond::GROUPS,
    list::GROUPS,
    reward::GROUPS,
    wrong_hints::GROUPS,
    unbond::GROUPS,
    move_stake::GROUPS,
    claim::GROUPS,
    withdraw::GROUPS,
    fund::GROUPS,
    tickets::GROUPS,
    polls::GROUPS,
    token::GROUPS,
    bridge::GROUPS,
    finalize::GROUPS,
    claim_stake::GROUPS,
    registry::GROUPS,
    views::GROUPS,
];

/// Everything.
pub(super) fn all() -> impl Iterator<Item = &'static Group> {
    ALL.iter().flat_map(|groups| groups.iter())
}
