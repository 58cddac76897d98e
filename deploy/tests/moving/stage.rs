//! Two chains with the whole system and a small population, before or after the switch-over, and the command beside them.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
    time::Duration,
};

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, U256, keccak256},
    rpc::client::RpcClient,
    signers::local::PrivateKeySigner,
};
use confluence::{
    client::{L1, L2},
    plan::{
        Artifacts, Beginning, Contract, L1Origin, L1Record, Manifest, Parameters, Staking, State,
        System, SystemInputs, deploy_system,
    },
    progress::Progress,
    snapshot::{Leaf, root_of},
    switchover::{Following, Places, ahead, follow, start},
};
use confluence_abi::{IController, ILegacyLoaders, ILegacyRoundsManager, IRoundsManager};
use confluence_devnode::bridge::TwoChains;
use serde_json::Value;
use snapbox::cmd::Command;
use tempfile::TempDir;

use crate::command::confluence;

static ARTIFACTS: LazyLock<Artifacts> = LazyLock::new(|| {
    Artifacts::build(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::silent()).expect("built")
});
static PARAMETERS: LazyLock<Parameters> = LazyLock::new(|| Parameters {
    round_blocks: ROUND_BLOCKS,
    ..Parameters::default()
});

/// L1 blocks a round: more than a test's transactions make.
pub(crate) const ROUND_BLOCKS: u64 = 1_000;

/// 10^18.
pub(crate) const UNIT: u128 = 1_000_000_000_000_000_000;
/// A contract that answers everything with ERC-1271's yes, and takes ether.
const YES: &[u8] = &[
    0x63, 0x16, 0x26, 0xba, 0x7e, 0x60, 0xe0, 0x1b, 0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xf3,
];

/// Who takes part, by the byte that their key is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person(u8);

pub(crate) const ORCHESTRATOR: Person = Person(0x11);
pub(crate) const DELEGATOR: Person = Person(0x22);
pub(crate) const OTHER: Person = Person(0x33);
pub(crate) const BROADCASTER: Person = Person(0x44);
pub(crate) const PAYER: Person = Person(0x55);
/// Has no ether anywhere.
pub(crate) const POOR: Person = Person(0x66);

impl Person {
    pub(crate) fn key(self) -> B256 {
        B256::repeat_byte(self.0)
    }

    /// What its key is made of, and the number of its key file.
    pub(crate) fn byte(self) -> u8 {
        self.0
    }

    pub(crate) fn address(self) -> Address {
        let key = PrivateKeySigner::from_bytes(&self.key());
        key.expect("a key").address()
    }
}

/// A contract that moves stake: it answers for every signature.
pub(crate) const WALLET: Address = Address::repeat_byte(0x77);

pub(crate) struct Stage {
    pub(crate) pair: TwoChains,
    pub(crate) l1: L1,
    pub(crate) l2: L2,
    pub(crate) system: System,
    pub(crate) l1_owner: Address,
    pub(crate) on_l2: Address,
    folder: TempDir,
}

/// What the command said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        serde_json::from_str(&self.out).expect("one document")
    }
}

const fn lpt(amount: u128) -> u128 {
    amount * UNIT
}

impl Stage {
    /// Everything deployed and frozen, with migrations open.
    pub(crate) async fn open() -> Self {
        let stage = Self::closed().await;
        stage.switch_over().await;
        stage
    }

    /// Everything deployed and frozen, before the switch-over.
    pub(crate) async fn closed() -> Self {
        let pair = TwoChains::start().expect("both chains");
        let l1 = L1::connect(&pair.l1_url(), None, None).await.expect("L1");
        let l2 = L2::connect(&pair.l2_url(), None, None).await.expect("L2");
        let on_l1 = l1.unlocked().await.expect("a list")[0];
        let on_l2 = l2.unlocked().await.expect("a list")[1];
        let (l1, l2) = (l1.with_unlocked(on_l1), l2.with_unlocked(on_l2));
        let inputs = SystemInputs {
            artifacts: &ARTIFACTS,
            parameters: &PARAMETERS,
            inbox: pair.contracts().inbox,
            staking: Staking::StandIn(Beginning::default()),
            l1_owner: on_l1,
            governor_owner: on_l2,
            salt: B256::ZERO,
            hand_over: true,
        };
        let system = deploy_system(&l1, &l2, &inputs).await.expect("both sides");
        let stage = Self {
            pair,
            l1,
            l2,
            system,
            l1_owner: on_l1,
            on_l2,
            folder: tempfile::tempdir().expect("a folder"),
        };
        stage.populate().await;
        stage.write_files();
        stage.write_manifest().await;
        stage
    }

