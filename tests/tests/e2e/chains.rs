//! The two chains under test: a pair of our own, or those that the environment names.
//! Always holds: time moves only on a pair of our own.

use std::{env, path::Path, sync::LazyLock};

use alloy::{primitives::Address, signers::local::PrivateKeySigner};
use confluence::{keys, network::Network, plan::Artifacts, progress::Progress};
use confluence_devnode::bridge::TwoChains;

/// Where to find both chains, and who pays.
#[derive(Debug)]
pub(crate) struct Chains {
    pub(crate) l1_url: String,
    pub(crate) l2_url: String,
    pub(crate) inbox: Address,
    /// Has ether on both.
    pub(crate) funder: PrivateKeySigner,
    /// Runs as long as this is held; `None` for chains of others.
    pub(crate) pair: Option<TwoChains>,
}

/// Everything that is deployed, built once a process.
pub(crate) static ARTIFACTS: LazyLock<Artifacts> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    Artifacts::build(folder, &Progress::silent()).expect("contracts and programs are built")
});

/// Whether the environment names chains.
pub(crate) fn is_live() -> bool {
    env::var_os("CONFLUENCE_L1_RPC").is_some()
}

impl Chains {
    /// A pair of our own.
    pub(crate) fn local() -> Chains {
        let pair = TwoChains::start().expect("both chains start");
        let keys: Vec<_> = pair.l2().wallet().keys().collect();
        // The first is L2's own, the second the mnemonic's first, which is rich on both.
        let (_, key) = keys[1];
        Chains {
            l1_url: pair.l1_url(),
            l2_url: pair.l2_url(),
            inbox: pair.contracts().inbox,
            funder: PrivateKeySigner::from_bytes(&key).expect("a key"),
            pair: Some(pair),
        }
    }

    /// Those that the environment names.
    pub(crate) fn live() -> Chains {
        let read = |name: &str| env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
        let network = env::var("CONFLUENCE_NETWORK").ok();
        let inbox = match (env::var("CONFLUENCE_INBOX"), network) {
            (Ok(inbox), _) => inbox.parse().expect("CONFLUENCE_INBOX is an address"),
            (Err(_), Some(name)) => {
                let network = Network::load(&name).expect("a network");
                network.l1.inbox.expect("the network file names an inbox")
            }
            _ => panic!("neither CONFLUENCE_INBOX nor CONFLUENCE_NETWORK (sepolia) is set"),
        };
        Chains {
            l1_url: read("CONFLUENCE_L1_RPC"),
            l2_url: read("CONFLUENCE_L2_RPC"),
            inbox,
            funder: read(keys::KEY_VAR).trim().parse().expect("a private key"),
            pair: None,
        }
    }
}
