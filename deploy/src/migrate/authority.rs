//! Why L1Migrator will listen: the account sends itself, or its signature comes along.
//! Always holds: a signature was checked against the account the way L1 will check it, before anything is sent.

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, Signature, fixed_bytes},
    sol,
};

use super::{AccountKind, MigrateError};
use crate::{
    client::{ClientError, L1},
    sign::{Authorization, Move, SignError, Verifier},
};

sol! {
    /// A contract that signs (ERC-1271).
    interface IERC1271 {
        function isValidSignature(bytes32 hash, bytes signature) external view returns (bytes4);
    }
}

/// What a contract answers to a signature that is its own.
const ACCEPTS: FixedBytes<4> = fixed_bytes!("1626ba7e");

/// Who speaks for the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// It sends itself.
    Own,
    /// It signed, and somebody else sends.
    Signature(Bytes),
}

impl Authority {
    /// Decides whether `payer` may send `moved`, with this signature if there is one.
    ///
    /// # Errors
    /// [`MigrateError::NotTheOwner`], [`MigrateError::NeedsWallet`]; [`SignError::NotTheAccount`], [`MigrateError::WalletRefuses`]
    /// for a signature that is not the account's.
    pub async fn check(
        l1: &L1,
        moved: &Move,
        verifier: &Verifier,
        payer: Address,
        signature: Option<&Bytes>,
    ) -> Result<Self, MigrateError> {
        let account = moved.l1_addr;
        if payer == account {
            return Ok(Self::Own);
        }
        let kind = AccountKind::of(&l1.code(account).await?);
        let Some(signature) = signature else {
            return Err(match kind.has_key() {
                true => MigrateError::NotTheOwner { payer, account },
                false => MigrateError::NeedsWallet { account },
            });
        };
        let digest = moved.hashes(verifier).digest;
        let signer = recovered(signature, digest);
        if let Some((signer, bytes)) = &signer
            && *signer == account
        {
            return Ok(Self::Signature(bytes.clone()));
        }
        match kind {
            AccountKind::Key => Err(SignError::NotTheAccount {
                expected: account,
                signer: signer.map(|(signer, _)| signer),
            }
            .into()),
            // a delegated account's code may accept signatures as well
            AccountKind::Delegated | AccountKind::Contract => {
                accepted(l1, account, digest, signature).await
            }
        }
    }

    /// What goes into the call.
    #[must_use]
    pub fn signature(&self) -> Bytes {
        match self {
            Self::Own => Bytes::new(),
            Self::Signature(bytes) => bytes.clone(),
        }
    }
}

async fn accepted(
    l1: &L1,
    account: Address,
    digest: B256,
    signature: &Bytes,
) -> Result<Authority, MigrateError> {
    let call = IERC1271::isValidSignatureCall {
        hash: digest,
        signature: signature.clone(),
    };
    match l1.read(account, &call).await {
        Ok(ACCEPTS) => Ok(Authority::Signature(signature.clone())),
        Ok(_) | Err(ClientError::Reverted { .. } | ClientError::Answer { .. }) => {
            Err(MigrateError::WalletRefuses { account })
        }
        Err(error) => Err(error.into()),
    }
}

/// Who signed, with the signature as L1Migrator takes it: 65 bytes, the last one 27 or 28. Wallets also give 0 or 1 there, or 64
/// bytes (EIP-2098).
fn recovered(signature: &Bytes, digest: B256) -> Option<(Address, Bytes)> {
    let signature = match signature.len() {
        64 => Signature::from_erc2098(signature),
        _ => Signature::from_raw(signature).ok()?,
    };
    let signature = signature.normalized_s();
    let signer = signature.recover_address_from_prehash(&digest).ok()?;
    Some((signer, signature.as_bytes().into()))
}

/// The signature in an authorization's file, once the file is sure to be for this contract.
///
/// # Errors
/// [`MigrateError::OtherContract`], [`MigrateError::Unsigned`].
pub(super) fn of_file<'a>(
    file: &'a Authorization,
    verifier: &Verifier,
) -> Result<&'a Bytes, MigrateError> {
    if file.verifier != *verifier {
        return Err(MigrateError::OtherContract {
            signed: file.verifier.l1_migrator,
            signed_chain: file.verifier.chain_id,
            l1_migrator: verifier.l1_migrator,
            chain: verifier.chain_id,
        });
    }
    file.signature.as_ref().ok_or(MigrateError::Unsigned {
        account: file.moved.l1_addr,
        digest: file.hashes.digest,
    })
}

#[cfg(test)]
mod tests {
    use alloy::signers::{SignerSync as _, local::PrivateKeySigner};

    use super::*;

    #[test]
    fn every_encoding_of_a_signature_becomes_the_one_that_l1_takes() {
        let key = PrivateKeySigner::from_bytes(&B256::repeat_byte(0x11)).expect("a key");
        let digest = B256::repeat_byte(3);
        let signature = key.sign_hash_sync(&digest).expect("signed");
        let raw = signature.as_bytes();
        let mut parity = raw;
        parity[64] -= 27;
        let compact = signature.as_erc2098();
        for bytes in [&raw[..], &parity[..], &compact[..]] {
            let bytes = Bytes::copy_from_slice(bytes);
            let (signer, normal) = recovered(&bytes, digest).expect("a signature");
            assert_eq!(signer, key.address());
            assert_eq!(normal, Bytes::copy_from_slice(&raw));
        }
        assert_eq!(recovered(&Bytes::from(vec![1; 63]), digest), None);
    }
}