    async fn populate(&self) {
        let ether = U256::from(20 * UNIT);
        for person in [ORCHESTRATOR, DELEGATOR, OTHER, BROADCASTER, PAYER] {
            let to = Some(person.address());
            let sent = self.l1.send("a gift", to, Bytes::new(), ether).await;
            sent.expect("is mined");
            let sent = self.l2.send("a gift", to, Bytes::new(), ether).await;
            sent.expect("is mined");
        }
        self.on_l1("anvil_setCode", (WALLET, Bytes::from_static(YES)))
            .await;
        let rich = (WALLET, U256::from(5 * UNIT));
        self.on_l1("anvil_setBalance", rich).await;

        let bonding = self.system.livepeer.bonding_manager;
        let call = ILegacyLoaders::loadDelegatorsCall {
            loaded: self.leaves().iter().map(loaded).collect(),
        };
        let sent = self.l1.transact(bonding, &call, U256::ZERO).await;
        sent.expect("delegators");
        let lock = |amount, withdraw_round| ILegacyLoaders::LoadedLock {
            who: DELEGATOR.address(),
            amount,
            withdrawRound: withdraw_round,
        };
        let call = ILegacyLoaders::loadUnbondingLocksCall {
            loaded: vec![lock(lpt(7), 2400), lock(lpt(9), 2470)],
        };
        let sent = self.l1.transact(bonding, &call, U256::ZERO).await;
        sent.expect("locks");
        let call = ILegacyLoaders::loadSendersCall {
            loaded: vec![ILegacyLoaders::LoadedSender {
                who: BROADCASTER.address(),
                deposit: 2 * UNIT,
                reserve: 3 * UNIT,
            }],
        };
        let broker = self.system.livepeer.ticket_broker;
        // deposit, reserve, and everybody's fees
        let sent = self.l1.transact(broker, &call, U256::from(15 * UNIT)).await;
        sent.expect("senders");

        let id = keccak256("RoundsManager");
        let rounds = IController::getContractCall { id };
        let controller = self.system.livepeer.controller;
        let rounds = self.l1.read(controller, &rounds).await.expect("registered");
        let round = self
            .l1
            .read(rounds, &ILegacyRoundsManager::currentRoundCall {});
        let round = round.await.expect("a round").to();
        self.system.freeze(&self.l1, round).await.expect("freezes");
    }

    /// The population, as the snapshot has it.
    pub(crate) fn leaves(&self) -> Vec<Leaf> {
        let with = ORCHESTRATOR.address();
        [
            (with, lpt(1_000), UNIT),
            (DELEGATOR.address(), lpt(300), UNIT / 2),
            (OTHER.address(), lpt(200), 0),
            (WALLET, lpt(50), UNIT / 4),
            (POOR.address(), lpt(10), 0),
        ]
        .into_iter()
        .map(|(who, stake, fees)| Leaf::new(who, with, U256::from(stake), U256::from(fees)))
        .collect()
    }

    /// The manifest, as `deploy apply` writes it.
    async fn write_manifest(&self) {
        let (livepeer, deployer) = (self.system.livepeer, self.l1_owner);
        let is_first = |nonce: &u64| deployer.create(*nonce) == self.system.l1.escrow;
        let origin = L1Origin {
            chain_id: self.l1.chain_id(),
            inbox: self.system.inbox,
            router: Address::ZERO,
            l2_router: Address::ZERO,
            livepeer,
            deployer,
            owner: deployer,
            first_nonce: (0..1_000).find(is_first).expect("its nonce"),
        };
        let record = L1Record::of(&self.l1, origin).await.expect("L1's side");
        let state = State::new(
            "test".to_owned(),
            self.l2.chain_id(),
            self.on_l2,
            self.on_l2,
            B256::ZERO,
            FixedBytes::ZERO,
            ARTIFACTS.digest(),
            PARAMETERS.clone(),
        );
        let (state, book) = (state.with_l1(origin), &self.system.l2);
        let manifest = Manifest::of(&self.l2, &state, book, Some(record), "test".to_owned());
        let manifest = manifest.await.expect("L2's side");
        let file = self.file("deployment.json");
        manifest.write(&file).expect("written");
    }

    fn write_files(&self) {
        for person in [ORCHESTRATOR, DELEGATOR, OTHER, BROADCASTER, PAYER, POOR] {
            let name = format!("key-{}", person.0);
            self.write(&name, &person.key().to_string());
        }
        let leaves = self.leaves();
        let hexed: Vec<String> = leaves
            .iter()
            .map(|leaf| alloy::hex::encode_prefixed(leaf.as_bytes()))
            .collect();
        let list = serde_json::to_string_pretty(&hexed).expect("JSON");
        self.write("list.json", &list);
        let network = format!(
            "name = \"test\"\n[l1]\nname = \"L1\"\nchain_id = {}\nblock_seconds = 12\nrpc = \"{}\"\ninbox = \"{}\"\nmigrator = \"{}\"\n[l2]\nname = \"L2\"\nchain_id = {}\nrpc = \"{}\"\n[migration]\nname = \"LIP-73\"\nsnapshot_round = 2466\nsnapshot_leaves = {}\nsnapshot_root = \"{}\"\n",
            self.l1.chain_id(),
            self.pair.l1_url(),
            self.system.inbox,
            self.system.l1.migrator,
            self.l2.chain_id(),
            self.pair.l2_url(),
            leaves.len(),
            root_of(&leaves).expect("leaves"),
        );
        self.write("network.toml", &network);
    }

