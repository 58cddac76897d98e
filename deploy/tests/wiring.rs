//! The wiring of the L2 side on a devnode: who knows whom, who may do what, what it starts with, and that it can be
//! interrupted and upgraded.

mod chain;

use std::{path::Path, sync::LazyLock};

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, U256},
    sol,
    sol_types::SolCall as _,
};
use confluence::{
    client::{ClientError, L2},
    plan::{Artifacts, Book, Contract, Faucet, Inputs, Parameters, People, deploy_l2, govern},
    progress::Progress,
};
use confluence_abi::{
    IBondingManager, IController, IGovernor, ILivepeerToken, IMinter, IRoundsManager,
};
use confluence_devnode::DevNode;

sol! {
    interface IProxyAdmin {
        function owner() external view returns (address);
        function upgradeAndCall(address proxy, address implementation, bytes data) external payable;
    }
}

/// ERC-1967's slots.
const IMPLEMENTATION: &str = "360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
const ADMIN: &str = "b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103";

/// Built once for all tests here.
static ARTIFACTS: LazyLock<Artifacts> = LazyLock::new(|| {
    Artifacts::build(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::silent()).expect("built")
});

struct Deployed {
    /// Runs until this is dropped.
    _node: DevNode,
    l2: L2,
    deployer: Address,
    /// An account that has nothing to do with it.
    other: Address,
    parameters: Parameters,
    book: Book,
}

impl Deployed {
    async fn new(hand_over: bool) -> Self {
        let (node, l2, accounts) = chain::chain().await;
        let (deployer, other) = (accounts[0], accounts[1]);
        let parameters = Parameters {
            faucet: Some(Faucet {
                lpt: 10,
                wait_hours: 1,
            }),
            ..Parameters::default()
        };
        let mut deployed = Self {
            _node: node,
            l2,
            deployer,
            other,
            parameters,
            book: Book::default(),
        };
        let inputs = deployed.inputs(hand_over);
        deployed.book = deploy_l2(&deployed.l2, &inputs).await.expect("deployed");
        deployed
    }

    fn inputs(&self, hand_over: bool) -> Inputs<'_> {
        Inputs {
            artifacts: &ARTIFACTS,
            parameters: &self.parameters,
            people: People {
                deployer: self.deployer,
                governor_owner: self.deployer,
            },
            salt: B256::ZERO,
            commit: FixedBytes::ZERO,
            l1: None,
            hand_over,
        }
    }

    fn at(&self, contract: Contract) -> Address {
        self.book.at(contract).expect("deployed")
    }

    async fn read<C: alloy::sol_types::SolCall>(&self, contract: Contract, call: C) -> C::Return {
        self.l2
            .read(self.at(contract), &call)
            .await
            .expect("an answer")
    }

    async fn slot(&self, of: Address, slot: &str) -> Address {
        let slot = U256::from_str_radix(slot, 16).expect("a slot");
        Address::from_word(self.l2.storage(of, slot).await.expect("a word"))
    }
}

#[tokio::test]
async fn the_system_starts_paused_with_livepeers_parameters_and_in_the_governors_hands() {
    let d = Deployed::new(true).await;
    let governor = d.at(Contract::Governor);

    assert!(
        d.read(Contract::Controller, IController::pausedCall {})
            .await
    );
    assert_eq!(
        d.read(Contract::Controller, IController::ownerCall {})
            .await,
        governor
    );
    assert_eq!(
        d.read(Contract::Governor, IGovernor::ownerCall {}).await,
        d.deployer
    );
    let admin = |account| ILivepeerToken::hasRoleCall {
        role: B256::ZERO,
        account,
    };
    assert!(d.read(Contract::LivepeerToken, admin(governor)).await);
    assert!(!d.read(Contract::LivepeerToken, admin(d.deployer)).await);

    let rounds = Contract::RoundsManager;
    assert_eq!(
        d.read(rounds, IRoundsManager::roundLengthCall {}).await,
        U256::from(5760)
    );
    assert_eq!(
        d.read(rounds, IRoundsManager::roundLockAmountCall {}).await,
        U256::from(100_000)
    );
    let bonding = Contract::BondingManager;
    assert_eq!(
        d.read(bonding, IBondingManager::unbondingPeriodCall {})
            .await,
        7
    );
    let places = IBondingManager::getTranscoderPoolMaxSizeCall {};
    assert_eq!(d.read(bonding, places).await, U256::from(100));
    let minter = Contract::Minter;
    assert_eq!(
        d.read(minter, IMinter::inflationCall {}).await,
        U256::from(218_500)
    );
    assert_eq!(
        d.read(minter, IMinter::inflationChangeCall {}).await,
        U256::from(500)
    );
    let target = IMinter::targetBondingRateCall {};
    assert_eq!(d.read(minter, target).await, U256::from(500_000_000));

    for (contract, place) in d.book.iter() {
        let known = IController::getContractCall { id: contract.id() };
        let known = d.read(Contract::Controller, known).await;
        let registered = !matches!(
            contract,
            Contract::BlockHash | Contract::Governor | Contract::Controller
        );
        assert_eq!(
            known,
            if registered {
                place.address
            } else {
                Address::ZERO
            },
            "{contract}"
        );
        if let (Some(implementation), Some(admin)) = (place.implementation, place.proxy_admin()) {
            assert_eq!(
                d.slot(place.address, IMPLEMENTATION).await,
                implementation,
                "{contract}"
            );
            assert_eq!(d.slot(place.address, ADMIN).await, admin, "{contract}");
            let owner = d.l2.read(admin, &IProxyAdmin::ownerCall {}).await;
            assert_eq!(owner.expect("an owner"), governor, "{contract}");
        }
    }
}

