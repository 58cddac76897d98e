//! An interface as a list, for tests that hold it against a program's tables or against what was deployed.

use alloy_json_abi::{EventParam, JsonAbi, StateMutability};
use alloy_primitives::hex;
use std::collections::BTreeSet;

/// `0xselector name(types) mutability` of a function, `0xtopic Name(types indexed)` of an event.
pub type Listed = BTreeSet<String>;

/// An interface's functions.
pub fn functions(abi: &JsonAbi) -> Listed {
    abi.functions()
        .map(|function| {
            let mutability = match function.state_mutability {
                StateMutability::Pure => "pure",
                StateMutability::View => "view",
                StateMutability::NonPayable => "nonpayable",
                StateMutability::Payable => "payable",
            };
            let selector = hex::encode_prefixed(function.selector());
            format!("{selector} {} {mutability}", function.signature())
        })
        .collect()
}

/// An interface's events.
pub fn events(abi: &JsonAbi) -> Listed {
    abi.events()
        .map(|event| {
            let parameter = |input: &EventParam| {
                let indexed = if input.indexed { " indexed" } else { "" };
                format!("{}{indexed}", input.selector_type())
            };
            let inputs: Vec<_> = event.inputs.iter().map(parameter).collect();
            format!("{} {}({})", event.selector(), event.name, inputs.join(","))
        })
        .collect()
}