    /// What LPT and ether are on L1 goes to L2, and L2 starts.
    pub(crate) async fn switch_over(&self) {
        let places = Places::of(&self.system).expect("two sides");
        let owner = self.l1.from().expect("an account");
        let ahead = ahead(&self.l1, &self.l2, &places, owner, owner).await;
        let started = start(&self.l1, &places, &ahead.expect("can start")).await;
        let started = started.expect("starts");
        let how = Following {
            patience: Duration::from_mins(1),
            redeem: true,
        };
        let followed = follow(&self.l1, &self.l2, &places, started.hash, how, |_| ()).await;
        assert!(followed.expect("arrives").complete);
        self.pass_round();
        self.begin_round().await;
    }

    /// As many blocks as a round has.
    pub(crate) fn pass_round(&self) {
        let follower = self.pair.follower();
        follower
            .advance(ROUND_BLOCKS * 12, ROUND_BLOCKS)
            .expect("advanced");
    }

    /// Somebody begins L2's round, as orchestrators do every day.
    pub(crate) async fn begin_round(&self) {
        let rounds = self.at(Contract::RoundsManager);
        let call = IRoundsManager::initializeRoundCall {};
        let sent = self.l2.transact(rounds, &call, U256::ZERO).await;
        sent.expect("a round");
    }

    pub(crate) fn at(&self, contract: Contract) -> Address {
        self.system.l2.at(contract).expect("deployed")
    }

    /// A file of this stage's folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.file(name), text).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> Value {
        let text = std::fs::read_to_string(self.file(name)).expect("written");
        serde_json::from_str(&text).expect("JSON")
    }

    /// The command on these chains; `@NAME` stands for a file of the folder.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let words: Vec<String> = arguments
            .split_whitespace()
            .map(|word| match word.strip_prefix('@') {
                Some(name) => self.file(name).display().to_string(),
                None => word.to_owned(),
            })
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        confluence(&words)
            .env("CONFLUENCE_NETWORK", self.file("network.toml"))
            .env(
                "CONFLUENCE_CONTROLLER",
                self.at(Contract::Controller).to_string(),
            )
    }

    /// Runs the command.
    pub(crate) fn run(&self, arguments: &str) -> Said {
        said(self.command(arguments))
    }

    /// Runs a verb that sends, as somebody.
    pub(crate) fn run_as(&self, who: Person, arguments: &str) -> Said {
        self.run(&format!("{arguments} --key-file @key-{} --yes", who.0))
    }

    /// One of anvil's own methods: what a test sets on L1.
    pub(crate) async fn on_l1<
        P: serde::Serialize + Clone + std::fmt::Debug + Send + Sync + Unpin,
    >(
        &self,
        method: &'static str,
        params: P,
    ) {
        set(&self.pair.l1_url(), method, params).await;
    }

    /// Runs a verb that must not send anything, as somebody; its exit code and what it says.
    pub(crate) async fn refused(&self, who: Person, arguments: &str) -> (i32, String) {
        let nonces = async || {
            let (on_l1, on_l2) = (
                self.l1.nonce(who.address()).await,
                self.l2.nonce(who.address()).await,
            );
            (on_l1.expect("a nonce"), on_l2.expect("a nonce"))
        };
        let before = nonces().await;
        let said = self.run_as(who, arguments);
        assert_eq!(before, nonces().await, "something was sent: {}", said.err);
        assert_ne!(said.code, 0, "{}", said.out);
        assert_eq!(said.out, "", "stdout is for results");
        (said.code, said.err)
    }
}

/// Runs a command; what it said.
pub(crate) fn said(command: Command) -> Said {
    let output = command.output().expect("it runs");
    Said {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// One of the methods with which a test sets what it needs, at a node.
pub(crate) async fn set<P: serde::Serialize + Clone + std::fmt::Debug + Send + Sync + Unpin>(
    url: &str,
    method: &'static str,
    params: P,
) {
    let client = RpcClient::new_http(url.parse().expect("a URL"));
    let answer: Value = client.request(method, params).await.expect("it answers");
    assert!(answer.is_null() || answer == true, "{answer}");
}

fn loaded(leaf: &Leaf) -> ILegacyLoaders::LoadedDelegator {
    ILegacyLoaders::LoadedDelegator {
        who: leaf.delegator(),
        delegate: leaf.delegate(),
        stake: leaf.stake().to(),
        fees: leaf.fees().to(),
    }
}
