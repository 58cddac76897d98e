//! `confluence deploy`: plan, do and check a deployment.

use std::{fmt, path::PathBuf};

use alloy::{
    primitives::{Address, B256, FixedBytes, U256, keccak256, utils::format_ether},
    sol,
};
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chains::{Chains, Keys, Password},
};
use crate::{
    build::Workspace,
    client::L1,
    keys::Account,
    l2::L2,
    network::Network,
    plan::{
        Artifacts, Beginning, Bid, Findings, Forecast, Inputs, L1Inputs, L1Origin, L1Plan,
        L1Record, L2Counterparts, Livepeer, Manifest, People, Plan, PlanError, State, Step, bid,
        deploy_legacy, rehearse, rehearse_l1, total, verify, verify_l1,
    },
};

/// Stylus with block cache, as the programs need it: ArbOS 40. ArbSys adds 55.
const LEAST_ARBOS: u64 = 40;
const ARBOS_OFFSET: u64 = 55;
/// Chain id of the one L1 that has Livepeer's own staking.
const ETHEREUM: u64 = 1;

sol! {
    interface ArbSys {
        function arbOSVersion() external view returns (uint256);
    }
}

/// Deploy the protocol on both chains, step by step
///
/// Programs and proxies on L2 are created at addresses that follow from the code, the parameters, the deployer and the salt,
/// contracts on L1 at addresses that follow from the deployer's nonces, so a deployment can be interrupted at any point and goes on
/// where it was. Everything starts paused; at the end L2SwitchOver and the Governor own L2, and the deployer has no power left there.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence deploy plan --network sepolia --l2-rpc URL --deployer 0x1d5a..07\n  confluence deploy apply --network sepolia --l2-rpc URL --keystore key.json --state sepolia.state.json --manifest sepolia.json\n  confluence deploy verify --network sepolia --l2-rpc URL --manifest sepolia.json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    Plan(PlanArgs),
    Apply(ApplyArgs),
    Verify(VerifyArgs),
    Staking(StakingArgs),
}

/// Show every step, where it leads and what it costs
///
/// Carries the plan out on a devnode in this process to measure it, and asks the target chain for its prices. Of a deployment that was
/// interrupted it says what is done and what is left. Sends nothing to the target chain.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct PlanArgs {
    /// The account that is to deploy
    #[arg(long, value_name = "ADDRESS")]
    deployer: Address,
    /// What `deploy apply` remembers of a deployment that has begun; only read
    #[arg(long, value_name = "FILE", default_value = "deployment.state.json")]
    state: PathBuf,
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    chains: Chains,
}

/// Deploy, or go on where a deployment was interrupted
///
/// Sends one transaction a step, in order, and waits for each. What is on chain already is not sent again. Writes the manifest
/// when all is done.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct ApplyArgs {
    /// Remembers what is being deployed, so that going on deploys the same
    #[arg(long, value_name = "FILE", default_value = "deployment.state.json")]
    state: PathBuf,
    /// Where to write what was deployed
    #[arg(long, value_name = "FILE", default_value = "deployment.json")]
    manifest: PathBuf,
    /// At the end bid this for each program's place in L2's cache, so that calls cost less
    #[arg(long, value_name = "WEI")]
    cache_bid: Option<U256>,
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// Put a stand-in for Livepeer's staking on a development chain's L1
///
/// Deploys its Controller, token, Minter, RoundsManager, BondingManager and TicketBroker, running and empty, and prints where they
/// are; `deploy apply --l1-controller` deploys beside it. Refused on Ethereum itself, where the real one stands.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct StakingArgs {
    /// The round it begins in
    #[arg(long, value_name = "ROUND", default_value = "2466")]
    round: u64,
    /// L1 blocks a round
    #[arg(long, value_name = "BLOCKS", default_value = "50")]
    round_blocks: u64,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// Compare a deployment with its manifest
///
/// Reads code hashes, proxies, owners, roles, the registry, parameters, peers, counterparts and the programs' activation back from
/// both chains.
/// Each difference is a line of its own; the exit code is 1 if there is any. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct VerifyArgs {
    /// What was deployed, as `deploy apply` wrote it
    #[arg(long, value_name = "FILE", default_value = "deployment.json")]
    manifest: PathBuf,
    #[command(flatten)]
    chains: Chains,
}

#[derive(Debug, clap::Args)]
struct What {
    /// The account that is to own the Governor; the deployer if not given
    #[arg(long, value_name = "ADDRESS")]
    governor_owner: Option<Address>,
    /// Any word: tells deployments of the same code by the same account apart
    #[arg(long, value_name = "WORD", default_value = "1")]
    salt: String,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    #[command(flatten)]
    beside: Beside,
}

