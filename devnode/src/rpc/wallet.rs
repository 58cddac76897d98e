//! The unlocked accounts: the Nitro dev account and those of a mnemonic. Their keys are for tests, nothing here is secret.

use alloy_consensus::{SignableTransaction, TxEnvelope, TypedTransaction};
use alloy_dyn_abi::TypedData;
use alloy_primitives::{Address, B256, Signature, b256};
use alloy_signer::SignerSync;
use alloy_signer_local::{MnemonicBuilder, PrivateKeySigner, coins_bip39::English};

/// The mnemonic of hardhat and anvil.
pub const TEST_MNEMONIC: &str = "test test test test test test test test test test test junk";

/// Key of the account that a Nitro dev chain funds.
pub const DEV_KEY: B256 = b256!("b6b15c8cb491557369f3c7d2c287b053eb229daa9c22138887752191c9520659");

/// Why a wallet cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mnemonic is not valid: {0}")]
pub struct MnemonicError(String);

/// See the head of this file.
#[derive(Clone, Debug, Default)]
pub struct Wallet {
    signers: Vec<PrivateKeySigner>,
}

impl Wallet {
    /// The dev account and the first `count` accounts of `mnemonic` at m/44'/60'/0'/0.
    ///
    /// # Errors
    /// When the mnemonic is none.
    pub fn new(mnemonic: &str, count: u32) -> Result<Self, MnemonicError> {
        let wrong = |error: &dyn std::fmt::Display| MnemonicError(error.to_string());
        let mut signers = vec![PrivateKeySigner::from_bytes(&DEV_KEY).map_err(|e| wrong(&e))?];
        for index in 0..count {
            let builder = MnemonicBuilder::<English>::default().phrase(mnemonic);
            signers.push(
                builder
                    .index(index)
                    .and_then(|at| at.build())
                    .map_err(|e| wrong(&e))?,
            );
        }
        Ok(Self { signers })
    }

    /// Addresses, the dev account first.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        self.signers.iter().map(PrivateKeySigner::address)
    }

    /// Addresses with their keys.
    pub fn keys(&self) -> impl Iterator<Item = (Address, B256)> + '_ {
        self.signers
            .iter()
            .map(|signer| (signer.address(), signer.to_bytes()))
    }

    fn signer(&self, who: Address) -> Option<&PrivateKeySigner> {
        self.signers.iter().find(|signer| signer.address() == who)
    }

    /// EIP-191 signature, if the account is unlocked.
    pub(crate) fn sign_message(&self, who: Address, message: &[u8]) -> Option<Signature> {
        self.signer(who)?.sign_message_sync(message).ok()
    }

    /// EIP-712 signature; `None` if the account is not unlocked.
    pub(crate) fn sign_typed(
        &self,
        who: Address,
        data: &TypedData,
    ) -> Option<Result<Signature, String>> {
        let signer = self.signer(who)?;
        Some(
            signer
                .sign_dynamic_typed_data_sync(data)
                .map_err(|error| error.to_string()),
        )
    }

    /// Signs a transaction, if the account is unlocked.
    pub(crate) fn sign_transaction(
        &self,
        who: Address,
        tx: TypedTransaction,
    ) -> Option<TxEnvelope> {
        let signature = self
            .signer(who)?
            .sign_hash_sync(&tx.signature_hash())
            .ok()?;
        Some(tx.into_signed(signature).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::address;

    #[test]
    fn the_test_mnemonic_gives_the_accounts_everyone_knows() {
        let wallet = Wallet::new(TEST_MNEMONIC, 2).unwrap();
        let known = [
            crate::chain::DEV_ACCOUNT,
            address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
            address!("70997970C51812dc3A010C7d01b50e0d17dc79C8"),
        ];
        assert_eq!(wallet.addresses().collect::<Vec<_>>(), known);
    }

    #[test]
    fn words_that_are_no_mnemonic_are_refused() {
        assert!(Wallet::new("correct horse battery staple", 1).is_err());
    }
}
