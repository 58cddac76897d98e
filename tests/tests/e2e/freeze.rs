//! From the round of LIP-73 on, L1's staking stands still: no rounds, rewards or redemptions; locks are paid, not bonded again.

use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    signers::{SignerSync as _, local::PrivateKeySigner},
    sol,
    sol_types::SolCall,
};
use confluence::{
    client::{ClientError, L1, Mined},
    keys::Account,
    plan::{Beginning, Livepeer, deploy_legacy},
};
use confluence_abi::{IController, ILegacyBondingManager, ILegacyLoaders, ILivepeerToken};

use crate::{
    LPT,
    chains::{ARTIFACTS, Chains},
};

sol! {
    /// What anybody or its owner calls in the staking as it was on L1.
    interface Staking {
        struct Ticket { address recipient; address sender; uint256 faceValue; uint256 winProb; uint256 senderNonce; bytes32 recipientRandHash; bytes auxData; }
        function setLIPUpgradeRound(uint256 lip, uint256 round) external;
        function initializeRound() external;
        function reward() external;
        function bond(uint256 amount, address to) external;
        function unbond(uint256 amount) external;
        function rebond(uint256 id) external;
        function withdrawStake(uint256 id) external;
        function withdrawFees() external;
        function redeemWinningTicket(Ticket ticket, bytes sig, uint256 recipientRand) external;
        function getTicketHash(Ticket ticket) external view returns (bytes32);
    }
}

/// L1 alone, with one orchestrator that has stake, fees and two locks, and a broadcaster; the deployer is all of them.
struct Frozen {
    runtime: tokio::runtime::Runtime,
    chains: Chains,
    l1: L1,
    me: Address,
    livepeer: Livepeer,
    rounds: Address,
    beginning: Beginning,
}

impl Frozen {
    /// Set up in an ordinary round; the freeze begins with the next.
    fn new() -> Frozen {
        let chains = Chains::local();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let account = Account::from(chains.funder.clone());
        let me = account.address();
        let beginning = Beginning::default();
        let (l1, livepeer, rounds) = runtime.block_on(async {
            let l1 = L1::connect(&chains.l1_url, None, Some(&account))
                .await
                .expect("L1");
            let made = deploy_legacy(&l1, &ARTIFACTS, me, beginning).await;
            let livepeer = made.expect("Livepeer's staking");
            let call = IController::getContractCall {
                id: keccak256("RoundsManager"),
            };
            let rounds = l1
                .read(livepeer.controller, &call)
                .await
                .expect("registered");
            (l1, livepeer, rounds)
        });
        let it = Frozen {
            runtime,
            chains,
            l1,
            me,
            livepeer,
            rounds,
            beginning,
        };
        it.load();
        let lip = Staking::setLIPUpgradeRoundCall {
            lip: U256::from(73),
            round: U256::from(beginning.round + 1),
        };
        it.send(rounds, &lip).expect("is its owner");
        it
    }

    fn load(&self) {
        let (me, stake) = (self.me, 100 * LPT);
        let loaded = vec![ILegacyLoaders::LoadedDelegator {
            who: me,
            delegate: me,
            stake,
            fees: 3,
        }];
        let staking = self.livepeer.bonding_manager;
        self.send(staking, &ILegacyLoaders::loadDelegatorsCall { loaded })
            .expect("loads");
        let lock = ILegacyLoaders::LoadedLock {
            who: me,
            amount: 5 * LPT,
            withdrawRound: u128::from(self.beginning.round),
        };
        let loaded = vec![lock.clone(), lock];
        self.send(staking, &ILegacyLoaders::loadUnbondingLocksCall { loaded })
            .expect("loads");
        let loaded = vec![ILegacyLoaders::LoadedSender {
            who: me,
            deposit: 10,
            reserve: 10,
        }];
        let call = ILegacyLoaders::loadSendersCall { loaded };
        let broker = self.livepeer.ticket_broker;
        let sent = self.l1.transact(broker, &call, U256::from(23));
        self.runtime.block_on(sent).expect("loads");
    }

    fn next_round(&self) {
        let pair = self.chains.pair.as_ref().expect("a pair");
        let blocks = self.beginning.round_blocks;
        pair.follower()
            .advance(12 * blocks, blocks)
            .expect("time passes");
    }

