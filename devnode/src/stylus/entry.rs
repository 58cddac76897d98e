//! What a call pays before the program's first instruction, and at least for what it returns.

use super::{
    pages::OpenPages,
    params::{ARBOS_FRAGMENTS, StylusParams},
    record::ProgramRecord,
};

const MIN_INIT_UNIT: u64 = 128;
const MIN_CACHED_INIT_UNIT: u64 = 32;
const SCALAR_PERCENT: u64 = 2;

/// Gas to start a program, as `ArbWasm.programInitGas` splits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InitGas {
    /// Charged to programs that are not cached, on top of `cached`.
    pub init: u64,
    /// Charged to every program.
    pub cached: u64,
}

/// Start-up gas of a program under these parameters.
pub fn init_gas(params: &StylusParams, program: &ProgramRecord) -> InitGas {
    let scaled = |cost: u16, scalar: u8| {
        (u64::from(cost) * u64::from(scalar) * SCALAR_PERCENT).div_ceil(100)
    };
    InitGas {
        init: u64::from(params.min_init_gas) * MIN_INIT_UNIT
            + scaled(program.init_cost, params.init_cost_scalar),
        cached: u64::from(params.min_cached_init_gas) * MIN_CACHED_INIT_UNIT
            + scaled(program.cached_cost, params.cached_cost_scalar),
    }
}

/// Gas burned from a frame before the program starts: memory, then start-up.
///
/// `recently_run` is a hit in the block's recent-programs cache; before ArbOS 60 Nitro's cache never
/// hits, so it is ignored there. Opening the footprint is left to the caller, after it could pay.
pub fn call_gas(
    params: &StylusParams,
    arbos_version: u64,
    program: &ProgramRecord,
    recently_run: bool,
    pages: &OpenPages,
) -> u64 {
    let InitGas { init, cached } = init_gas(params, program);
    let is_cached = program.cached || (recently_run && arbos_version >= ARBOS_FRAGMENTS);
    let start = if is_cached {
        cached
    } else {
        cached.saturating_add(init)
    };
    pages
        .gas(params, arbos_version, program.footprint)
        .saturating_add(start)
}

/// Gas left after a frame that returned `data_len` bytes: it uses at least what the EVM's memory
/// expansion for them costs, counted from the gas the frame was entered with (before [`call_gas`]).
///
/// `None` when even that gas does not cover the data: the frame is out of gas, its data lost.
pub fn clamp_gas_left(gas_at_entry: u64, gas_left: u64, data_len: usize) -> Option<u64> {
    if data_len == 0 {
        return Some(gas_left);
    }
    let words = (data_len as u64).div_ceil(32);
    let evm_gas = (3 * words).saturating_add(words.saturating_mul(words) / 512);
    gas_at_entry
        .checked_sub(evm_gas)
        .map(|most_left| gas_left.min(most_left))
}

#[cfg(test)]
mod tests {
    use super::{InitGas, call_gas, clamp_gas_left, init_gas};
    use crate::stylus::{OpenPages, ProgramRecord, StylusParams};

    fn program(init_cost: u16, cached_cost: u16, footprint: u16) -> ProgramRecord {
        ProgramRecord {
            version: 2,
            init_cost,
            cached_cost,
            footprint,
            ..Default::default()
        }
    }

    #[test]
    fn an_uncached_program_pays_both_parts() {
        let params = StylusParams::genesis(40);
        let program = program(18, 6, 0);
        assert_eq!(
            init_gas(&params, &program),
            InitGas {
                init: 8_850,
                cached: 358
            }
        );
        let pages = OpenPages::default();
        assert_eq!(call_gas(&params, 40, &program, false, &pages), 9_208);
        let cached = ProgramRecord {
            cached: true,
            ..program
        };
        assert_eq!(call_gas(&params, 40, &cached, false, &pages), 358);
    }

    #[test]
    fn a_program_run_before_in_the_block_is_cached_only_from_arbos_60() {
        let pages = OpenPages::default();
        let params = StylusParams::genesis(60);
        assert_eq!(
            call_gas(&params, 51, &program(18, 6, 0), true, &pages),
            9_208
        );
        assert_eq!(call_gas(&params, 60, &program(18, 6, 0), true, &pages), 358);
    }

    #[test]
    fn scalars_round_up() {
        let params = StylusParams {
            init_cost_scalar: 1,
            ..StylusParams::genesis(40)
        };
        assert_eq!(init_gas(&params, &program(51, 0, 0)).init, 8_832 + 2);
    }

    #[test]
    fn returned_data_costs_at_least_evm_memory() {
        assert_eq!(clamp_gas_left(10, 9, 0), Some(9));
        assert_eq!(clamp_gas_left(1_000, 999, 33), Some(994));
        assert_eq!(clamp_gas_left(1_000, 500, 33), Some(500));
        assert_eq!(clamp_gas_left(5, 5, 33), None);
        // 32 kB: 1,024 words, 3,072 + 2,048 gas
        assert_eq!(clamp_gas_left(10_000, 10_000, 32 * 1_024), Some(4_880));
    }
}
