//! What the gateway calls.

use confluence_kit::{Address, U256, interface};

use crate::storage::Route;

interface! {
    /// LPT.
    Token {
        exec mint(to: Address, amount: U256);
        exec burnFrom(from: Address, amount: U256);
    }
    /// Counts what moves between the chains.
    DataCache {
        exec increaseL2SupplyFromL1(amount: U256);
        exec decreaseL2SupplyFromL1(amount: U256);
    }
}

impl Route {
    /// LPT here.
    pub fn token(&self) -> Token {
        Token(self.l2_lpt)
    }
    /// L2LPTDataCache.
    pub fn cache(&self) -> DataCache {
        DataCache(self.data_cache)
    }
}
