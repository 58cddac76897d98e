//! The `net` namespace: a node without a network.

use alloy_primitives::U64;

use super::{args::Args, context::Context, dispatch::Methods, error::Answer, json::answer};

pub(super) const METHODS: Methods = &[
    ("net_listening", listening),
    ("net_peerCount", peer_count),
    ("net_version", version),
];

fn listening(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&true)
}

fn peer_count(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U64::ZERO)
}

/// The network id, in decimal, is the chain id.
fn version(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&context.chain().config().chain_id.to_string())
}
