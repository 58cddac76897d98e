//! Who owns how much of what a pool has: a pure rule.
//! Always holds: all parts together are at most the whole, in whichever order they are claimed, and the last one takes all that is left.

use confluence_kit::Result;
use confluence_kit::math::{mul_div, narrow, wide};

/// The part of `whole` that belongs to `stake`, if `remaining` is not claimed yet. Rounds down.
///
/// # Arguments
/// * `whole` - what the pool has now: LPT base units, or wei.
/// * `stake`, `remaining` - of the stake the pool began with, LPT base units; `stake <= remaining`.
pub fn owed(whole: u128, stake: u128, remaining: u128) -> Result<u128> {
    if stake == 0 {
        return Ok(0);
    }
    narrow(&mul_div(&wide(whole), &wide(stake), &wide(remaining))?)
}
