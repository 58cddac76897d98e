//! Both chains after the switch-over, with the cast's stakes on L1 and its snapshot published on L2.
//! Always holds: whoever takes a stage has it alone; one on which a scenario failed is not used again.

use std::{
    ops::{Deref, DerefMut},
    sync::Mutex,
};

use alloy::{
    primitives::{Address, Bytes, U256, hex, keccak256},
    signers::local::PrivateKeySigner,
    sol_types::SolCall,
};
use confluence::{
    client::{Client, ClientError, L1, L2, Mined, Side},
    keys::Account,
    l2::creation_code,
    plan::{Beginning, Contract, Parameters, Staking, System, SystemInputs, deploy_system, govern},
};
use confluence_abi::{
    IController, IL1SwitchOver, IL2Migrator, IL2SwitchOver, ILegacyLoaders, ILegacyRoundsManager,
    IMerkleSnapshot,
};
use tokio::runtime::Runtime;

use crate::{
    cast::{Cast, Troupe},
    chains::{ARTIFACTS, Chains, is_live},
};

/// L1 blocks of a round on L2: more than all scenarios of a stage send, so that no round ends but where one wants it.
pub(crate) const ROUND_BLOCKS: u64 = 2_000;
/// What an account gets to pay its own transactions with.
const POCKET_MONEY: u128 = 20_000_000_000_000_000;
/// What of the calldata follows the target is passed on with all ether; a failure with its data.
const FORWARDER: [u8; 35] =
    hex!("601436038060145f375f5f825f345f3560601c5af13d5f5f3e601f573d5ffd5b3d5ff3");
/// Answers everything with ERC-1271's "valid".
const APPROVER: [u8; 14] = hex!("631626ba7e60e01b5f5260205ff3");

/// Whatever goes wrong before the first scenario.
type Failed = Box<dyn std::error::Error>;

/// Stages that nobody has.
static FREE: Mutex<Vec<Stage>> = Mutex::new(Vec::new());

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Stage {
    // before the chains: requests end before their nodes do
    pub(crate) runtime: Runtime,
    pub(crate) chains: Chains,
    /// Sends as the funder.
    pub(crate) l1: L1,
    /// Sends as the funder.
    pub(crate) l2: L2,
    pub(crate) system: System,
    pub(crate) cast: Cast,
    troupes_given: usize,
    pub(crate) fresh_given: u64,
}

/// A stage that somebody has.
pub(crate) struct Taken(Option<Stage>);

impl Deref for Taken {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        self.0.as_ref().expect("held until dropped")
    }
}

impl DerefMut for Taken {
    fn deref_mut(&mut self) -> &mut Stage {
        self.0.as_mut().expect("held until dropped")
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let (Some(stage), false) = (self.0.take(), std::thread::panicking()) {
            free().push(stage);
        }
    }
}

fn free() -> std::sync::MutexGuard<'static, Vec<Stage>> {
    FREE.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Stage {
    /// On whatever chains are tested.
    pub(crate) fn any() -> Taken {
        Self::take(is_live())
    }

    /// On chains of our own, whose time can be moved and whose messages can be held.
    pub(crate) fn local() -> Taken {
        Self::take(false)
    }

    fn take(live: bool) -> Taken {
        let mut stages = free();
        let found = stages
            .iter()
            .position(|it| it.chains.pair.is_none() == live);
        let found = found.map(|at| stages.remove(at));
        drop(stages);
        let stage = found.unwrap_or_else(|| {
            Self::set_up(if live {
                Chains::live()
            } else {
                Chains::local()
            })
        });
        stage.ensure_round();
        Taken(Some(stage))
    }

    /// Accounts that no other scenario has had.
    pub(crate) fn troupe(&mut self) -> Troupe {
        let troupe = self.cast.troupes[self.troupes_given].clone();
        self.troupes_given += 1;
        troupe
    }

    /// An address without history on either chain.
    pub(crate) fn fresh(&mut self) -> PrivateKeySigner {
        self.fresh_given += 1;
        self.cast.fresh(self.fresh_given)
    }

    fn set_up(chains: Chains) -> Stage {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let made = runtime.block_on(build(&chains));
        let (l1, l2, system, cast) =
            made.expect("everything is deployed and the switch-over starts");
        let stage = Stage {
            runtime,
            chains,
            l1,
            l2,
            system,
            cast,
            troupes_given: 0,
            fresh_given: 0,
        };
        stage.switch_over();
        stage.publish();
        stage
    }

    /// L1's funds, supply and last figures go to L2, which starts when all are there.
    fn switch_over(&self) {
        let at = self.system.l1.switch_over;
        let gas = || IL1SwitchOver::TicketGas {
            maxGas: U256::from(2_000_000),
            gasPriceBid: self.gas_price_bid(),
            maxSubmissionCost: self.submission_cost(400),
        };
        let cost = 4 * self.ticket_cost(2_000_000, 400).to::<u128>();
        let call = IL1SwitchOver::startCall {
            eth: gas(),
            lpt: gas(),
            supply: gas(),
            announcement: gas(),
            refundTo: self.chains.funder.address(),
        };
        let sent = self
            .runtime
            .block_on(self.l1.transact(at, &call, U256::from(cost)));
        let sent = sent.expect("the switch-over starts");
        for ticket in self.tickets(&sent) {
            self.redeemed(ticket);
        }
        let status = self.l2(Contract::L2SwitchOver, &IL2SwitchOver::statusCall {});
        assert_eq!(status, 2, "L2 has started by itself");
    }

    /// The Governor publishes the snapshot's root and lets claims in.
    fn publish(&self) {
        let id = keccak256("LIP-73");
        let root = self.cast.root();
        self.govern(vec![
            (
                self.at(Contract::MerkleSnapshot),
                IMerkleSnapshot::setSnapshotCall { id, root }
                    .abi_encode()
                    .into(),
            ),
            (
                self.at(Contract::L2Migrator),
                IL2Migrator::setClaimStakeEnabledCall { enabled: true }
                    .abi_encode()
                    .into(),
            ),
        ]);
    }

    /// What only the Governor may do.
    pub(crate) fn govern(&self, calls: Vec<(Address, Bytes)>) {
        // A batch's name: never the same twice.
        let nonce = self
            .runtime
            .block_on(self.l2.nonce(self.chains.funder.address()));
        let nonce = U256::from(nonce.expect("a nonce"));
        let governor = self.at(Contract::Governor);
        let done = self
            .runtime
            .block_on(govern(&self.l2, governor, calls, nonce));
        done.expect("the Governor decides");
    }

    /// Where a contract is on L2.
    pub(crate) fn at(&self, contract: Contract) -> Address {
        self.system.l2.at(contract).expect("deployed")
    }

    /// Somebody's client on L1, with some ether.
    pub(crate) fn on_l1(&self, key: &PrivateKeySigner) -> L1 {
        self.fund(&self.l1, key.address());
        let account = Account::from(key.clone());
        let client = L1::connect(&self.chains.l1_url, None, Some(&account));
        self.runtime.block_on(client).expect("L1")
    }

    /// Somebody's client on L2, with some ether.
    pub(crate) fn on_l2(&self, key: &PrivateKeySigner) -> L2 {
        self.fund(&self.l2, key.address());
        let account = Account::from(key.clone());
        let client = L2::connect(&self.chains.l2_url, None, Some(&account));
        self.runtime.block_on(client).expect("L2")
    }

    fn fund<S: Side>(&self, from: &Client<S>, to: Address) {
        let money = from.send(
            "pocket money",
            Some(to),
            Bytes::new(),
            U256::from(POCKET_MONEY),
        );
        self.runtime.block_on(money).expect("the funder has enough");
    }

    /// Sends a transaction and waits for it.
    pub(crate) fn send<S: Side, C: SolCall>(
        &self,
        from: &Client<S>,
        to: Address,
        call: &C,
        value: u128,
    ) -> Result<Mined, ClientError> {
        self.runtime
            .block_on(from.transact(to, call, U256::from(value)))
    }

    /// The pair's controls.
    pub(crate) fn follower(&self) -> &confluence_devnode::bridge::SharedFollower {
        let pair = self.chains.pair.as_ref().expect("a pair of our own");
        pair.follower()
    }
}

