//! Deployments that are interrupted, read back and found to differ.

mod chain;

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, U256},
    rpc::client::RpcClient,
    sol,
    sol_types::SolCall as _,
};
use confluence::{
    client::L2,
    l2,
    plan::{
        Artifacts, Contract, Inputs, Manifest, Parameters, People, Plan, State, govern, rehearse,
        total, verify,
    },
    progress::Progress,
};
use confluence_abi::{IBondingManager, IController};
use confluence_devnode::{
    DevNode, Options, arbos::address::ARB_OWNER, chain::DEV_ACCOUNT, predeploy::CACHE_MANAGER,
};
use serde_json::Value;

sol! {
    interface ArbOwner {
        function removeWasmCacheManager(address manager) external;
    }
}

/// Built once for all tests here.
static ARTIFACTS: LazyLock<Artifacts> =
    LazyLock::new(|| Artifacts::build(&checkout(), &Progress::silent()).expect("built"));
static PARAMETERS: LazyLock<Parameters> = LazyLock::new(Parameters::default);

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

async fn chain() -> (DevNode, L2, Address) {
    let (node, l2, accounts) = chain::chain().await;
    (node, l2, accounts[0])
}

fn inputs(deployer: Address) -> Inputs<'static> {
    Inputs {
        artifacts: &ARTIFACTS,
        parameters: &PARAMETERS,
        people: People {
            deployer,
            governor_owner: deployer,
        },
        salt: B256::ZERO,
        commit: FixedBytes::ZERO,
        l1: None,
        hand_over: true,
    }
}

async fn manifest(l2: &L2, deployer: Address, plan: &Plan) -> Manifest {
    let state = State::new(
        "devnet".to_owned(),
        l2.chain_id(),
        deployer,
        deployer,
        B256::ZERO,
        FixedBytes::ZERO,
        ARTIFACTS.digest(),
        PARAMETERS.clone(),
    );
    let manifest = Manifest::of(l2, &state, &plan.book, None, "test".to_owned()).await;
    manifest.expect("a manifest")
}

