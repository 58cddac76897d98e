//! Packed records. A record is a plain struct whose memory *is* its storage: fields in declaration order, numbers
//! little-endian, no padding, a whole number of slots. Loading and storing copies slots and packs nothing.
//! Always holds: two records never share a slot (`key`), and of one table at most one copy can be written back (`table`).
//!
//! Explorers show a slot's bytes in order; numbers in it read backwards.

mod blob;
mod key;
mod narrow;
mod table;

pub use blob::Blob;
#[cfg(not(target_arch = "wasm32"))]
pub use key::Slot;
pub use key::{Key, Name};
pub use narrow::{Flag, Narrow, Plain};
pub use table::{Edit, Record, Table};

/// The first tag that the kit keeps for records of its own; programs use 1 to 0x2f. Tag 0 is the Manager's.
/// ERC-1967's slots begin with 0x36, 0xa3 and 0xb5, so no record can meet them.
pub const FIRST_KIT_TAG: u8 = 0x30;

/// Whether tags are a program's own and pairwise different.
#[doc(hidden)]
pub const fn tags_are_sound(tags: &[u8]) -> bool {
    let mut i = 0;
    while i < tags.len() {
        if tags[i] == 0 || tags[i] >= FIRST_KIT_TAG {
            return false;
        }
        let mut j = 0;
        while j < i {
            if tags[i] == tags[j] {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

/// A program's storage: each table's name, record, key and tag, then the record's fields.
///
/// ```text
/// storage! {
///     /// One account as a delegator, and what is delegated to it.
///     delegators: Delegator[Address] @ 1 {
///         delegate: Address, start_round: u32, last_claim_round: u32, next_lock: u32,   // slot 0
///         bonded: Lpt, delegated: Lpt, fees: Wei,                                       // slot 1
///     }
///     /// Active stake, network-wide.
///     totals: Totals[()] @ 2 { current: u128, next: u128 }
/// }
/// ```
/// It makes the records, and `State` with one [`Table`] a line. Tags are part of the layout: never reuse one.
#[macro_export]
macro_rules! storage {
    ($($(#[$doc:meta])* $table:ident: $record:ident[$key:ty] @ $tag:literal {
        $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)?
    })*) => {
        $(
            $(#[$doc])*
            #[repr(C)]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[allow(missing_docs)]
            pub struct $record { $($(#[$fdoc])* pub $field: $ty),* }
            const _: () = assert!(size_of::<$record>() % 32 == 0, "a record is a whole number of slots");
            const _: () = assert!(size_of::<$record>() == 0 $(+ size_of::<$ty>())*, "a record has no padding");
            // SAFETY: every field is plain, there is no padding, and the size is whole slots.
            unsafe impl $crate::storage::Record for $record {
                const TAG: u8 = $tag;
                type Key = $key;
            }
            impl Default for $record {
                fn default() -> Self {
                    $crate::storage::Record::blank()
                }
            }
            const _: () = {
                const fn plain<T: $crate::storage::Plain>() {}
                $(plain::<$ty>();)*
            };
        )*
        const _: () = assert!(
            $crate::storage::tags_are_sound(&[$($tag),*]),
            "tags are 1 to 0x2f, each used once"
        );

        /// Everything this program stores. There is one for each call, made by the entry table.
        #[derive(Debug)]
        #[allow(missing_docs)]
        pub struct State { $($(#[$doc])* pub $table: $crate::Table<$record>),* }
        impl State {
            /// For the entry table, and for tests.
            #[doc(hidden)]
            #[inline(always)]
            #[allow(clippy::new_without_default)]
            pub const fn new() -> Self {
                State { $($table: $crate::Table::new()),* }
            }
            /// Table, record, key type, tag and slots of each record, for the slot map.
            #[cfg(not(target_arch = "wasm32"))]
            pub const MAP: &'static [$crate::storage::Slot] = &[$($crate::storage::Slot {
                table: stringify!($table),
                record: stringify!($record),
                key: stringify!($key),
                tag: $tag,
                slots: size_of::<$record>() / 32,
                fields: &[$((stringify!($field), stringify!($ty), size_of::<$ty>())),*],
            }),*];
        }
    };
}
