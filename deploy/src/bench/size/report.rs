//! Sizes and what activation costs, as a table and as the page `docs/benchmarks/size.md`.
//! Always holds: a program that is larger than the original's code, or dearer to put on chain, says so in its row, and why.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use alloy::primitives::{U256, utils::format_ether};
use serde::Serialize;

use super::{Original, SizeError};
use crate::bench::{Table, thousands};

const FILE: &str = "docs/benchmarks/size.md";

const PREFACE: &str = "# How large the programs are

Written by `confluence bench size --write`.

\"Ours\" is what goes on chain: the WASM, compressed with Brotli, and its prefix. \"Original\" is the EVM code of the contracts whose
work the program does, as it is on Arbitrum One; some of it was built without the optimizer, and \"optimised\" says what it would be
with. Proxies are left out on both sides.

A program is put on chain in two steps: it is created, and ArbOS translates it once (\"activation\", which also takes a fee). The original's
contracts only have to be created. Activation has to be repeated after a year, and after an upgrade of ArbOS's Stylus version.
";

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Its folder under `contracts/`.
    pub program: String,
    /// Bytes on chain.
    pub bytes: usize,
    /// Bytes of WASM, before they are compressed.
    pub wasm_bytes: usize,
    /// Gas of creating it, L1's part left out.
    pub creation_gas: u64,
    /// Gas of activating it, L1's part left out.
    pub activation_gas: u64,
    /// Wei of the fee that activation takes besides.
    pub activation_fee_wei: U256,
    /// Gas of entering it at each call.
    pub entry_gas: u64,
    /// The same while it is in ArbOS's cache.
    pub cached_entry_gas: u64,
    /// The contracts whose work it does.
    pub original: Vec<Original>,
}

/// All programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of their names.
    pub programs: Vec<Size>,
}

impl Size {
    fn original_bytes(&self) -> Option<usize> {
        let any = !self.original.is_empty();
        any.then(|| self.original.iter().map(|it| it.bytes).sum())
    }

    fn optimised_bytes(&self) -> Option<usize> {
        let any = !self.original.is_empty();
        any.then(|| self.original.iter().map(|it| it.optimised_bytes).sum())
    }

    /// Gas of creating all of its original; none if one was not measured.
    fn original_gas(&self) -> Option<u64> {
        let any = !self.original.is_empty();
        any.then(|| {
            self.original
                .iter()
                .map(|it| it.creation_gas)
                .sum::<Option<u64>>()
        })?
    }

    fn gas(&self) -> u64 {
        self.creation_gas + self.activation_gas
    }

    /// Where the original is better, and why.
    fn remark(&self) -> String {
        let mut worse = Vec::new();
        if self
            .original_bytes()
            .is_some_and(|bytes| self.bytes > bytes)
        {
            worse.push("larger: what every program needs outweighs so little work");
        } else if self
            .optimised_bytes()
            .is_some_and(|bytes| self.bytes > bytes)
        {
            worse.push("larger than an optimised original");
        }
        if self.original_gas().is_some_and(|gas| self.gas() > gas) {
            worse.push("dearer to deploy: activation");
        }
        worse.join("; ")
    }
}

impl Report {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = [
            "program",
            "ours, B",
            "WASM, B",
            "original, B",
            "optimised, B",
            "ratio",
            "create, gas",
            "activate, gas",
            "fee, ETH",
            "original, gas",
            "entry, gas",
            "if cached",
            "remark",
        ];
        let mut table = Table::new(
            "Programs on chain, and what putting them there costs",
            &columns,
        );
        let number = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), thousands);
        for size in &self.programs {
            let ratio = size
                .original_bytes()
                .map(|bytes| size.bytes as f64 / bytes as f64);
            table.row([
                size.program.clone(),
                thousands(size.bytes as u64),
                thousands(size.wasm_bytes as u64),
                number(size.original_bytes().map(|bytes| bytes as u64)),
                number(size.optimised_bytes().map(|bytes| bytes as u64)),
                ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}")),
                thousands(size.creation_gas),
                thousands(size.activation_gas),
                ether(size.activation_fee_wei),
                number(size.original_gas()),
                thousands(size.entry_gas),
                thousands(size.cached_entry_gas),
                size.remark(),
            ]);
        }
        let all = |of: fn(&Size) -> Option<u64>| self.programs.iter().filter_map(of).sum::<u64>();
        let compared = |of: fn(&Size) -> u64| {
            let compared = self
                .programs
                .iter()
                .filter(|size| size.original_gas().is_some());
            compared.map(of).sum::<u64>()
        };
        table.note(format!(
            "Programs whose original was measured, together: {} B against {} B, {} gas to put on chain against {}.",
            thousands(compared(|size| size.bytes as u64)),
            thousands(all(|size| size.original_gas().and(size.original_bytes()).map(|bytes| bytes as u64))),
            thousands(compared(Size::gas)),
            thousands(all(Size::original_gas)),
        ));
        table.note("Gas without L1's part. The fee is that of a chain on which nobody else activates programs at the same time.");
        table
    }

    /// Writes the page into the checkout around `folder`; which file.
    ///
    /// # Errors
    /// [`SizeError::Build`] outside a checkout, [`SizeError::Write`].
    pub fn write(&self, folder: &Path) -> Result<PathBuf, SizeError> {
        let failed = |path, source| SizeError::Write { path, source };
        self.table().write(folder, FILE, PREFACE, failed)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

/// Ether with the digits that matter for a fee.
fn ether(wei: U256) -> String {
    let text = format_ether(wei);
    text.get(..8).unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(bytes: usize, activation_gas: u64) -> Size {
        Size {
            program: "token".to_owned(),
            bytes,
            wasm_bytes: 3 * bytes,
            creation_gas: 1_000_000,
            activation_gas,
            activation_fee_wei: U256::from(35_000_000_000_000_u64),
            entry_gas: 10_000,
            cached_entry_gas: 500,
            original: vec![Original {
                program: "token",
                contract: "Token",
                bytes: 10_000,
                optimised_bytes: 5_000,
                creation_gas: Some(3_000_000),
            }],
        }
    }

    #[test]
    fn whatever_is_worse_than_the_original_says_so() {
        assert_eq!(size(4_000, 1_500_000).remark(), "");
        assert_eq!(
            size(6_000, 1_500_000).remark(),
            "larger than an optimised original"
        );
        assert_eq!(
            size(4_000, 2_500_000).remark(),
            "dearer to deploy: activation"
        );
        assert!(size(11_000, 2_500_000).remark().starts_with("larger: "));
    }

    #[test]
    fn a_program_without_original_is_compared_with_nothing() {
        let alone = Size {
            original: Vec::new(),
            ..size(4_000, 2_500_000)
        };
        assert_eq!((alone.original_bytes(), alone.original_gas()), (None, None));
        assert_eq!(alone.remark(), "");
        let report = Report {
            programs: vec![alone, size(4_000, 1_500_000)],
        };
        let text = report.to_string();
        assert!(text.contains("together: 4,000 B against 10,000 B, 2,500,000 gas to put on chain against 3,000,000"), "{text}");
    }
}
