//! The part of the `confluence` namespace that tests steer the way between the chains with: when messages arrive, whether
//! tickets redeem themselves, what time it is on both sides. Without an L1 every method says so.

use alloy_primitives::U64;

use super::{
    args::Args,
    confluence::number,
    context::Context,
    dispatch::Methods,
    error::{Answer, RpcError},
    json::answer,
    read::Lenient,
};
use crate::bridge::{BridgeError, SharedFollower};

pub(super) const METHODS: Methods = &[
    ("confluence_advanceTime", advance),
    ("confluence_bridgeStatus", status),
    ("confluence_delayAutoRedeems", delay_redeems),
    ("confluence_delayMessages", delay),
    ("confluence_failAutoRedeems", fail_redeems),
    ("confluence_holdMessages", hold),
    ("confluence_holdRoots", hold_roots),
    ("confluence_redeemDelayed", redeem_late),
    ("confluence_releaseMessages", release),
    ("confluence_sync", sync),
];

fn follower(context: &Context) -> Result<&SharedFollower, RpcError> {
    context
        .follower
        .as_ref()
        .ok_or_else(|| RpcError::server("this node has no L1: it was started with --l2-only"))
}

fn failed(error: &BridgeError) -> RpcError {
    RpcError::server(error.to_string())
}

/// A number that may be left out.
fn optional(args: &Args, index: usize) -> Result<Option<u64>, RpcError> {
    args.optional::<Lenient>(index)?
        .map(|_| number(args, index))
        .transpose()
}

/// State of the bridge as of the last look at L1.
fn status(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&follower(context)?.status())
}

/// Looks at L1 now, and returns when everything that is due has been done.
fn sync(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&follower(context)?.sync().map_err(|error| failed(&error))?)
}

/// Holds messages back from now on.
fn hold(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    follower(context)?.hold();
    answer(&true)
}

/// Lets the next so many messages through, or all and ends the holding.
fn release(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let count = optional(args, 0)?;
    let status = follower(context)?.release(count);
    answer(&status.map_err(|error| failed(&error))?)
}

/// Seconds that every message waits after its L1 block.
fn delay(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    follower(context)?.delay(number(args, 0)?);
    answer(&true)
}

/// The next so many tickets (one unless said otherwise) do not redeem themselves.
fn fail_redeems(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    follower(context)?.fail_auto_redeems(optional(args, 0)?.unwrap_or(1));
    answer(&true)
}

/// The next so many tickets are redeemed so many seconds after they were created.
fn delay_redeems(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    follower(context)?.delay_auto_redeems(number(args, 0)?, number(args, 1)?);
    answer(&true)
}

/// Redeems the delayed tickets now.
fn redeem_late(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    follower(context)?.redeem_late();
    answer(&true)
}

/// Holds roots back from L1, or ends that.
fn hold_roots(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    follower(context)?.hold_roots(args.required(0)?);
    answer(&true)
}

/// Moves both chains on by so many seconds, L1 by so many blocks (one unless said otherwise); the new time of L2.
fn advance(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let (seconds, blocks) = (number(args, 0)?, optional(args, 1)?.unwrap_or(1));
    let done = follower(context)?.advance(seconds, blocks);
    done.map_err(|error| failed(&error))?;
    answer(&U64::from(context.chain().head().timestamp()))
}
