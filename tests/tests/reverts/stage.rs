//! All programs, wired and running: an orchestrator with a delegator, a broadcaster, and somebody with nothing to do with them.

use alloy::signers::{SignerSync as _, local::PrivateKeySigner};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{Revert as Text, SolCall, SolError as _};
use confluence_abi::ITicketBroker::{
    Ticket, fundDepositAndReserveCall, getTicketHashCall, redeemWinningTicketCall,
    setTicketValidityPeriodCall, setUnlockPeriodCall,
};
use confluence_abi::{IBondingManager, ILivepeerToken, IRoundsManager};
use confluence_kit::sim::Revert;
use confluence_tests::native::{L2, ONE};

pub(crate) struct Stage {
    pub(crate) l2: L2,
    /// The orchestrator: 1,000 LPT of its own, active, reward not called.
    pub(crate) o: Address,
    /// With 100 LPT at the orchestrator.
    pub(crate) d: Address,
    /// With LPT and nothing staked.
    pub(crate) a: Address,
    /// One more without anything.
    pub(crate) b: Address,
    /// The broadcaster's key; 2 ether of deposit, 2 of reserve.
    pub(crate) key: PrivateKeySigner,
}

/// What `Error(string)` says.
pub(crate) fn text_of(revert: &Revert) -> Option<String> {
    Text::abi_decode(&revert.0).ok().map(|it| it.reason)
}

impl Stage {
    pub(crate) fn new() -> Self {
        let l2 = L2::running(10, 10_000);
        let [o, d, a, b] = std::array::from_fn(|_| l2.world.address());
        let key = PrivateKeySigner::from_bytes(&keccak256("a broadcaster")).expect("a key");
        let s = Stage {
            l2,
            o,
            d,
            a,
            b,
            key,
        };
        for who in [o, d, a] {
            s.l2.deposit(who, 10_000 * ONE);
            let spender = s.l2.bonding;
            let amount = U256::MAX;
            s.must(
                who,
                s.l2.token,
                &ILivepeerToken::approveCall { spender, amount },
            );
        }
        s.bond(o, 1_000, o);
        s.bond(d, 100, o);
        let ticket_validity = setTicketValidityPeriodCall {
            ticketValidityPeriod_: U256::from(2),
        };
        s.must(s.l2.owner, s.l2.broker, &ticket_validity);
        let unlock = setUnlockPeriodCall {
            unlockPeriod_: U256::from(2),
        };
        s.must(s.l2.owner, s.l2.broker, &unlock);
        let fund = fundDepositAndReserveCall {
            depositAmount: U256::from(2 * ONE),
            reserveAmount: U256::from(2 * ONE),
        };
        let (from, value) = (s.key.address(), U256::from(4 * ONE));
        s.l2.world.fund(from, value);
        s.l2.world.pay(from, s.l2.broker, value, &fund).unwrap();
        s.l2.next_round();
        s
    }

    /// A call that goes through.
    #[track_caller]
    pub(crate) fn must<C: SolCall>(&self, from: Address, to: Address, call: &C) -> C::Return {
        self.l2.world.send(from, to, call).unwrap()
    }

    /// How a call fails.
    #[track_caller]
    pub(crate) fn refused<C: SolCall>(&self, from: Address, to: Address, call: &C) -> Revert {
        self.l2.world.send(from, to, call).reverted()
    }

    pub(crate) fn bond(&self, who: Address, lpt: u128, to: Address) {
        let amount = U256::from(lpt * ONE);
        self.must(
            who,
            self.l2.bonding,
            &IBondingManager::bondCall { amount, to },
        );
    }

    /// A ticket of this round for the orchestrator, worth one wei, that surely wins; and the number that opens it.
    pub(crate) fn ticket(&self, nonce: u64) -> (Ticket, U256) {
        let world = &self.l2.world;
        let round = world.read(self.l2.rounds, &IRoundsManager::currentRoundCall {});
        let hash = IRoundsManager::blockHashForRoundCall { round };
        let hash: B256 = world.read(self.l2.rounds, &hash);
        let rand = U256::from(nonce + 7);
        let ticket = Ticket {
            recipient: self.o,
            sender: self.key.address(),
            faceValue: U256::from(1),
            winProb: U256::MAX,
            senderNonce: U256::from(nonce),
            recipientRandHash: keccak256(rand.to_be_bytes::<32>()),
            auxData: [B256::from(round), hash].concat().into(),
        };
        (ticket, rand)
    }

    /// The broadcaster's signature.
    pub(crate) fn signed(&self, ticket: &Ticket) -> Vec<u8> {
        let ticket = ticket.clone();
        let hash = self
            .l2
            .world
            .read(self.l2.broker, &getTicketHashCall { ticket });
        let signature = self.key.sign_message_sync(hash.as_slice()).expect("signs");
        signature.as_bytes().to_vec()
    }

    /// Sends a ticket in with that signature.
    pub(crate) fn redeem(&self, ticket: Ticket, sig: Vec<u8>, rand: U256) -> Result<(), Revert> {
        let call = redeemWinningTicketCall {
            ticket,
            sig: Bytes::from(sig),
            recipientRand: rand,
        };
        let done = self.l2.world.send(self.o, self.l2.broker, &call);
        done.result.map(drop)
    }
}
