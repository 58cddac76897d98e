//! LPT between the chains, and L1's supply.

use alloy::primitives::Bytes;
use confluence_abi::{IL2LPTGateway::outboundTransfer_0Call, ILivepeerToken::approveCall};

use crate::{
    bench::gas::{
        GasError,
        population::{account, lpt},
        scenario::{Act, Group},
        stage::{Stage, on_l1},
    },
    plan::Contract::{L2LPTGateway, LivepeerToken},
};

/// Nothing here depends on the pool.
const ONCE: &[usize] = &[10];
/// L1's supply after a change, in LPT.
const NEW_SUPPLY: u128 = 6_100_000;

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |s| {
            let spender = s.at(L2LPTGateway)?;
            let amount = lpt(100);
            s.send(s.x(), LivepeerToken, &approveCall { spender, amount })
        },
        acts: &[("gateway.outboundTransfer", leave)],
    },
    Group {
        pools: ONCE,
        prepare: |_| Ok(()),
        acts: &[
            ("gateway.finalizeInboundTransfer.existing", |s| {
                s.deposit(s.y(), 10)
            }),
            ("gateway.finalizeInboundTransfer.fresh", |s| {
                s.deposit(account("fresh"), 10)
            }),
            ("dataCache.finalizeCacheTotalSupply", |s| {
                s.supply(NEW_SUPPLY)
            }),
        ],
    },
];

/// X takes 10 LPT to L1.
fn leave(s: &Stage) -> Result<Act, GasError> {
    let call = outboundTransfer_0Call {
        l1Token: on_l1().token,
        to: s.x(),
        amount: lpt(10),
        data: Bytes::new(),
    };
    s.act(s.x(), L2LPTGateway, &call)
}
