//! Tickets that do not run at once: too little gas, a week's neglect.

use alloy::primitives::{Address, U256};
use confluence::{
    sign::What,
    ticket::{self, State, TicketError, bridge::Inbox},
};

use crate::{
    act::{ENOUGH_GAS, Message, Sent, message},
    stage::Stage,
};

/// Longer than a ticket lives.
const EIGHT_DAYS: u64 = 8 * 86_400;

impl Stage {
    /// Somebody whom nothing of this concerns redeems a ticket.
    pub(crate) fn redeem(&mut self, sent: &Sent) -> Result<(), TicketError> {
        let stranger = self.fresh();
        let stranger = self.on_l2(&stranger);
        let done = self.runtime.block_on(ticket::redeem(&stranger, sent.id));
        done.map(drop)
    }

    /// The funder's own ticket to a contract on L2.
    pub(crate) fn ticket_to(&self, to: Address, data: Vec<u8>) -> Sent {
        let (gas, price) = (U256::from(ENOUGH_GAS), self.gas_price_bid());
        let most = self.submission_cost(data.len());
        let funder = self.chains.funder.address();
        let call = Inbox::createRetryableTicketCall {
            to,
            l2CallValue: U256::ZERO,
            maxSubmissionCost: most,
            excessFeeRefundAddress: funder,
            callValueRefundAddress: funder,
            gasLimit: gas,
            maxFeePerGas: price,
            data: data.into(),
        };
        let cost: u128 = (most + gas * price).to();
        let sent = self.send(&self.l1, self.chains.inbox, &call, cost);
        let sent = sent.expect("the bridge takes it");
        Sent {
            id: self.tickets(&sent)[0],
        }
    }
}

#[test]
fn a_ticket_with_too_little_gas_is_redeemed_by_a_stranger_once() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let lead = &troupe.orchestrator;
    let cheap = Message {
        gas: 100_000,
        ..message(lead, lead.address, What::Delegator)
    };
    let cheap = stage.signed(cheap, &lead.key);
    let sent = stage.submit(&stage.l1, &cheap).expect("L1 takes it");
    stage.waits(sent.id);
    assert_eq!(
        stage.stake(lead.address).amount,
        0,
        "nothing of it has happened"
    );
    stage.redeem(&sent).expect("anybody can");
    stage.redeemed(sent.id);
    assert_eq!(stage.stake(lead.address).amount, lead.stake);
    let again = stage.redeem(&sent).expect_err("it is gone");
    assert!(again.to_string().contains("REDEEMED"), "{again}");
}

#[test]
fn who_let_a_ticket_expire_sends_again_or_claims() {
    let mut stage = Stage::local();
    let troupe = stage.troupe();
    let [first, second, ..] = &troupe.delegators;
    let to_come = stage.ether_to_come();
    stage.follower().fail_auto_redeems(2);
    let lost = [first, second].map(|it| {
        let message = stage.signed(message(it, it.address, What::Delegator), &it.key);
        stage.submit(&stage.l1, &message).expect("L1 takes it")
    });
    lost.iter().for_each(|it| drop(stage.waits(it.id)));
    stage
        .follower()
        .advance(EIGHT_DAYS, 1)
        .expect("time passes");
    // Nitro drops what has expired as blocks go by.
    for _ in 0..3 {
        let anybody = stage.fresh();
        drop(stage.on_l2(&anybody));
    }
    for it in &lost {
        assert_eq!(stage.state(it.id), State::Expired { cancelled: false });
        assert!(stage.redeem(it).is_err());
    }
    assert_eq!(stage.ether_to_come(), to_come, "nothing was in the tickets");

    stage.arrives(first, first.address, What::Delegator);
    stage.claim(second, Address::ZERO).expect("claims");
    for it in [first, second] {
        assert_eq!(stage.stake(it.address).amount, it.stake);
    }
    assert_eq!(to_come - stage.ether_to_come(), first.fees + second.fees);
}
