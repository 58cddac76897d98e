//! `confluence broadcaster`: a broadcaster's deposit and reserve on L2.

use alloy::primitives::{Address, U256};
use clap::Subcommand;

use super::chain::{On, Preview, Signing, eth};
use super::{CliError, EXIT_CODES, Exit, Output, chain::ACCOUNT_HELP};
use crate::payments::{Action, Broadcaster, System};

/// Show, fund and withdraw a broadcaster's deposit and reserve
///
/// A broadcaster pays orchestrators with lottery tickets: winning ones are paid from its deposit, and when that does
/// not suffice from its reserve, to each active orchestrator its part. Both lie in the TicketBroker on Arbitrum. To
/// take them out it unlocks, waits for the unlock period, in which tickets are still paid, and withdraws.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Show(Show),
    Fund(Fund),
    Unlock(Unlock),
    Withdraw(Withdraw),
}

/// Show deposit, reserve and whether they can be withdrawn
///
/// Sends nothing and needs no key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence broadcaster show 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A --controller 0x...\n\n{EXIT_CODES}")
)]
struct Show {
    /// The broadcaster
    address: Address,
    #[command(flatten)]
    on: On,
}

/// Pay into deposit and reserve
///
/// Sends one transaction with both amounts. Who funds itself while it unlocks stays locked; who funds another with
/// --for changes nothing about that.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence broadcaster fund --deposit 0.5 --reserve 5 --controller 0x...\n  confluence broadcaster fund --deposit 1 --for 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A --controller 0x...\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
struct Fund {
    /// ETH for the deposit
    #[arg(long, value_name = "ETH", value_parser = eth, default_value = "0")]
    deposit: U256,
    /// ETH for the reserve
    #[arg(long, value_name = "ETH", value_parser = eth, default_value = "0")]
    reserve: U256,
    /// Another broadcaster
    #[arg(long = "for", value_name = "ADDRESS")]
    whom: Option<Address>,
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    signing: Signing,
}

/// Begin to unlock, or stay after all
///
/// Tickets are paid until the unlock period is over; then everything can be withdrawn, and no ticket is paid any more.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence broadcaster unlock --controller 0x...\n  confluence broadcaster unlock --cancel --controller 0x...\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
struct Unlock {
    /// Stay: end the unlock period
    #[arg(long)]
    cancel: bool,
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    signing: Signing,
}

/// Take deposit and reserve out
///
/// Pays both to the account that signs. Before the unlock period is over nothing is sent, and the exit code is 3.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence broadcaster withdraw --controller 0x...\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
struct Withdraw {
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    signing: Signing,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        super::runtime()?.block_on(async {
            match self.verb {
                Verb::Show(args) => args.run(out).await,
                Verb::Fund(args) => {
                    let (deposit, reserve) = (args.deposit, args.reserve);
                    let fund = |me: Address| Action::Fund {
                        of: args.whom.unwrap_or(me),
                        deposit,
                        reserve,
                    };
                    act(&args.on, &args.signing, fund, out).await
                }
                Verb::Unlock(args) => {
                    let action = match args.cancel {
                        true => Action::CancelUnlock,
                        false => Action::Unlock,
                    };
                    act(&args.on, &args.signing, |_| action, out).await
                }
                Verb::Withdraw(args) => {
                    act(&args.on, &args.signing, |_| Action::Withdraw, out).await
                }
            }
        })
    }
}

impl Show {
    async fn run(self, out: &Output) -> Result<Exit, CliError> {
        let l2 = self.on.look().await?;
        let system = System::find(&l2, self.on.controller).await?;
        let it = Broadcaster::look(&l2, &system, self.address).await?;
        out.result("confluence.broadcaster.show/1", &it)?;
        Ok(Exit::Done)
    }
}

async fn act(
    on: &On,
    signing: &Signing,
    action: impl Fn(Address) -> Action,
    out: &Output,
) -> Result<Exit, CliError> {
    let (l2, me) = on.sending(signing).await?;
    let system = System::find(&l2, on.controller).await?;
    let it = Broadcaster::look(&l2, &system, me).await?;
    let action = action(me);
    it.may(&action)?;
    let preview = Preview {
        action: action.name(),
        from: me,
        to: system.broker,
        value: action.value(),
        gas: Broadcaster::estimate(&l2, &system, &action).await?,
    };
    signing.agree(&l2, &preview, out).await?;
    let done = it.act(&l2, &system, &action).await?;
    out.result("confluence.broadcaster.done/1", &done)?;
    Ok(Exit::Done)
}
