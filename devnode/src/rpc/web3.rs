//! The `web3` namespace, and `rpc_modules`.

use std::collections::BTreeMap;

use alloy_primitives::{Bytes, keccak256};

use super::{args::Args, context::Context, dispatch::Methods, error::Answer, json::answer};
use crate::chain::BlockNumberMode;

pub(super) const METHODS: Methods = &[
    ("rpc_modules", modules),
    ("web3_clientVersion", client_version),
    ("web3_sha3", sha3),
];

/// What a client may tell us by.
pub(super) const CLIENT: &str = concat!("confluence-devnode/v", env!("CARGO_PKG_VERSION"), "/rust");

/// Hardhat's helpers work with nodes alone that say they are one of theirs.
fn client_version(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    match context.chain().config().block_number {
        BlockNumberMode::L1Clock => answer(&CLIENT),
        BlockNumberMode::L2Height => answer(&format!("HardhatNetwork/{CLIENT}")),
    }
}

fn sha3(_: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(&keccak256(args.required::<Bytes>(0)?))
}

fn modules(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let names = [
        "arb", "arbdebug", "debug", "eth", "net", "personal", "rpc", "txpool", "web3",
    ];
    answer(
        &names
            .map(|name| (name, "1.0"))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
    )
}
