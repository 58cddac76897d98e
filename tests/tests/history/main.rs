//! Bugs that Livepeer's contracts have had, one file each: what went wrong, and what must hold instead.

mod arithmetic_panics;
mod bond_for_claims_for_the_owner;
mod bond_for_nobody;
mod bond_from_null_delegate;
mod burn_from_anybody;
mod force_change_delegate;
mod force_claim;
mod force_self_delegation;
mod minter_moves_unpaused;
mod pool_claim_in_creation_round;
mod rebond_from_unbonded_earns_the_past;
mod supply_of_one_chain;
mod transfer_bond_lock_id;
mod transfer_bond_makes_an_orchestrator;
mod transfer_bond_of_everything;
mod transfer_bond_receiver_earns_the_past;
mod transfer_bond_to_stake_with_nobody;
mod withdraw_fees_to_somebody_else;

use alloy_primitives::Address;
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

/// An orchestrator with 1,000 LPT that shares everything, active from now on, and three more accounts.
fn stage() -> (Twin, Address, [Address; 3]) {
    let mut t = Twin::new(Parameters::default(), 4, 10_000 * LPT);
    let [orchestrator, a, b, c] = t.accounts[..] else {
        unreachable!("four accounts were asked for")
    };
    t.must(orchestrator, &Action::bond(1_000 * LPT, orchestrator));
    t.must(orchestrator, &Action::transcoder(0, 1_000_000));
    t.next_round();
    (t, orchestrator, [a, b, c])
}
