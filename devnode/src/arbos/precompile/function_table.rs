//! `ArbFunctionTable` (0x68): a remnant of Arbitrum classic that holds nothing.

use alloy_primitives::U256;

use super::{
    fault::Fault,
    method::{Precompile, nothing, view, word, write},
};
use crate::arbos::address::ARB_FUNCTION_TABLE;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_FUNCTION_TABLE,
    &[
        write("upload(bytes)", |_, _| nothing()),
        view("size(address)", |_, _| word(U256::ZERO)),
        view("get(address,uint256)", |_, _| {
            Err(Fault::Plain("table is empty"))
        }),
    ],
);
