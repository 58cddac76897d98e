//! Whether Arbitrum would activate a program, and what it will then cost: asked of the devnode's activation, which is
//! Nitro's rule by rule, before anything is paid for it.
//! Always holds: a program that passes is accepted by the oldest ArbOS we support and by the newest.

use std::{error::Error as _, fmt::Write as _};

use alloy::primitives::{B256, U256};
use confluence_devnode::stylus::{
    ActivationError, DataPricer, StylusParams, StylusRules, activate,
    entry::{InitGas, init_gas},
    record::ARBITRUM_START,
};
use serde::{Deserialize, Serialize};

/// ArbOS versions whose rules differ: 40 is the oldest we support, 60 the newest in use.
const ARBOS_VERSIONS: [u64; 2] = [40, 60];

/// Why ArbOS would refuse a program.
#[derive(Debug, thiserror::Error)]
#[error("ArbOS {arbos}: {reason}")]
pub struct Refusal {
    /// Version of ArbOS that refuses.
    pub arbos: u64,
    /// Its reason, in its words.
    pub reason: String,
}

/// What a program will cost, on the newest ArbOS and while nobody else activates programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prospect {
    /// Memory pages (64 KiB) it starts with; more than two cost gas at each call.
    pub pages: u16,
    /// Gas to enter it.
    pub entry_gas: u64,
    /// Gas to enter it while it is in ArbOS's program cache.
    pub cached_entry_gas: u64,
    /// Gas of analysing it, which is the part of activation that depends on the program.
    pub analysis_gas: u64,
    /// Wei that activation costs on top of gas.
    pub activation_fee: U256,
}

/// Tries to activate a program on each ArbOS, and says what it costs on the last.
pub(super) fn check(wasm: &[u8], code_hash: B256) -> Result<Prospect, Refusal> {
    let mut prospect = Prospect::default();
    for arbos in ARBOS_VERSIONS {
        let params = StylusParams::genesis(arbos);
        let rules = StylusRules {
            stylus_version: params.version,
            debug_chain: false,
            page_limit: params.page_limit,
        };
        if wasm.len() as u64 > u64::from(params.max_wasm_size) {
            let reason = format!(
                "{} bytes of WASM, of at most {}",
                wasm.len(),
                params.max_wasm_size
            );
            return Err(Refusal { arbos, reason });
        }
        let mut gas = u64::MAX;
        let activation = activate(wasm, code_hash, &rules, &mut gas).map_err(|error| Refusal {
            arbos,
            reason: in_plain_words(&error),
        })?;
        let record = activation.record(params.version, ARBITRUM_START, false);
        let InitGas { init, cached } = init_gas(&params, &record);
        prospect = Prospect {
            pages: activation.footprint,
            entry_gas: init + cached,
            cached_entry_gas: cached,
            analysis_gas: u64::MAX - gas,
            activation_fee: DataPricer::default().charge(activation.asm_estimate, ARBITRUM_START),
        };
    }
    Ok(prospect)
}

/// The whole chain of causes, without the colours that Nitro puts into it.
fn in_plain_words(error: &ActivationError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    let mut plain = String::new();
    let mut pieces = text.split('\u{1b}');
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or("", |(_, after)| after));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_why_without_colours() {
        // (module (import "vm_hooks" "no_such_host" (func)) (memory (export "memory") 0 0) ..): built by hand
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(b"\x01\x09\x02\x60\0\0\x60\x01\x7f\x01\x7f");
        wasm.extend(b"\x02\x19\x01\x08vm_hooks\x0cno_such_host\0\0");
        wasm.extend(b"\x03\x02\x01\x01\x05\x04\x01\x01\0\0");
        wasm.extend(b"\x07\x1c\x02\x06memory\x02\0\x0fuser_entrypoint\0\x01");
        wasm.extend(b"\x0a\x06\x01\x04\0\x41\0\x0b");
        let refusal = check(&wasm, B256::ZERO).expect_err("there is no such host function");
        assert_eq!(
            refusal.to_string(),
            "ArbOS 40: failed to build user module: No such import no_such_host in vm_hooks for user"
        );
    }

    #[test]
    fn something_that_is_not_wasm_is_refused() {
        assert!(check(b"not WASM", B256::ZERO).is_err());
    }
}