/// Deploys everything, loads the cast, and freezes L1.
async fn build(chains: &Chains) -> Result<(L1, L2, System, Cast), Failed> {
    let account = Account::from(chains.funder.clone());
    let l1 = L1::connect(&chains.l1_url, None, Some(&account)).await?;
    let l2 = L2::connect(&chains.l2_url, None, Some(&account)).await?;
    let me = chains.funder.address();
    // Another deployment of the same funder on the same chains has other addresses and other accounts.
    let nonces = [l1.nonce(me).await?, l2.nonce(me).await?].map(u64::to_be_bytes);
    let salt = keccak256([nonces.as_flattened(), me.as_slice()].concat());
    let parameters = Parameters {
        round_blocks: ROUND_BLOCKS,
        ..Parameters::default()
    };
    let inputs = SystemInputs {
        artifacts: &ARTIFACTS,
        parameters: &parameters,
        inbox: chains.inbox,
        staking: Staking::StandIn(Beginning::default()),
        l1_owner: me,
        governor_owner: me,
        salt,
        hand_over: true,
    };
    let forwarder = create(&l1, &FORWARDER).await?;
    let approver = create(&l1, &APPROVER).await?;
    let system = deploy_system(&l1, &l2, &inputs).await?;
    let cast = Cast::new(salt, forwarder, approver);
    let rounds = IController::getContractCall {
        id: keccak256("RoundsManager"),
    };
    let rounds = l1.read(system.livepeer.controller, &rounds).await?;
    let round = l1
        .read(rounds, &ILegacyRoundsManager::currentRoundCall {})
        .await?;
    load(&l1, &system, &cast, round.to()).await?;
    system.freeze(&l1, round.to()).await?;
    Ok((l1, l2, system, cast))
}

async fn load(l1: &L1, system: &System, cast: &Cast, round: u64) -> Result<(), Failed> {
    let (staking, broker) = (
        system.livepeer.bonding_manager,
        system.livepeer.ticket_broker,
    );
    for loaded in cast.delegators().chunks(60) {
        let loaded = loaded.to_vec();
        let call = ILegacyLoaders::loadDelegatorsCall { loaded };
        l1.transact(staking, &call, U256::ZERO).await?;
    }
    let loaded = cast.locks(round);
    let call = ILegacyLoaders::loadUnbondingLocksCall { loaded };
    l1.transact(staking, &call, U256::ZERO).await?;
    let loaded = cast.senders();
    let call = ILegacyLoaders::loadSendersCall { loaded };
    l1.transact(broker, &call, U256::from(cast.ether())).await?;
    Ok(())
}

async fn create(l1: &L1, code: &[u8]) -> Result<Address, Failed> {
    let made = l1
        .send("a contract wallet", None, creation_code(code), U256::ZERO)
        .await?;
    made.created.ok_or_else(|| "nothing was created".into())
}
