//! LivepeerToken's strings: ERC-20, roles, permits.

use super::Case;
use super::stage::Stage;
use alloy::signers::SignerSync as _;
use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::{SolCall, SolValue as _};
use confluence_abi::ILivepeerToken::*;
use confluence_kit::sim::Revert;
use confluence_tests::native::ONE;

const LPT: &str = "livepeer-token";
const NOBODY: Address = Address::ZERO;

fn refused<C: SolCall>(s: &Stage, from: Address, call: &C) -> Revert {
    s.refused(from, s.l2.token, call)
}

fn n(v: u128) -> U256 {
    U256::from(v)
}

fn transfer(to: Address, amount: u128) -> transferCall {
    transferCall {
        to,
        amount: n(amount),
    }
}

/// How a permit fails that is changed so after it was signed.
fn permitted(s: &Stage, change: fn(&mut permitCall)) -> Revert {
    let (owner, spender, value, deadline) = (s.key.address(), s.a, n(1), n(1 << 40));
    let domain: B256 = s.l2.world.read(s.l2.token, &DOMAIN_SEPARATORCall {});
    let kind = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
    );
    let fields = (kind, owner, spender, value, U256::ZERO, deadline).abi_encode();
    let digest = [b"\x19\x01".as_slice(), &domain.0, &keccak256(fields).0].concat();
    let signature = s.key.sign_hash_sync(&keccak256(digest)).expect("signs");
    let mut call = permitCall {
        owner,
        spender,
        value,
        deadline,
        v: 27 + u8::from(signature.v()),
        r: signature.r().into(),
        s: signature.s().into(),
    };
    change(&mut call);
    refused(s, s.a, &call)
}

pub(crate) const CASES: &[Case] = &[
    (LPT, "ERC20: transfer from the zero address", |s| {
        refused(s, NOBODY, &transfer(s.a, 0))
    }),
    (LPT, "ERC20: transfer to the zero address", |s| {
        refused(s, s.a, &transfer(NOBODY, 1))
    }),
    (LPT, "ERC20: transfer amount exceeds balance", |s| {
        refused(s, s.a, &transfer(s.b, 10_000 * ONE + 1))
    }),
    (LPT, "ERC20: transfer amount exceeds allowance", |s| {
        let call = transferFromCall {
            from: s.a,
            to: s.b,
            amount: n(1),
        };
        refused(s, s.b, &call)
    }),
    (LPT, "ERC20: decreased allowance below zero", |s| {
        let call = decreaseAllowanceCall {
            spender: s.b,
            subtractedValue: n(1),
        };
        refused(s, s.a, &call)
    }),
    (LPT, "ERC20: approve from the zero address", |s| {
        let call = approveCall {
            spender: s.a,
            amount: n(1),
        };
        refused(s, NOBODY, &call)
    }),
    (LPT, "ERC20: approve to the zero address", |s| {
        let call = approveCall {
            spender: NOBODY,
            amount: n(1),
        };
        refused(s, s.a, &call)
    }),
    (LPT, "ERC20: mint to the zero address", |s| {
        let call = mintCall {
            to: NOBODY,
            amount: n(1),
        };
        refused(s, s.l2.minter, &call)
    }),
    (LPT, "ERC20: burn from the zero address", |s| {
        // whom no key is known for, so that only a test world can call as it
        let role = keccak256("BURNER_ROLE");
        let account = NOBODY;
        s.must(s.l2.owner, s.l2.token, &grantRoleCall { role, account });
        refused(s, NOBODY, &burnCall { amount: n(1) })
    }),
    (LPT, "ERC20: burn amount exceeds balance", |s| {
        refused(s, s.l2.gateway, &burnCall { amount: n(1) })
    }),
    (LPT, "ERC20: burn amount exceeds allowance", |s| {
        let call = burnFromCall {
            from: s.a,
            amount: n(1),
        };
        refused(s, s.l2.gateway, &call)
    }),
    (LPT, "AccessControl: account * is missing role *", |s| {
        let call = mintCall {
            to: s.a,
            amount: n(1),
        };
        refused(s, s.a, &call)
    }),
    (
        LPT,
        "AccessControl: can only renounce roles for self",
        |s| {
            let call = renounceRoleCall {
                role: keccak256("MINTER_ROLE"),
                account: s.l2.minter,
            };
            refused(s, s.a, &call)
        },
    ),
    (LPT, "ERC20Permit: expired deadline", |s| {
        s.l2.world.set_time((1 << 40) + 1);
        permitted(s, |_| ())
    }),
    (LPT, "ERC20Permit: invalid signature", |s| {
        permitted(s, |it| it.value = n(2))
    }),
    (LPT, "ECDSA: invalid signature 's' value", |s| {
        permitted(s, |it| it.s = B256::repeat_byte(0xff))
    }),
    (LPT, "ECDSA: invalid signature 'v' value", |s| {
        permitted(s, |it| it.v = 29)
    }),
    (LPT, "ECDSA: invalid signature", |s| {
        permitted(s, |it| it.r = B256::ZERO)
    }),
];
