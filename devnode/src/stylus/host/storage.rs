//! Storage: a write-back cache per frame, and what it costs to fill and flush it.
//!
//! Always holds: the cache belongs to one frame; nothing flushes it but `storage_flush_cache`. Without
//! `clear` it keeps serving what it has, even if a nested call has changed the slot.

use std::collections::BTreeMap;

use alloy_primitives::U256;

use super::{Args, Escape, Flow, Host, ink::EVM_API};
use crate::stylus::{
    params::ARBOS_OSAKA,
    world::{SlotWrite, World},
};

const COLD_SLOAD_GAS: u64 = 2_100;
const WARM_ACCESS_GAS: u64 = 100;
const SSTORE_SENTRY_GAS: u64 = 2_300;
const SSTORE_SET_GAS: u64 = 20_000;
/// EIP-2929: 5,000 less the cold access that is charged apart.
const SSTORE_RESET_GAS: u64 = 2_900;
/// EIP-3529.
const CLEAR_REFUND_GAS: i64 = 4_800;
/// Most that keeping a slot in the cache costs.
const CACHE_ACCESS_GAS: u64 = 10;

/// A frame's cached slots.
#[derive(Debug, Default)]
pub(crate) struct StorageCache {
    slots: BTreeMap<U256, CachedSlot>,
    reads: u32,
    writes: u32,
}

#[derive(Debug, Clone, Copy)]
struct CachedSlot {
    value: U256,
    /// What the chain has, as far as this frame knows.
    known: Option<U256>,
}

impl CachedSlot {
    fn is_dirty(&self) -> bool {
        self.known != Some(self.value)
    }
}

impl StorageCache {
    /// Gas for the frame's next read.
    fn read_gas(&mut self) -> u64 {
        self.reads = self.reads.saturating_add(1);
        match self.reads {
            0..=32 => 0,
            33..=128 => 2,
            _ => CACHE_ACCESS_GAS,
        }
    }

    /// Gas for the frame's next write.
    fn write_gas(&mut self) -> u64 {
        self.writes = self.writes.saturating_add(1);
        match self.writes {
            0..=8 => 0,
            9..=64 => 7,
            _ => CACHE_ACCESS_GAS,
        }
    }

    fn dirty(&self) -> Vec<(U256, U256)> {
        let dirty = self.slots.iter().filter(|(_, slot)| slot.is_dirty());
        dirty.map(|(key, slot)| (*key, slot.value)).collect()
    }
}

/// `storage_load_bytes32(key, dest)`
pub(super) fn load(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let api_gas = EVM_API.to_gas(host.state.params.ink_price);
    host.require_gas(COLD_SLOAD_GAS + CACHE_ACCESS_GAS + api_gas)?;
    let key = host.read_word(args.u32(0))?;
    let mut gas = host.state.storage.read_gas();
    let slot = key.into();
    let value = if let Some(cached) = host.state.storage.slots.get(&slot) {
        cached.value
    } else {
        let loaded = world.load_slot(slot);
        gas += api_gas
            + if loaded.was_cold {
                COLD_SLOAD_GAS
            } else {
                WARM_ACCESS_GAS
            };
        let fresh = CachedSlot {
            value: loaded.value,
            known: Some(loaded.value),
        };
        host.state.storage.slots.insert(slot, fresh);
        loaded.value
    };
    host.buy_gas(gas)?;
    host.write_number(args.u32(1), value)?;
    host.note(&[key.as_slice()], &[&value.to_be_bytes::<32>()]);
    Ok(Flow::Resume(0))
}

/// `storage_cache_bytes32(key, value)`
pub(super) fn cache(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    host.require_gas(SSTORE_SENTRY_GAS + CACHE_ACCESS_GAS)?;
    let key = host.read_word(args.u32(0))?;
    let value = host.read_word(args.u32(1))?;
    let gas = host.state.storage.write_gas();
    let unknown = CachedSlot {
        value: value.into(),
        known: None,
    };
    let slot = host
        .state
        .storage
        .slots
        .entry(key.into())
        .or_insert(unknown);
    slot.value = value.into();
    host.buy_gas(gas)?;
    host.note(&[key.as_slice(), value.as_slice()], &[]);
    Ok(0)
}

/// `storage_flush_cache(clear)`
pub(super) fn flush(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    host.require_gas(SSTORE_SENTRY_GAS)?;
    let clear = args.u32(0) != 0;
    let gas = write_dirty(host, world)?;
    for slot in host.state.storage.slots.values_mut() {
        slot.known = Some(slot.value);
    }
    if clear {
        host.state.storage.slots.clear();
    }
    host.buy_gas(gas)?;
    host.note(&[&[u8::from(clear)]], &[]);
    Ok(Flow::Resume(0))
}

/// Writes what is dirty until the gas does not suffice; the frame's revert undoes what was written.
fn write_dirty(host: &mut Host<'_>, world: &mut dyn World) -> Result<u64, Escape> {
    let dirty = host.state.storage.dirty();
    if dirty.is_empty() {
        return Ok(0);
    }
    if host.state.env.read_only {
        return Err(Escape::Failure("write protection"));
    }
    let gas_left = host.gas_left();
    let mut total = 0_u64;
    for (key, value) in dirty {
        let (gas, refund) = sstore_cost(world.store_slot(key, value), value);
        total += gas;
        if total > gas_left {
            if host.state.arbos_version >= ARBOS_OSAKA {
                host.buy_gas(u64::MAX)?;
            }
            return Err(Escape::Failure("storage flush failed"));
        }
        host.state.refund += refund;
    }
    Ok(total)
}

/// Gas and refund of writing a slot (EIP-2200, 2929, 3529), without the sentry.
fn sstore_cost(slot: SlotWrite, value: U256) -> (u64, i64) {
    let SlotWrite {
        original,
        current,
        was_cold,
    } = slot;
    let access = if was_cold { COLD_SLOAD_GAS } else { 0 };
    if value == current {
        return (access + WARM_ACCESS_GAS, 0);
    }
    if original == current {
        return if original.is_zero() {
            (access + SSTORE_SET_GAS, 0)
        } else {
            (
                access + SSTORE_RESET_GAS,
                if value.is_zero() { CLEAR_REFUND_GAS } else { 0 },
            )
        };
    }
    let mut refund = 0;
    if !original.is_zero() {
        if current.is_zero() {
            refund -= CLEAR_REFUND_GAS;
        } else if value.is_zero() {
            refund += CLEAR_REFUND_GAS;
        }
    }
    if value == original {
        let undone = if original.is_zero() {
            SSTORE_SET_GAS
        } else {
            SSTORE_RESET_GAS
        };
        refund += (undone - WARM_ACCESS_GAS) as i64;
    }
    (access + WARM_ACCESS_GAS, refund)
}
