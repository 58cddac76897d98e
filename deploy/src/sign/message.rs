//! What an account signs to let somebody else move what it owns (L1Migrator's EIP-712 messages).
//! Always holds: the hashes are those that L1Migrator computes; what is signed names the chain and the contract, so that it
//! is worth nothing elsewhere.

use std::borrow::Cow;

use alloy::{
    dyn_abi::TypedData,
    primitives::{Address, B256, U256},
    sol,
    sol_types::{Eip712Domain, SolStruct},
};
use serde::{Deserialize, Serialize};

/// The domain's name and version in L1Migrator's constructor.
const NAME: &str = "Livepeer L1Migrator";
const VERSION: &str = "1";

sol! {
    #[derive(Debug, PartialEq, Eq, Serialize)]
    struct MigrateDelegator {
        address l1Addr;
        address l2Addr;
    }

    #[derive(Debug, PartialEq, Eq, Serialize)]
    struct MigrateUnbondingLocks {
        address l1Addr;
        address l2Addr;
        uint256[] unbondingLockIds;
    }

    #[derive(Debug, PartialEq, Eq, Serialize)]
    struct MigrateSender {
        address l1Addr;
        address l2Addr;
    }

    #[derive(Debug, PartialEq, Eq, Serialize)]
    struct MigrateMsg {
        address l1Addr;
        address l2Addr;
        uint256 amount;
        uint256 nonce;
        uint256 deadline;
    }
}

/// What is to be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum What {
    /// A delegator's or orchestrator's whole stake and fees.
    Delegator,
    /// Unbonding locks, as fresh stake.
    Locks {
        /// Their ids.
        ids: Vec<U256>,
    },
    /// A broadcaster's deposit and reserve.
    Sender,
    /// A part of a stake, and all fees.
    Amount {
        /// LPT base units.
        amount: U256,
        /// The account's nonce in L1Migrator.
        nonce: U256,
        /// Unix seconds after which the signature is worth nothing.
        deadline: u64,
    },
}

/// Whose, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The account on L1.
    pub l1_addr: Address,
    /// The account on L2 that gets it.
    pub l2_addr: Address,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// The L1Migrator that is to take the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifier {
    /// L1's chain id.
    pub chain_id: u64,
    /// L1Migrator.
    pub l1_migrator: Address,
}

/// What a wallet shows and signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// Of the contract's domain.
    pub domain: B256,
    /// Of the message.
    pub message: B256,
    /// Of both, which is signed.
    pub digest: B256,
}

impl Verifier {
    fn domain(&self) -> Eip712Domain {
        Eip712Domain {
            name: Some(Cow::Borrowed(NAME)),
            version: Some(Cow::Borrowed(VERSION)),
            chain_id: Some(U256::from(self.chain_id)),
            verifying_contract: Some(self.l1_migrator),
            salt: None,
        }
    }

    fn hashes<M: SolStruct>(&self, message: &M) -> Hashes {
        let domain = self.domain();
        Hashes {
            domain: domain.separator(),
            message: message.eip712_hash_struct(),
            digest: message.eip712_signing_hash(&domain),
        }
    }

    fn typed<M: SolStruct + Serialize>(&self, message: &M) -> TypedData {
        TypedData::from_struct(message, Some(self.domain()))
    }
}

impl Move {
    /// What a wallet shows and signs.
    #[must_use]
    pub fn hashes(&self, verifier: &Verifier) -> Hashes {
        match &self.what {
            What::Delegator => verifier.hashes(&self.delegator()),
            What::Locks { ids } => verifier.hashes(&self.locks(ids)),
            What::Sender => verifier.hashes(&self.sender()),
            What::Amount {
                amount,
                nonce,
                deadline,
            } => verifier.hashes(&self.amount(*amount, *nonce, *deadline)),
        }
    }

