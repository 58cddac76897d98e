//! `confluence status`: how far tickets are.

use std::fmt;

use alloy::primitives::{Address, B256};
use serde::Serialize;

use super::{CliError, EXIT_CODES, Exit, Output, chains::Chains};
use crate::ticket::{self, State, Status};

/// Show how far tickets from L1 to L2 are
///
/// Finds tickets by the L1 transaction that sent them, by a ticket's id, or by the address of the account that sent them
/// (through Livepeer's contracts), and tells each one's state: NOT_CREATED (L2 has not seen it yet), CREATION_FAILED,
/// FUNDS_DEPOSITED (it waits to be redeemed; says why), REDEEMED or EXPIRED, and what to do. Reads both chains; sends
/// nothing. The exit code is 3 while a ticket is on its way or waits.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence status 0x6f1c..e2 --network mainnet --l1-rpc URL --l2-rpc URL\n  confluence status 0x1d5a..07 --since 14000000 --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// Hash of an L1 transaction, id of a ticket, or address of a sender
    #[arg(value_name = "HASH|ID|ADDRESS", value_parser = Subject::parse)]
    subject: Subject,
    /// L1 block from which an address's tickets are searched
    #[arg(long, value_name = "BLOCK", default_value_t = 0)]
    since: u64,
    #[command(flatten)]
    chains: Chains,
}

#[derive(Debug, Clone, Copy)]
enum Subject {
    Hash(B256),
    Address(Address),
}

impl Subject {
    fn parse(text: &str) -> Result<Self, String> {
        if let Ok(hash) = text.parse() {
            return Ok(Self::Hash(hash));
        }
        text.parse().map(Self::Address).map_err(|_| {
            "expected a hash or ticket id (0x and 64 hex digits) or an address (0x and 40)"
                .to_owned()
        })
    }
}

/// What `status` found.
#[derive(Debug, Serialize)]
struct Report {
    tickets: Vec<Status>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tickets.is_empty() {
            return f.write_str("no tickets");
        }
        for Status {
            id,
            l1_transaction,
            state,
            ..
        } in &self.tickets
        {
            writeln!(f, "ticket {id}  {}", state.name())?;
            if let Some(hash) = l1_transaction {
                writeln!(f, "  sent in    {hash} on L1")?;
            }
            if let State::Redeemed { transaction } = state {
                writeln!(f, "  ran in     {transaction} on L2")?;
            } else {
                writeln!(f, "  {}", state.advice())?;
            }
        }
        Ok(())
    }
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let report = super::runtime()?.block_on(self.report())?;
        out.result("confluence.status/1", &report)?;
        let states = || report.tickets.iter().map(|ticket| &ticket.state);
        Ok(if states().any(|state| !state.is_final()) {
            Exit::Pending
        } else if states().all(State::is_redeemed) {
            Exit::Done
        } else {
            Exit::Failed
        })
    }

    async fn report(&self) -> Result<Report, CliError> {
        let network = self.chains.network()?;
        let l1 = self.chains.l1(&network, None).await?;
        let l2 = self.chains.l2(&network, None).await?;
        let tickets = match self.subject {
            Subject::Hash(hash) => ticket::by_hash(Some(&l1), &l2, hash).await?,
            Subject::Address(who) => {
                ticket::by_address(&l1, &l2, who, Vec::new(), self.since).await?
            }
        };
        Ok(Report { tickets })
    }
}
