//! alloy against the node: the CLI and all other tests stand on this.

use alloy::{
    network::{AnyNetwork, TransactionBuilder as _},
    primitives::{Address, U256},
    providers::{Provider as _, ProviderBuilder},
    rpc::types::TransactionRequest,
    signers::local::PrivateKeySigner,
};
use confluence_devnode::{DevNode, Options, rpc::DEV_KEY};

const SOMEBODY: Address = Address::repeat_byte(0x77);

#[tokio::test]
async fn alloy_fills_signs_sends_and_reads_arbitrum_blocks() {
    let node = DevNode::start(Options::default()).expect("the node starts");
    let signer = PrivateKeySigner::from_bytes(&DEV_KEY).expect("a key");
    let url = node.http_url().parse().expect("a URL");
    let provider = ProviderBuilder::new().wallet(signer).connect_http(url);
    let tx = TransactionRequest::default()
        .with_to(SOMEBODY)
        .with_value(U256::from(5));
    let receipt = provider
        .send_transaction(tx)
        .await
        .expect("sends")
        .get_receipt()
        .await
        .expect("mined");
    assert!(receipt.status());
    assert_eq!(
        provider.get_balance(SOMEBODY).await.expect("a balance"),
        U256::from(5)
    );
    let fees = provider.estimate_eip1559_fees().await.expect("fees");
    assert!(fees.max_fee_per_gas >= 100_000_000);
    let url = node.http_url().parse().expect("a URL");
    let any = ProviderBuilder::new()
        .network::<AnyNetwork>()
        .connect_http(url);
    let block = any
        .get_block(1.into())
        .full()
        .await
        .expect("answers")
        .expect("a block");
    assert_eq!(block.transactions.len(), 2);
    assert!(block.other.contains_key("sendRoot"));
}
