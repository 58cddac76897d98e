//! The operator's guide, run as it stands there, from an empty L1 to a system that runs.

use std::collections::BTreeMap;

use alloy::primitives::Address;
use confluence_abi::ILegacyLoaders;

use crate::{
    chains::{Chains, ETHER},
    command::{Shell, ran},
    guide::{Line, lines},
};

/// The account that the guide signs with.
const ACCOUNT: &str = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

#[tokio::test(flavor = "multi_thread")]
async fn an_operators_guide_works_as_it_stands_there() {
    let c = Chains::start().await;
    assert_eq!(c.on_l1, ACCOUNT.parse::<Address>().expect("an address"));
    let shell = Shell::new(&c);
    let mut own = BTreeMap::from([("INBOX", c.pair.contracts().inbox.to_string())]);
    let mut variables = BTreeMap::new();
    let mut count = 0;
    for line in lines("operator.md") {
        let words = match line.with(&own) {
            Line::Export(name, value) => {
                variables.insert(name, value);
                continue;
            }
            Line::Command(words) => words,
        };
        // what it says of the whole population has tests of its own
        if words.starts_with("rehearse") {
            continue;
        }
        if words.starts_with("switchover start") {
            freeze(&c, &shell).await;
        }
        // in a checkout, which this folder is not
        let needs_root = ["deploy staking", "deploy plan", "deploy apply"];
        let root = match needs_root.iter().any(|verb| words.starts_with(verb)) {
            true => format!("--root {}", env!("CARGO_MANIFEST_DIR")),
            false => String::new(),
        };
        let mut command = shell.plain(&format!("{words} {root}"));
        command.envs(&variables);
        command.env("CONFLUENCE_L1_RPC", c.pair.l1_url());
        command.env("CONFLUENCE_L2_RPC", c.pair.l2_url());
        let said = ran(command, 0);
        count += 1;
        let word = |name: &str| {
            let line = said.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1).map(str::to_owned)
        };
        if words.starts_with("deploy staking") {
            own.insert("CONTROLLER", word("Controller").expect("its Controller"));
        }
        if words.starts_with("deploy apply") {
            own.insert("MIGRATOR", word("L1Migrator").expect("its place"));
        }
    }
    assert_eq!(count, 9);
}

/// What Livepeer's governance does on L1 before.
async fn freeze(c: &Chains, shell: &Shell<'_>) {
    let system = shell.manifest().system().expect("both sides");
    let ether = ILegacyLoaders::loadSendersCall { loaded: Vec::new() };
    let broker = system.livepeer.ticket_broker;
    let loaded = c.l1.transact(broker, &ether, ETHER).await;
    loaded.expect("loads");
    let round = c.legacy_round(&system).await;
    system.freeze(&c.l1, round).await.expect("freezes");
}
