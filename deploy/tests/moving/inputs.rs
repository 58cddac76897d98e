//! What no verb may take: a wrong chain, no node, no key, a network that there is not, a system that is paused, an account that
//! cannot pay. Always the same: nothing is sent, stdout stays empty, and the message says what to do.

use alloy::primitives::Address;

use crate::stage::{BROADCASTER, ORCHESTRATOR, OTHER, POOR, Person, Stage, said};

/// A verb that sends, with good arguments but for its network and its key.
struct Verb {
    line: String,
    /// The option for the chain on which it sends last.
    rpc: &'static str,
    /// Whether it asks before it sends.
    asks: bool,
}

fn verbs(stage: &Stage) -> Vec<Verb> {
    let somebody = Address::repeat_byte(0xab);
    let ticket = alloy::primitives::B256::repeat_byte(0xcd);
    let root = env!("CARGO_MANIFEST_DIR");
    let (inbox, controller) = (stage.system.inbox, stage.system.livepeer.controller);
    let verb = |line: &str, rpc, asks| Verb {
        line: line.to_owned(),
        rpc,
        asks,
    };
    let mut verbs = Vec::new();
    for line in [
        "migrate delegator",
        "migrate locks --ids 0",
        "migrate sender",
        "migrate amount --lpt 1",
        "claim --unpublished @list.json",
        "broadcaster fund --deposit 1 --reserve 1",
        "broadcaster unlock",
        "broadcaster unlock --cancel",
        "broadcaster withdraw",
        "poll create QmProposal",
        &format!("poll vote {somebody} yes"),
        "snapshot publish --unpublished @list.json",
        "snapshot enable --unpublished @list.json",
        "switchover start --manifest @deployment.json",
        "pause --manifest @deployment.json",
        "unpause --manifest @deployment.json",
    ] {
        verbs.push(verb(line, "--l2-rpc", true));
    }
    verbs.push(verb(
        "switchover abort --manifest @deployment.json",
        "--l1-rpc",
        true,
    ));
    for line in [
        "switchover follow --redeem --manifest @deployment.json",
        &format!("redeem {ticket}"),
        &format!("keepalive {ticket}"),
        &format!("cancel {ticket}"),
        "watch --once --redeem --state @watch.json",
        &format!(
            "deploy apply --root {root} --inbox {inbox} --l1-controller {controller} --state @s.json --manifest @m.json"
        ),
    ] {
        verbs.push(verb(line, "--l2-rpc", false));
    }
    let staking = format!("deploy staking --root {root}");
    verbs.push(verb(&staking, "--l1-rpc", false));
    verbs
}

/// Options that are wrong, and what must be said then.
struct Wrong {
    options: String,
    code: i32,
    says: &'static str,
}

