//! The precompiles of ArbOS: one table of methods per file, and the rules that hold for all of them.
//!
//! Always holds, as in Nitro: whoever calls something that does not exist, or in a way that is not allowed,
//! loses all gas and gets an empty revert; arguments and results cost 3 gas a word; every method but `pure`
//! ones pays 800 for opening the ArbOS state.

mod address_table;
mod aggregator;
mod args;
mod call;
mod debug;
pub(crate) mod errors;
mod fault;
mod filtered;
mod function_table;
mod gas_info;
mod info;
mod internal;
mod method;
mod native_token;
mod owner;
mod owner_pricing;
mod owner_public;
mod owner_wasm;
pub(super) mod retryable_tx;
mod statistics;
pub(super) mod sys;
mod test_arbos;
mod wasm;
mod wasm_activate;
mod wasm_cache;

use std::{collections::HashMap, sync::LazyLock};

use alloy_primitives::{Address, Bytes, Log, keccak256};
use alloy_sol_types::{SolEvent, sol};

use self::{
    args::Args,
    call::{COPY_GAS, Call},
    fault::Fault,
    method::{Gate, Method, Precompile, Purity},
};
use super::{
    Frame, Host, Outcome,
    address::{ARB_BLS, ARB_OWNER},
    meter::{Limited, Meter, OutOfGas},
    state::{State, fields, version, words},
};

sol! {
    /// An owner's call that succeeded.
    event OwnerActs(bytes4 indexed method, address indexed owner, bytes data);
}

/// Events gained an exception for static calls here.
const QUIET_STATIC_CALLS_FROM: u64 = 11;

const ALL: &[Precompile] = &[
    sys::TABLE,
    info::TABLE,
    address_table::TABLE,
    Precompile::new(ARB_BLS, &[]),
    function_table::TABLE,
    test_arbos::TABLE,
    owner_public::TABLE,
    gas_info::TABLE,
    aggregator::TABLE,
    retryable_tx::TABLE,
    statistics::TABLE,
    owner::TABLE,
    wasm::TABLE,
    wasm_cache::TABLE,
    native_token::TABLE,
    filtered::TABLE,
    debug::TABLE,
    internal::TABLE,
];

type Selectors = HashMap<(Address, [u8; 4]), &'static Method>;

static METHODS: LazyLock<Selectors> = LazyLock::new(|| {
    ALL.iter()
        .flat_map(|precompile| precompile.methods.iter().map(|m| (precompile.address, m)))
        .map(|(address, method)| ((address, selector(method)), method))
        .collect()
});

fn selector(method: &Method) -> [u8; 4] {
    method.selector.unwrap_or_else(|| {
        let hash = keccak256(method.signature);
        [hash[0], hash[1], hash[2], hash[3]]
    })
}

/// Addresses of all precompiles that an ArbOS version has: warm in every transaction, with code `0xfe`.
pub fn addresses(version: u64) -> impl Iterator<Item = Address> + Clone {
    ALL.iter()
        .filter(move |precompile| precompile.since <= version)
        .map(|precompile| precompile.address)
}

/// Whether an ArbOS version knows a method.
#[cfg(test)]
pub(super) fn has_method(precompile: Address, selector: [u8; 4], version: u64) -> bool {
    let method = METHODS.get(&(precompile, selector));
    addresses(version).any(|known| known == precompile)
        && method.is_some_and(|method| method.is_in(version))
}

/// All methods of all versions: precompile, signature, selector.
#[cfg(test)]
pub(crate) fn methods() -> impl Iterator<Item = (Address, &'static str, [u8; 4])> {
    ALL.iter().flat_map(|precompile| {
        let methods = precompile.methods.iter();
        methods.map(|method| (precompile.address, method.signature, selector(method)))
    })
}

/// Runs a call to a precompile. An address or a version that has none is a call to nothing: it succeeds.
pub fn precompile(host: &mut dyn Host, frame: &Frame<'_>) -> Outcome {
    let version = version(host);
    let found = ALL
        .iter()
        .find(|precompile| precompile.address == frame.precompile && precompile.since <= version);
    match found.map(|precompile| precompile.gate) {
        None => Outcome::Success {
            output: Bytes::new(),
            gas_left: frame.gas,
        },
        Some(Gate::Open) => run(host, frame, version),
        Some(Gate::Debug) if host.block().debug => run(host, frame, version),
        Some(Gate::Debug) => halt("debug precompiles are disabled"),
        Some(Gate::Owners) => run_for_owner(host, frame, version),
    }
}

