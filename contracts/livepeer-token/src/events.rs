//! The token's events, as the original has them; those of its roles are the kit's.

use confluence_kit::{Address, U256, events};

events! {
    /// Tokens moved; from the null address when minted, to it when burned.
    Transfer(indexed from: Address, indexed to: Address, value: U256);
    /// An allowance was set.
    Approval(indexed owner: Address, indexed spender: Address, value: U256);
    /// Tokens were minted.
    Mint(indexed to: Address, amount: U256);
    /// Tokens were burned.
    Burn(indexed burner: Address, amount: U256);
}
