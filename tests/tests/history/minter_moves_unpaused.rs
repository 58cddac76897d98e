//! Livepeer commit 7800325: `migrateToNewMinter` wanted the system paused, which stopped everybody for the length of a governance delay.
//! It works while the system runs; no stake, lock or fee is lost, and withdrawals go on from the new Minter.

use super::stage;
use alloy_primitives::{FixedBytes, U256, keccak256};
use confluence_abi::{IBondingManager, IController, ILivepeerToken, IMinter};
use confluence_tests::twin::{Action, LPT};

#[test]
fn stake_can_be_withdrawn_from_the_next_minter() {
    let (mut t, o, [a, ..]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.next_round();
    t.must(a, &Action::unbond(40 * LPT));
    (0..7).for_each(|_| t.next_round());

    let (w, owner, old) = (&t.world, t.owner, t.model.at.minter);
    let terms = (t.controller, U256::ZERO, U256::ZERO, U256::ZERO);
    let new = w.construct(&confluence_minter::PROGRAM, terms).unwrap();
    let sync = IMinter::syncControllerContractsCall {};
    w.send(owner, new, &sync).unwrap();
    let migrate = IMinter::migrateToNewMinterCall { newMinter: new };
    w.send(owner, old, &migrate).unwrap();
    let register = IController::setContractInfoCall {
        id: keccak256("Minter"),
        contractAddress: new,
        gitCommitHash: FixedBytes::ZERO,
    };
    w.send(owner, t.controller, &register).unwrap();
    w.send(owner, t.model.at.bonding_manager, &sync).unwrap();

    let balance = |account| w.read(t.model.at.token, &ILivepeerToken::balanceOfCall { account });
    let before = balance(a);
    let withdraw = IBondingManager::withdrawStakeCall {
        unbondingLockId: U256::ZERO,
    };
    w.send(a, t.model.at.bonding_manager, &withdraw).unwrap();
    assert_eq!(balance(a) - before, U256::from(40 * LPT));
    assert_eq!((balance(old), balance(new).is_zero()), (U256::ZERO, false));
}
