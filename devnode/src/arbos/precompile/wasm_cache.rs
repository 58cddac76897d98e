//! `ArbWasmCache` (0x72): which programs are kept ready to run, for which calls pay less.

use alloy_primitives::{Address, B256};
use alloy_sol_types::sol;

use super::{
    call::Call,
    errors::{ProgramExpired, ProgramNeedsUpgrade},
    fault::Fault,
    method::{Answer, Precompile, flag, give, nothing, view, write},
};
use crate::arbos::{
    address::ARB_WASM_CACHE,
    state::{fields, programs},
};

sol! {
    /// A program was cached, or is no longer.
    event UpdateProgramCache(address indexed manager, bytes32 indexed codehash, bool cached);
}

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_WASM_CACHE,
    &[
        view("isCacheManager(address)", |call, args| {
            flag(programs::CACHE_MANAGERS.contains(call, args.address(0))?)
        }),
        view("allCacheManagers()", |call, _| {
            give(&(programs::CACHE_MANAGERS.list(call)?,))
        }),
        write("cacheCodehash(bytes32)", |call, args| {
            set_cached(call, args.hash(0), true)
        })
        .until(30),
        write("cacheProgram(address)", |call, args| {
            let code_hash = call.code_hash(args.address(0))?;
            set_cached(call, code_hash, true)
        })
        .since(31),
        write("evictCodehash(bytes32)", |call, args| {
            set_cached(call, args.hash(0), false)
        }),
        view("codehashIsCached(bytes32)", |call, args| {
            flag(programs::record(call, args.hash(0))?.cached)
        }),
    ],
)
.since(30);

fn may_cache(call: &mut Call<'_, '_>, who: Address) -> Result<bool, Fault> {
    Ok(
        programs::CACHE_MANAGERS.contains(call, who)?
            || fields::CHAIN_OWNERS.contains(call, who)?,
    )
}

fn set_cached(call: &mut Call<'_, '_>, code_hash: B256, cached: bool) -> Answer {
    let (manager, now) = (call.frame.caller, call.now());
    if !may_cache(call, manager)? {
        return Err(Fault::OutOfGas);
    }
    let params = programs::params(call)?;
    let mut program = programs::record(call, code_hash)?;
    if cached && program.version != params.version {
        return Err(Fault::solidity(&ProgramNeedsUpgrade {
            version: program.version,
            stylusVersion: params.version,
        }));
    }
    if cached && program.is_expired(&params, now) {
        return Err(Fault::solidity(&ProgramExpired {
            ageInSeconds: program.age_seconds(now),
        }));
    }
    if program.cached == cached {
        return nothing();
    }
    call.emit(&UpdateProgramCache {
        manager,
        codehash: code_hash,
        cached,
    })?;
    call.burn(u64::from(program.init_cost))?;
    call.get(programs::module_hash(code_hash))?;
    program.cached = cached;
    programs::set_record(call, code_hash, program)?;
    nothing()
}
