//! Numbers at and above the widths they are stored in: what does not fit panics with 0x11, nothing is ever cut off.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::IBondingManager as B;
use confluence_bonding_manager::storage::{AllLpt, Lpt, NEVER, State, Terms, Wei};
use confluence_kit::sim::Revert;
use confluence_tests::model::n;
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

/// One orchestrator with `stake`, in an initialised round.
fn stage(stake: u128) -> (Twin, Address) {
    let mut t = Twin::new(Parameters::default(), 3, 0);
    let o = t.accounts[0];
    t.give(o, stake);
    t.must(o, &Action::bond(stake, o));
    t.next_round();
    (t, o)
}

/// Sends to the program alone: the model knows no bounds.
fn send<C: SolCall>(t: &Twin, sender: Address, call: &C) -> Result<(), Revert> {
    t.world
        .send(sender, t.model.at.bonding_manager, call)
        .result
        .map(drop)
}

fn edit(t: &Twin, change: impl FnOnce(&mut State)) {
    let at = t.model.at.bonding_manager;
    let changed = t.world.inside(at, at, || {
        change(&mut State::new());
        Ok(())
    });
    changed.expect("tests may write what they like");
}

const PANIC: fn() -> Revert = || Revert::panic(0x11);

#[test]
fn terms_keep_every_share() {
    for cut in [0, 1, 0xffff, 499_999, 999_999, 1_000_000] {
        for share in [0, 1, 0x10000, 500_000, 1_000_000] {
            let terms = Terms::new(cut, share);
            assert_eq!((terms.reward_cut(), terms.fee_share()), (cut, share));
        }
    }
}

#[test]
fn stake_up_to_its_width_works_and_one_more_panics() {
    let (mut t, o) = stage(Lpt::MAX);
    assert_eq!(t.model.get_delegator(o).bonded, n(Lpt::MAX));
    t.compare_views();
    let a = t.accounts[1];
    t.give(a, 1);
    let bond = |to| B::bondCall {
        amount: U256::from(1),
        to,
    };
    assert_eq!(send(&t, a, &bond(o)), Err(PANIC()), "delegated to o");
    t.give(o, 1);
    assert_eq!(send(&t, o, &bond(o)), Err(PANIC()), "bonded by o");
    t.must(a, &Action::bond(1, a));
    t.compare_views();
}

#[test]
fn stake_wider_than_its_field_panics_if_somebody_really_had_it() {
    let mut t = Twin::new(Parameters::default(), 1, 0);
    let a = t.accounts[0];
    t.give(a, Lpt::MAX + 1);
    let bond = B::bondCall {
        amount: U256::from(Lpt::MAX + 1),
        to: a,
    };
    assert_eq!(send(&t, a, &bond), Err(PANIC()));
    t.compare_views();
}

#[test]
fn reward_that_does_not_fit_the_stake_panics_and_the_stake_can_still_leave() {
    let (mut t, o) = stage(Lpt::MAX);
    assert_eq!(send(&t, o, &B::rewardCall {}), Err(PANIC()));
    t.must(o, &Action::unbond(Lpt::MAX));
    t.compare_views();
}

#[test]
fn fees_up_to_their_width_work_and_one_more_panics() {
    let (mut t, o) = stage(1_000 * LPT);
    let broker = t.model.at.ticket_broker;
    t.must(broker, &Action::fees(o, Wei::MAX));
    t.compare_views();
    let more = B::updateTranscoderWithFeesCall {
        transcoder: o,
        fees: U256::from(1),
        round: U256::ZERO,
    };
    assert_eq!(send(&t, broker, &more), Err(PANIC()));
    // A claim moves them to where withdrawals take them from, and makes room for more.
    t.must(o, &Action::claim_earnings());
    t.must(broker, &Action::fees(o, 1));
    t.compare_views();
    t.next_round();
    let claim = B::claimEarningsCall {
        endRound: U256::ZERO,
    };
    assert_eq!(send(&t, o, &claim), Err(PANIC()), "nothing is cut off");
}

#[test]
fn network_total_panics_beyond_its_width() {
    let (t, o) = stage(LPT);
    edit(&t, |s| {
        let mut network = s.network.open();
        network
            .next_total
            .set(AllLpt::MAX)
            .expect("it is the largest");
        network.store();
    });
    assert_eq!(send(&t, o, &B::rewardCall {}), Err(PANIC()));
}

