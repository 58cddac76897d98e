//! What a broadcaster pays in and takes out.

use alloy::{primitives::U256, sol_types::SolCall};
use confluence_abi::ITicketBroker::{
    cancelUnlockCall, fundDepositAndReserveCall, fundDepositAndReserveForCall, fundDepositCall,
    fundReserveCall, unlockCall, withdrawCall,
};

use super::ONCE;
use crate::{
    bench::gas::{
        GasError,
        population::eth,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::TicketBroker,
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |_| Ok(()),
        acts: &[
            ("fundDeposit.new", deposit),
            ("fundReserve.new", reserve),
            ("fundDepositAndReserve.new", both),
            ("fundDepositAndReserveFor.new", both_for),
        ],
    },
    Group {
        pools: ONCE,
        prepare: funded,
        acts: &[
            ("fundDeposit.topup", deposit),
            ("fundReserve.topup", reserve),
            ("fundDepositAndReserve.topup", both),
            ("fundDepositAndReserveFor.topup", both_for),
            ("unlock", |s| s.act(s.p(), TicketBroker, &unlockCall {})),
        ],
    },
    Group {
        pools: ONCE,
        prepare: unlocked,
        acts: &[
            ("cancelUnlock", |s| {
                s.act(s.p(), TicketBroker, &cancelUnlockCall {})
            }),
            ("fundDeposit.cancelsUnlock", deposit),
        ],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            unlocked(s)?;
            (0..2).try_for_each(|_| s.next_round())
        },
        acts: &[("withdraw", |s| s.act(s.p(), TicketBroker, &withdrawCall {}))],
    },
];

/// P has 100 ETH of each.
fn funded(s: &Stage) -> Result<(), GasError> {
    s.fund(s.p(), eth(100), eth(100))
}

fn unlocked(s: &Stage) -> Result<(), GasError> {
    funded(s)?;
    s.send(s.p(), TicketBroker, &unlockCall {})
}

/// P sends ETH along.
fn paying(s: &Stage, wei: U256, call: &impl SolCall) -> Result<Act, GasError> {
    let act = s.act(s.p(), TicketBroker, call)?;
    Ok(Act { value: wei, ..act })
}

fn deposit(s: &Stage) -> Result<Act, GasError> {
    paying(s, eth(1), &fundDepositCall {})
}

fn reserve(s: &Stage) -> Result<Act, GasError> {
    paying(s, eth(1), &fundReserveCall {})
}

fn both(s: &Stage) -> Result<Act, GasError> {
    let call = fundDepositAndReserveCall {
        depositAmount: eth(1),
        reserveAmount: eth(1),
    };
    paying(s, eth(2), &call)
}

/// X pays.
fn both_for(s: &Stage) -> Result<Act, GasError> {
    let call = fundDepositAndReserveForCall {
        addr: s.p(),
        depositAmount: eth(1),
        reserveAmount: eth(1),
    };
    let act = paying(s, eth(2), &call)?;
    Ok(Act { from: s.x(), ..act })
}
