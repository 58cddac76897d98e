//! An L2 of its own for a test that deploys.

use alloy::{
    primitives::Address,
    providers::{Provider as _, ProviderBuilder},
};
use confluence::client::L2;
use confluence_devnode::{DevNode, Options};

/// A chain, a client that sends as the first of its accounts, and the accounts. It runs until the node is dropped.
pub(crate) async fn chain() -> (DevNode, L2, Vec<Address>) {
    chain_of(Options::default()).await
}

/// The same, of a node with these options.
pub(crate) async fn chain_of(options: Options) -> (DevNode, L2, Vec<Address>) {
    let node = DevNode::start(options).expect("a free port");
    let l2 = L2::connect(&node.http_url(), None, None)
        .await
        .expect("it answers");
    // On a chain whose L1 has no block yet, a batch staged without delay counts as not staged.
    let rpc = ProviderBuilder::new().connect_http(node.http_url().parse().expect("a URL"));
    let moved: Result<serde_json::Value, _> = rpc
        .raw_request("confluence_setL1BlockNumber".into(), ["0x64"])
        .await;
    moved.expect("the L1 clock moves");
    let accounts = l2.unlocked().await.expect("a list");
    (node, l2.with_unlocked(accounts[0]), accounts)
}
