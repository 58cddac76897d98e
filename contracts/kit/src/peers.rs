//! The other contracts' addresses in our own storage, so that a call pays one slot for each and no registry look-up.
//! Always holds: they are what the Controller's registry said at the last `syncControllerContracts()`, which anyone may call;
//! the zero address before the first, and a call to it reverts without data, as a call to an unregistered contract does.

use crate::{Address, B256, Result, emit, events, manager, storage::Table};

events! {
    /// A contract's address was taken over from the registry.
    ControllerContractUpdate(id: B256, addr: Address);
}

/// One peer's address.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Peer {
    at: Address,
    spare: [u8; 12],
}
// SAFETY: 32 plain bytes.
unsafe impl crate::storage::Record for Peer {
    const TAG: u8 = 0x30;
    type Key = u32;
}

/// Where peer number `index` is.
#[inline(never)]
pub fn find(index: u32) -> Address {
    Table::<Peer>::new().get(index).at
}

/// Takes over what changed in the registry, in the order of the ids.
#[inline(never)]
pub fn sync(ids: &[B256]) -> Result {
    let controller = manager::controller();
    for (i, id) in ids.iter().enumerate() {
        let at = controller.getContract(id)?;
        let mut peers = Table::<Peer>::new();
        let mut peer = peers.edit(i as u32);
        if peer.at != at {
            peer.at = at;
            peer.store();
            emit!(ControllerContractUpdate { id, addr: &at });
        }
    }
    Ok(())
}

/// The contracts a program calls: `peers! { minter: Minter = "Minter"; token: Token = "LivepeerToken"; }` makes a function
/// each, which answers the interface at the stored address, and the entry rule `sync_controller_contracts`.
/// Their order is part of the storage layout and of the order of events: append only.
#[macro_export]
macro_rules! peers {
    ($($(#[$doc:meta])* $name:ident: $peer:ident = $id:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum PeerIndex { $($name),* }
        $(
            $(#[$doc])*
            #[doc = concat!("The contract registered as \"", $id, "\".")]
            #[inline(always)]
            pub fn $name() -> $peer {
                $peer($crate::peers::find(PeerIndex::$name as u32))
            }
        )*
        /// Brings the stored addresses up to date with the registry.
        pub fn sync_controller_contracts<S>(_: &mut S) -> $crate::Result {
            static IDS: &[$crate::B256] = &[$($crate::B256::new(const { $crate::abi::id($id) })),*];
            $crate::peers::sync(IDS)
        }
    };
}
