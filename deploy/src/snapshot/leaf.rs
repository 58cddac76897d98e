//! One account's entry in a snapshot: who, whose delegator, how much stake, how much in fees.
//! Always holds: the bytes are Livepeer's, `delegator ‖ delegate ‖ stake ‖ fees` packed without padding (LIP-73),
//! because their hash is what was published and cannot change.

use std::fmt;

use alloy::primitives::{Address, B256, U256, keccak256};

/// Bytes of a packed entry: two addresses and two 256-bit numbers.
pub const LEAF_LEN: usize = 20 + 20 + 32 + 32;

/// A packed entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leaf(pub(super) [u8; LEAF_LEN]);

impl Leaf {
    /// Packs an entry; `stake` in LPT base units, `fees` in wei.
    #[must_use]
    pub fn new(delegator: Address, delegate: Address, stake: U256, fees: U256) -> Self {
        let mut packed = [0; LEAF_LEN];
        packed[..20].copy_from_slice(delegator.as_slice());
        packed[20..40].copy_from_slice(delegate.as_slice());
        packed[40..72].copy_from_slice(&stake.to_be_bytes::<32>());
        packed[72..].copy_from_slice(&fees.to_be_bytes::<32>());
        Self(packed)
    }

    /// An entry as it was packed before.
    #[must_use]
    pub fn packed(packed: [u8; LEAF_LEN]) -> Self {
        Self(packed)
    }

    /// The account whose stake this is.
    #[must_use]
    pub fn delegator(&self) -> Address {
        Address::from_slice(&self.0[..20])
    }

    /// Whom it delegates to; zero if nobody.
    #[must_use]
    pub fn delegate(&self) -> Address {
        Address::from_slice(&self.0[20..40])
    }

    /// Stake in LPT base units.
    #[must_use]
    pub fn stake(&self) -> U256 {
        U256::from_be_slice(&self.0[40..72])
    }

    /// Fees in wei.
    #[must_use]
    pub fn fees(&self) -> U256 {
        U256::from_be_slice(&self.0[72..])
    }

    /// What is proven and what the tree is built from.
    #[must_use]
    pub fn hash(&self) -> B256 {
        keccak256(self.0)
    }

    /// The packed bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; LEAF_LEN] {
        &self.0
    }
}

impl fmt::Debug for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leaf")
            .field("delegator", &self.delegator())
            .field("delegate", &self.delegate())
            .field("stake", &self.stake())
            .field("fees", &self.fees())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::{address, b256};

    use super::*;

    #[test]
    fn hash_is_that_of_the_packed_fields() {
        let leaf = Leaf::new(
            address!("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"),
            address!("0x00000000000000000000000000000000000000aa"),
            U256::from(100),
            U256::from(7),
        );
        assert_eq!(
            leaf.hash(),
            b256!("0x579cdfe5d422fbfe5c2bda756275409f4a68601872a41b599e3423aa98ddf43d")
        );
    }

    #[test]
    fn hash_is_the_programs_own() {
        let (who, delegate) = (Address::repeat_byte(1), Address::repeat_byte(2));
        let (stake, fees) = (U256::from(u128::MAX), U256::from(3));
        assert_eq!(
            Leaf::new(who, delegate, stake, fees).hash(),
            confluence_merkle_snapshot::proof::leaf(&who, &delegate, &stake, &fees)
        );
    }

    #[test]
    fn fields_come_back_as_they_went_in() {
        let (a, b) = (Address::repeat_byte(1), Address::repeat_byte(2));
        let leaf = Leaf::new(a, b, U256::MAX, U256::from(3));
        assert_eq!(
            (leaf.delegator(), leaf.delegate(), leaf.stake(), leaf.fees()),
            (a, b, U256::MAX, U256::from(3))
        );
    }
}
