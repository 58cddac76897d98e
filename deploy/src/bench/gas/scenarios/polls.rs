//! Opening a poll, and voting in it.

use confluence_abi::{IPoll::voteCall, IPollCreator::createPollCall};

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall as _,
};

use super::ONCE;
use crate::{
    bench::gas::{
        GasError,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::PollCreator,
};

/// As long as the name of a file in IPFS.
const PROPOSAL: &[u8; 46] = b"QmNLei78zWmzUdbeRB3CiUfAizWUrbeeZh5K1rhAQKCh51";

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |_| Ok(()),
        acts: &[("createPoll", |s| open(s, s.d_mid()))],
    },
    Group {
        pools: ONCE,
        // too little of its own, enough with what others have with it
        prepare: |s| {
            s.bond(s.x(), 50, s.x())?;
            s.bond(s.p(), 500, s.x())
        },
        acts: &[("createPoll.delegatedStake", |s| open(s, s.x()))],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&open(s, s.d_mid())?, "a poll").map(drop),
        acts: &[
            ("poll.vote.0", |s| vote(s, 0)),
            ("poll.vote.1", |s| vote(s, 1)),
        ],
    },
];

fn open(s: &Stage, who: Address) -> Result<Act, GasError> {
    let proposal = PROPOSAL.into();
    s.act(who, PollCreator, &createPollCall { proposal })
}

/// In the only poll that there is: the first contract that PollCreator has created.
fn vote(s: &Stage, choice: u64) -> Result<Act, GasError> {
    let call = voteCall {
        choiceID: U256::from(choice),
    };
    Ok(Act {
        from: s.x(),
        to: s.at(PollCreator)?.create(1),
        data: call.abi_encode().into(),
        value: U256::ZERO,
    })
}
