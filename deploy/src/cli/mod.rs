//! The command line: one file per verb, no logic here.
//! Always holds: stdout carries the result alone (text, or one JSON document with `--json`); progress,
//! notes and logs go to stderr; the exit code is one of [`Exit`].

mod authorize;
mod bench;
mod broadcaster;
mod build;
mod chain;
mod chains;
mod claim;
mod config;
mod deploy;
mod doctor;
mod manual;
mod migrate;
mod orchestrator;
mod output;
mod pause;
mod poll;
mod preview;
mod rehearse;
mod reserve;
mod snapshot;
mod status;
mod switchover;
mod tickets;
mod watch;

use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use chain::OptionsError;
pub use config::ConfigError;
pub use output::Output;

/// How a run ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All that was asked for is done.
    Done,
    /// Something failed; the message says what and what to do next.
    Failed,
    /// The request itself is wrong: an option, an address, a file that cannot be what was meant.
    Usage,
    /// Not failed and not done yet: run the same command again later.
    Pending,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Pending => 3,
        })
    }
}

/// Exit codes, printed under every help text; `docs/guide/command.md` says more about them.
const EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  failed\n  2  wrong usage\n  3  pending: not done yet, run again later";

/// Moves the Livepeer staking protocol from Ethereum to Arbitrum.
///
/// Builds the Arbitrum programs, runs both chains on one machine, and prepares, checks and follows the move of
/// stake, fees, deposits and reserves. What a command sends and costs is in its own help: `confluence help VERB`.
#[derive(Debug, Parser)]
#[command(
    name = "confluence",
    version,
    after_help = EXIT_CODES,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct Global {
    /// Print the result as one JSON document
    #[arg(long, global = true)]
    json: bool,
    /// Write nothing to stderr but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Log more to stderr (-v, -vv, -vvv); never changes stdout
    #[arg(long, short, global = true, action = ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Bench(bench::Args),
    Broadcaster(broadcaster::Args),
    Build(build::Args),
    Devnode(confluence_devnode::cli::Devnode),
    Orchestrator(orchestrator::Args),
    Poll(poll::Args),
    Reserve(reserve::Args),
    Snapshot(snapshot::Args),
    Deploy(deploy::Args),
    Doctor(doctor::Args),
    Preview(preview::Args),
    Switchover(switchover::Args),
    Rehearse(rehearse::Args),
    Pause(pause::Pause),
    Unpause(pause::Unpause),
    Authorize(authorize::Args),
    Migrate(Box<migrate::Args>),
    Prove(snapshot::Prove),
    Claim(Box<claim::Args>),
    Status(status::Args),
    Redeem(tickets::Redeem),
    Keepalive(tickets::Keepalive),
    Cancel(tickets::Cancel),
    Watch(Box<watch::Args>),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// Everything a verb can fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
    /// `bench gas` failed.
    #[error(transparent)]
    BenchGas(#[from] crate::bench::gas::GasError),
    /// `bench devnode` failed.
    #[error(transparent)]
    BenchDevnode(#[from] crate::bench::devnode::BenchError),
    /// `bench cost` failed.
    #[error(transparent)]
    BenchCost(#[from] crate::bench::cost::CostError),
    /// `bench snapshot` failed.
    #[error(transparent)]
    BenchSnapshot(#[from] crate::bench::snapshot::BenchError),
    /// `bench size` failed.
    #[error(transparent)]
    BenchSize(#[from] crate::bench::size::SizeError),
    /// `build` failed.
    #[error(transparent)]
    Build(#[from] crate::build::BuildError),
    /// `devnode` failed.
    #[error(transparent)]
    Devnode(#[from] confluence_devnode::cli::RunError),
    /// `snapshot` failed.
    #[error(transparent)]
    Snapshot(#[from] crate::snapshot::SnapshotError),
    /// The legacy chain could not be read, or does not have what a list says.
    #[error(transparent)]
    Chain(#[from] crate::snapshot::chain::ChainError),
    /// Options about the chain cannot be what was meant.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// `broadcaster`, `orchestrator` or `reserve` failed.
    #[error(transparent)]
    Payment(#[from] crate::payments::PaymentError),
    /// `poll` failed.
    #[error(transparent)]
    Poll(#[from] crate::poll::PollError),
    /// The network file could not be used.
    #[error(transparent)]
    Network(#[from] crate::network::NetworkError),
    /// A key could not be used.
    #[error(transparent)]
    Key(#[from] crate::keys::KeyError),
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] crate::client::ClientError),
    /// A deployment failed.
    #[error(transparent)]
    Plan(#[from] crate::plan::PlanError),
    /// `doctor` could not look.
    #[error(transparent)]
    Doctor(#[from] crate::doctor::DoctorError),
    /// A plan could not be rehearsed.
    #[error(transparent)]
    Rehearsal(#[from] crate::plan::RehearsalError),
    /// The switch-over cannot begin or end.
    #[error(transparent)]
    SwitchOver(#[from] crate::switchover::SwitchOverError),
    /// The rehearsal of the migration failed.
    #[error(transparent)]
    Rehearse(#[from] crate::rehearse::RehearseError),
    /// The system could not be stopped or started.
    #[error(transparent)]
    Pause(#[from] crate::pause::PauseError),
    /// A deployment of L2 alone.
    #[error("{} describes a deployment without L1's side; this needs one with both", manifest.display())]
    OneSided {
        /// The manifest.
        manifest: std::path::PathBuf,
    },
    /// A ticket could not be found or acted upon.
    #[error(transparent)]
    Ticket(#[from] crate::ticket::TicketError),
    /// An authorization could not be made or used.
    #[error(transparent)]
    Sign(#[from] crate::sign::SignError),
    /// `migrate` failed.
    #[error(transparent)]
    Migrate(#[from] crate::migrate::MigrateError),
    /// `claim`, `snapshot publish` or `snapshot enable` failed.
    #[error(transparent)]
    Claim(#[from] crate::claim::ClaimError),
    /// `watch` failed.
    #[error(transparent)]
    Watch(#[from] crate::watch::WatchError),
    /// Nothing can go to the null address.
    #[error(
        "the account on L2 is the null address; give the address that is to get what is moved with --l2-addr"
    )]
    NullL2Address,
    /// Nobody said which L1Migrator.
    #[error(
        "network {network} names no L1Migrator: give --l1-migrator ADDRESS, or a network file with l1.migrator"
    )]
    NoMigrator {
        /// The network.
        network: String,
    },
    /// Nobody said where L1's side comes.
    #[error(
        "network {network} names no {what}: give {option} ADDRESS, or deploy L2 alone with --l2-only"
    )]
    NoL1Side {
        /// The network.
        network: String,
        /// What is missing.
        what: &'static str,
        /// The option that says it.
        option: &'static str,
    },
    /// A stand-in beside the real thing.
    #[error(
        "Livepeer's own staking is on Ethereum: a stand-in is for development chains; choose another --network"
    )]
    RealStaking,
    /// Nobody said where a chain is.
    #[error(
        "no RPC endpoint of {side} is known: give {option} URL, or name a network file that has one"
    )]
    NoRpc {
        /// Which chain.
        side: &'static str,
        /// The option that says it.
        option: &'static str,
    },
    /// The result could not be written to stdout.
    #[error("cannot write the result")]
    Write(#[from] std::io::Error),
}

impl CliError {
    /// The exit code this error stands for.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let usage = match self {
            Self::BenchGas(e) => e.is_usage(),
            Self::BenchDevnode(e) => e.is_usage(),
            Self::BenchCost(e) => e.is_usage(),
            Self::BenchSize(e) => e.is_usage(),
            Self::BenchSnapshot(e) => e.is_usage(),
            Self::Build(e) => e.is_usage(),
            Self::Snapshot(e) => e.is_usage(),
            Self::Chain(e) => e.is_usage(),
            Self::Options(e) => e.is_usage(),
            Self::Payment(e) => e.is_usage(),
            Self::Poll(e) => e.is_usage(),
            Self::Network(e) => e.is_usage(),
            Self::Key(e) => e.is_usage(),
            Self::Client(e) => e.is_usage(),
            Self::Ticket(e) => e.is_usage(),
            Self::Plan(e) => e.is_usage(),
            Self::Doctor(e) => e.is_usage(),
            Self::Rehearsal(e) => e.is_usage(),
            Self::Sign(e) => e.is_usage(),
            Self::Migrate(e) => e.is_usage(),
            Self::Claim(e) => e.is_usage(),
            Self::Watch(e) => e.is_usage(),
            Self::SwitchOver(e) => e.is_usage(),
            Self::Pause(e) => e.is_usage(),
            Self::Rehearse(e) => e.is_usage(),
            Self::NoRpc { .. }
            | Self::NoMigrator { .. }
            | Self::NoL1Side { .. }
            | Self::RealStaking
            | Self::OneSided { .. }
            | Self::NullL2Address => true,
            Self::Devnode(_) | Self::Write(_) => false,
        };
        if self.is_pending() {
            return Exit::Pending;
        }
        if usage { Exit::Usage } else { Exit::Failed }
    }
}

impl CliError {
    /// Whether the same command may succeed later.
    fn is_pending(&self) -> bool {
        use crate::{
            pause::PauseError, plan::PlanError, switchover::SwitchOverError, ticket::TicketError,
        };
        match self {
            Self::Payment(e) => e.is_pending(),
            Self::Poll(e) => e.is_pending(),
            Self::Migrate(e) => e.is_pending(),
            Self::Claim(e) => e.is_pending(),
            Self::Client(error)
            | Self::Ticket(TicketError::Client(error))
            | Self::Plan(PlanError::Client(error))
            | Self::SwitchOver(SwitchOverError::Client(error))
            | Self::Pause(PauseError::Client(error)) => error.is_pending(),
            _ => false,
        }
    }
}

/// The command with the exit codes under the help of every verb that says nothing else there.
fn documented(command: clap::Command) -> clap::Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        // the devnode's help is its own
        .filter(|name| name != "devnode")
        .collect();
    let command = names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, documented)
    });
    match command.get_after_help() {
        Some(_) => command,
        None => command.after_help(EXIT_CODES),
    }
}

impl Cli {
    /// The whole command, as help, completions and manual pages have it.
    fn documented() -> clap::Command {
        documented(Self::command())
    }

    /// The command line, with the defaults of the user's configuration.
    ///
    /// # Errors
    /// The configuration cannot be used ([`ConfigError`]); the inner error is clap's, with help and version among them.
    pub fn configured() -> Result<Result<Self, clap::Error>, ConfigError> {
        let command = config::apply(Self::documented())?;
        let parsed = command.try_get_matches();
        Ok(parsed.and_then(|matches| Self::from_arg_matches(&matches)))
    }

    /// Runs the verb that was asked for.
    ///
    /// # Errors
    /// Whatever the verb fails with; [`CliError::exit`] says which exit code that is.
    pub fn run(self) -> Result<Exit, CliError> {
        let out = Output::new(self.global.json, self.global.quiet, self.global.verbose);
        match self.verb {
            Verb::Bench(args) => args.run(&out),
            Verb::Broadcaster(args) => args.run(&out),
            Verb::Build(args) => args.run(&out),
            Verb::Devnode(mut node) => {
                // its one line on stdout is its result, in the same two shapes as ours
                node.json |= out.is_json();
                node.run()?;
                Ok(Exit::Done)
            }
            Verb::Orchestrator(args) => args.run(&out),
            Verb::Poll(args) => args.run(&out),
            Verb::Reserve(args) => args.run(&out),
            Verb::Snapshot(args) => args.run(&out),
            Verb::Prove(args) => args.run(&out),
            Verb::Deploy(args) => args.run(&out),
            Verb::Doctor(args) => args.run(&out),
            Verb::Preview(args) => args.run(&out),
            Verb::Switchover(args) => args.run(&out),
            Verb::Rehearse(args) => args.run(&out),
            Verb::Pause(args) => args.run(&out),
            Verb::Unpause(args) => args.run(&out),
            Verb::Authorize(args) => args.run(&out),
            Verb::Migrate(args) => args.run(&out),
            Verb::Claim(args) => args.run(&out),
            Verb::Status(args) => args.run(&out),
            Verb::Redeem(args) => args.run(&out),
            Verb::Keepalive(args) => args.run(&out),
            Verb::Cancel(args) => args.run(&out),
            Verb::Watch(args) => args.run(&out),
            Verb::Completions(args) => args.run(&out),
            Verb::Man(args) => args.run(&out),
        }
    }
}

/// Threads for verbs that talk to chains; started only by those, so that `--help` stays quick.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}
