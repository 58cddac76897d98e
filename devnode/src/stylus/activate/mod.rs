//! Activation: judges a program once, charges for the work, and predicts what running it will cost.
//!
//! Pure over its inputs; ArbOS writes the record and collects the data fee. Always holds: the analysis
//! is charged line by line, each floored by itself, and a program that cannot pay a line is not analysed
//! further. Whoever calls this takes all gas on failure, as Nitro does.

use std::sync::Arc;

use alloy_primitives::{B256, keccak256};

use super::{
    accept::{self, ActivationError, BuildError, StylusRules},
    cache,
    meter::{ADDED_GLOBALS, MeteredModule},
    module::ParsedModule,
    record::ProgramRecord,
    run::CompiledProgram,
};

/// Nitro's gas for a microsecond of analysis: 7 Mgas a second, at half speed, twice for safety.
const GAS_PER_MICROSECOND: u64 = 28;

/// What an activation finds out.
#[derive(Debug, Clone)]
pub struct Activation {
    /// Stands in for Nitro's module hash, which needs its whole prover: the hash of program, code hash and version.
    pub module_hash: B256,
    /// Gas to start the program, before the chain's scalar.
    pub init_cost: u16,
    /// Gas to start the program when cached, before the chain's scalar.
    pub cached_cost: u16,
    /// Pages the program starts with.
    pub footprint: u16,
    /// Estimated bytes of native code: what the data fee counts.
    pub asm_estimate: u32,
    /// The program, ready to run; also in the process's cache.
    pub program: Arc<CompiledProgram>,
}

impl Activation {
    /// The record to be stored, activated at this block time.
    pub fn record(&self, stylus_version: u16, timestamp: u64, cached: bool) -> ProgramRecord {
        ProgramRecord {
            version: stylus_version,
            init_cost: self.init_cost,
            cached_cost: self.cached_cost,
            footprint: self.footprint,
            activated_at_hours: ProgramRecord::hours_at(timestamp),
            asm_estimate_kib: self.asm_estimate.div_ceil(1024),
            cached,
        }
    }
}

/// Judges an unwrapped program, taking the analysis gas from `gas`.
///
/// # Errors
/// Out of gas, or the first rule the program breaks.
pub fn activate(
    wasm: &[u8],
    code_hash: B256,
    rules: &StylusRules,
    gas: &mut u64,
) -> Result<Activation, ActivationError> {
    pay(gas, wasm.len() as u64 * 31_733 / 100_000)?;
    let (module, metered) = accept::parse(wasm, rules)?;
    for microseconds in analysis_lines(&module, &metered) {
        pay(gas, microseconds)?;
    }
    accept::build(&module, rules)?;
    let program = CompiledProgram::new(&metered.to_wasm(&module, rules.stylus_version))
        .map_err(|error| BuildError::Engine(error.to_string()))?;
    let program = Arc::new(program);
    let module_hash = module_hash(wasm, code_hash, rules.stylus_version);
    let activation = Activation {
        module_hash,
        init_cost: fit(init_cost(&module, rules), "init cost")?,
        cached_cost: fit(cached_cost(&module), "cached init cost")?,
        footprint: fit(footprint(&module), "footprint")?,
        asm_estimate: u32::try_from(asm_estimate(&module))
            .map_err(|_| ActivationError::CostTooLarge("asm estimate"))?,
        program: program.clone(),
    };
    cache::insert(module_hash, program);
    Ok(activation)
}

/// The surrogate for Nitro's module hash. A root's code hash alone would not do: the accounts it names
/// may hold other fragments on another chain in this process.
fn module_hash(wasm: &[u8], code_hash: B256, stylus_version: u16) -> B256 {
    let program = keccak256(wasm);
    let version = stylus_version.to_be_bytes();
    keccak256(
        [
            b"module",
            program.as_slice(),
            code_hash.as_slice(),
            &version,
        ]
        .concat(),
    )
}

fn pay(gas: &mut u64, microseconds: u64) -> Result<(), ActivationError> {
    let price = microseconds.saturating_mul(GAS_PER_MICROSECOND);
    match gas.checked_sub(price) {
        Some(left) => *gas = left,
        None => {
            *gas = 0;
            return Err(ActivationError::OutOfGas);
        }
    }
    Ok(())
}

/// Microseconds of the analysis after parsing: functions, data, elements, memory, code.
fn analysis_lines(module: &ParsedModule<'_>, metered: &MeteredModule<'_>) -> [u64; 5] {
    let data_bytes: u64 = module.data.iter().map(|segment| segment.len).sum();
    [
        functions(module) * 17_263 / 100_000,
        data_bytes * 17_376 / 100_000,
        element_range(module) * 17_376 / 100_000,
        footprint(module) * 2_217,
        metered.operators() * 535 / 1_000,
    ]
}

fn functions(module: &ParsedModule<'_>) -> u64 {
    module.functions.len() as u64
}

fn footprint(module: &ParsedModule<'_>) -> u64 {
    module.memories.first().map_or(0, |memory| memory.initial)
}

/// Parameters and results of all local functions.
fn type_len(module: &ParsedModule<'_>) -> u64 {
    let values = |ty: &u32| module.params_of_type(*ty) + module.results_of_type(*ty);
    module.functions.iter().map(values).sum()
}

fn element_range(module: &ParsedModule<'_>) -> u64 {
    module
        .elements
        .iter()
        .map(|segment| segment.encoded_len)
        .sum()
}

/// Bytes of the data and element segments as they lie in their sections.
fn data_range(module: &ParsedModule<'_>) -> u64 {
    module
        .data
        .iter()
        .map(|segment| segment.encoded_len)
        .sum::<u64>()
        + element_range(module)
}

fn asm_estimate(module: &ParsedModule<'_>) -> u64 {
    512_000
        + functions(module) * 996_829 / 1_000
        + type_len(module) * 11_416 / 1_000
        + module.wasm_len * 62_628 / 10_000
}

fn cached_cost(module: &ParsedModule<'_>) -> u64 {
    functions(module) * 13_420 / 100_000
        + type_len(module) * 89 / 100_000
        + module.wasm_len * 122 / 100_000
        + u64::from(module.globals + ADDED_GLOBALS) * 1_628 / 1_000
        + data_range(module) * 75_244 / 100_000
        + footprint(module) * 5
}

fn init_cost(module: &ParsedModule<'_>, rules: &StylusRules) -> u64 {
    // stylus version 1 counts the cached part here, later ones charge it at each call
    let cached = if rules.stylus_version < 2 {
        cached_cost(module)
    } else {
        0
    };
    cached
        + functions(module) * 8_252 / 1_000
        + type_len(module) * 1_059 / 1_000
        + module.wasm_len * 1_286 / 10_000
}

fn fit(cost: u64, what: &'static str) -> Result<u16, ActivationError> {
    u16::try_from(cost).map_err(|_| ActivationError::CostTooLarge(what))
}

#[cfg(test)]
mod tests;
