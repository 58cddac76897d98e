//! What the token stores: whole words, since an ERC-20 promises its users 256 bits.

use confluence_kit::{Address, U256, storage};

storage! {
    /// What an account has, base units of 10^-18 LPT. Written by every movement.
    balances: Balance[Address] @ 1 { amount: U256 }
    /// What an owner lets a spender move. Written by the owner, by permit, and by spending.
    allowances: Allowance[(Address, Address)] @ 2 { amount: U256 }
    /// All there is on L2. Written by minting and burning.
    supply: Supply[()] @ 3 { total: U256 }
    /// Permits an owner has used.
    nonces: Nonce[Address] @ 4 { used: U256 }
}
