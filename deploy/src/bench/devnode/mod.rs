//! The devnode against anvil, in one run on one machine: start, transfers, calls, and a transaction of a thousand calls.
//! Always holds: both nodes are processes of their own with the same accounts, get the same requests from the same
//! client, and are measured one after the other, never at a time.

mod child;
mod contracts;
mod load;
mod report;
mod rpc;

use std::{path::PathBuf, time::Duration};

use alloy::{
    primitives::{Address, Bytes, U256, keccak256},
    sol,
    sol_types::SolValue as _,
};

use confluence_devnode::bridge::BridgeError;

pub use report::{Better, Goal, Line, Report};

use self::{
    child::{Node, Program},
    contracts::{Contracts, Token},
    load::Sender,
};
use crate::{
    build::{self, BuildError, Options as BuildOptions},
    client::{Arbitrum, Client, ClientError, Ethereum, L2, Side},
    l2,
    progress::Progress,
};

/// What the benchmark is run with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
    /// Transfers and calls per connection.
    pub each: u64,
    /// Starts of each node, and thousand-call transactions; the median counts.
    pub rounds: usize,
}

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BenchError {
    /// The Stylus token could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// Setting up the contracts failed.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// npm has not installed anvil.
    #[error(transparent)]
    Anvil(#[from] BridgeError),
    /// A node could not be started.
    #[error("cannot start {program}: {why}")]
    Start {
        /// Which.
        program: String,
        /// What the system says.
        why: std::io::Error,
    },
    /// The Solidity contracts could not be compiled.
    #[error("cannot compile the benchmark's contracts: {0}")]
    Compiler(String),
    /// A node did not answer.
    #[error("a node did not answer")]
    Http(#[from] reqwest::Error),
    /// The page could not be written.
    #[error("cannot write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A node refused, or answered something else than it should.
    #[error("a node's answer is not the right one: {0}")]
    Answer(String),
}

impl BenchError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Build(error) if error.is_usage())
    }
}

sol! {
    interface StylusToken {
        function grantRole(bytes32 role, address account) external;
        function mint(address to, uint256 amount) external;
    }
}

/// What one node did.
struct Measured {
    version: String,
    ready_ms: f64,
    transfers: f64,
    calls: f64,
    many_ms: f64,
}

/// Runs it.
///
/// # Errors
/// See [`BenchError`]; a transfer that does not arrive is one.
pub async fn run(options: Options, progress: &Progress) -> Result<Report, BenchError> {
    let workspace = build::Workspace::around(&options.folder, None)?;
    let programs = build::build(
        &BuildOptions {
            programs: vec!["livepeer-token".to_owned()],
            ..BuildOptions::all_in(&options.folder)
        },
        progress,
    )?;
    let stylus_code = programs.code("livepeer-token")?;
    let contracts = Contracts::compile(workspace.root())?;

    progress.say("anvil");
    let anvil = Program::anvil()?;
    let (node, ready_ms) = ready(&anvil, options.rounds).await?;
    let token = set_up::<Ethereum>(&node, &contracts).await?;
    let theirs = measure(&anvil, &node, &token, ready_ms, &options).await?;
    drop(node);

    progress.say("devnode");
    let devnode = Program::devnode()?;
    let (node, ready_ms) = ready(&devnode, options.rounds).await?;
    let token = set_up::<Arbitrum>(&node, &contracts).await?;
    let ours = measure(&devnode, &node, &token, ready_ms, &options).await?;
    progress.say("devnode, Stylus");
    let token = Contract {
        token: stylus_token(&node, &stylus_code).await?,
        ..token
    };
    let stylus = measure(&devnode, &node, &token, ready_ms, &options).await?;

    Ok(Report {
        lines: lines(&ours, &stylus, &theirs),
        devnode: ours.version,
        anvil: theirs.version,
        processors: std::thread::available_parallelism().map_or(1, usize::from),
        connections: load::SENDERS,
        optimised: !cfg!(debug_assertions),
    })
}