/// Carries on until the second step of this run is announced, goes `further` polls into it, and drops everything.
/// True if the plan came to its end.
async fn interrupted(l2: &L2, plan: &Plan, further: usize) -> bool {
    let (announced, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let apply = plan.apply(l2, |number, _| {
        let _ = announced.send(number);
    });
    tokio::pin!(apply);
    let mut steps = 0;
    while steps < 2 {
        tokio::select! {
            biased;
            Some(_) = heard.recv() => steps += 1,
            done = &mut apply => return done.is_ok(),
        }
    }
    for _ in 0..further {
        tokio::select! {
            biased;
            done = &mut apply => return done.is_ok(),
            () = tokio::task::yield_now() => {}
        }
    }
    false
}

#[tokio::test]
async fn a_deployment_killed_at_every_step_ends_as_one_that_was_not() {
    let (_undisturbed, l2, deployer) = chain().await;
    let plan = Plan::l2(&inputs(deployer)).expect("a plan");
    plan.apply(&l2, |_, _| ()).await.expect("deployed");
    let expected = manifest(&l2, deployer, &plan).await;
    let nonce = l2.nonce(deployer).await.expect("a nonce");

    let (_node, l2, deployer) = chain().await;
    let mut kills = 0;
    while !interrupted(&l2, &plan, kills % 6).await {
        kills += 1;
    }
    assert!(
        kills > plan.steps.len() / 2,
        "{kills} of {}",
        plan.steps.len()
    );
    assert_eq!(manifest(&l2, deployer, &plan).await, expected);
    assert_eq!(
        l2.nonce(deployer).await.expect("a nonce"),
        nonce,
        "nothing was sent twice"
    );
    let findings = verify(&l2, &expected).await.expect("read");
    assert!(
        findings.differences.is_empty(),
        "{:?}",
        findings.differences
    );
}

#[tokio::test]
async fn what_was_deployed_has_no_differences_and_each_change_is_a_line() {
    let (_node, l2, deployer) = chain().await;
    let plan = Plan::l2(&inputs(deployer)).expect("a plan");
    plan.apply(&l2, |_, _| ()).await.expect("deployed");
    let manifest = manifest(&l2, deployer, &plan).await;
    let findings = verify(&l2, &manifest).await.expect("read");
    assert!(
        findings.differences.is_empty(),
        "{:?}",
        findings.differences
    );
    assert!(findings.checks > 60, "{}", findings.checks);
    assert!(
        findings
            .programs
            .iter()
            .all(|program| program.days_left >= Some(364))
    );

    let at = |contract| plan.book.at(contract).expect("deployed");
    let period = IBondingManager::setUnbondingPeriodCall {
        unbondingPeriod_: 8,
    };
    let elsewhere = IController::setContractInfoCall {
        id: Contract::MerkleSnapshot.id(),
        contractAddress: at(Contract::Minter),
        gitCommitHash: FixedBytes::ZERO,
    };
    let calls = vec![
        (at(Contract::BondingManager), period.abi_encode().into()),
        (at(Contract::Controller), elsewhere.abi_encode().into()),
    ];
    govern(&l2, at(Contract::Governor), calls, U256::ZERO)
        .await
        .expect("governs");
    let findings = verify(&l2, &manifest).await.expect("read");
    let lines = findings.differences.iter();
    let lines: Vec<_> = lines.map(|it| format!("{}: {}", it.what, it.how)).collect();
    let (snapshot, minter) = (at(Contract::MerkleSnapshot), at(Contract::Minter));
    assert_eq!(
        lines,
        [
            format!("register MerkleSnapshot: expected {snapshot}, found {minter}"),
            "BondingManager.setUnbondingPeriod(7): expected 7, found 8".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_plan_is_measured_without_touching_the_chain_and_costs_what_it_said() {
    let (_node, l2, deployer) = chain().await;
    let inputs = inputs(deployer);
    let plan = Plan::l2(&inputs).expect("a plan");
    // what every chain has already
    l2::ensure_factory(&l2).await.expect("a factory");
    l2::ensure_deployer(&l2).await.expect("a deployer");
    let nonce = l2.nonce(deployer).await.expect("a nonce");
    let forecasts = rehearse(&l2, &inputs, &plan).await.expect("rehearsed");
    assert_eq!(l2.nonce(deployer).await.expect("a nonce"), nonce);
    assert!(
        forecasts
            .iter()
            .all(|forecast| !forecast.done && forecast.gas > 21_000)
    );

    let before = l2.balance(deployer).await.expect("a balance");
    plan.apply(&l2, |_, _| ()).await.expect("deployed");
    let paid = before - l2.balance(deployer).await.expect("a balance");
    // activation gets dearer with each program
    let said = total(&forecasts);
    let percent = paid * U256::from(100) / said;
    assert!(
        (U256::from(95)..U256::from(115)).contains(&percent),
        "paid {percent} %"
    );

    let again = rehearse(&l2, &inputs, &plan).await.expect("rehearsed");
    assert!(again.iter().all(|forecast| forecast.done));
    assert_eq!(total(&again), U256::ZERO);
}

/// The command in the checkout, against this node.
fn confluence(node: &DevNode, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(snapbox::cmd::cargo_bin!("confluence"));
    command
        .args(["deploy"])
        .args(arguments)
        .args(["--network", "devnet", "--l2-rpc", &node.http_url()])
        .current_dir(folder)
        .stdin(Stdio::null());
    for name in [
        "CONFLUENCE_NETWORK",
        "CONFLUENCE_L2_RPC",
        "CONFLUENCE_PRIVATE_KEY",
    ] {
        command.env_remove(name);
    }
    command
}

#[tokio::test]
async fn the_command_survives_kill_9_and_its_manifest_verifies() {
    LazyLock::force(&ARTIFACTS);
    let (node, l2, deployer) = chain().await;
    let folder = tempfile::tempdir().expect("a folder");
    let deployer = deployer.to_string();
    let root = checkout();
    let root = root.to_str().expect("a path in UTF-8");
    let apply = [
        "apply",
        "--l2-only",
        "--unlocked",
        &deployer,
        "--root",
        root,
    ];
    for announced in [1, 5, 12] {
        let mut running = confluence(&node, folder.path(), &apply)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("started");
        let lines = BufReader::new(running.stderr.take().expect("piped")).lines();
        let steps = lines
            .map_while(Result::ok)
            .filter(|line| line.contains('/'));
        assert!(steps.take(announced).count() > 0);
        running.kill().expect("killed");
        running.wait().expect("gone");
    }
    let done = confluence(&node, folder.path(), &apply)
        .output()
        .expect("ran");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let nonce = l2
        .nonce(l2.from().expect("a sender"))
        .await
        .expect("a nonce");

    let verified = confluence(&node, folder.path(), &["verify"])
        .output()
        .expect("ran");
    let text = String::from_utf8_lossy(&verified.stdout);
    assert!(verified.status.success(), "{text}");
    assert!(text.contains(" 0 differences"), "{text}");

    let again = confluence(&node, folder.path(), &apply)
        .output()
        .expect("ran");
    let text = String::from_utf8_lossy(&again.stdout);
    assert!(text.contains("0 transactions sent"), "{text}");
    assert_eq!(
        l2.nonce(l2.from().expect("a sender"))
            .await
            .expect("a nonce"),
        nonce
    );

    let other = [&apply[..], &["--salt", "2"]].concat();
    let other = confluence(&node, folder.path(), &other)
        .output()
        .expect("ran");
    let text = String::from_utf8_lossy(&other.stderr);
    assert_eq!(other.status.code(), Some(2), "{text}");
    assert!(
        text.contains("is about a deployment with another salt"),
        "{text}"
    );
}

#[tokio::test]
async fn programs_that_are_not_cached_get_a_bid_that_their_cache_manager_takes() {
    LazyLock::force(&ARTIFACTS);
    let with_manager = Options {
        predeploys: true,
        ..Options::default()
    };
    let (node, l2, accounts) = chain::chain_of(with_manager).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (root, deployer) = (checkout(), accounts[1]);
    let bidding = |wei: u64| {
        let words = format!(
            "apply --l2-only --unlocked {deployer} --root {} --cache-bid {wei} --json --quiet",
            root.display()
        );
        let words: Vec<&str> = words.split_whitespace().collect();
        let output = confluence(&node, folder.path(), &words).output();
        let output = output.expect("ran");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let bids = serde_json::from_slice(&output.stdout);
        (output.status.code(), said, bids.unwrap_or(Value::Null))
    };
    let rpc = RpcClient::new_http(node.http_url().parse().expect("a URL"));
    let set = async |code: Bytes| {
        let done: Result<Value, _> = rpc.request("anvil_setCode", (CACHE_MANAGER, code)).await;
        done.expect("it answers");
    };
    let manager = l2.code(CACHE_MANAGER).await.expect("code");
    // asks 42 wei for everything
    let asks = [0x60, 42, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3];
    set(Bytes::from(asks)).await;
    let (code, said, _) = bidding(41);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("asks 42 wei"), "{said}");

    set(manager).await;
    let (code, said, done) = bidding(7);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(done["sent"], 0, "all was deployed before the bid");
    let bids = done["bids"].as_array().expect("a list");
    assert!(bids.len() >= 10, "{bids:?}");
    assert!(bids.iter().all(|bid| bid["cached"] == true), "{bids:?}");
    let verified = confluence(&node, folder.path(), &["verify"]).output();
    let text = String::from_utf8_lossy(&verified.expect("ran").stdout).into_owned();
    let all = format!("{0} of {0} programs cached", bids.len());
    assert!(text.contains(&all), "{text}");
    let paid = l2.balance(CACHE_MANAGER).await.expect("a balance");
    assert_eq!(paid, U256::from(7 * bids.len()));
    let (_, said, again) = bidding(7);
    assert_eq!(again["bids"], serde_json::json!([]), "{said}");

    let call = ArbOwner::removeWasmCacheManagerCall {
        manager: CACHE_MANAGER,
    };
    let owner = l2.with_unlocked(DEV_ACCOUNT);
    let removed = owner.transact(ARB_OWNER, &call, U256::ZERO).await;
    removed.expect("removed");
    let (code, said, _) = bidding(7);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("leave --cache-bid out"), "{said}");
}
