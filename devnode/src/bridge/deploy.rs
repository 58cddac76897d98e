//! Puts Arbitrum's Bridge, Inbox and Outbox on L1, unmodified, behind the same proxies as everywhere, owned by our
//! stand-in for the rollup.
//!
//! Always holds: addresses follow from the rollup key's nonce alone, so on a fresh L1 they are the same every time; message
//! 0 is the one that initialises a chain, as on real chains, so users' messages begin at 1.

use alloy_primitives::{Address, B256, Bytes, U256, b256, hex, keccak256};
use alloy_sol_types::{SolCall as _, SolValue as _};
use serde_json::json;

use crate::chain::ETHER;

use super::{abi, contracts::Contracts, error::BridgeError, l1::L1, npm};

/// The key that deploys and posts roots on development chains. Public: it must never hold anything of value.
pub const ROLLUP_KEY: B256 =
    b256!("c0f1ce0ced0000000000000000000000000000000000000000000000000000d5");

/// Creation code of `rollup/Rollup.sol`; a test compiles it again.
const ROLLUP: &str = include_str!("rollup/Rollup.hex");
/// Most bytes of a message that the Inbox takes (as on Ethereum).
const MAX_DATA_SIZE: u64 = 117_964;
/// Kind of the message that initialises a chain.
const INITIALIZE: u8 = 11;
/// Enough for any of the contracts, and below EIP-7825's cap.
const CREATION_GAS: u64 = 8_000_000;
const CALL_GAS: u64 = 500_000;
/// What the whole deployment takes, generously.
const DEPLOYMENT_GAS: u64 = 30_000_000;
/// Ether that development chains give the rollup key.
const ALLOWANCE: u64 = 1_000_000;

/// A step of the deployment.
struct Step {
    what: &'static str,
    to: Option<Address>,
    data: Bytes,
}

impl Step {
    fn create(what: &'static str, code: &[u8], constructor: &[u8]) -> Self {
        Self {
            what,
            to: None,
            data: [code, constructor].concat().into(),
        }
    }

    fn call(what: &'static str, to: Address, data: Vec<u8>) -> Self {
        Self {
            what,
            to: Some(to),
            data: data.into(),
        }
    }
}

/// Where the contracts of a deployment that starts at `nonce` are; the first three are implementations, then the
/// proxies' admin.
fn addresses(account: Address, nonce: u64) -> ([Address; 4], Contracts) {
    let at = |step: u64| account.create(nonce + step);
    let contracts = Contracts {
        rollup: at(4),
        bridge: at(5),
        inbox: at(6),
        outbox: at(7),
        deployed_at: 0,
    };
    ([at(0), at(1), at(2), at(3)], contracts)
}

fn steps(account: Address, nonce: u64) -> Result<Vec<Step>, BridgeError> {
    use abi::constructor::{Inbox, Proxy, Rollup};
    let (implementations, to) = addresses(account, nonce);
    let [bridge, inbox, outbox, admin] = implementations;
    let transparent = "@openzeppelin/contracts/proxy/transparent";
    let proxy = npm::creation_code(&format!("{transparent}/TransparentUpgradeableProxy.sol"))?;
    let proxied = |what, implementation, data: Vec<u8>| {
        let data = data.into();
        let constructor = Proxy {
            implementation,
            admin,
            data,
        };
        Step::create(what, &proxy, &constructor.abi_encode_params())
    };
    let rollup = hex::decode(ROLLUP.trim()).map_err(|error| BridgeError::File {
        path: "Rollup.hex".into(),
        why: error.to_string(),
    })?;
    let owns = Rollup {
        bridge: to.bridge,
        inbox: to.inbox,
        outbox: to.outbox,
    };
    let limit = Inbox {
        maxDataSize: U256::from(MAX_DATA_SIZE),
    };
    let start_bridge = abi::initializeCall { rollup: to.rollup }.abi_encode();
    let start_inbox = abi::inbox::initializeCall {
        bridge: to.bridge,
        sequencerInbox: Address::ZERO,
    }
    .abi_encode();
    let start_outbox = abi::outbox::initializeCall { bridge: to.bridge }.abi_encode();
    let allow = |inbox, enabled| abi::setDelayedInboxCall { inbox, enabled }.abi_encode();
    let execute = abi::setOutboxCall {
        outbox: to.outbox,
        enabled: true,
    };
    let initialize = abi::enqueueDelayedMessageCall {
        kind: INITIALIZE,
        sender: Address::ZERO,
        messageDataHash: keccak256([]),
    };
    Ok(vec![
        Step::create("Bridge", &npm::creation_code("src/bridge/Bridge.sol")?, &[]),
        Step::create(
            "Inbox",
            &npm::creation_code("src/bridge/Inbox.sol")?,
            &limit.abi_encode(),
        ),
        Step::create("Outbox", &npm::creation_code("src/bridge/Outbox.sol")?, &[]),
        Step::create(
            "ProxyAdmin",
            &npm::creation_code(&format!("{transparent}/ProxyAdmin.sol"))?,
            &[],
        ),
        Step::create("Rollup", &rollup, &owns.abi_encode()),
        proxied("Bridge's proxy", bridge, start_bridge),
        proxied("Inbox's proxy", inbox, start_inbox),
        proxied("Outbox's proxy", outbox, start_outbox),
        Step::call("allow the Inbox", to.bridge, allow(to.inbox, true)),
        Step::call("allow the Outbox", to.bridge, execute.abi_encode()),
        Step::call("allow message 0", to.bridge, allow(account, true)),
        Step::call("message 0", to.bridge, initialize.abi_encode()),
        Step::call("end message 0", to.bridge, allow(account, false)),
    ])
}

