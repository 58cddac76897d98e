//! What each operation does to storage, as a table in git: slots set cost 20,000 gas each, rewritten ones 2,900, loaded
//! ones 2,100. A change of this table is a change of every user's costs.

use alloy_primitives::Address;
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT, Parameters, Twin};
use std::fmt::Write;

/// Ten orchestrators of 1,900, 1,800, .. LPT, each with a delegator of 50 LPT; two rounds with rewards from all.
struct Stage {
    t: Twin,
    table: String,
}

fn stage() -> Stage {
    let mut t = Twin::new(Parameters::default(), 23, 10_000 * LPT);
    for i in 0..10 {
        let o = t.accounts[i];
        t.must(o, &Action::bond((1_900 - 100 * i as u128) * LPT, o));
        t.must(o, &Action::transcoder(100_000, 500_000));
        t.must(t.accounts[10 + i], &Action::bond(50 * LPT, o));
    }
    for _ in 0..2 {
        t.next_round();
        for i in 0..10 {
            t.must(t.accounts[i], &Action::reward());
        }
    }
    let table = format!("{:44}loaded  set  rewritten  cleared\n", "");
    Stage { t, table }
}

impl Stage {
    fn row(&mut self, what: &str, sender: Address, action: &Action) {
        let (done, receipt) = self.t.send_measured(sender, action);
        done.unwrap_or_else(|revert| panic!("{what}: {revert:?}"));
        let slots = receipt.slots_of(self.t.model.at.bonding_manager);
        writeln!(
            self.table,
            "{what:44}{:6}{:5}{:11}{:9}",
            slots.loaded, slots.set, slots.rewritten, slots.cleared
        )
        .expect("a string takes everything");
    }
}

#[test]
fn slots_of_each_operation() {
    let mut s = stage();
    let at = |i: usize| s.t.accounts[i];
    let (first, mid, last, d, d2) = (at(0), at(4), at(9), at(14), at(15));
    let [fresh, fresh2, fresh3] = [20, 21, 22].map(at);
    let broker = s.t.model.at.ticket_broker;

    s.row(
        "bond: first, to an orchestrator",
        fresh,
        &Action::bond(10 * LPT, mid),
    );
    s.row("bond: more, same round", fresh, &Action::bond(LPT, mid));
    s.row("bond: more, earlier claim", d, &Action::bond(LPT, mid));
    s.row(
        "bond: to the one above, moving up",
        fresh2,
        &Action::bond(200 * LPT, mid),
    );
    s.row("bond: other delegate", d2, &Action::bond(0, first));
    s.row(
        "bond: own, joins the pool",
        fresh3,
        &Action::bond(700 * LPT, fresh3),
    );
    s.row("transcoder: first terms", fresh3, &Action::transcoder(1, 1));
    s.row("fees: first of the round", broker, &Action::fees(mid, LPT));
    s.row("fees: again", broker, &Action::fees(mid, LPT));

    s.t.next_round();
    s.row(
        "fees: first of the round, before reward",
        broker,
        &Action::fees(mid, LPT),
    );
    s.row("claimEarnings: before reward", d, &Action::claim_earnings());
    s.row("reward: first in the pool", first, &Action::reward());
    s.row("reward: in the middle", mid, &Action::reward());
    s.row("reward: last in the pool", last, &Action::reward());
    s.row(
        "claimEarnings: after reward",
        fresh,
        &Action::claim_earnings(),
    );
    s.row("claimEarnings: again", fresh, &Action::claim_earnings());
    s.row(
        "claimEarnings: orchestrator",
        mid,
        &Action::claim_earnings(),
    );
    s.row("unbond: part, first lock", fresh, &Action::unbond(LPT));
    s.row("unbond: part, another lock", fresh, &Action::unbond(LPT));
    s.row("rebond", fresh, &Action::rebond(0));
    s.row(
        "transferBond: to who has stake",
        d,
        &Action::transfer_bond(fresh, LPT, NO_HINTS, NO_HINTS),
    );
    let nobody = s.t.world.address();
    s.row(
        "transferBond: to who has none",
        fresh,
        &Action::transfer_bond(nobody, LPT, NO_HINTS, NO_HINTS),
    );
    let all = s.t.model.pending_stake(fresh2).expect("it can be read");
    let all = u128::try_from(all).expect("less than all LPT");
    s.row("unbond: all", fresh2, &Action::unbond(all));
    s.row(
        "rebondFromUnbonded",
        fresh2,
        &Action::rebond_from_unbonded(first, 0),
    );
    let all = s.t.model.pending_stake(last).expect("it can be read");
    let all = u128::try_from(all).expect("less than all LPT");
    s.row("unbond: all of an orchestrator", last, &Action::unbond(all));
    s.t.fund(s.t.model.at.minter, 10 * LPT);
    s.row("withdrawFees", d, &Action::withdraw_fees(d, 1_000));
    for _ in 0..7 {
        s.t.next_round();
    }
    s.row("withdrawStake", fresh, &Action::withdraw_stake(1));
    s.t.compare_views();
    insta::assert_snapshot!(s.table);
}

#[test]
fn no_hint_costs_one_load_for_each_place_walked() {
    let loaded = |places: usize| {
        let mut s = stage();
        let (who, below) = (s.t.accounts[20], s.t.accounts[places]);
        // Between this one and the next.
        let above = s.t.model.get_delegator(below).delegated;
        let amount = u128::try_from(above).expect("less than all LPT") - LPT;
        let (_, receipt) = s.t.send_measured(who, &Action::bond(amount, who));
        receipt.slots_of(s.t.model.at.bonding_manager).loaded
    };
    assert_eq!(loaded(8) - loaded(3), 5);
}
