//! Two chains for a test, and the system on them.

use std::{path::Path, sync::LazyLock};

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    rpc::{client::RpcClient, json_rpc::RpcSend},
};
use confluence::{
    client::{L1, L2},
    plan::{Artifacts, Beginning, Parameters, Staking, System, SystemInputs, deploy_system},
    progress::Progress,
};
use confluence_abi::{IController, ILegacyLoaders, ILegacyRoundsManager};
use confluence_devnode::{
    Options,
    bridge::{L1Options, TwoChains},
};
use serde_json::Value;

/// L1's chain id in the built-in network `devnet`.
const DEVNET_L1: u64 = 31_337;

/// Wei that the frozen system holds: far more than what tickets give back.
pub(crate) const ETHER: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);

/// Built once for all tests here.
pub(crate) static ARTIFACTS: LazyLock<Artifacts> = LazyLock::new(|| {
    Artifacts::build(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::silent()).expect("built")
});
pub(crate) static PARAMETERS: LazyLock<Parameters> = LazyLock::new(Parameters::default);

/// One of the methods with which a test sets what it needs, at a node.
pub(crate) async fn set<P: RpcSend>(url: &str, method: &'static str, params: P) {
    let client = RpcClient::new_http(url.parse().expect("a URL"));
    let answer: Result<Value, _> = client.request(method, params).await;
    answer.expect("it answers");
}

pub(crate) struct Chains {
    pub(crate) pair: TwoChains,
    pub(crate) l1: L1,
    pub(crate) l2: L2,
    pub(crate) on_l1: Address,
    pub(crate) on_l2: Address,
}

impl Chains {
    pub(crate) async fn start() -> Self {
        let pair = TwoChains::start_with(Options {
            l1: Some(L1Options {
                chain_id: DEVNET_L1,
                ..L1Options::default()
            }),
            ..Options::default()
        });
        let pair = pair.expect("both chains");
        let l1 = L1::connect(&pair.l1_url(), None, None).await.expect("L1");
        let l2 = L2::connect(&pair.l2_url(), None, None).await.expect("L2");
        let on_l1 = l1.unlocked().await.expect("a list")[0];
        let on_l2 = l2.unlocked().await.expect("a list")[1];
        Self {
            l1: l1.with_unlocked(on_l1),
            l2: l2.with_unlocked(on_l2),
            pair,
            on_l1,
            on_l2,
        }
    }

    pub(crate) async fn system(&self, l1_owner: Address) -> System {
        self.another_system(l1_owner, B256::ZERO).await
    }

    pub(crate) async fn another_system(&self, l1_owner: Address, salt: B256) -> System {
        let inputs = SystemInputs {
            artifacts: &ARTIFACTS,
            parameters: &PARAMETERS,
            inbox: self.pair.contracts().inbox,
            staking: Staking::StandIn(Beginning::default()),
            l1_owner,
            governor_owner: self.on_l2,
            salt,
            hand_over: true,
        };
        let system = deploy_system(&self.l1, &self.l2, &inputs).await;
        system.expect("both sides")
    }

    /// A system whose staking is loaded with two accounts and frozen: ready for the switch-over.
    pub(crate) async fn frozen(&self) -> System {
        let system = self.system(self.on_l1).await;
        let orchestrator = Address::repeat_byte(1);
        let loaded = |who, stake| ILegacyLoaders::LoadedDelegator {
            who,
            delegate: orchestrator,
            stake,
            fees: 5,
        };
        let load = ILegacyLoaders::loadDelegatorsCall {
            loaded: vec![
                loaded(orchestrator, 300),
                loaded(Address::repeat_byte(2), 70),
            ],
        };
        let staking = system.livepeer.bonding_manager;
        let loaded = self.l1.transact(staking, &load, U256::ZERO).await;
        loaded.expect("loads");
        let ether = ILegacyLoaders::loadSendersCall { loaded: Vec::new() };
        let broker = system.livepeer.ticket_broker;
        let loaded = self.l1.transact(broker, &ether, ETHER).await;
        loaded.expect("the fees");
        let round = self.legacy_round(&system).await;
        system.freeze(&self.l1, round).await.expect("freezes");
        system
    }

    /// The round on L1.
    pub(crate) async fn legacy_round(&self, system: &System) -> u64 {
        let rounds = IController::getContractCall {
            id: keccak256("RoundsManager"),
        };
        let rounds = self.l1.read(system.livepeer.controller, &rounds).await;
        let call = ILegacyRoundsManager::currentRoundCall {};
        let round = self.l1.read(rounds.expect("registered"), &call).await;
        round.expect("a round").to()
    }
}
