//! `ArbosActs` (0xa4b05): names for what internal transactions do; nobody can call them.

use super::{
    errors::CallerNotArbOS,
    fault::Fault,
    method::{Precompile, write},
};
use crate::arbos::address::ARBOS;

pub(super) const TABLE: Precompile = Precompile::new(
    ARBOS,
    &[
        write("startBlock(uint256,uint64,uint64,uint64)", |_, _| refuse()),
        write(
            "batchPostingReport(uint256,address,uint64,uint64,uint256)",
            |_, _| refuse(),
        ),
        write(
            "batchPostingReportV2(uint256,address,uint64,uint64,uint64,uint64,uint256)",
            |_, _| refuse(),
        )
        .since(50),
    ],
);

fn refuse() -> super::method::Answer {
    Err(Fault::solidity(&CallerNotArbOS {}))
}
