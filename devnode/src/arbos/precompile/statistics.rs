//! `ArbStatistics` (0x6f): the block number; the other figures of classic are all zero.

use alloy_primitives::U256;

use super::method::{Precompile, give, view};
use crate::arbos::address::ARB_STATISTICS;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_STATISTICS,
    &[view("getStats()", |call, _| {
        let mut stats = [U256::ZERO; 6];
        stats[0] = U256::from(call.host.block().number);
        give(&(stats,))
    })],
);
