//! The L2 side on a devnode, deployed by the command's own function and at work: what tests of the payments' verbs stand on.
//! Always holds: everything goes over RPC but for L1's block number, which only a development node can set.

use std::{path::Path, sync::LazyLock};

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, U256, hex, keccak256},
    signers::{SignerSync as _, local::PrivateKeySigner},
    sol_types::SolCall,
};
use confluence::{
    client::{L2, Mined},
    l2::creation_code,
    plan::{Artifacts, Book, Contract, Inputs, Parameters, People, deploy_l2},
    progress::Progress,
};
use confluence_abi::{IBondingManager, IController, ILivepeerToken, IRoundsManager, ITicketBroker};
use confluence_devnode::{DevNode, Options};

pub(crate) const LPT: u128 = 1_000_000_000_000_000_000;
pub(crate) const ETH: u128 = LPT;

/// L1 blocks of a round here.
const ROUND_BLOCKS: u64 = 100;

/// Built once for all tests here.
static ARTIFACTS: LazyLock<Artifacts> = LazyLock::new(|| {
    Artifacts::build(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::silent()).expect("built")
});

pub(crate) struct System {
    pub(crate) node: DevNode,
    /// Sends as the owner.
    pub(crate) l2: L2,
    /// Unlocked accounts; the first deploys and owns.
    pub(crate) accounts: Vec<Address>,
    pub(crate) controller: Address,
    pub(crate) broker: Address,
    pub(crate) bonding: Address,
    pub(crate) rounds: Address,
    pub(crate) token: Address,
    pub(crate) creator: Address,
}

impl System {
    /// Deployed, wired and unpaused; no round is initialised yet.
    pub(crate) async fn deployed() -> Self {
        let node = DevNode::start(Options::default()).expect("a free port");
        node.chain().write().set_l1_block(1000);
        node.chain().write().mine();
        let l2 = L2::connect(&node.http_url(), None, None)
            .await
            .expect("it answers");
        let accounts = l2.unlocked().await.expect("a list");
        let owner = accounts[0];
        let l2 = l2.with_unlocked(owner);
        let inputs = Inputs {
            artifacts: &ARTIFACTS,
            parameters: &Parameters {
                round_blocks: ROUND_BLOCKS,
                ..Parameters::default()
            },
            people: People {
                deployer: owner,
                governor_owner: owner,
            },
            l1: None,
            salt: B256::ZERO,
            commit: FixedBytes::ZERO,
            hand_over: false,
        };
        let book = deploy_l2(&l2, &inputs).await.expect("a deployment");
        let at = |contract| book.at(contract).expect("deployed");
        let system = Self {
            node,
            l2,
            accounts,
            controller: at(Contract::Controller),
            broker: at(Contract::TicketBroker),
            bonding: at(Contract::BondingManager),
            rounds: at(Contract::RoundsManager),
            token: at(Contract::LivepeerToken),
            creator: at(Contract::PollCreator),
        };
        system.begin(&book).await;
        system
    }

    /// The owner may mint, and nothing is paused. What circulates on L1 comes with the bridge; here it is nothing.
    async fn begin(&self, book: &Book) {
        let id = keccak256("L2LPTDataCache");
        let known = IController::getContractCall { id };
        let known = self.l2.read(self.controller, &known).await;
        if known.expect("an answer").is_zero() {
            // PUSH1 32, PUSH0, RETURN: a word of zero, whatever is asked
            let register = IController::setContractInfoCall {
                id,
                contractAddress: create(&self.l2, &hex!("60205ff3")).await,
                gitCommitHash: FixedBytes::ZERO,
            };
            self.send(self.controller, &register).await;
            let minter = book.at(Contract::Minter).expect("deployed");
            self.send(minter, &ITicketBroker::syncControllerContractsCall {})
                .await;
        }
        let grant = ILivepeerToken::grantRoleCall {
            role: keccak256("MINTER_ROLE"),
            account: self.accounts[0],
        };
        self.send(self.token, &grant).await;
        self.send(self.controller, &IController::unpauseCall {})
            .await;
    }

    /// Six orchestrators of falling stake, all active and rewarded, in a round that has begun.
    pub(crate) async fn at_work() -> Self {
        let s = Self::deployed().await;
        s.next_round().await;
        for (i, who) in s.accounts.iter().enumerate().skip(1).take(6) {
            s.bond(*who, *who, 10_000 - 1000 * i as u128).await;
        }
        s.next_round().await;
        for who in s.accounts.iter().skip(1).take(6) {
            s.reward(*who).await;
        }
        s
    }