/// L1's side.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "L1's side")]
struct Beside {
    /// Deploy L2 alone: nothing comes from L1
    #[arg(long, conflicts_with_all = ["inbox", "l1_controller", "l1_owner"])]
    l2_only: bool,
    /// The L2 chain's delayed inbox on L1; the network's own if not given
    #[arg(long, value_name = "ADDRESS")]
    inbox: Option<Address>,
    /// Livepeer's Controller on L1; the network's own if not given
    #[arg(long, value_name = "ADDRESS")]
    l1_controller: Option<Address>,
    /// The account that is to own the contracts on L1; the deployer if not given
    #[arg(long, value_name = "ADDRESS")]
    l1_owner: Option<Address>,
}

impl Beside {
    /// What L1's side is made for, if there is to be one; asks L1 for Livepeer's contracts and the deployer's nonce.
    async fn origin(
        &self,
        network: &Network,
        chains: &Chains,
        deployer: Address,
    ) -> Result<Option<L1Origin>, CliError> {
        if self.l2_only {
            return Ok(None);
        }
        let missing = |what, option| CliError::NoL1Side {
            network: network.name.clone(),
            what,
            option,
        };
        let inbox = self.inbox.or(network.l1.inbox);
        let inbox = inbox.ok_or_else(|| missing("inbox", "--inbox"))?;
        let migration = network.migration.as_ref();
        let controller = migration.and_then(|migration| migration.l1_controller);
        let controller = self.l1_controller.or(controller);
        let controller = controller
            .ok_or_else(|| missing("Controller of Livepeer's staking on L1", "--l1-controller"))?;
        let l1 = chains.l1(network, None).await?;
        Ok(Some(L1Origin {
            chain_id: l1.chain_id(),
            inbox,
            router: network.l1.router.unwrap_or_default(),
            l2_router: network.l2.router.unwrap_or_default(),
            livepeer: Livepeer::behind(&l1, controller).await?,
            deployer,
            owner: self.l1_owner.unwrap_or(deployer),
            first_nonce: l1.nonce(deployer).await?,
        }))
    }
}

impl What {
    fn people(&self, deployer: Address) -> People {
        People {
            deployer,
            governor_owner: self.governor_owner.unwrap_or(deployer),
        }
    }

    fn salt(&self) -> B256 {
        keccak256(&self.salt)
    }

    /// A deployment that begins now.
    fn state(
        &self,
        network: &Network,
        deployer: Address,
        artifacts: &Artifacts,
        origin: Option<L1Origin>,
    ) -> State {
        let people = self.people(deployer);
        let state = State::new(
            network.name.clone(),
            network.l2.chain_id.get(),
            people.deployer,
            people.governor_owner,
            self.salt(),
            commit(&self.root),
            artifacts.digest(),
            network.parameters.clone(),
        );
        match origin {
            Some(origin) => state.with_l1(origin),
            None => state,
        }
    }
}

/// What L2's plan is drawn from.
fn inputs<'a>(state: &'a State, artifacts: &'a Artifacts) -> Inputs<'a> {
    Inputs {
        artifacts,
        parameters: &state.parameters,
        people: People {
            deployer: state.deployer,
            governor_owner: state.governor_owner,
        },
        salt: state.salt,
        commit: state.commit,
        l1: state.l1.map(|origin| origin.on_l1()),
        hand_over: true,
    }
}

/// What `plan` shows.
#[derive(Debug, Serialize)]
struct Planned {
    network: String,
    arbos: u64,
    steps: Vec<Forecast>,
    cost: U256,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "network    {} (ArbOS {})", self.network, self.arbos)?;
        writeln!(f)?;
        writeln!(
            f,
            "{:>3}  {:<52} {:>10}  {:>14}  at",
            "", "step", "gas", "ETH"
        )?;
        for (number, step) in self.steps.iter().enumerate() {
            let cost = match step.done {
                true => "done".to_owned(),
                false => short(&format_ether(step.cost)),
            };
            let Forecast { what, gas, at, .. } = step;
            writeln!(
                f,
                "{:>3}  {what:<52} {gas:>10}  {cost:>14}  {at}",
                number + 1
            )?;
        }
        writeln!(f)?;
        write!(f, "to pay     {} ETH", format_ether(self.cost))
    }
}

/// An amount of ether cut to twelve decimals.
fn short(ether: &str) -> String {
    ether.chars().take(14).collect()
}