impl Stage {
    /// Runs a verb that must not send anything; what it says.
    async fn must_refuse(&self, who: Person, line: &str, code: i32, says: &str) {
        let nonces = async || {
            let (on_l1, on_l2) = (
                self.l1.nonce(who.address()).await,
                self.l2.nonce(who.address()).await,
            );
            (on_l1.expect("a nonce"), on_l2.expect("a nonce"))
        };
        let before = nonces().await;
        let mut command = self.command(line);
        if line.starts_with("deploy") {
            // it builds, for which the toolchain is somewhere in the home
            let home = std::env::var_os("HOME").unwrap_or_default();
            let config = self.file("no-configuration");
            command = command.env("HOME", home).env("XDG_CONFIG_HOME", config);
        }
        let said = said(command);
        assert_eq!(said.code, code, "{line}: {}", said.err);
        assert!(said.err.contains(says), "{line}: {}", said.err);
        assert_eq!(said.out, "", "{line}: stdout is for results");
        assert_eq!(before, nonces().await, "{line}: something was sent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_verb_sends_with_a_wrong_chain_no_node_no_key_or_an_unknown_network() {
    let stage = Stage::open().await;
    let network = "--network @network.toml";
    for Verb { line, rpc, asks } in verbs(&stage) {
        let yes = if asks { "--yes" } else { "" };
        let keyed = format!("{line} --key-file @key-{} {yes}", OTHER.byte());
        let other = match rpc {
            "--l1-rpc" => stage.pair.l2_url(),
            _ => stage.pair.l1_url(),
        };
        for wrong in [
            Wrong {
                options: format!("{network} {rpc} {other}"),
                code: 2,
                says: "check the RPC URL and the network",
            },
            Wrong {
                options: format!("{network} {rpc} http://127.0.0.1:1"),
                code: 1,
                says: "cannot reach the L",
            },
            Wrong {
                options: format!("{network} {rpc} localhost"),
                code: 2,
                says: "is not the URL of an RPC endpoint",
            },
            Wrong {
                options: "--network atlantis".to_owned(),
                code: 2,
                says: "it is neither a file nor one of devnet, nitro-testnode, sepolia, mainnet",
            },
        ] {
            let Wrong {
                options,
                code,
                says,
            } = wrong;
            let line = format!("{keyed} {options}");
            stage.must_refuse(OTHER, &line, code, says).await;
        }
        let without = format!("{line} {yes} {network}");
        let says = "no key was given: use --keystore FILE";
        stage.must_refuse(OTHER, &without, 2, says).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_system_takes_nothing_and_says_when_it_will() {
    let stage = Stage::open().await;
    assert_eq!(stage.run_as(BROADCASTER, "migrate sender").code, 0);
    stage.let_claims_begin().await;
    stage.pair.follower().fail_auto_redeems(1);
    let sent = stage.run_as(OTHER, "migrate delegator --json");
    let sent: serde_json::Value = serde_json::from_str(&sent.out).expect("JSON");
    let ticket = sent["ticket"]["id"].as_str().expect("an id").to_owned();
    let paused = confluence::pause::pause(&stage.l1, &stage.l2, &stage.system).await;
    paused.expect("pauses");

    let claim = "claim --unpublished @list.json";
    for (who, line, says) in [
        (ORCHESTRATOR, "migrate delegator", "migrations are closed"),
        (
            ORCHESTRATOR,
            claim,
            "run the same command again once it is not",
        ),
        (
            BROADCASTER,
            "broadcaster fund --deposit 1",
            "`confluence doctor`",
        ),
        (BROADCASTER, "broadcaster unlock", "`confluence doctor`"),
    ] {
        let network = match line.starts_with("migrate") {
            true => "",
            false => "--network @network.toml",
        };
        let line = format!("{line} {network} --yes --key-file @key-{}", who.byte());
        stage.must_refuse(who, &line, 1, says).await;
    }
    let redeem = format!("redeem {ticket} --key-file @key-{}", OTHER.byte());
    let says = "system is paused; it can be sent again once the system runs";
    stage.must_refuse(OTHER, &redeem, 1, says).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_cannot_pay_is_told_to_get_ether() {
    let stage = Stage::open().await;
    stage.pair.follower().fail_auto_redeems(1);
    let sent = stage.run_as(OTHER, "migrate delegator --json");
    let sent: serde_json::Value = serde_json::from_str(&sent.out).expect("JSON");
    let ticket = sent["ticket"]["id"].as_str().expect("an id");
    let root = env!("CARGO_MANIFEST_DIR");
    let deploy = format!("deploy apply --l2-only --root {root} --state @s.json --manifest @m.json");
    let (redeem, staking) = (
        format!("redeem {ticket}"),
        format!("deploy staking --root {root}"),
    );
    for line in [
        "broadcaster fund --deposit 1 --network @network.toml --yes",
        &redeem,
        &deploy,
        &staking,
    ] {
        let line = format!("{line} --key-file @key-{}", POOR.byte());
        stage
            .must_refuse(POOR, &line, 1, "send it some first")
            .await;
    }
}
