//! LPT: transfers, allowances, permits.

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    signers::{SignerSync as _, local::PrivateKeySigner},
    sol_types::SolValue as _,
};
use confluence_abi::ILivepeerToken::{
    DOMAIN_SEPARATORCall, approveCall, noncesCall, permitCall, transferCall, transferFromCall,
};

use super::ONCE;
use crate::{
    bench::gas::{
        GasError,
        population::{account, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::LivepeerToken,
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |_| Ok(()),
        acts: &[
            ("token.transfer.existing", |s| transfer(s, s.y())),
            ("token.transfer.fresh", |s| transfer(s, account("fresh"))),
            ("token.approve.new", |s| approve(s, lpt(10))),
            ("token.permit.first", permit),
        ],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&approve(s, lpt(5))?, "approve").map(drop),
        acts: &[("token.approve.change", |s| approve(s, lpt(10)))],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&approve(s, lpt(100))?, "approve").map(drop),
        acts: &[("token.transferFrom.finite", take)],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&approve(s, U256::MAX)?, "approve").map(drop),
        acts: &[("token.transferFrom.max", take)],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&approve(s, lpt(10))?, "approve").map(drop),
        acts: &[("token.transferFrom.exact", take)],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&permit(s)?, "permit").map(drop),
        acts: &[("token.permit.second", permit)],
    },
];

fn transfer(s: &Stage, to: Address) -> Result<Act, GasError> {
    let amount = lpt(10);
    s.act(s.x(), LivepeerToken, &transferCall { to, amount })
}

/// X lets Y take LPT.
fn approve(s: &Stage, amount: U256) -> Result<Act, GasError> {
    let spender = s.y();
    s.act(s.x(), LivepeerToken, &approveCall { spender, amount })
}

/// Y takes 10 LPT of X.
fn take(s: &Stage) -> Result<Act, GasError> {
    let call = transferFromCall {
        from: s.x(),
        to: s.y(),
        amount: lpt(10),
    };
    s.act(s.y(), LivepeerToken, &call)
}

/// Somebody with a key lets Y take 10 LPT, and Y sends it in.
fn permit(s: &Stage) -> Result<Act, GasError> {
    let no_key = |_| GasError::Key;
    let key = keccak256("somebody with a key");
    let signer = PrivateKeySigner::from_bytes(&key).map_err(no_key)?;
    let (owner, spender, value) = (signer.address(), s.y(), lpt(10));
    let deadline = U256::from(u64::MAX);
    let nonce = s.read(LivepeerToken, &noncesCall { owner })?;
    let domain = s.read(LivepeerToken, &DOMAIN_SEPARATORCall {})?;
    let kind = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
    );
    let message = keccak256((kind, owner, spender, value, nonce, deadline).abi_encode());
    let digest: B256 = keccak256([b"\x19\x01".as_slice(), &domain.0, &message.0].concat());
    let signature = signer.sign_hash_sync(&digest).map_err(|_| GasError::Key)?;
    let call = permitCall {
        owner,
        spender,
        value,
        deadline,
        v: 27 + u8::from(signature.v()),
        r: signature.r().into(),
        s: signature.s().into(),
    };
    s.act(spender, LivepeerToken, &call)
}
