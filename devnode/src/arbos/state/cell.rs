//! Where a value of the ArbOS state lives and how it becomes a word.
//!
//! Always holds: a fixed cell has its space in the topmost eight bytes and its index in the lowest, a keyed one
//! is a keccak of space, key and index, so that no two cells share a slot. The layout is our own; Nitro's is not
//! observable except through proofs of the ArbOS account.

use std::{fmt, marker::PhantomData};

use alloy_primitives::{Address, B256, I256, TxKind, U256, keccak256};

/// Parts of the ArbOS state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Space {
    Root,
    L1Pricing,
    BatchPosters,
    L2Pricing,
    GasConstraints,
    BlockHashes,
    Sends,
    AddressTable,
    ChainOwners,
    NativeTokenOwners,
    TransactionFilterers,
    FilteredTransactions,
    Tickets,
    TicketQueue,
    Programs,
    CacheManagers,
    ChainConfig,
}

/// One word of the ArbOS state, read and written as a `T`.
pub(crate) struct Cell<T> {
    pub(super) slot: U256,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Cell<T> {}

impl<T> fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cell({:#x})", self.slot)
    }
}

impl<T> Cell<T> {
    /// The `index`-th cell of a space.
    pub(crate) const fn at(space: Space, index: u64) -> Self {
        // Space 0 is kept apart from keyed cells like all others: no keccak starts with seven zero bytes and a small one.
        Self {
            slot: U256::from_limbs([index, 0, 0, space as u64]),
            value: PhantomData,
        }
    }

    /// The `index`-th cell of what `key` names in a space.
    pub(crate) fn keyed(space: Space, key: B256, index: u64) -> Self {
        let mut preimage = [0; 41];
        preimage[0] = space as u8;
        preimage[1..33].copy_from_slice(key.as_slice());
        preimage[33..].copy_from_slice(&index.to_be_bytes());
        Self {
            slot: U256::from_be_bytes(keccak256(preimage).0),
            value: PhantomData,
        }
    }
}

/// A type that fits a storage word. Words never written read as zero and must give the type's natural default.
pub(crate) trait Word {
    fn from_word(word: U256) -> Self;
    fn to_word(self) -> U256;
}

impl Word for U256 {
    fn from_word(word: U256) -> Self {
        word
    }
    fn to_word(self) -> U256 {
        self
    }
}

impl Word for u64 {
    fn from_word(word: U256) -> Self {
        word.saturating_to()
    }
    fn to_word(self) -> U256 {
        U256::from(self)
    }
}

impl Word for bool {
    fn from_word(word: U256) -> Self {
        !word.is_zero()
    }
    fn to_word(self) -> U256 {
        U256::from(u8::from(self))
    }
}

impl Word for I256 {
    fn from_word(word: U256) -> Self {
        Self::from_raw(word)
    }
    fn to_word(self) -> U256 {
        self.into_raw()
    }
}

impl Word for i64 {
    fn from_word(word: U256) -> Self {
        word.as_limbs()[0].cast_signed()
    }
    fn to_word(self) -> U256 {
        U256::from(self.cast_unsigned())
    }
}

impl Word for B256 {
    fn from_word(word: U256) -> Self {
        word.into()
    }
    fn to_word(self) -> U256 {
        self.into()
    }
}

impl Word for Address {
    fn from_word(word: U256) -> Self {
        Self::from_word(word.into())
    }
    fn to_word(self) -> U256 {
        self.into_word().into()
    }
}

/// A creation is the bit above the address.
impl Word for TxKind {
    fn from_word(word: U256) -> Self {
        if word.bit(160) {
            Self::Create
        } else {
            Self::Call(Address::from_word(word.into()))
        }
    }
    fn to_word(self) -> U256 {
        match self {
            Self::Create => U256::ONE << 160,
            Self::Call(to) => Word::to_word(to),
        }
    }
}