/// What `apply` did.
#[derive(Debug, Serialize)]
struct Applied {
    sent: usize,
    bids: Vec<Bid>,
    manifest: PathBuf,
    #[serde(skip)]
    places: Vec<(String, Address)>,
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, at) in &self.places {
            writeln!(f, "{name:<20} {at}")?;
        }
        writeln!(f)?;
        if !self.bids.is_empty() {
            let cached = self.bids.iter().filter(|bid| bid.cached).count();
            let all = self.bids.len();
            writeln!(
                f,
                "{all} bids placed; {cached} of their programs are cached now"
            )?;
        }
        write!(
            f,
            "{} transactions sent; the manifest is in {}",
            self.sent,
            self.manifest.display()
        )
    }
}

/// What `verify` found.
#[derive(Debug, Serialize)]
struct Verified(Findings);

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.0.differences {
            writeln!(f, "{}: {}", difference.what, difference.how)?;
        }
        let (checks, differences) = (self.0.checks, self.0.differences.len());
        write!(f, "{checks} checks, {differences} differences; ")?;
        let cached = self.0.programs.iter().filter(|program| program.cached);
        write!(
            f,
            "{} of {} programs cached",
            cached.count(),
            self.0.programs.len()
        )?;
        let days = self
            .0
            .programs
            .iter()
            .filter_map(|program| program.days_left);
        match days.min() {
            Some(days) => write!(f, ", the first expires in {days} days"),
            None => Ok(()),
        }
    }
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let runtime = super::runtime()?;
        match self.verb {
            Verb::Plan(args) => {
                let planned = runtime.block_on(args.run(out))?;
                out.result("confluence.deploy.plan/1", &planned)?;
                Ok(Exit::Done)
            }
            Verb::Apply(args) => {
                let applied = runtime.block_on(args.run(out))?;
                out.result("confluence.deploy.apply/1", &applied)?;
                Ok(Exit::Done)
            }
            Verb::Staking(args) => {
                let staking = runtime.block_on(args.run(out))?;
                out.result("confluence.deploy.staking/1", &staking)?;
                Ok(Exit::Done)
            }
            Verb::Verify(args) => {
                let verified = runtime.block_on(args.run())?;
                out.result("confluence.deploy.verify/1", &verified)?;
                Ok(match verified.0.differences.is_empty() {
                    true => Exit::Done,
                    false => Exit::Failed,
                })
            }
        }
    }
}

impl PlanArgs {
    async fn run(self, out: &Output) -> Result<Planned, CliError> {
        let network = self.chains.network()?;
        let l2 = self.chains.l2(&network, None).await?;
        let arbos = arbos(&l2).await?;
        let beside = &self.what.beside;
        let origin = beside.origin(&network, &self.chains, self.deployer).await?;
        let artifacts = Artifacts::build(&self.what.root, out.progress())?;
        let state = self.what.state(&network, self.deployer, &artifacts, origin);
        let kept = state.clone().kept(&self.state).map_err(PlanError::from)?;
        let state = kept.unwrap_or(state);
        let inputs = inputs(&state, &artifacts);
        let plan = Plan::l2(&inputs)?;
        out.progress().say("rehearsing the plan on a devnode");
        let mut steps = match state.l1 {
            Some(origin) => {
                let l1 = self.chains.l1(&network, None).await?;
                let inputs = L1Inputs {
                    artifacts: &artifacts,
                    origin,
                    l2: L2Counterparts::of(&plan.book).map_err(PlanError::from)?,
                };
                rehearse_l1(&l1, &inputs).await?
            }
            None => Vec::new(),
        };
        steps.extend(rehearse(&l2, &inputs, &plan).await?);
        Ok(Planned {
            network: network.name,
            arbos,
            cost: total(&steps),
            steps,
        })
    }
}

impl ApplyArgs {
    async fn run(self, out: &Output) -> Result<Applied, CliError> {
        let network = self.chains.network()?;
        let chain_id = network.l2.chain_id.get();
        let account = self.keys.account(&self.password, chain_id).await?;
        let l2 = self.chains.l2(&network, Some(&account)).await?;
        arbos(&l2).await?;
        let artifacts = Artifacts::build(&self.what.root, out.progress())?;
        let (deployer, beside) = (account.address(), &self.what.beside);
        let origin = beside.origin(&network, &self.chains, deployer).await?;
        let state = self.what.state(&network, deployer, &artifacts, origin);
        let state = state.begun_at(l2.head().await?.number);
        let state = state.resume(&self.state).map_err(PlanError::from)?;
        let plan = Plan::l2(&inputs(&state, &artifacts))?;
        let (mut sent, mut record) = (0, None);
        if let Some(origin) = state.l1 {
            // first: its addresses are lost if the account sends something else before
            let l1 = self.l1(&network, &account).await?;
            let beside = L1Plan::new(&L1Inputs {
                artifacts: &artifacts,
                origin,
                l2: L2Counterparts::of(&plan.book).map_err(PlanError::from)?,
            })?;
            let say = announcer(out, "L1", beside.steps.len());
            sent += beside.apply(&l1, say).await?.len();
            record = Some(L1Record::of(&l1, origin).await?);
        }
        let say = announcer(out, "L2", plan.steps.len());
        sent += plan.apply(&l2, say).await?.len();
        let toolchain = format!("confluence {}", env!("CARGO_PKG_VERSION"));
        let manifest = Manifest::of(&l2, &state, &plan.book, record, toolchain).await?;
        manifest.write(&self.manifest).map_err(PlanError::from)?;
        let bids = match self.cache_bid {
            Some(wei) => {
                let say = |it| out.progress().say(format!("L2 bid for {it}'s place"));
                bid(&l2, &plan.book, wei, say).await?
            }
            None => Vec::new(),
        };
        let on_l1 = state.l1.map(|origin| origin.side().named());
        let on_l1 = on_l1.into_iter().flatten();
        let places = on_l1.map(|(name, at)| (name.to_owned(), at));
        let on_l2 = plan.book.iter();
        Ok(Applied {
            sent,
            bids,
            manifest: self.manifest,
            places: places
                .chain(on_l2.map(|(contract, place)| (contract.to_string(), place.address)))
                .collect(),
        })
    }

