//! Allowances by signature (EIP-2612 over EIP-712).

use crate::allowance;
use crate::storage::State;
use confluence_kit::crypto::Join;
use confluence_kit::math::wide;
use confluence_kit::{Address, B256, Result, U256, b256, block, crypto, ensure, this};

/// keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)").
const DOMAIN_TYPE: B256 = b256!("8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f");
/// keccak256("Livepeer Token").
const NAME: B256 = b256!("5326c3af924f1b106277dadb4a95e2d5f8a7c467cfdf289b2275429114b4c813");
/// keccak256("1").
const VERSION: B256 = b256!("c89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc6");
/// keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)").
const PERMIT_TYPE: B256 = b256!("6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9");

/// Sets an allowance that its owner has signed.
///
/// # Arguments
/// * `value` - LPT base units.
/// * `deadline` - seconds since 1970.
/// * `v`, `r`, `s` - the signature; `s` in the lower half, `v` 27 or 28.
///
/// # Errors
/// * "ERC20Permit: expired deadline".
/// * "ECDSA: invalid signature 's' value", "ECDSA: invalid signature 'v' value", "ECDSA: invalid signature".
/// * "ERC20Permit: invalid signature" - somebody else signed, or a permit was used in between.
/// * "ERC20: approve to the zero address".
///
/// # Events
/// `Approval`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20Permit.permit; deviation: none.
#[allow(clippy::too_many_arguments)]
pub fn permit(
    state: &mut State,
    owner: &Address,
    spender: &Address,
    value: U256,
    deadline: U256,
    v: u8,
    r: &B256,
    s: &B256,
) -> Result {
    ensure!(
        wide(block::timestamp() as u128) <= deadline,
        "ERC20Permit: expired deadline"
    );
    let mut nonce = state.nonces.edit(owner);
    let used = nonce.used;
    nonce.used = used.wrapping_add(U256::ONE);
    nonce.store();
    let fields = hash_words([
        PERMIT_TYPE,
        owner.into_word(),
        spender.into_word(),
        word(&value),
        word(&used),
        word(&deadline),
    ]);
    let signer = crypto::recover(&typed_data_hash(&domain(), &fields), v, r, s)?;
    ensure!(signer == *owner, "ERC20Permit: invalid signature");
    allowance::set(state, owner, spender, value)
}

/// How many permits of `owner` were used.
pub fn nonce(s: &State, owner: &Address) -> Result<U256> {
    Ok(s.nonces.get(owner).used)
}

/// What ties a signature to this token on this chain.
pub fn domain_separator(_: &State) -> Result<B256> {
    Ok(domain())
}

fn domain() -> B256 {
    hash_words([
        DOMAIN_TYPE,
        NAME,
        VERSION,
        word(&wide(block::chain_id() as u128)),
        this::address().into_word(),
    ])
}

/// EIP-712's hash of a struct in a domain.
fn typed_data_hash(domain: &B256, fields: &B256) -> B256 {
    crypto::keccak256_of(&Join([0x19u8, 0x01], Join(*domain, *fields)))
}

fn hash_words<const N: usize>(words: [B256; N]) -> B256 {
    crypto::keccak256_of(&words)
}

fn word(v: &U256) -> B256 {
    let mut bytes = [0; 32];
    confluence_kit::abi::write_wide(v, &mut bytes);
    B256::new(bytes)
}
