//! The command on two chains: a deployment killed between steps, read back, switched over, stopped and started.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use alloy::primitives::Address;
use confluence::plan::{Beginning, Livepeer, Manifest, deploy_legacy};
use confluence_abi::ILegacyLoaders;
use serde_json::Value;

use crate::chains::{ARTIFACTS, Chains, ETHER};

/// The command against these chains, in a folder of its own.
pub(crate) struct Shell<'a> {
    chains: &'a Chains,
    folder: tempfile::TempDir,
    account: String,
}

impl<'a> Shell<'a> {
    pub(crate) fn new(chains: &'a Chains) -> Self {
        LazyLock::force(&ARTIFACTS);
        Self {
            chains,
            folder: tempfile::tempdir().expect("a folder"),
            account: chains.on_l1.to_string(),
        }
    }

    fn command(&self, words: &str) -> Command {
        let pair = &self.chains.pair;
        self.at(words, &pair.l1_url(), &pair.l2_url())
    }

    /// The same at other addresses.
    pub(crate) fn at(&self, words: &str, l1: &str, l2: &str) -> Command {
        let mut command = self.plain(words);
        command
            .args(["--network", "devnet"])
            .args(["--l1-rpc", l1])
            .args(["--l2-rpc", l2]);
        command
    }

    /// The command with nothing but these words, in the folder.
    pub(crate) fn plain(&self, words: &str) -> Command {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("confluence"));
        command
            .args(words.split_whitespace())
            .env("XDG_CONFIG_HOME", self.folder.path())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in [
            "CONFLUENCE_NETWORK",
            "CONFLUENCE_L1_RPC",
            "CONFLUENCE_L2_RPC",
            "CONFLUENCE_PRIVATE_KEY",
            "CONFLUENCE_CONFIG",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// As the first account, which both chains sign for.
    fn signed(&self, words: &str) -> Command {
        let mut command = self.command(words);
        command.args(["--unlocked", &self.account]);
        command
    }

    pub(crate) fn manifest(&self) -> Manifest {
        Manifest::read(&self.folder.path().join("deployment.json")).expect("a manifest")
    }
}

fn text(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

pub(crate) fn ran(mut command: Command, code: i32) -> String {
    let output = command.output().expect("ran");
    assert_eq!(output.status.code(), Some(code), "{}", text(&output));
    text(&output)
}

/// The plan named each contract's place, and what each step costs, before anything was sent.
fn planned_as_done(steps: &[Value], manifest: &Manifest) {
    let on_l1: Vec<_> = steps
        .iter()
        .filter(|step| step["what"].as_str().expect("text").starts_with("L1: "))
        .collect();
    assert_eq!(on_l1.len(), 13);
    for step in steps {
        assert_eq!(step["done"], false, "{step}");
        let what = step["what"].as_str().expect("text");
        // of the settings on L2 one may be the work of another
        if what.starts_with("deploy") || what.starts_with("L1: ") {
            assert!(step["gas"].as_u64() > Some(21_000), "{step}");
            assert_ne!(step["cost"], "0x0", "{step}");
        }
    }
    let places = manifest.l1.as_ref().expect("L1's side").contracts.named();
    for ((name, at), step) in places.iter().zip(&on_l1) {
        let said: Address = serde_json::from_value(step["at"].clone()).expect("an address");
        assert_eq!(said, *at, "{name}: {step}");
    }
    for (contract, entry) in &manifest.contracts {
        let what = format!("deploy {contract}");
        let step = steps.iter().find(|step| step["what"] == what.as_str());
        let step = step.expect(&what);
        let said: Address = serde_json::from_value(step["at"].clone()).expect("an address");
        assert_eq!(said, entry.place.address, "{step}");
    }
}

#[tokio::test]
async fn a_keystores_password_is_asked_for_once_for_both_chains() {
    let c = Chains::start().await;
    let shell = Shell::new(&c);
    let livepeer = deploy_legacy(&c.l1, &ARTIFACTS, c.on_l1, Beginning::default()).await;
    let controller = livepeer.expect("Livepeer's staking").controller;
    let (inbox, here) = (c.pair.contracts().inbox, env!("CARGO_MANIFEST_DIR"));
    let apply = format!(
        "deploy apply --root {here} --inbox {inbox} --l1-controller {controller} --keystore {here}/tests/fixtures/keystore.json --password-file /dev/stdin"
    );
    let mut command = shell.command(&apply);
    let mut running = command.stdin(Stdio::piped()).spawn().expect("started");
    let mut terminal = running.stdin.take().expect("piped");
    terminal.write_all(b"correct horse\n").expect("typed");
    drop(terminal);
    let output = running.wait_with_output().expect("ran");
    // its account has no ether: that is found when L1's first step is sent, with the key on both chains
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("has too little ETH on L1"), "{said}");
    assert!(said.contains("send it some first"), "{said}");
}

#[tokio::test]
async fn a_deployment_killed_on_both_chains_ends_whole_and_is_switched_over_stopped_and_started() {
    let c = Chains::start().await;
    let shell = Shell::new(&c);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.to_str().expect("a path in UTF-8");
    let said = ran(
        shell.signed(&format!("deploy staking --json --quiet --root {root}")),
        0,
    );
    let said: Value = serde_json::from_str(&said).expect("one document");
    let livepeer: Livepeer = serde_json::from_value(said).expect("addresses");

    let (inbox, controller) = (c.pair.contracts().inbox, livepeer.controller);
    let apply = format!("deploy apply --root {root} --inbox {inbox} --l1-controller {controller}");
    let without = ran(shell.signed(&format!("deploy apply --root {root}")), 2);
    assert!(without.contains("give --inbox ADDRESS"), "{without}");
    let nonce = c.l1.nonce(c.on_l1).await.expect("a nonce");
    let plan = apply.replace("apply", "plan");
    let plan = format!("{plan} --deployer {} --json --quiet", c.on_l1);
    let planned = || -> Vec<Value> {
        let said = ran(shell.command(&plan), 0);
        let planned: Value = serde_json::from_str(&said).expect("one document");
        assert_eq!(planned["schema"], "confluence.deploy.plan/1");
        planned["steps"].as_array().expect("a list").clone()
    };
    let places = |steps: &[Value]| steps.iter().map(|it| it["at"].clone()).collect::<Vec<_>>();
    let done = |steps: &[Value]| steps.iter().filter(|it| it["done"] == true).count();
    let steps = planned();
    assert_eq!(done(&steps), 0);
    assert_eq!(c.l1.nonce(c.on_l1).await.expect("a nonce"), nonce, "sent");
    // four steps of L1's side, then two of L2's and twenty more
    for announced in [1, 2, 4, 9, 20] {
        let mut running = shell.signed(&apply).spawn().expect("started");
        let lines = BufReader::new(running.stderr.take().expect("piped")).lines();
        let steps = lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with('L') && line.contains('/'));
        assert!(steps.take(announced).count() > 0);
        running.kill().expect("killed");
        running.wait().expect("gone");
    }
    let halfway = planned();
    assert_eq!(
        places(&halfway),
        places(&steps),
        "where it began to put them"
    );
    assert!((14..steps.len()).contains(&done(&halfway)), "{halfway:?}");
    ran(shell.signed(&apply), 0);
    assert_eq!(done(&planned()), steps.len());
    let sent = c.l1.nonce(c.on_l1).await.expect("a nonce") - nonce;
    assert_eq!(
        sent, 13,
        "six creations and seven settings on L1, each once"
    );
    planned_as_done(&steps, &shell.manifest());
    let verified = ran(shell.command("deploy verify"), 0);
    assert!(verified.contains(" 0 differences"), "{verified}");
    let again = ran(shell.signed(&apply), 0);
    assert!(again.contains("0 transactions sent"), "{again}");