#[tokio::test]
async fn the_governor_alone_starts_the_system_and_a_round_begins() {
    let d = Deployed::new(true).await;
    let controller = d.at(Contract::Controller);
    let unpause = IController::unpauseCall {};
    let error = d.l2.transact(controller, &unpause, U256::ZERO).await;
    assert!(
        matches!(error, Err(ClientError::Reverted { .. })),
        "the deployer has no power left"
    );

    let calls = vec![(controller, unpause.abi_encode().into())];
    let others = d.l2.with_unlocked(d.other);
    let error = govern(&others, d.at(Contract::Governor), calls.clone(), U256::ZERO).await;
    assert!(
        error
            .expect_err("not the owner")
            .to_string()
            .contains("msg.sender not owner")
    );

    govern(&d.l2, d.at(Contract::Governor), calls, U256::ZERO)
        .await
        .expect("governs");
    assert!(
        !d.read(Contract::Controller, IController::pausedCall {})
            .await
    );
}

#[tokio::test]
async fn deploying_again_finds_everything_done_and_sends_nothing() {
    let d = Deployed::new(true).await;
    let before = d.l2.nonce(d.deployer).await.expect("a nonce");
    let again = deploy_l2(&d.l2, &d.inputs(true))
        .await
        .expect("nothing to do");
    assert_eq!(again, d.book);
    assert_eq!(d.l2.nonce(d.deployer).await.expect("a nonce"), before);
}

#[tokio::test]
async fn state_survives_an_upgrade_of_each_program_and_only_the_governor_can() {
    let d = Deployed::new(true).await;
    let proxied: Vec<_> = d
        .book
        .iter()
        .filter_map(|(contract, place)| Some((contract, place, place.proxy_admin()?)))
        .collect();
    assert!(proxied.len() >= 3, "{proxied:?}");
    for (index, (contract, place, admin)) in proxied.into_iter().enumerate() {
        let code =
            d.l2.code(place.implementation.expect("proxied"))
                .await
                .expect("code");
        let next = confluence::l2::deploy_at(&d.l2, &code, None, B256::with_last_byte(9)).await;
        let upgrade = IProxyAdmin::upgradeAndCallCall {
            proxy: place.address,
            implementation: next.expect("deployed").address,
            data: Bytes::new(),
        };
        let error = d.l2.transact(admin, &upgrade, U256::ZERO).await;
        assert!(
            matches!(error, Err(ClientError::Reverted { .. })),
            "{contract}"
        );

        let kept = IBondingManager::controllerCall {};
        let before = d.l2.read(place.address, &kept).await.expect("an answer");
        let calls = vec![(admin, upgrade.abi_encode().into())];
        govern(&d.l2, d.at(Contract::Governor), calls, U256::from(index))
            .await
            .expect("governs");
        assert_eq!(
            d.slot(place.address, IMPLEMENTATION).await,
            upgrade.implementation,
            "{contract}"
        );
        let after = d.l2.read(place.address, &kept).await.expect("an answer");
        assert_eq!(
            (before, after),
            (d.at(Contract::Controller), d.at(Contract::Controller))
        );
    }
    assert_eq!(
        d.read(Contract::RoundsManager, IRoundsManager::roundLengthCall {})
            .await,
        U256::from(5760)
    );
    let places = IBondingManager::getTranscoderPoolMaxSizeCall {};
    assert_eq!(
        d.read(Contract::BondingManager, places).await,
        U256::from(100)
    );
}

#[tokio::test]
async fn an_implementation_cannot_be_initialised_nor_a_proxy_a_second_time() {
    let d = Deployed::new(true).await;
    let mine = d.deployer;
    let initialize = IBondingManager::initializeCall { controller_: mine };
    let place = d.book.place(Contract::BondingManager).expect("deployed");
    for at in [place.implementation.expect("proxied"), place.address] {
        let error = d.l2.transact(at, &initialize, U256::ZERO).await;
        assert!(matches!(error, Err(ClientError::Reverted { .. })), "{at}");
    }
    let initialize = IRoundsManager::initializeCall {
        controller_: mine,
        blockHash_: mine,
    };
    let place = d.book.place(Contract::RoundsManager).expect("deployed");
    for at in [place.implementation.expect("proxied"), place.address] {
        let error = d.l2.transact(at, &initialize, U256::ZERO).await;
        assert!(matches!(error, Err(ClientError::Reverted { .. })), "{at}");
    }
}
