//! The switch-over (X7): L2 starts when everything announced is there, whatever comes first, once, or not at all.

use crate::*;
use confluence_abi::{IController, IL2SwitchOver::*, IMinter};
use confluence_kit::bridge::alias;
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;

const LPT: u128 = 700;
const ETH: u128 = 30;
const INFLATION: u64 = 218_500;

fn announcement() -> Announcement {
    Announcement {
        lptAmount: U256::from(one(LPT)),
        ethAmount: U256::from(one(ETH)),
        inflation: U256::from(INFLATION),
        l1TotalSupply: U256::from(one(20_000_000)),
    }
}

/// What L1SwitchOver sends, in its four tickets.
#[derive(Clone, Copy, Debug)]
enum Ticket {
    Eth,
    Lpt,
    Supply,
    Announcement,
}
use Ticket::{Eth, Lpt, Supply};

fn waiting() -> L2 {
    let l2 = L2::paused(10);
    l2.hand_to_switch_over();
    l2
}

fn announce(l2: &L2) -> confluence_kit::sim::Receipt<finalizeSwitchOverReturn> {
    let call = finalizeSwitchOverCall {
        announcement: announcement(),
    };
    l2.send_from_l1(l2.l1.switch_over, l2.switch_over, &call)
}

fn arrive(l2: &L2, ticket: Ticket) {
    match ticket {
        Eth => l2.deposit_eth(l2.migrator, one(ETH)),
        Lpt => l2.deposit(l2.migrator, one(LPT)),
        Supply => l2.send_supply(one(20_000_000)),
        Ticket::Announcement => {
            announce(l2).unwrap();
        }
    }
}

fn complete(l2: &L2) -> confluence_kit::sim::Receipt<completeReturn> {
    l2.world
        .send(l2.world.address(), l2.switch_over, &completeCall {})
}

fn status(l2: &L2) -> u8 {
    l2.world.read(l2.switch_over, &statusCall {})
}

fn is_paused(l2: &L2) -> bool {
    l2.world.read(l2.controller, &IController::pausedCall {})
}

fn owner(l2: &L2) -> Address {
    l2.world.read(l2.controller, &IController::ownerCall {})
}

fn assert_started(l2: &L2) {
    assert_eq!(status(l2), 2);
    assert!(!is_paused(l2));
    assert_eq!(owner(l2), l2.governor);
    let inflation = l2.world.read(l2.minter, &IMinter::inflationCall {});
    assert_eq!(inflation, U256::from(INFLATION));
}

#[test]
fn l2_starts_when_everything_is_there_in_every_order_of_arrival() {
    let all = [Eth, Lpt, Supply, Ticket::Announcement];
    for a in 0..4 {
        for b in (0..4).filter(|b| *b != a) {
            for c in (0..4).filter(|c| *c != a && *c != b) {
                let d = 6 - a - b - c;
                let l2 = waiting();
                for (n, i) in [a, b, c, d].into_iter().enumerate() {
                    assert!(is_paused(&l2), "{n} of 4 are not everything");
                    assert!(complete(&l2).result.is_err());
                    arrive(&l2, all[i]);
                }
                if d != 3 {
                    assert_eq!(status(&l2), 1);
                    complete(&l2).unwrap();
                }
                assert_started(&l2);
            }
        }
    }
}

#[test]
fn completing_says_why_it_cannot() {
    let l2 = waiting();
    assert_eq!(
        complete(&l2).reverted(),
        Revert::text("SWITCH_OVER:NOT_ANNOUNCED")
    );
    announce(&l2).unwrap();
    let missing = |l2: &L2| {
        let it = l2.world.read(l2.switch_over, &missingCall {});
        (it.lptAmount, it.ethAmount, it.supply)
    };
    let nothing = U256::ZERO;
    for (ticket, left) in [
        (Eth, (U256::from(one(LPT)), nothing, true)),
        (Supply, (U256::from(one(LPT)), nothing, false)),
    ] {
        arrive(&l2, ticket);
        assert_eq!(missing(&l2), left);
        assert_eq!(
            complete(&l2).reverted(),
            Revert::text("SWITCH_OVER:FUNDS_MISSING")
        );
    }
    l2.deposit(l2.migrator, one(LPT) - 1);
    assert_eq!(missing(&l2), (U256::ONE, nothing, false));
    assert_eq!(
        complete(&l2).reverted(),
        Revert::text("SWITCH_OVER:FUNDS_MISSING")
    );
    l2.deposit(l2.migrator, 1);
    complete(&l2).unwrap();
    assert_eq!(
        complete(&l2).reverted(),
        Revert::text("SWITCH_OVER:ALREADY_COMPLETE")
    );
}

