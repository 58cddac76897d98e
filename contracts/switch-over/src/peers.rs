//! What it asks and changes. Addresses come from the registry, asked anew each time: all this happens once.

use confluence_kit::abi::id;
use confluence_kit::{Address, B256, Result, interface, manager};

interface! {
    /// The registry, which it owns for the time being.
    Controller {
        exec unpause();
        exec transferOwnership(to: Address);
    }
    /// Decides about inflation.
    Minter {
        exec setInflation(inflation: u128);
    }
    /// LPT.
    Token {
        view balanceOf(who: Address) -> u128;
    }
    /// Knows L1's supply.
    DataCache {
        view l1TotalSupply() -> u128;
    }
}

/// The Controller.
pub fn controller() -> Controller {
    Controller(manager::controller().0)
}

/// The Minter.
pub fn minter() -> Result<Minter> {
    Ok(Minter(registered(const { id("Minter") })?))
}

/// LPT.
pub fn token() -> Result<Token> {
    Ok(Token(registered(const { id("LivepeerToken") })?))
}

/// L2LPTDataCache.
pub fn data_cache() -> Result<DataCache> {
    Ok(DataCache(registered(const { id("L2LPTDataCache") })?))
}

/// L2Migrator, which everything is sent to.
pub fn l2_migrator() -> Result<Address> {
    registered(const { id("L2Migrator") })
}

#[inline(never)]
fn registered(id: [u8; 32]) -> Result<Address> {
    manager::controller().getContract(&B256::new(id))
}
