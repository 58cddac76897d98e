//! What the demonstration found, for somebody who has never seen the project.

use std::fmt;

use alloy::primitives::{Address, B256, U256, utils::format_ether};
use serde::Serialize;

use crate::{
    bench::thousands,
    snapshot::{Provenance, Totals},
};

/// The result.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Real or synthetic.
    pub list: Provenance,
    /// What is in it.
    pub totals: Totals,
    /// Its root, as published on the chain.
    pub root: B256,
    /// The chain's id.
    pub chain_id: u64,
    /// Which node ran it.
    pub node: String,
    /// What was deployed.
    pub contracts: Vec<Contract>,
    /// Real proofs that the contract accepted.
    pub accepted: usize,
    /// Forged proofs that it refused, by what was changed.
    pub refused: Vec<&'static str>,
    /// What calls cost.
    pub gas: Vec<Gas>,
    /// Phases and their milliseconds.
    pub phases_ms: Vec<(&'static str, u64)>,
}

/// A contract of the demonstration.
#[derive(Debug, Clone, Serialize)]
pub struct Contract {
    /// Its folder under `contracts/`.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// Bytes on chain.
    pub code_bytes: usize,
    /// Gas of the one transaction that created, activated and constructed it.
    pub deployment_gas: u64,
    /// Wei for activation on top.
    pub activation_fee: U256,
}

/// Gas of a call as a transaction, without what its bytes cost on L1.
#[derive(Debug, Clone, Serialize)]
pub struct Gas {
    /// The call.
    pub call: String,
    /// While the program is not in ArbOS's cache.
    pub uncached: u64,
    /// While it is; `None` where the chain would not cache it for us.
    pub cached: Option<u64>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            leaves,
            stake,
            fees,
            ..
        } = self.totals;
        writeln!(
            f,
            "Livepeer's snapshot on an Arbitrum chain on this machine"
        )?;
        writeln!(f)?;
        writeln!(f, "  list       {}", self.list)?;
        writeln!(
            f,
            "             {} accounts with {} LPT of stake and {} ETH of fees",
            thousands(leaves as u64),
            rounded(stake),
            rounded(fees)
        )?;
        writeln!(f, "  root       {}", self.root)?;
        writeln!(f, "  chain      {} ({})", self.chain_id, self.node)?;
        for Contract {
            name,
            address,
            code_bytes,
            deployment_gas,
            ..
        } in &self.contracts
        {
            let (bytes, gas) = (thousands(*code_bytes as u64), thousands(*deployment_gas));
            writeln!(
                f,
                "  program    {name:<16} {address}  {bytes:>6} B, deployed for {gas} gas"
            )?;
        }
        let accepted = thousands(self.accepted as u64);
        writeln!(
            f,
            "  proofs     {accepted} of {accepted} from the list accepted by the contract"
        )?;
        let refused = self.refused.len();
        writeln!(
            f,
            "             {refused} of {refused} forged ones refused: {}",
            self.refused.join(", ")
        )?;
        writeln!(f)?;
        writeln!(f, "  gas                          uncached      cached")?;
        for Gas {
            call,
            uncached,
            cached,
        } in &self.gas
        {
            let cached = cached.map_or("-".to_owned(), thousands);
            writeln!(
                f,
                "    {call:<22} {:>12} {cached:>11}",
                thousands(*uncached)
            )?;
        }
        writeln!(f)?;
        writeln!(f, "  time")?;
        for (what, ms) in &self.phases_ms {
            writeln!(f, "    {what:<50} {:>8.2} s", *ms as f64 / 1000.0)?;
        }
        let all: u64 = self.phases_ms.iter().map(|(_, ms)| ms).sum();
        write!(
            f,
            "    {:<50} {:>8.2} s",
            "all together",
            all as f64 / 1000.0
        )
    }
}

/// An amount of 10^18 units with two decimals, cut, not rounded up: nobody has more than it says.
fn rounded(amount: U256) -> String {
    let text = format_ether(amount);
    let (whole, part) = text.split_once('.').unwrap_or((&text, "00"));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), thousands);
    format!("{whole}.{}", part.get(..2).unwrap_or(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_cut_to_two_decimals() {
        let stake = U256::from(10_239_676_190_427_170_097_425_142_u128);
        assert_eq!(rounded(stake), "10,239,676.19");
        assert_eq!(rounded(U256::from(9_999_999_999_999_999_u64)), "0.00");
    }
}
