//! What the token is called.

use confluence_kit::Result;

/// "Livepeer Token".
pub fn name() -> Result<&'static [u8]> {
    Ok(b"Livepeer Token")
}

/// "LPT".
pub fn symbol() -> Result<&'static [u8]> {
    Ok(b"LPT")
}

/// 18: a base unit is 10^-18 LPT.
pub fn decimals() -> Result<u8> {
    Ok(18)
}
