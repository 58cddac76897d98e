//! What the token is called.

use crate::storage::State;
use confluence_kit::Result;

/// "Livepeer Token".
pub fn name(_: &State) -> Result<&'static [u8]> {
    Ok(b"Livepeer Token")
}

/// "LPT".
pub fn symbol(_: &State) -> Result<&'static [u8]> {
    Ok(b"LPT")
}

/// 18: a base unit is 10^-18 LPT.
pub fn decimals(_: &State) -> Result<u8> {
    Ok(18)
}