#[test]
fn reward_factor_at_its_end_stops_rewards_and_nothing_else() {
    let (mut t, o) = stage(1_000 * LPT);
    let a = t.accounts[1];
    t.give(a, 1_000 * LPT);
    t.must(a, &Action::bond(1_000 * LPT, o));
    t.must(o, &Action::reward());
    let round = u32::try_from(t.round()).expect("a small round");
    edit(&t, |s| {
        let mut pool = s.pools.edit((&o, round));
        pool.reward_factor = u128::MAX;
        pool.store();
    });
    t.mine(t.round_length());
    t.must(t.owner, &Action::initialize_round());
    assert_eq!(send(&t, o, &B::rewardCall {}), Err(PANIC()));
    // A claim starts from that factor and ends at it.
    assert_eq!(
        send(
            &t,
            a,
            &B::claimEarningsCall {
                endRound: U256::ZERO
            }
        ),
        Ok(())
    );
    assert_eq!(
        send(
            &t,
            a,
            &B::bondCall {
                amount: U256::ZERO,
                to: a
            }
        ),
        Ok(())
    );
    assert_eq!(
        send(
            &t,
            a,
            &B::transcoderCall {
                rewardCut: U256::ZERO,
                feeShare: U256::ZERO
            }
        ),
        Ok(())
    );
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let (mut t, _) = stage(LPT);
    let (owner, wide) = (t.owner, u64::from(u32::MAX) + 1);
    let period = B::setUnbondingPeriodCall {
        unbondingPeriod_: wide,
    };
    assert_eq!(send(&t, owner, &period), Err(PANIC()));
    for size in [U256::from(wide), U256::MAX] {
        let size = B::setNumActiveTranscodersCall {
            numActiveTranscoders: size,
        };
        assert_eq!(send(&t, owner, &size), Err(PANIC()));
    }
    t.must(owner, &Action::set_unbonding_period(u32::MAX.into()));
    t.must(owner, &Action::set_num_active_transcoders(u32::MAX.into()));
    t.compare_views();
}

#[test]
fn lock_that_would_end_after_all_rounds_panics() {
    let (mut t, o) = stage(LPT);
    let owner = t.owner;
    t.must(owner, &Action::set_unbonding_period(u32::MAX.into()));
    assert_eq!(
        send(
            &t,
            o,
            &B::unbondCall {
                amount: U256::from(1)
            }
        ),
        Err(PANIC())
    );
}

#[test]
fn lock_ids_do_not_wrap() {
    let (t, o) = stage(LPT);
    edit(&t, |s| {
        let mut d = s.delegators.edit(&o);
        d.next_lock = u32::MAX;
        d.store();
    });
    assert_eq!(
        send(
            &t,
            o,
            &B::unbondCall {
                amount: U256::from(1)
            }
        ),
        Err(PANIC())
    );
}

#[test]
fn arguments_wider_than_their_fields_get_the_protocols_own_message() {
    let (mut t, o) = stage(LPT);
    let a = t.accounts[1];
    let text = |text: &str| Err(Revert::text(text));
    let wide = U256::from(1) << 200;
    assert_eq!(
        send(
            &t,
            a,
            &B::bondCall {
                amount: wide,
                to: o
            }
        ),
        text("ERC20: transfer amount exceeds balance")
    );
    assert_eq!(
        send(&t, o, &B::unbondCall { amount: wide }),
        text("amount is greater than bonded amount")
    );
    let call = B::withdrawFeesCall {
        recipient: o,
        amount: wide,
    };
    assert_eq!(send(&t, o, &call), text("insufficient fees to withdraw"));
    t.must(o, &Action::reward());
    let call = B::transcoderCall {
        rewardCut: wide,
        feeShare: wide,
    };
    assert_eq!(send(&t, o, &call), text("invalid rewardCut percentage"));
    let call = B::transcoderCall {
        rewardCut: U256::ZERO,
        feeShare: wide,
    };
    assert_eq!(send(&t, o, &call), text("invalid feeShare percentage"));
    t.must(o, &Action::unbond(1));
    // 2^32 more than a valid id.
    let id = U256::from(1) << 32;
    assert_eq!(
        send(
            &t,
            o,
            &B::rebondCall {
                unbondingLockId: id
            }
        ),
        text("invalid unbonding lock ID")
    );
    let at = t.model.at.bonding_manager;
    let lock = B::getDelegatorUnbondingLockCall {
        delegator: o,
        unbondingLockId: id,
    };
    assert_eq!(t.world.read(at, &lock).withdrawRound, U256::ZERO);
    let pool = B::getTranscoderEarningsPoolForRoundCall {
        transcoder: o,
        round: wide,
    };
    assert_eq!(t.world.read(at, &pool).totalStake, U256::ZERO);
}

#[test]
fn never_is_shown_as_the_largest_word() {
    let (t, o) = stage(LPT);
    let at = t.model.at.bonding_manager;
    let stored = t.world.inside(at, at, || {
        Ok(State::new().orchestrators.get(&o).deactivation_round)
    });
    assert_eq!(stored, Ok(NEVER));
    let shown = t.world.read(at, &B::getTranscoderCall { transcoder: o });
    assert_eq!(shown.deactivationRound, U256::MAX);
}