/// The contracts of this key on an L1 that may have them already.
pub(super) fn find_or_deploy(l1: &L1) -> Result<Contracts, BridgeError> {
    let (_, first) = addresses(l1.account(), 0);
    if l1.code(first.outbox)?.is_empty() {
        deploy(l1)
    } else {
        Ok(first)
    }
}

fn deploy(l1: &L1) -> Result<Contracts, BridgeError> {
    let price = l1.gas_price()?;
    fund(l1, price)?;
    let nonce = l1.nonce()?;
    let Some(before) = l1.block(None)? else {
        return Err(BridgeError::L1 {
            method: "eth_getBlockByNumber".into(),
            why: "it has no block".into(),
        });
    };
    let mut sent = Vec::new();
    for (step, nonce) in steps(l1.account(), nonce)?.into_iter().zip(nonce..) {
        let gas = if step.to.is_some() {
            CALL_GAS
        } else {
            CREATION_GAS
        };
        sent.push((step.what, l1.send(nonce, step.to, step.data, gas, price)?));
    }
    for (what, hash) in sent {
        l1.mined(what, hash)?;
    }
    let (_, contracts) = addresses(l1.account(), nonce);
    Ok(Contracts {
        deployed_at: before.number,
        ..contracts
    })
}

/// Sees that the rollup key can pay: development nodes give it ether, others must have.
fn fund(l1: &L1, price: u128) -> Result<(), BridgeError> {
    let balance = || l1.ask::<U256>("eth_getBalance", json!([l1.account(), "latest"]));
    let want = U256::from(DEPLOYMENT_GAS) * U256::from(price);
    if balance()? < want {
        // Whoever does not know the method is a real node.
        let allowance = U256::from(ALLOWANCE) * ETHER;
        let _ = l1.ask::<serde_json::Value>("anvil_setBalance", json!([l1.account(), allowance]));
    }
    let have = balance()?;
    if have < want {
        return Err(BridgeError::Poor {
            account: l1.account(),
            have,
            want,
        });
    }
    Ok(())
}

/// Checks that the contracts are there and ours to post roots to.
pub(super) fn check(l1: &L1, contracts: &Contracts) -> Result<(), BridgeError> {
    let named = [
        ("Bridge", contracts.bridge),
        ("Inbox", contracts.inbox),
        ("Outbox", contracts.outbox),
        ("rollup", contracts.rollup),
    ];
    for (what, address) in named {
        if l1.code(address)?.is_empty() {
            return Err(BridgeError::NoContract { what, address });
        }
    }
    let answer = l1.call(contracts.rollup, &abi::ownerCall {}.abi_encode())?;
    let owner = abi::ownerCall::abi_decode_returns(&answer).map_err(|_| BridgeError::L1 {
        method: "owner() of the rollup".into(),
        why: "it gives no address".into(),
    })?;
    if owner != l1.account() {
        return Err(BridgeError::OtherOwner {
            owner,
            key: l1.account(),
        });
    }
    Ok(())
}