    /// The message as `eth_signTypedData_v4` takes it.
    #[must_use]
    pub fn typed_data(&self, verifier: &Verifier) -> TypedData {
        match &self.what {
            What::Delegator => verifier.typed(&self.delegator()),
            What::Locks { ids } => verifier.typed(&self.locks(ids)),
            What::Sender => verifier.typed(&self.sender()),
            What::Amount {
                amount,
                nonce,
                deadline,
            } => verifier.typed(&self.amount(*amount, *nonce, *deadline)),
        }
    }

    fn delegator(&self) -> MigrateDelegator {
        MigrateDelegator {
            l1Addr: self.l1_addr,
            l2Addr: self.l2_addr,
        }
    }

    fn sender(&self) -> MigrateSender {
        MigrateSender {
            l1Addr: self.l1_addr,
            l2Addr: self.l2_addr,
        }
    }

    fn locks(&self, ids: &[U256]) -> MigrateUnbondingLocks {
        MigrateUnbondingLocks {
            l1Addr: self.l1_addr,
            l2Addr: self.l2_addr,
            unbondingLockIds: ids.to_vec(),
        }
    }

    fn amount(&self, amount: U256, nonce: U256, deadline: u64) -> MigrateMsg {
        MigrateMsg {
            l1Addr: self.l1_addr,
            l2Addr: self.l2_addr,
            amount,
            nonce,
            deadline: U256::from(deadline),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::{address, b256};

    use super::*;

    /// Livepeer's own L1Migrator on Ethereum.
    const MAINNET: Verifier = Verifier {
        chain_id: 1,
        l1_migrator: address!("0x21146B872D3A95d2cF9afeD03eE5a783DaE9A89A"),
    };
    const ALICE: Address = address!("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
    const BOB: Address = address!("0x00000000000000000000000000000000000000aa");

    fn moved(what: What) -> Move {
        Move {
            l1_addr: ALICE,
            l2_addr: BOB,
            what,
        }
    }

    #[test]
    fn the_domain_is_that_of_livepeers_contract() {
        assert_eq!(
            moved(What::Sender).hashes(&MAINNET).domain,
            b256!("0x529b62adc1b67852955895ca21e462956a9397cef353012828b13214f3030111")
        );
    }

    #[test]
    fn digests_are_those_that_livepeers_contract_computes() {
        assert_eq!(
            moved(What::Delegator).hashes(&MAINNET).digest,
            b256!("0x0c992803337ac8408f27481e7a43b778c218009a9baf97daccc5d160f5649ce2")
        );
        let ids = vec![U256::ZERO, U256::from(1), U256::from(2)];
        assert_eq!(
            moved(What::Locks { ids }).hashes(&MAINNET).digest,
            b256!("0x7f0c1913363187dfde4e6676fc7bc7940f26818bf3792bd335b632ec2a894528")
        );
    }

    #[test]
    fn type_hashes_are_livepeers() {
        assert_eq!(
            moved(What::Delegator).delegator().eip712_type_hash(),
            b256!("0x0988862b47ed3bbfb4a6ca37401c7f403b193459aeac85ae89b67007a66b7a8f")
        );
        assert_eq!(
            moved(What::Sender).sender().eip712_type_hash(),
            b256!("0x028d23c953a67a525f843967e7e61f06d72d4a0aed8e3133159bee065e32f81f")
        );
    }

    #[test]
    fn what_a_wallet_is_given_hashes_to_what_is_signed() {
        let amount = What::Amount {
            amount: U256::from(5),
            nonce: U256::from(1),
            deadline: 1_800_000_000,
        };
        let locks = What::Locks {
            ids: vec![U256::from(7)],
        };
        for what in [What::Delegator, What::Sender, amount, locks] {
            let moved = moved(what);
            let typed = moved.typed_data(&MAINNET);
            let digest = typed.eip712_signing_hash().expect("well formed");
            assert_eq!(digest, moved.hashes(&MAINNET).digest, "{moved:?}");
        }
    }
}