fn halt(error: &str) -> Outcome {
    Outcome::Halt {
        error: error.to_owned(),
    }
}

/// Owners pay nothing, whatever comes of it; others lose everything.
fn run_for_owner(host: &mut dyn Host, frame: &Frame<'_>, version: u64) -> Outcome {
    match is_owner(host, frame) {
        Err(OutOfGas) => return halt("out of gas"),
        Ok(false) => return halt("unauthorized caller to access-controlled method"),
        Ok(true) => {}
    }
    let gas_left = frame.gas;
    match run(host, frame, version) {
        Outcome::Success { output, .. } => {
            if !frame.read_only || version < QUIET_STATIC_CALLS_FROM {
                log_owner(host, frame);
            }
            Outcome::Success { output, gas_left }
        }
        Outcome::Revert { output, .. } => Outcome::Revert { output, gas_left },
        halt @ Outcome::Halt { .. } => halt,
    }
}

fn is_owner(host: &mut dyn Host, frame: &Frame<'_>) -> Result<bool, OutOfGas> {
    let mut state = State::open(host, Limited::new(frame.gas))?;
    fields::CHAIN_OWNERS.contains(&mut state, frame.caller)
}

fn log_owner(host: &mut dyn Host, frame: &Frame<'_>) {
    let mut method = [0; 4];
    method.copy_from_slice(&frame.input[..4]);
    let event = OwnerActs {
        method: method.into(),
        owner: frame.caller,
        data: frame.input.to_vec().into(),
    };
    host.log(Log {
        address: ARB_OWNER,
        data: event.encode_log_data(),
    });
}

fn run(host: &mut dyn Host, frame: &Frame<'_>, version: u64) -> Outcome {
    let Some((selector, data)) = frame.input.split_first_chunk::<4>() else {
        return Outcome::burned();
    };
    let method = METHODS
        .get(&(frame.precompile, *selector))
        .filter(|method| method.is_in(version) && is_allowed(method, frame));
    let (Some(method), mut meter) = (method, Limited::new(frame.gas)) else {
        return Outcome::burned();
    };
    if meter.burn(COPY_GAS * words(data.len())).is_err() {
        return Outcome::burned();
    }
    let state = if method.purity == Purity::Pure {
        State::unopened(host, meter)
    } else {
        match State::open(host, meter) {
            Ok(state) => state,
            Err(OutOfGas) => return Outcome::burned(),
        }
    };
    let Some(args) = Args::decode(method.signature, data) else {
        return Outcome::burned();
    };
    let mut call = Call::new(state, frame, method);
    let answer = (method.body)(&mut call, &args);
    end(answer, Limited::new(call.gas_left()))
}

/// Whether a method may be called in this kind of frame.
fn is_allowed(method: &Method, frame: &Frame<'_>) -> bool {
    let acts_as_itself = frame.acting == frame.precompile;
    (method.purity == Purity::Pure || acts_as_itself)
        && (method.purity < Purity::Write || !frame.read_only)
        && (method.purity == Purity::Payable || frame.value.is_zero())
}

/// Pays for what is returned and tells the EVM.
fn end(answer: Result<Vec<u8>, Fault>, mut meter: Limited) -> Outcome {
    let is_success = answer.is_ok();
    let output = match answer {
        Ok(output) | Err(Fault::Solidity(output)) => output,
        Err(Fault::Plain(_)) => Vec::new(),
        Err(Fault::OutOfGas) => return Outcome::burned(),
        Err(Fault::Fatal(error)) => return Outcome::Halt { error },
    };
    if meter.burn(COPY_GAS * words(output.len())).is_err() {
        return Outcome::burned();
    }
    let (output, gas_left) = (output.into(), meter.left());
    if is_success {
        Outcome::Success { output, gas_left }
    } else {
        Outcome::Revert { output, gas_left }
    }
}