    let early = ran(shell.signed("switchover start --yes"), 1);
    assert!(early.contains("is not frozen"), "{early}");
    let system = shell.manifest().system().expect("both sides");
    let ether = ILegacyLoaders::loadSendersCall { loaded: Vec::new() };
    let broker = system.livepeer.ticket_broker;
    c.l1.transact(broker, &ether, ETHER).await.expect("loads");
    let round = c.legacy_round(&system).await;
    system.freeze(&c.l1, round).await.expect("freezes");
    let too_early = ran(shell.signed("unpause --yes"), 2);
    assert!(too_early.contains("switchover"), "{too_early}");
    let nobody = ran(shell.signed("switchover start"), 2);
    assert!(nobody.contains("give --yes"), "{nobody}");

    c.pair.follower().fail_auto_redeems(1);
    let held = ran(shell.signed("switchover start --yes --wait 60"), 3);
    assert!(held.contains("FUNDS_DEPOSITED"), "{held}");
    let mended = ran(shell.signed("switchover follow --redeem --wait 60"), 0);
    assert!(mended.contains("L2 runs"), "{mended}");
    let twice = ran(shell.signed("switchover start --yes"), 2);
    assert!(twice.contains("has started already"), "{twice}");
    let verified = ran(shell.command("deploy verify"), 0);
    assert!(verified.contains(" 0 differences"), "{verified}");

    let stopped = ran(shell.signed("pause --yes"), 0);
    assert_eq!(stopped.matches("paused  0x").count(), 4, "{stopped}");
    let differs = ran(shell.command("deploy verify"), 1);
    assert!(differs.contains("L1LPTGateway: open"), "{differs}");
    assert!(differs.contains("L2LPTGateway: open"), "{differs}");
    let started = ran(shell.signed("unpause --yes"), 0);
    assert_eq!(started.matches("open  0x").count(), 4, "{started}");
    ran(shell.command("deploy verify"), 0);
}
