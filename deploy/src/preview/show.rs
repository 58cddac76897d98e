//! A preview in words.

use std::fmt;

use super::{Outcome, Preview};
use crate::migrate::{AccountKind, show::amount};

fn kind(of: AccountKind) -> &'static str {
    match of {
        AccountKind::Key => "",
        AccountKind::Delegated => " (runs a contract's code, EIP-7702)",
        AccountKind::Contract => " (a contract)",
    }
}

impl fmt::Display for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has = &self.holdings;
        writeln!(f, "on L1      {}{}", self.account, kind(self.on_l1))?;
        writeln!(f, "to L2      {}{}", self.receiver, kind(self.on_l2))?;
        match has.delegate {
            delegate if delegate.is_zero() => writeln!(f, "stake      0 LPT")?,
            delegate if delegate == self.account => {
                writeln!(f, "stake      {} LPT as an orchestrator", amount(has.stake))?;
                writeln!(f, "pool       {} LPT of its delegators", amount(has.pool()))?;
            }
            delegate => writeln!(f, "stake      {} LPT with {delegate}", amount(has.stake))?,
        }
        writeln!(f, "fees       {} ETH", amount(has.fees))?;
        for lock in &has.locks {
            let arrived = match self.arrived.locks.contains(&lock.id) {
                true => ", has arrived",
                false => "",
            };
            writeln!(
                f,
                "lock {:<5} {} LPT, on L1 from round {} on{arrived}",
                lock.id,
                amount(lock.amount),
                lock.withdraw_round
            )?;
        }
        writeln!(f, "deposit    {} ETH", amount(has.deposit))?;
        writeln!(f, "reserve    {} ETH", amount(has.reserve))?;
        writeln!(
            f,
            "round      {} on L1, {} on L2: what arrives now works from round {} on",
            has.round,
            self.round,
            self.round + 1
        )?;
        for it in &self.moves {
            writeln!(f, "\n{}", it.command)?;
            match &it.outcome {
                Outcome::Works(costs) => {
                    write!(f, "{}{}", costs.brings, costs.quote)?;
                    writeln!(f, "  to have    {} ETH on L1", amount(costs.needs))?;
                }
                Outcome::Fails { why } => writeln!(f, "  would fail {why}")?,
            }
        }
        if !self.warnings.is_empty() {
            writeln!(f)?;
        }
        for warning in &self.warnings {
            writeln!(f, "warning    {warning}")?;
        }
        Ok(())
    }
}
