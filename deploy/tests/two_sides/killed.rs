//! `deploy apply` killed by SIGKILL at every transaction that it sends, on both chains: when the node has it and the command has not
//! heard, and now and then before the node has it. The next run goes on, and the end is that of a run that nobody disturbed.

use std::{io::Read as _, path::Path, process::Command};

use confluence::plan::{Beginning, Manifest, deploy_legacy};
use tokio::sync::mpsc;

use crate::{
    chains::{ARTIFACTS, Chains, set},
    command::{Shell, ran},
    gate::{Caught, Gate, When, contains},
};

/// Both chains behind gates, with Livepeer's staking on L1.
struct Scene<'a> {
    shell: Shell<'a>,
    chains: &'a Chains,
    l1: Gate,
    l2: Gate,
    caught: mpsc::UnboundedReceiver<Caught>,
    apply: String,
}

impl<'a> Scene<'a> {
    async fn new(chains: &'a Chains) -> Self {
        let livepeer = deploy_legacy(&chains.l1, &ARTIFACTS, chains.on_l1, Beginning::default());
        let controller = livepeer.await.expect("Livepeer's staking").controller;
        let (tell, caught) = mpsc::unbounded_channel();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).display();
        let inbox = chains.pair.contracts().inbox;
        Self {
            shell: Shell::new(chains),
            chains,
            l1: Gate::to(chains.pair.l1_url(), tell.clone()).await,
            l2: Gate::to(chains.pair.l2_url(), tell).await,
            caught,
            apply: format!(
                "deploy apply --root {root} --inbox {inbox} --l1-controller {controller}"
            ),
        }
    }

    fn command(&self) -> Command {
        let mut command = self.shell.at(&self.apply, self.l1.url(), self.l2.url());
        command.args(["--unlocked", &self.chains.on_l1.to_string()]);
        command
    }

    /// Lets the command run until it sends something, and kills it then; false if it ended without sending.
    async fn killed(&mut self, when: When) -> bool {
        self.l1.arm(Some(when));
        self.l2.arm(Some(when));
        let mut running = self.command().spawn().expect("started");
        let mut words = running.stderr.take().expect("piped");
        let ended = tokio::task::spawn_blocking(move || {
            let mut said = String::new();
            words.read_to_string(&mut said).map(|_| said)
        });
        let is_dead = tokio::select! {
            Some(is_dead) = self.caught.recv() => is_dead,
            said = ended => {
                let status = running.wait().expect("watched");
                assert!(status.success(), "{said:?}");
                return false;
            }
        };
        // SIGKILL: nothing of the command runs any more
        running.kill().expect("killed");
        running.wait().expect("gone");
        is_dead.send(()).expect("the gate waits");
        true
    }

    /// Transactions that the deployer has sent on both chains.
    async fn sent(&self) -> (u64, u64) {
        let Chains { l1, l2, on_l1, .. } = self.chains;
        let (here, there) = (l1.nonce(*on_l1).await, l2.nonce(*on_l1).await);
        (here.expect("a nonce"), there.expect("a nonce"))
    }

    /// What was deployed, wherever L2 was when it began.
    fn manifest(&self) -> Manifest {
        let mut manifest = self.shell.manifest();
        manifest.l2_first_block = None;
        manifest
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_killed_after_every_transaction_ends_as_one_that_was_not() {
    let chains = Chains::start().await;
    let undisturbed = Scene::new(&chains).await;
    ran(undisturbed.command(), 0);
    let (sent, expected) = (undisturbed.sent().await, undisturbed.manifest());

    let chains = Chains::start().await;
    let mut scene = Scene::new(&chains).await;
    let before = scene.sent().await;
    let (mut between, mut before_it) = (0, 0);
    loop {
        // whoever dies before the node has it has not sent it: the one after it shows that
        if between % 8 == 0 {
            before_it += u64::from(scene.killed(When::Unsent).await);
        }
        if !scene.killed(When::Unheard).await {
            break;
        }
        between += 1;
    }
    assert_eq!(scene.sent().await, sent, "each transaction once");
    assert_eq!(scene.manifest(), expected);
    // and one that is not the deployer's: the deployment proxy's, signed once for all chains
    let all = (sent.0 - before.0) + (sent.1 - before.1) + 1;
    assert_eq!(between, all, "between any two transactions");
    println!("{} kill points survived", between + before_it);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_when_the_command_died_is_waited_for_and_not_sent_again() {
    let chains = Chains::start().await;
    let mut scene = Scene::new(&chains).await;
    let first = scene.sent().await.0;
    set(&chains.pair.l1_url(), "evm_setAutomine", (false,)).await;
    assert!(scene.killed(When::Unheard).await);
    assert_eq!(scene.sent().await.0, first, "it is not mined yet");

    // the next run waits; a transaction of its own would take the next address
    scene.l1.arm(Some(When::Unsent));
    let mut questions = scene.l1.listen();
    let mut running = scene.command().spawn().expect("started");
    while !contains(&questions.recv().await.expect("it asks"), "\"pending\"") {}
    set(&chains.pair.l1_url(), "evm_setAutomine", (true,)).await;
    set(&chains.pair.l1_url(), "evm_mine", ()).await;
    let is_dead = scene.caught.recv().await.expect("it goes on");
    assert_eq!(scene.sent().await.0, first + 1, "after the first was mined");
    running.kill().expect("killed");
    running.wait().expect("gone");
    is_dead.send(()).expect("the gate waits");
    scene.l2.arm(None);
    ran(scene.command(), 0);
    assert_eq!(scene.sent().await.0, first + 13);
}
