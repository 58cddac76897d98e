//! `confluence redeem`, `keepalive` and `cancel`: what can be done about a ticket that waits on L2.

use std::fmt;

use alloy::primitives::{B256, TxHash};
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chains::{Chains, Keys, Password},
};
use crate::{
    client::{L2, Mined},
    ticket,
};

/// Run a ticket that waits on L2
///
/// Sends one transaction on L2, which runs the ticket's call with the caller's gas; whatever the ticket was sent for then
/// happens as if it had run at once. Anyone may redeem any ticket. If the call still fails the ticket stays as it was and the
/// error says why.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Examples:\n  confluence redeem 0x6f1c..e2 --keystore key.json\n\n{EXIT_CODES}"))]
pub(super) struct Redeem {
    #[command(flatten)]
    ticket: Ticket,
}

/// Give a ticket that waits on L2 another week
///
/// Sends one transaction on L2, paid by the caller; anyone may. Possible once a week or less is left.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Examples:\n  confluence keepalive 0x6f1c..e2 --keystore key.json\n\n{EXIT_CODES}"))]
pub(super) struct Keepalive {
    #[command(flatten)]
    ticket: Ticket,
}

/// Give a ticket up
///
/// Sends one transaction on L2 that deletes the ticket and pays its ether to its beneficiary, who alone may do this. What the
/// ticket was sent for does not happen; a migration can be sent again.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Examples:\n  confluence cancel 0x6f1c..e2 --keystore key.json\n\n{EXIT_CODES}"))]
pub(super) struct Cancel {
    #[command(flatten)]
    ticket: Ticket,
}

#[derive(Debug, clap::Args)]
struct Ticket {
    /// The ticket's id, as `confluence status` shows it
    #[arg(value_name = "ID")]
    id: B256,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

impl Ticket {
    async fn l2(&self) -> Result<L2, CliError> {
        let network = self.chains.network()?;
        let chain_id = network.l2.chain_id.get();
        let account = self.keys.account(&self.password, chain_id).await?;
        self.chains.l2(&network, Some(&account)).await
    }
}

/// What was done.
#[derive(Debug, Serialize)]
struct Acted {
    id: B256,
    #[serde(skip)]
    what: &'static str,
    /// The transaction that did it.
    transaction: TxHash,
    gas: u64,
    /// The transaction that ran the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    ran_in: Option<TxHash>,
    /// Unix seconds until which the ticket can be redeemed now.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u64>,
}

impl Acted {
    fn new(id: B256, what: &'static str, mined: &Mined) -> Self {
        Self {
            id,
            what,
            transaction: mined.hash,
            gas: mined.gas,
            ran_in: None,
            timeout: None,
        }
    }
}

impl fmt::Display for Acted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "ticket {} {}", self.id, self.what)?;
        writeln!(f, "  by         {}, {} gas", self.transaction, self.gas)?;
        if let Some(hash) = self.ran_in {
            writeln!(f, "  ran in     {hash}")?;
        }
        if let Some(timeout) = self.timeout {
            writeln!(f, "  open until {timeout} (Unix seconds)")?;
        }
        Ok(())
    }
}

impl Redeem {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let id = self.ticket.id;
        let redeemed = super::runtime()?.block_on(async {
            let l2 = self.ticket.l2().await?;
            Ok::<_, CliError>(ticket::redeem(&l2, id).await?)
        })?;
        let mut acted = Acted::new(id, "redeemed", &redeemed.mined);
        acted.ran_in = Some(redeemed.attempt);
        out.result("confluence.redeem/1", &acted)?;
        Ok(Exit::Done)
    }
}

impl Keepalive {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let id = self.ticket.id;
        let (until, mined) = super::runtime()?.block_on(async {
            let l2 = self.ticket.l2().await?;
            Ok::<_, CliError>(ticket::keepalive(&l2, id).await?)
        })?;
        let mut acted = Acted::new(id, "extended by a week", &mined);
        acted.timeout = Some(until);
        out.result("confluence.keepalive/1", &acted)?;
        Ok(Exit::Done)
    }
}

impl Cancel {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let id = self.ticket.id;
        let mined = super::runtime()?.block_on(async {
            let l2 = self.ticket.l2().await?;
            Ok::<_, CliError>(ticket::cancel(&l2, id).await?)
        })?;
        out.result("confluence.cancel/1", &Acted::new(id, "cancelled", &mined))?;
        Ok(Exit::Done)
    }
}
