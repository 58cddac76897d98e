//! The `arb` namespace: what a Nitro node tells of itself.

use super::{args::Args, context::Context, dispatch::Methods, error::Answer, json::answer};

pub(super) const METHODS: Methods = &[
    ("arb_checkPublisherHealth", publisher_health),
    ("arb_getRawBlockMetadata", block_metadata),
    ("arb_maintenanceStatus", maintenance_status),
];

/// A sequencer is its own publisher: there is nobody to ask.
fn publisher_health(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&None::<()>)
}

/// Blocks of a dev chain have no metadata.
fn block_metadata(_: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    answer::<[(); 0]>(&[])
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Maintenance {
    is_running: bool,
}

fn maintenance_status(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&Maintenance { is_running: false })
}
