//! Contract wallets have no key for L2: they move through L1, to another address.

use alloy::primitives::{Bytes, U256};
use confluence::sign::What;

use crate::{act::message, look::Stake, stage::Stage};

#[test]
fn a_contract_wallet_moves_by_its_own_call_to_another_address() {
    let mut stage = Stage::any();
    let wallet = stage.cast.forwarder.clone();
    let to = stage.fresh().address();
    let (call, value) = stage.call(&message(&wallet, to, What::Delegator));
    let told = [stage.system.l1.migrator.as_slice(), &call].concat();
    let sent = stage.l1.send(
        "through the wallet",
        Some(wallet.address),
        Bytes::from(told),
        U256::from(value),
    );
    let sent = stage.runtime.block_on(sent).expect("the wallet calls");
    stage.redeemed(stage.tickets(&sent)[0]);
    let there = Stake {
        amount: wallet.stake,
        delegate: wallet.delegate,
        delegated: 0,
    };
    assert_eq!(stage.stake(to), there);
    assert_eq!(stage.stake(wallet.address).amount, 0);
    assert!(stage.is_migrated(wallet.address));
}

#[test]
fn a_contract_wallet_moves_by_the_signature_that_it_accepts() {
    let mut stage = Stage::any();
    let wallet = stage.cast.approver.clone();
    let to = stage.fresh().address();
    stage.arrives(&wallet, to, What::Delegator);
    assert_eq!(stage.stake(to).amount, wallet.stake);

    // A wallet that answers nothing sensible accepts none.
    let other = stage.cast.forwarder.clone();
    let forged = stage.signed(message(&other, to, What::Delegator), &other.key);
    let refused = stage.submit(&stage.l1, &forged).expect_err("no ERC-1271");
    assert!(refused.to_string().contains("FAIL_AUTH"), "{refused}");
}
