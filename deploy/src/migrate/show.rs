//! A move and its costs in words, the same before it is signed and in a preview.

use std::fmt;

use alloy::primitives::{
    U256,
    utils::{format_ether, format_units},
};

use super::{Brings, Quote, Ready};
use crate::{sign::What, ticket::Aliased};

/// Wei a unit of gas, in gwei.
fn gwei(price: U256) -> String {
    let text = format_units(price, "gwei").unwrap_or_else(|_| price.to_string());
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// An amount without the zeros that say nothing.
#[must_use]
pub(crate) fn amount(units: U256) -> String {
    let text = format_ether(units);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

impl fmt::Display for Brings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut any = false;
        for (name, units, unit) in [
            ("stake", self.stake, "LPT"),
            ("pool", self.pool, "LPT of its delegators"),
            ("fees", self.fees, "ETH"),
            ("deposit", self.deposit, "ETH"),
            ("reserve", self.reserve, "ETH"),
        ] {
            if !units.is_zero() {
                writeln!(f, "  {name:<11}{} {unit}", amount(units))?;
                any = true;
            }
        }
        if !any {
            writeln!(f, "  nothing")?;
        }
        Ok(())
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticket = &self.ticket;
        writeln!(
            f,
            "  submission {} ETH expected, at most {} ETH",
            amount(ticket.expected_submission_fee),
            amount(ticket.max_submission_cost)
        )?;
        writeln!(
            f,
            "  L2 gas     {} ETH expected, at most {} at {} gwei",
            amount(ticket.expected_gas_fee),
            ticket.gas_limit,
            gwei(ticket.max_fee_per_gas)
        )?;
        writeln!(
            f,
            "  L1 gas     {} ETH expected: {} at {} gwei",
            amount(self.l1_fee()),
            self.l1_gas,
            gwei(self.l1_gas_price)
        )?;
        writeln!(
            f,
            "  together   {} ETH expected; {} ETH go with the ticket, and about {} ETH of that come back on L2",
            amount(self.expected()),
            amount(ticket.value()),
            amount(ticket.refund())
        )
    }
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.moved.what {
            What::Delegator => "stake and fees".to_owned(),
            What::Locks { ids } => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                format!("unbonding locks {}", ids.join(", "))
            }
            What::Sender => "deposit and reserve".to_owned(),
            What::Amount { amount: part, .. } => format!("{} LPT of the stake", amount(*part)),
        };
        writeln!(
            f,
            "about to move the {what} of {} on L1",
            self.moved.l1_addr
        )?;
        writeln!(f, "  to         {} on L2", self.moved.l2_addr)?;
        if !self.brings.delegate.is_zero() && self.brings.delegate != self.moved.l1_addr {
            writeln!(f, "  staked     with {} on L1", self.brings.delegate)?;
        }
        write!(f, "{}", self.brings)?;
        writeln!(f, "  through    L1Migrator {}", self.to)?;
        write!(f, "{}", self.quote)?;
        write!(
            f,
            "  paid by    {} on L1; what the ticket leaves over goes to {} on L2",
            self.payer, self.refunds_to
        )?;
        match self.refunds_to == self.moved.l2_addr {
            true => Ok(()),
            false => write!(f, "\n  note       {}", Aliased(self.moved.l2_addr)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_lose_zeros_behind_the_point_and_no_others() {
        let ether = U256::from(10).pow(U256::from(18));
        assert_eq!(amount(ether * U256::from(100)), "100");
        assert_eq!(amount(ether / U256::from(4)), "0.25");
        assert_eq!(amount(U256::ZERO), "0");
        assert_eq!(gwei(U256::from(100_000_000)), "0.1");
        assert_eq!(gwei(U256::from(20_000_000_000_u64)), "20");
    }
}