    /// Calls in the owner's name.
    pub(crate) async fn send<C: SolCall>(&self, to: Address, call: &C) -> Mined {
        self.send_from(self.accounts[0], to, call, 0).await
    }

    pub(crate) async fn send_from<C: SolCall>(
        &self,
        from: Address,
        to: Address,
        call: &C,
        wei: u128,
    ) -> Mined {
        let l2 = self.l2.with_unlocked(from);
        let done = l2.transact(to, call, U256::from(wei)).await;
        done.unwrap_or_else(|error| panic!("{}: {error}", C::SIGNATURE))
    }

    /// How a call fails.
    pub(crate) async fn refusal<C: SolCall>(&self, from: Address, to: Address, call: &C) -> String {
        let l2 = self.l2.with_unlocked(from);
        let done = l2.transact(to, call, U256::ZERO).await;
        done.expect_err("it fails").to_string()
    }

    /// L1 goes on, and the next round begins.
    pub(crate) async fn next_round(&self) {
        self.pass_l1_blocks(ROUND_BLOCKS);
        self.send(self.rounds, &IRoundsManager::initializeRoundCall {})
            .await;
    }

    pub(crate) fn pass_l1_blocks(&self, blocks: u64) {
        let mut chain = self.node.chain().write();
        let now = chain.l1_block();
        chain.set_l1_block(now + blocks);
        chain.mine();
    }

    pub(crate) async fn round(&self) -> u64 {
        let round = IRoundsManager::currentRoundCall {};
        let round = self.l2.read(self.rounds, &round).await;
        round.expect("a round").to()
    }

    /// `who` bonds `lpt` to `to`.
    pub(crate) async fn bond(&self, who: Address, to: Address, lpt: u128) {
        let amount = U256::from(lpt * LPT);
        let mint = ILivepeerToken::mintCall { to: who, amount };
        self.send(self.token, &mint).await;
        let approve = ILivepeerToken::approveCall {
            spender: self.bonding,
            amount,
        };
        self.send_from(who, self.token, &approve, 0).await;
        let bond = IBondingManager::bondCall { amount, to };
        self.send_from(who, self.bonding, &bond, 0).await;
    }

    /// Makes `who` mint its round's reward, so that fees find the round's pool.
    pub(crate) async fn reward(&self, who: Address) {
        self.send_from(who, self.bonding, &IBondingManager::rewardCall {}, 0)
            .await;
    }

    /// Somebody pays in for `who`.
    pub(crate) async fn fund(&self, who: Address, deposit: u128, reserve: u128) {
        let call = ITicketBroker::fundDepositAndReserveForCall {
            addr: who,
            depositAmount: U256::from(deposit),
            reserveAmount: U256::from(reserve),
        };
        self.send_from(self.accounts[0], self.broker, &call, deposit + reserve)
            .await;
    }

    /// A ticket of this round that surely wins, signed, and what redeems it.
    pub(crate) async fn ticket(
        &self,
        signer: &PrivateKeySigner,
        recipient: Address,
        wei: u128,
        nonce: u64,
    ) -> ITicketBroker::redeemWinningTicketCall {
        let round = U256::from(self.round().await);
        let hash = IRoundsManager::blockHashForRoundCall { round };
        let hash = self.l2.read(self.rounds, &hash).await.expect("a hash");
        let rand = U256::from(nonce + 1000);
        let ticket = ITicketBroker::Ticket {
            recipient,
            sender: signer.address(),
            faceValue: U256::from(wei),
            winProb: U256::MAX,
            senderNonce: U256::from(nonce),
            recipientRandHash: keccak256(rand.to_be_bytes::<32>()),
            auxData: [B256::from(round), hash].concat().into(),
        };
        let told = ITicketBroker::getTicketHashCall {
            ticket: ticket.clone(),
        };
        let told = self.l2.read(self.broker, &told).await.expect("a hash");
        let sig = signer.sign_message_sync(told.as_slice()).expect("signs");
        ITicketBroker::redeemWinningTicketCall {
            ticket,
            sig: Bytes::from(sig.as_bytes().to_vec()),
            recipientRand: rand,
        }
    }
}

/// Creates a contract with this code.
pub(crate) async fn create(l2: &L2, code: &[u8]) -> Address {
    let created = l2
        .send("creating", None, creation_code(code), U256::ZERO)
        .await;
    created.expect("creates").created.expect("an address")
}
