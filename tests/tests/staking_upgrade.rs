//! Upgrades, on a devnode: every proxied program's state survives one, only the Governor makes one, and an implementation belongs
//! to nobody.

use alloy::primitives::{Address, B256, Bytes, U256, b256};
use alloy::sol_types::SolCall;
use confluence::client::ClientError;
use confluence::l2::{self, L2};
use confluence::plan::{
    self, Artifacts, Book, Contract, Inputs, L1Side, OnL1, Parameters, People, Place,
};
use confluence::progress::Progress;
use confluence_abi::{IBondingManager, IRoundsManager, IServiceRegistry};
use confluence_devnode::{DevNode, Options};
use std::path::Path;

/// Where a proxy keeps its implementation (ERC-1967).
const IMPLEMENTATION_SLOT: B256 =
    b256!("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc");

alloy::sol! {
    /// OpenZeppelin's owner of a TransparentUpgradeableProxy.
    interface ProxyAdmin {
        function upgradeAndCall(address proxy, address implementation, bytes data) external payable;
        function owner() external view returns (address);
    }
}

struct Stage {
    node: DevNode,
    /// Sends as the Governor's owner.
    l2: L2,
    /// Sends as nobody in particular.
    stranger: L2,
    book: Book,
    nonce: u64,
}

/// L1's side, of which nothing here is called; with it L2Migrator is deployed too.
fn somewhere_on_l1() -> OnL1 {
    let at = Address::repeat_byte;
    OnL1 {
        token: at(0xa1),
        l2_router: at(0xa2),
        side: L1Side {
            escrow: at(0xa3),
            gateway: at(0xa4),
            migrator: at(0xa5),
            bridge_minter: at(0xa6),
            data_cache: at(0xa7),
            switch_over: at(0xa8),
        },
    }
}

impl Stage {
    /// A deployment whose power is with the Governor.
    async fn new() -> Self {
        let artifacts =
            Artifacts::build(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::silent())
                .expect("programs");
        let node = DevNode::start(Options::default()).expect("a node");
        // On a chain whose L1 has no block yet, a batch staged without delay counts as not staged.
        node.chain().write().set_l1_block(100);
        node.chain().write().mine();
        let l2 = L2::connect(&node.http_url(), None, None).await.expect("L2");
        let accounts = l2.unlocked().await.expect("accounts");
        let [owner, somebody, ..] = accounts[..] else {
            panic!("a development node has accounts")
        };
        let (l2, stranger) = (l2.with_unlocked(owner), l2.with_unlocked(somebody));
        let inputs = Inputs {
            artifacts: &artifacts,
            parameters: &Parameters::default(),
            people: People {
                deployer: owner,
                governor_owner: owner,
            },
            l1: Some(somewhere_on_l1()),
            salt: B256::ZERO,
            commit: Default::default(),
            hand_over: true,
        };
        let book = plan::deploy_l2(&l2, &inputs).await.expect("a deployment");
        Stage {
            node,
            l2,
            stranger,
            book,
            nonce: 0,
        }
    }

    fn proxied(&self) -> Vec<(Contract, Place)> {
        let all = self.book.iter();
        all.filter(|(_, place)| place.implementation.is_some())
            .collect()
    }

    /// Everything a contract stores but where its implementation is.
    fn state(&self, of: Address) -> Vec<(U256, U256)> {
        let chain = self.node.chain().read();
        let mut slots = chain
            .storage_all(of, alloy::eips::BlockId::latest())
            .expect("the newest block is there");
        slots.retain(|(slot, _)| *slot != U256::from_be_bytes(IMPLEMENTATION_SLOT.0));
        slots
    }

    fn implementation(&self, of: Address) -> Address {
        let chain = self.node.chain().read();
        let slot = IMPLEMENTATION_SLOT.into();
        let word = chain.storage(of, slot, alloy::eips::BlockId::latest());
        Address::from_word(word.expect("the newest block is there"))
    }

    /// A batch of one call, through the Governor.
    async fn govern(&mut self, to: Address, call: &impl SolCall) -> Result<(), ClientError> {
        let governor = self.book.at(Contract::Governor).expect("deployed");
        let calls = vec![(to, Bytes::from(call.abi_encode()))];
        self.nonce += 1;
        plan::govern(&self.l2, governor, calls, U256::from(self.nonce)).await
    }

    /// The same program at another address, as the next version of it.
    async fn next_version(&self, of: Address) -> Address {
        let code = self.l2.code(of).await.expect("code");
        let salt = B256::repeat_byte(0x77);
        let deployed = l2::deploy_at(&self.l2, &code, None, salt).await;
        deployed.expect("a second deployment").address
    }
}

