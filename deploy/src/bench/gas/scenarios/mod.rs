//! What is measured, a file for each idea. A new file adds its `GROUPS` to the list here.

mod bond;
mod bridge;
mod claim;
mod claim_stake;
mod finalize;
mod list;
mod move_stake;
mod registry;
mod reward;
mod rounds;
mod token;
mod unbond;
mod views;
mod withdraw;

use super::scenario::Group;

const ALL: &[&[Group]] = &[
    rounds::GROUPS,
    bond::GROUPS,
    list::GROUPS,
    reward::GROUPS,
    unbond::GROUPS,
    move_stake::GROUPS,
    claim::GROUPS,
    withdraw::GROUPS,
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
