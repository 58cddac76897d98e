//! What ArbOS remembers of Stylus: parameters, the record of each activated program, the price of native code.
//!
//! Always holds: programs are known by code hash; a record that was never written says "never activated".

use alloy_primitives::{B256, U256};

use super::{AddressSet, Cell, Meter, Space, State};
use crate::stylus::{DataPricer, ProgramRecord, StylusParams};

/// Gas for reading the parameters: they count as one warm slot.
const PARAMS_GAS: u64 = 100;

const PARAMS: Cell<U256> = Cell::at(Space::Programs, 0);
/// Gas burned at the start of each activation, from ArbOS 59.
pub(crate) const ACTIVATION_GAS: Cell<u64> = Cell::at(Space::Programs, 1);
const DEMAND: Cell<u64> = Cell::at(Space::Programs, 2);
const BYTES_PER_SECOND: Cell<u64> = Cell::at(Space::Programs, 3);
const LAST_UPDATE: Cell<u64> = Cell::at(Space::Programs, 4);
const MIN_PRICE: Cell<u64> = Cell::at(Space::Programs, 5);
const INERTIA: Cell<u64> = Cell::at(Space::Programs, 6);

/// Accounts that may cache programs.
pub(crate) const CACHE_MANAGERS: AddressSet = AddressSet(Space::CacheManagers);

fn record_cell(code_hash: B256) -> Cell<U256> {
    Cell::keyed(Space::Programs, code_hash, 0)
}

/// Module hash of a program, as its activation announced it.
pub(crate) fn module_hash(code_hash: B256) -> Cell<B256> {
    Cell::keyed(Space::Programs, code_hash, 1)
}

pub(crate) fn params<M: Meter>(state: &mut State<'_, M>) -> Result<StylusParams, M::Error> {
    state.burn(PARAMS_GAS)?;
    let Ok(word) = state.unmetered().get(PARAMS);
    Ok(StylusParams::from_word(&word.to_be_bytes()))
}

pub(crate) fn set_params<M: Meter>(
    state: &mut State<'_, M>,
    params: StylusParams,
) -> Result<(), M::Error> {
    state.set(PARAMS, U256::from_be_bytes(params.to_word()))
}

pub(crate) fn record<M: Meter>(
    state: &mut State<'_, M>,
    code_hash: B256,
) -> Result<ProgramRecord, M::Error> {
    let word = state.get(record_cell(code_hash))?;
    Ok(ProgramRecord::from_word(&word.to_be_bytes()))
}

pub(crate) fn set_record<M: Meter>(
    state: &mut State<'_, M>,
    code_hash: B256,
    record: ProgramRecord,
) -> Result<(), M::Error> {
    state.set(
        record_cell(code_hash),
        U256::from_be_bytes(record.to_word()),
    )
}

/// Counts `bytes` of native code as demanded now and returns their fee in wei.
pub(crate) fn charge_data<M: Meter>(
    state: &mut State<'_, M>,
    bytes: u32,
    now: u64,
) -> Result<U256, M::Error> {
    let mut pricer = DataPricer {
        demand: as_u32(state.get(DEMAND)?),
        bytes_per_second: as_u32(state.get(BYTES_PER_SECOND)?),
        last_update_time: state.get(LAST_UPDATE)?,
        min_price: as_u32(state.get(MIN_PRICE)?),
        inertia: as_u32(state.get(INERTIA)?),
    };
    let fee = pricer.charge(bytes, now);
    state.set(DEMAND, u64::from(pricer.demand))?;
    state.set(LAST_UPDATE, pricer.last_update_time)?;
    Ok(fee)
}

/// Parameters and price of a new chain.
pub(crate) fn begin<M: Meter>(state: &mut State<'_, M>) -> Result<(), M::Error> {
    let version = state.version();
    set_params(state, StylusParams::genesis(version))?;
    let pricer = DataPricer::default();
    state.set(DEMAND, u64::from(pricer.demand))?;
    state.set(BYTES_PER_SECOND, u64::from(pricer.bytes_per_second))?;
    state.set(LAST_UPDATE, pricer.last_update_time)?;
    state.set(MIN_PRICE, u64::from(pricer.min_price))?;
    state.set(INERTIA, u64::from(pricer.inertia))
}

fn as_u32(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
