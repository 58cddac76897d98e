//! Which methods the node has, by name: what tools and Nitro's own clients call. None of the lists is derived from the node.

use serde_json::json;

use super::client::Client;

/// Nitro's namespaces, as far as they make sense on a node without a parent chain of its own and without classic blocks.
const NITRO: &str = "
web3_clientVersion web3_sha3
net_version net_listening net_peerCount
rpc_modules
eth_accounts eth_blockNumber eth_call eth_chainId eth_createAccessList eth_estimateGas eth_feeHistory eth_gasPrice
eth_getBalance eth_getBlockByHash eth_getBlockByNumber eth_getBlockReceipts eth_getBlockTransactionCountByHash
eth_getBlockTransactionCountByNumber eth_getCode eth_getFilterChanges eth_getFilterLogs eth_getHeaderByHash
eth_getHeaderByNumber eth_getLogs eth_getRawTransactionByHash eth_getStorageAt eth_getTransactionByBlockHashAndIndex
eth_getTransactionByBlockNumberAndIndex eth_getTransactionByHash eth_getTransactionCount eth_getTransactionReceipt
eth_getUncleByBlockHashAndIndex eth_getUncleByBlockNumberAndIndex eth_getUncleCountByBlockHash
eth_getUncleCountByBlockNumber eth_maxPriorityFeePerGas eth_newBlockFilter eth_newFilter
eth_newPendingTransactionFilter eth_pendingTransactions eth_sendRawTransaction eth_sendTransaction eth_sign
eth_signTransaction eth_signTypedData_v4 eth_syncing eth_uninstallFilter
personal_sign personal_ecRecover personal_listAccounts
arb_checkPublisherHealth arb_getRawBlockMetadata arb_maintenanceStatus
debug_getRawBlock debug_getRawHeader debug_getRawReceipts debug_getRawTransaction
debug_traceBlockByHash debug_traceBlockByNumber debug_traceCall debug_traceTransaction
txpool_content txpool_status
";

/// What tests written for hardhat or anvil call.
const TEST_NODES: &str = "
evm_increaseTime evm_mine evm_revert evm_setAutomine evm_setIntervalMining evm_setNextBlockTimestamp evm_snapshot
hardhat_autoImpersonateAccount hardhat_dropTransaction hardhat_getAutomine hardhat_impersonateAccount hardhat_mine
hardhat_setBalance hardhat_setCode hardhat_setNonce hardhat_setStorageAt hardhat_stopImpersonatingAccount
anvil_autoImpersonateAccount anvil_dropTransaction anvil_getAutomine anvil_getIntervalMining anvil_impersonateAccount
anvil_increaseTime anvil_mine anvil_removeBlockTimestampInterval anvil_setAutomine anvil_setBalance
anvil_setBlockTimestampInterval anvil_setCode anvil_setIntervalMining anvil_setNextBlockTimestamp anvil_setNonce
anvil_setStorageAt anvil_setTime anvil_stopImpersonatingAccount
";

/// What a real node has and this one cannot: other people's nodes, keys on disk, consensus, classic blocks.
const ABSENT: &str = "
eth_mining eth_hashrate eth_coinbase eth_getWork eth_protocolVersion eth_getProof_v2 eth_sendBundle
admin_addPeer admin_nodeInfo miner_start clique_status engine_newPayloadV1 personal_newAccount personal_unlockAccount
arbtrace_call hardhat_nothing anvil_nothing evm_nothing debug_nothing rpc_nothing nonsense
";

/// Whether a method is there. One argument too many keeps what is there from doing anything.
fn is_there(client: &Client, method: &str) -> bool {
    let too_many = json!([0, 0, 0, 0, 0, 0, 0]);
    let error = client.try_call(method, &too_many).expect_err(method);
    match error.code {
        -32601 => {
            let expected = format!("the method {method} does not exist/is not available");
            assert_eq!(error.message, expected);
            false
        }
        _ => {
            assert_eq!(error.code, -32602, "{method}: {}", error.message);
            true
        }
    }
}

#[test]
fn every_method_that_tools_call_is_there() {
    let client = Client::start();
    for method in NITRO
        .split_whitespace()
        .chain(TEST_NODES.split_whitespace())
    {
        assert!(is_there(&client, method), "{method} is missing");
    }
}

#[test]
fn a_method_that_is_not_there_is_said_to_be_missing() {
    let client = Client::start();
    for method in ABSENT.split_whitespace() {
        assert!(!is_there(&client, method), "{method} is there");
    }
}
