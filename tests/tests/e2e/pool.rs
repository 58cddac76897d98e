//! A pool earns rewards and fees before its delegators claim; each gets its share of everything.

use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    signers::SignerSync as _,
};
use confluence::{client::Mined, plan::Contract, sign::What};
use confluence_abi::{IBondingManager, IRoundsManager, ITicketBroker};

use crate::{
    GWEI,
    cast::{Broadcaster, Holder},
    stage::Stage,
};

/// What a winning ticket pays, in wei: less than every broadcaster's deposit.
const FACE_VALUE: u128 = 10 * GWEI;

impl Stage {
    /// A broadcaster signs a ticket that wins for sure, and its recipient redeems it.
    fn win(&self, from: &Broadcaster, to: &Holder) {
        let round = self.l2(
            Contract::RoundsManager,
            &IRoundsManager::currentRoundCall {},
        );
        let of_round = IRoundsManager::blockHashForRoundCall { round };
        let hash = self.l2(Contract::RoundsManager, &of_round);
        let random = U256::from(7);
        let ticket = ITicketBroker::Ticket {
            recipient: to.address,
            sender: from.key.address(),
            faceValue: U256::from(FACE_VALUE),
            winProb: U256::MAX,
            senderNonce: U256::ONE,
            recipientRandHash: keccak256(B256::from(random)),
            auxData: Bytes::from([B256::from(round), hash].concat()),
        };
        let of_ticket = ITicketBroker::getTicketHashCall {
            ticket: ticket.clone(),
        };
        let hash: B256 = self.l2(Contract::TicketBroker, &of_ticket);
        let sig = from.key.sign_message_sync(hash.as_slice()).expect("signs");
        let call = ITicketBroker::redeemWinningTicketCall {
            ticket,
            sig: sig.as_bytes().into(),
            recipientRand: random,
        };
        let own = self.on_l2(&to.key);
        let broker = self.at(Contract::TicketBroker);
        self.send(&own, broker, &call, 0).expect("wins");
    }

    fn pending_fees(&self, delegator: Address) -> u128 {
        let call = IBondingManager::pendingFeesCall {
            delegator,
            endRound: U256::ZERO,
        };
        self.l2(Contract::BondingManager, &call).to()
    }
}

#[test]
fn what_a_pool_has_earned_goes_to_its_delegators_by_their_stakes() {
    let mut stage = Stage::local();
    let troupe = stage.troupe();
    let lead = &troupe.orchestrator;
    stage.arrives(lead, lead.address, What::Delegator);
    let broadcaster = Holder {
        key: troupe.broadcaster.key.clone(),
        address: troupe.broadcaster.key.address(),
        delegate: Address::ZERO,
        stake: 0,
        fees: 0,
    };
    stage.arrives(&broadcaster, broadcaster.address, What::Sender);
    let own = stage.on_l2(&lead.key);
    let bonding = stage.at(Contract::BondingManager);
    let terms = IBondingManager::transcoderCall {
        rewardCut: U256::from(100_000),
        feeShare: U256::from(500_000),
    };
    stage
        .send(&own, bonding, &terms, 0)
        .expect("sets its terms");

    // In the round of an orchestrator's first reward, the original reckons fees by what the reward would have been. The second is ordinary.
    let reward = IBondingManager::rewardCall {};
    stage.next_round();
    stage.send(&own, bonding, &reward, 0).expect("is active");
    stage.next_round();
    let pool = stage.pool(lead.address);
    let working = (
        stage.stake(pool).amount,
        stage.stake(lead.address).delegated,
    );
    stage.send(&own, bonding, &reward, 0).expect("is active");
    stage.win(&troupe.broadcaster, lead);

    let (stake, fees) = (stage.stake(pool).amount, stage.pending_fees(pool));
    let all = stage.stake(lead.address);
    assert!(
        stake > working.0 && working.0 > troupe.foreign,
        "it has earned twice"
    );
    assert!(all.delegated >= all.amount + stake);
    // Half of the ticket is shared by the stake with which the round began.
    let due = FACE_VALUE / 2 * (working.0 / GWEI) / (working.1 / GWEI);
    assert!(fees.abs_diff(due) <= 2, "{fees} wei, due {due}");

    let mut paid = 0;
    for it in &troupe.delegators {
        let part = |of: u128| -> u128 {
            let part = U256::from(of) * U256::from(it.stake) / U256::from(troupe.foreign);
            part.to()
        };
        let done: Mined = stage.claim(it, Address::ZERO).expect("claims");
        let share = part(stake);
        let got = stage.stake(it.address);
        assert_eq!(got.delegate, lead.address);
        assert!(got.amount.abs_diff(share) <= 4, "{got:?}, due {share}");
        let event: IBondingManager::WithdrawFees = done.event(bonding).expect("its fees");
        let (got, share) = (event.amount.to::<u128>(), part(fees));
        assert_eq!((event.delegator, event.recipient), (pool, it.address));
        assert!(got.abs_diff(share) <= 4, "{got} wei, due {share}");
        paid += got;
    }
    assert!(fees - paid <= 4, "all of it: {paid} of {fees}");
    assert!(stage.stake(pool).amount <= 4, "nothing stays behind");
}
