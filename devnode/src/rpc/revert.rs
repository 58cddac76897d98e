//! What a revert says, in the words of go-ethereum and Nitro: `Error(string)`, Solidity panics and the errors of
//! ArbOS precompiles become part of the message, anything else is data alone.

use alloy_dyn_abi::{DynSolType, DynSolValue};
use alloy_primitives::keccak256;
use alloy_sol_types::{Panic, Revert, SolError};

use super::error::RpcError;
use crate::chain::CallError;

/// Errors that Nitro's precompiles declare; a client reads them by name.
const PRECOMPILE_ERRORS: [&str; 12] = [
    "ProgramNotWasm()",
    "ProgramNotActivated()",
    "ProgramNeedsUpgrade(uint16,uint16)",
    "ProgramExpired(uint64)",
    "ProgramUpToDate()",
    "ProgramKeepaliveTooSoon(uint64)",
    "ProgramInsufficientValue(uint256,uint256)",
    "NoTicketWithID()",
    "NotCallable()",
    "InvalidBlockNumber(uint256,uint256)",
    "Custom(uint64,string,bool)",
    "Unused()",
];

impl From<CallError> for RpcError {
    fn from(error: CallError) -> Self {
        match &error {
            CallError::Revert { data, .. } => Self::revert(reason(data).as_deref(), data),
            other => Self::server(other.to_string()),
        }
    }
}

/// The readable part of revert data.
fn reason(data: &[u8]) -> Option<String> {
    let known = || {
        PRECOMPILE_ERRORS
            .iter()
            .find_map(|error| precompile_error(error, data))
    };
    solidity_reason(data).or_else(known)
}

/// The reason of an `Error(string)` or a Solidity panic.
pub(crate) fn solidity_reason(data: &[u8]) -> Option<String> {
    if let Ok(revert) = Revert::abi_decode(data) {
        return Some(revert.reason);
    }
    Panic::abi_decode(data)
        .ok()
        .map(|panic| panic_reason(&panic))
}

/// go-ethereum's words for Solidity's panic codes.
fn panic_reason(panic: &Panic) -> String {
    let known = u64::try_from(panic.code).ok().and_then(|code| {
        Some(match code {
            0x00 => "generic panic",
            0x01 => "assert(false)",
            0x11 => "arithmetic underflow or overflow",
            0x12 => "division or modulo by zero",
            0x21 => "enum overflow",
            0x22 => "invalid encoded storage byte array accessed",
            0x31 => "out-of-bounds array access; popping on an empty array",
            0x32 => "out-of-bounds access of an array or bytesN",
            0x41 => "out of memory",
            0x51 => "uninitialized function",
            _ => return None,
        })
    });
    known.map_or_else(
        || format!("unknown panic code: {:#x}", panic.code),
        str::to_owned,
    )
}

/// `error Name(arguments)`, if `data` is the error of that signature.
fn precompile_error(signature: &str, data: &[u8]) -> Option<String> {
    let arguments = data.strip_prefix(&keccak256(signature)[..4])?;
    let (name, types) = signature.split_at(signature.find('(')?);
    let values = if types == "()" {
        Vec::new()
    } else {
        match DynSolType::parse(types)
            .ok()?
            .abi_decode_params(arguments)
            .ok()?
        {
            DynSolValue::Tuple(values) => values,
            value => vec![value],
        }
    };
    let values = values.iter().map(plain).collect::<Vec<_>>().join(", ");
    Some(format!("error {name}({values})"))
}

fn plain(value: &DynSolValue) -> String {
    match value {
        DynSolValue::Uint(number, _) => number.to_string(),
        DynSolValue::Bool(yes) => yes.to_string(),
        DynSolValue::String(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::U256;

    alloy_sol_types::sol! {
        error ProgramNotActivated();
        error ProgramInsufficientValue(uint256 have, uint256 want);
        error Custom(uint64 number, string text, bool yes);
        error Unknown(uint256 number);
    }

    #[test]
    fn errors_of_precompiles_are_named_with_their_arguments() {
        let value = ProgramInsufficientValue {
            have: U256::ZERO,
            want: U256::from(56_924_917_489_154_u64),
        };
        let custom = Custom {
            number: 1024,
            text: "a text".into(),
            yes: true,
        };
        let cases = [
            (Vec::new(), None),
            (Unknown { number: U256::ZERO }.abi_encode(), None),
            (
                ProgramNotActivated {}.abi_encode(),
                Some("error ProgramNotActivated()"),
            ),
            (
                value.abi_encode(),
                Some("error ProgramInsufficientValue(0, 56924917489154)"),
            ),
            (
                custom.abi_encode(),
                Some("error Custom(1024, a text, true)"),
            ),
        ];
        for (data, said) in cases {
            assert_eq!(reason(&data).as_deref(), said);
        }
    }

    #[test]
    fn solidity_errors_and_panics_are_read() {
        let revert = Revert::from("system is paused").abi_encode();
        assert_eq!(reason(&revert).as_deref(), Some("system is paused"));
        let error = RpcError::from(CallError::Revert {
            data: revert.into(),
            gas_used: 0,
        });
        assert_eq!(
            (error.code, error.message.as_str()),
            (3, "execution reverted: system is paused")
        );
        let panic = |code: u64| {
            reason(
                &Panic {
                    code: U256::from(code),
                }
                .abi_encode(),
            )
            .unwrap()
        };
        assert_eq!(panic(0x11), "arithmetic underflow or overflow");
        assert_eq!(panic(0x99), "unknown panic code: 0x99");
    }
}
