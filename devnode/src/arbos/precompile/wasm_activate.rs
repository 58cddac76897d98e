//! `ArbWasm.activateProgram`: unwraps an account's program, has it judged, and remembers what running it costs.
//!
//! Always holds: what can be seen without analysing the program costs what was used until then; from the analysis
//! on a failure takes all gas and is no revert (Nitro).

use alloy_primitives::{Address, B256};

use super::{
    args::Args,
    call::{COPY_GAS, Call},
    errors::{ProgramNotWasm, ProgramUpToDate},
    fault::{Fault, require},
    method::{Answer, give},
    wasm::{ProgramActivated, pay_data_fee},
};
use crate::{
    arbos::state::{programs, words},
    stylus::{
        Activation, CodeKind, RootProgram, StylusParams, StylusRules, activate,
        format::unwrap_classic,
    },
};

/// Gas to begin an activation.
const BASE_GAS: u64 = 1_659_168;
/// The owner may ask for more from this version on.
const EXTRA_GAS_FROM: u64 = 59;
/// EVM code is refused with a Solidity error from this version on.
const TYPED_REFUSAL_FROM: u64 = 60;
const COLD_ACCOUNT_GAS: u64 = 2_600;
const WARM_ACCOUNT_GAS: u64 = 100;
/// Largest fragment: as large as any contract.
const LARGEST_FRAGMENT: usize = 24_576;

pub(super) fn activate_program(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let (account, now) = (args.address(0), call.now());
    if call.version() >= EXTRA_GAS_FROM {
        let extra = call.get(programs::ACTIVATION_GAS)?;
        call.burn(extra)?;
    }
    call.burn(BASE_GAS)?;
    require(!call.host.is_destroyed(account), "self destructed")?;
    let code_hash = call.host.code_hash(account);
    let params = programs::params(call)?;
    let old = programs::record(call, code_hash)?;
    if old.version == params.version && !old.is_expired(&params, now) {
        return Err(Fault::solidity(&ProgramUpToDate {}));
    }
    let wasm = unwrap(call, account, &params)?;
    let activation = analyse(call, &wasm, code_hash, &params)?;

    if old.cached {
        call.get(programs::module_hash(code_hash))?;
    }
    call.set(programs::module_hash(code_hash), activation.module_hash)?;
    let fee = programs::charge_data(call, activation.asm_estimate, now)?;
    let record = activation.record(params.version, now, old.cached);
    programs::set_record(call, code_hash, record)?;
    pay_data_fee(call, fee)?;
    call.emit(&ProgramActivated {
        codehash: code_hash,
        moduleHash: activation.module_hash,
        program: account,
        dataFee: fee,
        version: params.version,
    })?;
    give(&(params.version, fee))
}

/// The account's program as plain WASM.
fn unwrap(
    call: &mut Call<'_, '_>,
    account: Address,
    params: &StylusParams,
) -> Result<Vec<u8>, Fault> {
    let code = call.host.code(account);
    let malformed = |_| Fault::Plain("malformed program");
    match CodeKind::of(&code, call.version()) {
        Some(CodeKind::Classic) => unwrap_classic(&code, params).map_err(malformed),
        Some(CodeKind::Root) => {
            let root = RootProgram::parse(&code, params).map_err(malformed)?;
            let mut codes = Vec::new();
            for fragment in &root.fragments {
                codes.push(fragment_code(call, *fragment)?);
            }
            root.unwrap(&codes).map_err(malformed)
        }
        Some(CodeKind::Fragment) => Err(Fault::Plain(
            "fragmented stylus programs cannot be activated directly; activate the root program instead",
        )),
        None if code.is_empty() || call.version() >= TYPED_REFUSAL_FROM => {
            Err(Fault::solidity(&ProgramNotWasm {}))
        }
        None => Err(Fault::Plain("specified bytecode is not a Stylus program")),
    }
}

/// The code of a fragment. The frame must be able to pay for the largest one before it is known how large it is.
fn fragment_code(
    call: &mut Call<'_, '_>,
    fragment: Address,
) -> Result<alloy_primitives::Bytes, Fault> {
    let access = if call.host.warm(fragment) {
        WARM_ACCOUNT_GAS
    } else {
        COLD_ACCOUNT_GAS
    };
    if call.gas_left() < access + COPY_GAS * words(LARGEST_FRAGMENT) {
        return Err(Fault::OutOfGas);
    }
    let code = call.host.code(fragment);
    call.burn(access + COPY_GAS * words(code.len()))?;
    let is_fragment = CodeKind::of(&code, call.version()) == Some(CodeKind::Fragment);
    require(is_fragment, "a fragment's account holds no fragment")?;
    Ok(code)
}

fn analyse(
    call: &mut Call<'_, '_>,
    wasm: &[u8],
    code_hash: B256,
    params: &StylusParams,
) -> Result<Activation, Fault> {
    let rules = StylusRules {
        stylus_version: params.version,
        debug_chain: call.host.block().debug,
        page_limit: params.page_limit.saturating_sub(call.host.open_pages()),
    };
    let before = call.gas_left();
    let mut left = before;
    let version = call.version();
    let activation = activate(wasm, code_hash, &rules, &mut left).map_err(|error| {
        Fault::Fatal(format!(
            "program activation failed: {}",
            error.report(version)
        ))
    })?;
    call.burn(before - left)?;
    Ok(activation)
}