#[test]
fn it_happens_once_and_a_repeated_announcement_changes_nothing() {
    let l2 = waiting();
    let announced = announce(&l2);
    assert_eq!(announced.events::<SwitchOverAnnounced>().len(), 1);
    announced.unwrap();
    for ticket in [Eth, Lpt, Supply] {
        arrive(&l2, ticket);
    }
    let other = finalizeSwitchOverCall {
        announcement: Announcement {
            inflation: U256::from(999),
            lptAmount: U256::MAX,
            ..announcement()
        },
    };
    // The repetition looks again, and what counts is what was announced first.
    let done = l2.send_from_l1(l2.l1.switch_over, l2.switch_over, &other);
    assert_eq!(done.events::<SwitchOverAnnounced>().len(), 0);
    assert_eq!(done.events::<SwitchOverCompleted>().len(), 1);
    done.unwrap();
    assert_started(&l2);
    assert_eq!(
        l2.world.read(l2.switch_over, &announcedCall {}),
        announcement()
    );

    l2.world
        .send(l2.governor, l2.controller, &IController::pauseCall {})
        .unwrap();
    assert_eq!(announce(&l2).logs(), [], "it starts nothing any more");
    assert!(is_paused(&l2));
}

#[test]
fn only_l1_switch_over_announces() {
    let l2 = waiting();
    let call = finalizeSwitchOverCall {
        announcement: announcement(),
    };
    for sender in [l2.l1.switch_over, l2.governor, alias(&l2.l1.migrator)] {
        let done = l2.world.send(sender, l2.switch_over, &call);
        assert_eq!(done.reverted(), Revert::text("ONLY_COUNTERPART_GATEWAY"));
    }
}

#[test]
fn the_governor_can_take_the_controller_back_until_l2_runs() {
    for announced in [false, true] {
        let l2 = waiting();
        if announced {
            announce(&l2).unwrap();
        }
        let abort = |who| l2.world.send(who, l2.switch_over, &abortCall {});
        let refused = abort(l2.owner).reverted();
        assert_eq!(refused, Revert::text("SWITCH_OVER:NOT_GOVERNOR"));
        let done = abort(l2.governor);
        assert_eq!(done.events::<SwitchOverAborted>().len(), 1);
        done.unwrap();
        assert_eq!((status(&l2), owner(&l2)), (3, l2.governor));
        assert!(is_paused(&l2));
        let again = abort(l2.governor).reverted();
        assert_eq!(again, Revert::text("SWITCH_OVER:ABORTED"));
        for ticket in [Eth, Lpt, Supply, Ticket::Announcement] {
            arrive(&l2, ticket);
        }
        assert_eq!(
            complete(&l2).reverted(),
            Revert::text("SWITCH_OVER:ABORTED")
        );
        assert!(is_paused(&l2));
    }
    let l2 = waiting();
    for ticket in [Eth, Lpt, Supply, Ticket::Announcement] {
        arrive(&l2, ticket);
    }
    let late = l2.world.send(l2.governor, l2.switch_over, &abortCall {});
    assert_eq!(
        late.reverted(),
        Revert::text("SWITCH_OVER:ALREADY_COMPLETE")
    );
}

#[test]
fn nothing_leaves_the_migrator_before_l2_runs() {
    let l2 = waiting();
    for ticket in [Eth, Lpt, Supply] {
        arrive(&l2, ticket);
    }
    let (from, to) = (l2.world.address(), l2.world.address());
    let message = with_fees(delegator(from, to, 0, Address::ZERO), 2);
    let early = l2.whole(message.clone()).reverted();
    assert_eq!(early, Revert::text("system is paused"));
    announce(&l2).unwrap();
    assert_started(&l2);
    l2.whole(message).unwrap();
}

#[test]
fn it_waits_while_it_does_not_own_the_controller() {
    let l2 = L2::paused(10);
    for ticket in [Eth, Lpt, Supply] {
        arrive(&l2, ticket);
    }
    let early = announce(&l2).reverted();
    assert_eq!(early, Revert::text("caller must be Controller owner"));
    assert_eq!(status(&l2), 0);
    l2.hand_to_switch_over();
    announce(&l2).unwrap();
    assert_started(&l2);
}

#[test]
fn it_says_whom_it_listens_to_and_works_for() {
    let l2 = waiting();
    let (world, at) = (&l2.world, l2.switch_over);
    assert_eq!(world.read(at, &l1SwitchOverCall {}), l2.l1.switch_over);
    assert_eq!(world.read(at, &governorCall {}), l2.governor);
    assert_eq!(world.read(at, &controllerCall {}), l2.controller);
}