/// Its initializer, with `attacker` wherever it takes an address.
fn initializer(contract: Contract, attacker: Address) -> Vec<u8> {
    match contract {
        Contract::RoundsManager => IRoundsManager::initializeCall {
            controller_: attacker,
            blockHash_: attacker,
        }
        .abi_encode(),
        _ => IBondingManager::initializeCall {
            controller_: attacker,
        }
        .abi_encode(),
    }
}

fn upgrade(
    proxy: Address,
    implementation: Address,
    data: Vec<u8>,
) -> ProxyAdmin::upgradeAndCallCall {
    ProxyAdmin::upgradeAndCallCall {
        proxy,
        implementation,
        data: data.into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn upgrades_keep_the_state_and_are_the_governors() {
    let mut s = Stage::new().await;
    let serve = IServiceRegistry::setServiceURICall {
        serviceURI: "https://somebody.example:8935".to_owned(),
    };
    let registry = s.book.at(Contract::ServiceRegistry).expect("deployed");
    let said = s.stranger.transact(registry, &serve, U256::ZERO).await;
    said.expect("anybody may");

    let proxied = s.proxied();
    let names: Vec<_> = proxied.iter().map(|(contract, _)| *contract).collect();
    for expected in [
        Contract::BondingManager,
        Contract::L2Migrator,
        Contract::RoundsManager,
        Contract::ServiceRegistry,
        Contract::TicketBroker,
    ] {
        assert!(names.contains(&expected), "{expected} is not proxied");
    }
    for (contract, place) in proxied {
        let (proxy, admin) = (place.address, place.proxy_admin().expect("a proxy has one"));
        let governor = s.book.at(Contract::Governor).expect("deployed");
        let owner = s.l2.read(admin, &ProxyAdmin::ownerCall {}).await;
        assert_eq!(owner.expect("an owner"), governor, "{contract}");
        let before = s.state(proxy);
        assert!(before.len() > 2, "{contract} has state to lose");
        let current = place.implementation.expect("proxied");
        let next = s.next_version(current).await;

        // Neither a stranger nor the Governor's owner by itself, neither by the admin nor at the proxy.
        for caller in [&s.stranger, &s.l2] {
            let by_admin = upgrade(proxy, next, vec![]);
            let refused = caller.transact(admin, &by_admin, U256::ZERO).await;
            assert!(refused.is_err(), "{contract} was upgraded by anybody");
            let refused = caller.transact(proxy, &by_admin, U256::ZERO).await;
            assert!(refused.is_err(), "{contract} was upgraded past its admin");
        }
        assert_eq!(s.implementation(proxy), current);

        // Not even the Governor initialises it again on the way.
        let again = upgrade(proxy, next, initializer(contract, governor));
        assert!(s.govern(admin, &again).await.is_err(), "{contract}");
        assert_eq!(s.implementation(proxy), current);

        let done = s.govern(admin, &upgrade(proxy, next, vec![])).await;
        done.unwrap_or_else(|error| panic!("{contract}: {error}"));
        assert_eq!(s.implementation(proxy), next, "{contract}");
        assert_eq!(s.state(proxy), before, "{contract}");
        // And what answers now is the new one, with the old state.
        let controller = s.book.at(Contract::Controller).expect("deployed");
        let known = IBondingManager::controllerCall {};
        let known = s.stranger.read(proxy, &known).await;
        assert_eq!(known.expect("an answer"), controller, "{contract}");
    }
    let who = s.stranger.from().expect("an account");
    let uri = IServiceRegistry::getServiceURICall { addr: who };
    let uri = s.l2.read(registry, &uri).await.expect("an answer");
    assert_eq!(uri, "https://somebody.example:8935");
}

#[tokio::test(flavor = "multi_thread")]
async fn implementation_cannot_be_taken_over() {
    let s = Stage::new().await;
    let attacker = s.stranger.from().expect("an account");
    for (contract, place) in s.proxied() {
        let target = place.implementation.expect("proxied");
        let before = s.state(target);
        let mut constructor = vec![0x55, 0x85, 0x25, 0x8d];
        constructor.extend(attacker.into_word());
        let hand_over = IBondingManager::setControllerCall {
            newController: attacker,
        };
        for data in [
            initializer(contract, attacker),
            constructor,
            hand_over.abi_encode(),
        ] {
            let tried = s
                .stranger
                .send("attack", Some(target), data.into(), U256::ZERO);
            assert!(tried.await.is_err(), "{contract}'s implementation obeyed");
        }
        assert_eq!(s.state(target), before, "{contract}");
        assert_eq!(before, [], "{contract}'s implementation has no state");
        // The proxy itself cannot be initialised a second time either.
        let again = initializer(contract, attacker);
        let again = s
            .stranger
            .send("attack", Some(place.address), again.into(), U256::ZERO);
        assert!(again.await.is_err(), "{contract} was initialised again");
    }
}
