//! A broadcaster's deposit and reserve move to L2's TicketBroker.

use confluence::{plan::Contract, sign::What};
use confluence_abi::{IL2Migrator, ITicketBroker};

use crate::{act::message, cast::Holder, stage::Stage};
use alloy::primitives::Address;

#[test]
fn a_broadcasters_deposit_and_reserve_arrive_once() {
    let mut stage = Stage::any();
    let it = stage.troupe().broadcaster;
    let to = stage.fresh().address();
    let to_come = stage.ether_to_come();
    let account = Holder {
        address: it.key.address(),
        key: it.key,
        delegate: Address::ZERO,
        stake: 0,
        fees: 0,
    };
    stage.arrives(&account, to, What::Sender);
    let info = stage.l2(
        Contract::TicketBroker,
        &ITicketBroker::getSenderInfoCall { sender_: to },
    );
    let deposit: u128 = info.sender.deposit.to();
    let reserve: u128 = info.reserve.fundsRemaining.to();
    assert_eq!((deposit, reserve), (it.deposit, it.reserve));
    assert_eq!(to_come - stage.ether_to_come(), it.deposit + it.reserve);
    let call = IL2Migrator::migratedSendersCall {
        addr: account.address,
    };
    assert!(stage.l2(Contract::L2Migrator, &call));

    let again = stage.signed(message(&account, to, What::Sender), &account.key);
    let sent = stage.submit(&stage.l1, &again).expect("L1 does not know");
    let why = stage.waits(sent.id);
    assert!(why.contains("SENDER_ALREADY_MIGRATED"), "{why}");
}
