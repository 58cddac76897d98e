//! The protocol's interfaces: the `.sol` files in `sol/`, made into Rust once for the programs' tests, the CLI and the e2e tests.
//! Always holds: names, types, order and what is indexed are Livepeer's, but for the additions that `tests/original.rs` lists.

mod listed;

pub use listed::{Listed, events, functions};

macro_rules! interfaces {
    ($($path:literal)*) => {
        /// What `sol!` makes of the files: a module for each interface, with a type for each call and event.
        #[allow(missing_docs, missing_debug_implementations, unreachable_pub, clippy::all, clippy::pedantic)]
        mod generated {
            $(alloy_sol_types::sol!(#[sol(abi, all_derives)] $path);)*
        }
        pub use generated::*;
    };
}

interfaces! {
    "sol/l1/IBridgeMinter.sol"
    "sol/l1/IL1Escrow.sol"
    "sol/l1/IL1LPTDataCache.sol"
    "sol/l1/IL1LPTGateway.sol"
    "sol/l1/IL1Migrator.sol"
    "sol/l1/IL1SwitchOver.sol"
    "sol/l2/IBondingManager.sol"
    "sol/l2/IController.sol"
    "sol/l2/IDelegatorPool.sol"
    "sol/l2/IGovernor.sol"
    "sol/l2/IL2LPTDataCache.sol"
    "sol/l2/IL2LPTGateway.sol"
    "sol/l2/IL2Migrator.sol"
    "sol/l2/IL2SwitchOver.sol"
    "sol/l2/ILivepeerToken.sol"
    "sol/l2/ILivepeerTokenFaucet.sol"
    "sol/l2/IMerkleSnapshot.sol"
    "sol/l2/IMinter.sol"
    "sol/l2/IPoll.sol"
    "sol/l2/IPollCreator.sol"
    "sol/l2/IRoundsManager.sol"
    "sol/l2/IServiceRegistry.sol"
    "sol/l2/ITicketBroker.sol"
    "sol/legacy/ILegacyBondingManager.sol"
    "sol/legacy/ILegacyLoaders.sol"
    "sol/legacy/ILegacyMinter.sol"
    "sol/legacy/ILegacyRoundsManager.sol"
    "sol/legacy/ILegacyTicketBroker.sol"
}
