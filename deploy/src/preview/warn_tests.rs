//! Which warnings a preview has, without a chain.

use super::*;
use crate::{
    migrate::{Arrived, Holdings, Lock},
    ticket::bridge::alias,
};

const ALICE: Address = Address::repeat_byte(1);

fn preview(on_l1: AccountKind, on_l2: AccountKind) -> Preview {
    Preview {
        account: ALICE,
        on_l1,
        receiver: ALICE,
        on_l2,
        refunds_to: match on_l1 {
            AccountKind::Key => ALICE,
            _ => alias(ALICE),
        },
        holdings: Holdings {
            stake: U256::from(5),
            fees: U256::ZERO,
            delegate: ALICE,
            delegated: U256::from(5),
            locks: Vec::new(),
            deposit: U256::ZERO,
            reserve: U256::ZERO,
            round: 10,
        },
        arrived: Arrived::default(),
        moves: vec![super::super::Proposal {
            kind: "delegator",
            command: String::new(),
            outcome: super::super::Outcome::Fails { why: String::new() },
        }],
        round: 20,
        unbonding_period: 7,
        warnings: Vec::new(),
    }
}

#[test]
fn two_plain_accounts_need_no_warning() {
    assert_eq!(of(&preview(AccountKind::Key, AccountKind::Key)), []);
}

#[test]
fn a_contract_wallet_without_counterpart_is_warned_of_first() {
    let warnings = of(&preview(AccountKind::Contract, AccountKind::Key));
    let account = ALICE;
    assert_eq!(warnings[0], Warning::ContractOnOneSide { account });
    assert_eq!(warnings[1], Warning::ContractWallet { account });
    // with code there it may be the same wallet, and must take ether
    let warnings = of(&preview(AccountKind::Contract, AccountKind::Contract));
    assert!(!warnings.contains(&Warning::ContractOnOneSide { account }));
    assert!(matches!(warnings[1], Warning::ReceiverHasCode { .. }));
}

#[test]
fn a_delegation_is_warned_of_where_only_one_side_has_it() {
    let on_l1 = of(&preview(AccountKind::Delegated, AccountKind::Key));
    assert!(matches!(
        on_l1[..],
        [
            Warning::DelegatedOnOneSide { side: "L1", .. },
            Warning::RefundsAtAlias { .. }
        ]
    ));
    let both = of(&preview(AccountKind::Delegated, AccountKind::Delegated));
    assert!(matches!(
        both[..],
        [
            Warning::ReceiverHasCode { .. },
            Warning::RefundsAtAlias { .. }
        ]
    ));
}

#[test]
fn code_on_l1_sends_refunds_to_an_alias_which_is_named_and_explained() {
    for kind in [AccountKind::Delegated, AccountKind::Contract] {
        let warnings = of(&preview(kind, AccountKind::Key));
        let text = warnings.last().expect("a warning").to_string();
        assert!(text.contains(&alias(ALICE).to_string()), "{text}");
        assert!(text.contains("no key signs for an alias"), "{text}");
        assert!(text.contains("--l2-addr"), "{text}");
    }
    // code on L2 alone changes nothing about refunds
    let on_l2 = of(&preview(AccountKind::Key, AccountKind::Delegated));
    let is_alias = |it: &Warning| matches!(it, Warning::RefundsAtAlias { .. });
    assert!(!on_l2.iter().any(is_alias));
}

#[test]
fn locks_count_as_soon_withdrawable_within_three_rounds_unless_they_have_arrived() {
    let lock = |id: u64, withdraw_round| Lock {
        id: U256::from(id),
        amount: U256::from(1),
        withdraw_round,
    };
    let mut it = preview(AccountKind::Key, AccountKind::Key);
    it.holdings.locks = vec![lock(0, 13), lock(1, 14), lock(2, 9), lock(3, 9)];
    it.arrived.locks = vec![U256::from(3)];
    let warned: Vec<_> = of(&it)
        .into_iter()
        .map(|warning| match warning {
            Warning::LockWithdrawable { id, .. } => id,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(warned, [U256::from(0), U256::from(2)]);
    let texts: Vec<_> = of(&it).iter().map(ToString::to_string).collect();
    assert!(
        texts[0].contains("from round 13 on, and it is 10"),
        "{texts:?}"
    );
    assert!(texts[1].contains("can be withdrawn on L1 now"), "{texts:?}");
}

#[test]
fn what_has_arrived_is_said_and_an_empty_account_as_well() {
    let mut it = preview(AccountKind::Key, AccountKind::Key);
    it.arrived.whole = true;
    it.moves.clear();
    assert!(matches!(of(&it)[..], [Warning::Arrived { .. }]));
    it.arrived.whole = false;
    assert!(matches!(of(&it)[..], [Warning::Empty { .. }]));
}