fn lines(ours: &Measured, stylus: &Measured, theirs: &Measured) -> Vec<Line> {
    let rate = |what, ours, theirs| Line::new(what, "per s", Better::More, ours, theirs);
    let time = |what, ours, theirs| Line::new(what, "ms", Better::Less, ours, theirs);
    vec![
        time("ready", ours.ready_ms, theirs.ready_ms).goal(Goal::AtMost(300.0)),
        rate("ERC-20 transfers, EVM", ours.transfers, theirs.transfers).goal(Goal::Ratio(1.0)),
        rate(
            "ERC-20 transfers, Stylus",
            stylus.transfers,
            theirs.transfers,
        )
        .goal(Goal::Ratio(0.8)),
        rate("eth_call, EVM", ours.calls, theirs.calls),
        rate("eth_call, Stylus", stylus.calls, theirs.calls),
        time(
            "1,000 calls in a transaction, EVM",
            ours.many_ms,
            theirs.many_ms,
        ),
        time(
            "1,000 calls in a transaction, Stylus",
            stylus.many_ms,
            theirs.many_ms,
        ),
    ]
}

/// A node, and the median of the milliseconds it took to start.
async fn ready(program: &Program, rounds: usize) -> Result<(Node, f64), BenchError> {
    let mut times = Vec::new();
    let mut running = None;
    for _ in 0..rounds.max(1) {
        drop(running.take());
        let (node, time) = program.start().await?;
        times.push(time);
        running = Some(node);
    }
    let node = running.ok_or_else(|| BenchError::Answer("no node".to_owned()))?;
    Ok((node, median_ms(times)))
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

/// What a node is measured with.
#[derive(Debug, Clone, Copy)]
struct Contract {
    token: Address,
    caller: Address,
}

/// A client that sends from an account which takes no part in the measurement.
async fn client<S: Side>(node: &Node) -> Result<Client<S>, BenchError> {
    let client = Client::<S>::connect(node.rpc.url(), None, None).await?;
    let last = client.unlocked().await?.into_iter().next_back();
    let from = last.ok_or_else(|| BenchError::Answer("no unlocked account".to_owned()))?;
    Ok(client.with_unlocked(from))
}

async fn set_up<S: Side>(node: &Node, contracts: &Contracts) -> Result<Contract, BenchError> {
    let client = client::<S>(node).await?;
    let create = async |what, code: &Bytes| {
        let mined = client.send(what, None, code.clone(), U256::ZERO).await?;
        let created = mined.created;
        created.ok_or_else(|| BenchError::Answer(format!("{what} created nothing")))
    };
    let token = create("the token", &contracts.token).await?;
    let caller = create("the caller", &contracts.caller).await?;
    for sender in Sender::all(&node.rpc).await? {
        let mint = Token::mintCall {
            to: sender.address(),
            amount: U256::from(10).pow(U256::from(18)),
        };
        client.transact(token, &mint, U256::ZERO).await?;
    }
    Ok(Contract { token, caller })
}

/// The Livepeer token's program, with the same balances.
async fn stylus_token(node: &Node, code: &[u8]) -> Result<Address, BenchError> {
    let client: L2 = client(node).await?;
    let admin = client.from().unwrap_or_default();
    l2::ensure_deployer(&client).await?;
    let token = l2::deploy(&client, code, &admin.abi_encode())
        .await?
        .address;
    let role = keccak256("MINTER_ROLE");
    let grant = StylusToken::grantRoleCall {
        role,
        account: admin,
    };
    client.transact(token, &grant, U256::ZERO).await?;
    for sender in Sender::all(&node.rpc).await? {
        let mint = StylusToken::mintCall {
            to: sender.address(),
            amount: U256::from(10).pow(U256::from(18)),
        };
        client.transact(token, &mint, U256::ZERO).await?;
    }
    Ok(token)
}

async fn measure(
    program: &Program,
    node: &Node,
    contract: &Contract,
    ready_ms: f64,
    options: &Options,
) -> Result<Measured, BenchError> {
    let (rpc, each) = (&node.rpc, options.each.max(1));
    // Once without the clock: connections, caches, allocators.
    load::transfers(rpc, contract.token, each.div_ceil(10)).await?;
    load::calls(rpc, contract.token, each.div_ceil(10)).await?;
    let transfers = load::transfers(rpc, contract.token, each).await?;
    let calls = load::calls(rpc, contract.token, each).await?;
    let mut many = Vec::new();
    for _ in 0..options.rounds.max(1) {
        many.push(load::many_calls(rpc, contract.caller, contract.token).await?);
    }
    Ok(Measured {
        version: program.version(node).await?,
        ready_ms,
        transfers,
        calls,
        many_ms: median_ms(many),
    })
}
