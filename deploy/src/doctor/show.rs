//! The page.

use std::fmt;

use alloy::primitives::utils::format_ether;

use super::Health;

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = self.stage.map_or("unknown", |stage| stage.says());
        writeln!(
            f,
            "network   {}, at L2 block {}",
            self.network, self.l2_block
        )?;
        writeln!(f, "state     {stage}")?;
        let cached = self.programs.iter().filter(|program| program.cached);
        let (programs, cached) = (self.programs.len(), cached.count());
        write!(f, "programs  {programs}, {cached} of them cached")?;
        let known = self.programs.iter();
        let first = known
            .filter_map(|it| Some((it.days_left?, it.contract)))
            .min();
        match first {
            Some((days, contract)) => {
                writeln!(f, "; the first to expire is {contract}'s, in {days} days")?;
            }
            None => writeln!(f)?,
        }
        for switch in &self.switches {
            let state = if switch.paused { "paused" } else { "open" };
            writeln!(f, "switch    {} {} {state}", switch.side, switch.contract)?;
        }
        for (state, count) in &self.tickets {
            writeln!(f, "tickets   {count} {state}")?;
        }
        if !self.funds.is_empty() {
            writeln!(f, "\n{:<15} {:>34} {:>34}", "funds", "held", "owed")?;
        }
        for fund in &self.funds {
            let (held, owed) = (format_ether(fund.held), format_ether(fund.owed));
            let holder = format!("{} {}", fund.holder, fund.asset);
            writeln!(f, "{holder:<15} {held:>34} {owed:>34}  {}", fund.to)?;
        }
        writeln!(f)?;
        for finding in &self.findings {
            writeln!(f, "- {}\n  {}", finding.what, finding.remedy)?;
        }
        match self.findings.len() {
            0 => write!(f, "healthy ({} comparisons with the manifest)", self.checks),
            count => write!(f, "{count} to mend"),
        }
    }
}