    /// L1, sending as the same key's account there.
    async fn l1(&self, network: &Network, account: &Account) -> Result<L1, CliError> {
        let chain_id = network.l1.chain_id.get();
        let account = self.keys.also(account, &self.password, chain_id).await?;
        self.chains.l1(network, Some(&account)).await
    }
}

/// Says which step begins.
fn announcer<'a>(out: &'a Output, side: &'a str, all: usize) -> impl FnMut(usize, &Step) + 'a {
    move |number, step| {
        let (number, what) = (number + 1, &step.what);
        out.progress().say(format!("{side} {number}/{all}  {what}"));
    }
}

impl VerifyArgs {
    async fn run(self) -> Result<Verified, CliError> {
        let network = self.chains.network()?;
        let manifest = Manifest::read(&self.manifest).map_err(PlanError::from)?;
        let l2 = self.chains.l2(&network, None).await?;
        let mut findings = verify(&l2, &manifest).await?;
        if manifest.l1.is_some() {
            let l1 = self.chains.l1(&network, None).await?;
            verify_l1(&l1, &l2, &manifest, &mut findings).await?;
        }
        Ok(Verified(findings))
    }
}

/// Where the stand-in is.
#[derive(Debug, Serialize)]
struct Staking(Livepeer);

impl fmt::Display for Staking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Livepeer {
            controller,
            token,
            minter,
            bonding_manager,
            ticket_broker,
        } = self.0;
        writeln!(f, "Controller           {controller}")?;
        writeln!(f, "LivepeerToken        {token}")?;
        writeln!(f, "Minter               {minter}")?;
        writeln!(f, "BondingManager       {bonding_manager}")?;
        writeln!(f, "TicketBroker         {ticket_broker}")?;
        writeln!(f)?;
        write!(f, "deploy beside it with --l1-controller {controller}")
    }
}

impl StakingArgs {
    async fn run(self, out: &Output) -> Result<Staking, CliError> {
        let network = self.chains.network()?;
        let chain_id = network.l1.chain_id.get();
        if chain_id == ETHEREUM {
            return Err(CliError::RealStaking);
        }
        let account = self.keys.account(&self.password, chain_id).await?;
        let l1 = self.chains.l1(&network, Some(&account)).await?;
        let artifacts = Artifacts::build(&self.root, out.progress())?;
        let beginning = Beginning {
            round: self.round,
            round_blocks: self.round_blocks,
            ..Beginning::default()
        };
        let staking = deploy_legacy(&l1, &artifacts, account.address(), beginning).await?;
        Ok(Staking(staking))
    }
}

/// The chain's ArbOS, if it can run the programs.
async fn arbos(l2: &L2) -> Result<u64, CliError> {
    let at = alloy::primitives::address!("0x0000000000000000000000000000000000000064");
    let version = l2.read(at, &ArbSys::arbOSVersionCall {}).await?;
    let found = version.saturating_to::<u64>().saturating_sub(ARBOS_OFFSET);
    if found < LEAST_ARBOS {
        return Err(PlanError::OldArbos {
            found,
            least: LEAST_ARBOS,
        }
        .into());
    }
    Ok(found)
}

/// The checkout's commit; zero outside a repository.
fn commit(root: &std::path::Path) -> FixedBytes<20> {
    let head = || {
        let workspace = Workspace::around(root, None).ok()?;
        let output = std::process::Command::new("git")
            .args(["rev-parse", "HEAD"])
            .current_dir(workspace.root())
            .output()
            .ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    head().unwrap_or_default()
}
