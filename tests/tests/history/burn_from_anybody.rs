//! Code4rena 2022-01, M-05. A holder of BURNER_ROLE could burn anybody's LPT.
//! `burn` takes the caller's own, `burnFrom` what its owner allowed, and both need the role.

use super::stage;
use alloy_primitives::{U256, keccak256};
use confluence_abi::ILivepeerToken as Token;
use confluence_kit::sim::Revert;

#[test]
fn burner_needs_the_owners_leave() {
    let (t, _, [victim, burner, _]) = stage();
    let (w, at) = (&t.world, t.model.at.token);
    let burner_role = Token::grantRoleCall {
        role: keccak256("BURNER_ROLE"),
        account: burner,
    };
    w.send(t.owner, at, &burner_role).unwrap();
    let burn = |amount: u64| Token::burnFromCall {
        from: victim,
        amount: U256::from(amount),
    };
    let refused = w.send(burner, at, &burn(1)).reverted();
    let text = "ERC20: burn amount exceeds allowance";
    assert_eq!(refused, Revert::text(text));
    let allow = Token::approveCall {
        spender: burner,
        amount: U256::from(5),
    };
    w.send(victim, at, &allow).unwrap();
    w.send(burner, at, &burn(5)).unwrap();
    assert_eq!(w.send(burner, at, &burn(1)).reverted(), Revert::text(text));
}

#[test]
fn nobody_burns_without_the_role_by_accident() {
    let (t, _, [a, ..]) = stage();
    let burn = Token::burnCall {
        amount: U256::from(1),
    };
    let refused = t.world.send(a, t.model.at.token, &burn).reverted();
    let text = format!(
        "AccessControl: account 0x{} is missing role {:?}",
        alloy_primitives::hex::encode(a),
        keccak256("BURNER_ROLE")
    );
    assert_eq!(refused, Revert::text(&text));
}
