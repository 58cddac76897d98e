//! What a precompile is made of: a table of methods, each with its signature, its versions and what it may do.

use alloy_primitives::{Address, U256};

use super::{args::Args, call::Call, fault::Fault};

/// What a method may do, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purity {
    /// Only compute; the state is not even opened, which saves 800 gas.
    Pure,
    /// Read.
    View,
    /// Change the state.
    Write,
    /// Take money.
    Payable,
}

/// Encoded results, or why there are none.
pub(crate) type Answer = Result<Vec<u8>, Fault>;

/// The code of a method.
pub(crate) type Body = fn(&mut Call<'_, '_>, &Args<'_>) -> Answer;

/// A method of a precompile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Method {
    /// As Solidity writes it: the selector follows from it, and how arguments are decoded.
    pub(crate) signature: &'static str,
    /// The selector, where the types behind the signature are not known.
    pub(crate) selector: Option<[u8; 4]>,
    /// First ArbOS version that has it.
    pub(crate) since: u64,
    /// Last ArbOS version that has it.
    pub(crate) until: u64,
    pub(crate) purity: Purity,
    pub(crate) body: Body,
}

impl Method {
    const fn new(purity: Purity, signature: &'static str, body: Body) -> Self {
        Self {
            signature,
            selector: None,
            since: 0,
            until: u64::MAX,
            purity,
            body,
        }
    }

    /// Has this selector, whatever the signature says.
    pub(crate) const fn selector(mut self, selector: [u8; 4]) -> Self {
        self.selector = Some(selector);
        self
    }

    /// Exists from this ArbOS version on.
    pub(crate) const fn since(mut self, version: u64) -> Self {
        self.since = version;
        self
    }

    /// Existed up to this ArbOS version.
    pub(crate) const fn until(mut self, version: u64) -> Self {
        self.until = version;
        self
    }

    /// Whether an ArbOS version has it.
    pub(crate) const fn is_in(&self, version: u64) -> bool {
        self.since <= version && version <= self.until
    }
}

/// A method that only computes.
pub(crate) const fn pure(signature: &'static str, body: Body) -> Method {
    Method::new(Purity::Pure, signature, body)
}

/// A method that only reads.
pub(crate) const fn view(signature: &'static str, body: Body) -> Method {
    Method::new(Purity::View, signature, body)
}

/// A method that changes the state.
pub(crate) const fn write(signature: &'static str, body: Body) -> Method {
    Method::new(Purity::Write, signature, body)
}

/// A method that takes money.
pub(crate) const fn payable(signature: &'static str, body: Body) -> Method {
    Method::new(Purity::Payable, signature, body)
}

/// Who may call a precompile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Everyone.
    Open,
    /// Chain owners, for whom it costs nothing.
    Owners,
    /// Everyone on a chain that allows debugging.
    Debug,
}

/// A precompile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Precompile {
    pub(crate) address: Address,
    /// First ArbOS version that has it.
    pub(crate) since: u64,
    pub(crate) gate: Gate,
    pub(crate) methods: &'static [Method],
}

impl Precompile {
    /// A precompile for everyone that has always been there.
    pub(crate) const fn new(address: Address, methods: &'static [Method]) -> Self {
        Self {
            address,
            since: 0,
            gate: Gate::Open,
            methods,
        }
    }

    /// Exists from this ArbOS version on.
    pub(crate) const fn since(mut self, version: u64) -> Self {
        self.since = version;
        self
    }

    /// Restricts who may call it.
    pub(crate) const fn gate(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }
}

/// ABI-encodes results.
pub(crate) fn give<T: alloy_sol_types::SolValue>(results: &T) -> Answer
where
    for<'a> <T::SolType as alloy_sol_types::SolType>::Token<'a>: alloy_sol_types::abi::TokenSeq<'a>,
{
    Ok(results.abi_encode_params())
}

/// One word as a result.
pub(crate) fn word(value: impl Into<U256>) -> Answer {
    Ok(value.into().to_be_bytes_vec())
}

/// One flag as a result.
pub(crate) fn flag(value: bool) -> Answer {
    word(U256::from(u8::from(value)))
}

/// One address as a result.
pub(crate) fn account(value: Address) -> Answer {
    Ok(value.into_word().to_vec())
}

/// No result.
pub(crate) const fn nothing() -> Answer {
    Ok(Vec::new())
}