    fn send<C: SolCall>(&self, to: Address, call: &C) -> Result<Mined, ClientError> {
        self.runtime
            .block_on(self.l1.transact(to, call, U256::ZERO))
    }

    fn refused<C: SolCall>(&self, to: Address, call: &C, why: &str) {
        let error = self.send(to, call).expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
    }

    /// Stake, fees and the round of the last claim.
    fn account(&self) -> (U256, U256, U256) {
        let call = ILegacyBondingManager::getDelegatorCall { delegator: self.me };
        let read = self.l1.read(self.livepeer.bonding_manager, &call);
        let it = self.runtime.block_on(read).expect("an answer");
        (it.bondedAmount, it.fees, it.delegatedAmount)
    }

    fn lpt(&self) -> U256 {
        let call = ILivepeerToken::balanceOfCall { account: self.me };
        let read = self.l1.read(self.livepeer.token, &call);
        self.runtime.block_on(read).expect("an answer")
    }

    fn winning_ticket(&self, key: &PrivateKeySigner) -> Staking::redeemWinningTicketCall {
        let random = U256::from(7);
        let ticket = Staking::Ticket {
            recipient: self.me,
            sender: self.me,
            faceValue: U256::from(4),
            winProb: U256::MAX,
            senderNonce: U256::ONE,
            recipientRandHash: keccak256(B256::from(random)),
            auxData: Bytes::new(),
        };
        let call = Staking::getTicketHashCall {
            ticket: ticket.clone(),
        };
        let hash = self.l1.read(self.livepeer.ticket_broker, &call);
        let hash: B256 = self.runtime.block_on(hash).expect("an answer");
        let sig = key.sign_message_sync(hash.as_slice()).expect("signs");
        Staking::redeemWinningTicketCall {
            ticket,
            sig: sig.as_bytes().into(),
            recipientRand: random,
        }
    }
}

#[test]
fn from_the_freeze_on_no_round_begins_no_stake_changes_and_locks_are_paid() {
    let it = Frozen::new();
    let staking = it.livepeer.bonding_manager;
    let (broker, rounds) = (it.livepeer.ticket_broker, it.rounds);
    let ticket = it.winning_ticket(&it.chains.funder.clone());
    it.next_round();
    it.refused(
        rounds,
        &Staking::initializeRoundCall {},
        "cannot initialize past LIP-73 round",
    );

    let before = it.account();
    let none = "current round is not initialized";
    let amount = U256::from(LPT);
    it.refused(staking, &Staking::rewardCall {}, none);
    it.refused(staking, &Staking::bondCall { amount, to: it.me }, none);
    it.refused(staking, &Staking::unbondCall { amount }, none);
    it.refused(staking, &Staking::rebondCall { id: U256::ZERO }, none);
    it.refused(staking, &Staking::withdrawFeesCall {}, none);
    it.refused(broker, &ticket, none);

    let had = it.lpt();
    for id in [0, 1] {
        let call = Staking::withdrawStakeCall { id: U256::from(id) };
        it.send(staking, &call)
            .expect("a lock that has run out is paid");
    }
    assert_eq!(it.lpt() - had, U256::from(10 * LPT));
    assert_eq!(it.account(), before, "nothing else has changed a stake");

    it.next_round();
    it.refused(
        rounds,
        &Staking::initializeRoundCall {},
        "cannot initialize past LIP-73 round",
    );
}

#[test]
fn in_the_round_before_the_freeze_everything_still_works() {
    let it = Frozen::new();
    let staking = it.livepeer.bonding_manager;
    let ticket = it.winning_ticket(&it.chains.funder.clone());
    it.send(it.livepeer.ticket_broker, &ticket)
        .expect("a ticket pays");
    it.send(staking, &Staking::rebondCall { id: U256::ZERO })
        .expect("rebonds");
    let amount = U256::from(LPT);
    it.send(staking, &Staking::unbondCall { amount })
        .expect("unbonds");
    assert_eq!(it.account().0, U256::from(104 * LPT));
    assert_eq!(it.account().1, U256::from(7));
}
