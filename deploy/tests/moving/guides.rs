//! The guides' commands, run as they stand there, in a folder with the files they name.

use std::{collections::BTreeMap, path::Path};

use confluence::plan::Contract;

use crate::{
    guide::{Line, lines},
    stage::{BROADCASTER, DELEGATOR, ORCHESTRATOR, PAYER, Person, Stage},
};

impl Stage {
    /// Runs a guide as somebody; `before` hears of each command first. How many commands it has, and what they said.
    async fn follow(
        &self,
        page: &str,
        owner: Person,
        before: impl AsyncFn(&str),
    ) -> (usize, String) {
        self.write("key", &owner.key().to_string());
        self.write("payer", &PAYER.key().to_string());
        let controller = self.at(Contract::Controller).to_string();
        let own = BTreeMap::from([("CONTROLLER", controller)]);
        let mut variables = BTreeMap::new();
        let (mut ran, mut transcript) = (0, String::new());
        for line in lines(page) {
            let command = match line {
                Line::Export(..) => match line.with(&own) {
                    Line::Export(name, value) => {
                        variables.insert(name, value);
                        continue;
                    }
                    Line::Command(_) => unreachable!("it stays what it is"),
                },
                Line::Command(command) => command,
            };
            before(&command).await;
            let words: Vec<&str> = command.split_whitespace().collect();
            let output = crate::command::confluence(&words)
                .envs(&variables)
                .current_dir(self.file(""))
                .output()
                .expect("it runs");
            let (out, err) = (
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr),
            );
            assert!(output.status.success(), "{command}: {out}{err}");
            ran += 1;
            transcript += &format!("$ confluence {command}\n{err}{out}\n");
        }
        // for the README, and for whoever wants to see it
        let file = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(page)
            .with_extension("txt");
        std::fs::write(file, &transcript).expect("written");
        (ran, transcript)
    }
}

async fn nothing(_: &str) {}

#[tokio::test(flavor = "multi_thread")]
async fn an_orchestrators_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    let (ran, _) = stage.follow("orchestrator.md", ORCHESTRATOR, nothing).await;
    assert_eq!(ran, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegators_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    stage.let_claims_begin().await;
    let (ran, _) = stage.follow("delegator.md", DELEGATOR, nothing).await;
    assert_eq!(ran, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broadcasters_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    let before = async |command: &str| {
        if command.starts_with("broadcaster withdraw") {
            for _ in 0..3 {
                stage.pass_round();
                stage.begin_round().await;
            }
        }
    };
    let (ran, said) = stage.follow("broadcaster.md", BROADCASTER, before).await;
    assert_eq!(ran, 9, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewers_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    assert_eq!(stage.run_as(ORCHESTRATOR, "migrate amount --lpt 7").code, 0);
    let (ran, said) = stage.follow("reviewer.md", PAYER, nothing).await;
    assert_eq!(ran, 6);
    assert!(said.contains("healthy ("), "{said}");
}

/// What the README shows are the guides' commands, so that what is shown is what is tested.
#[test]
fn the_readmes_transcript_has_the_guides_commands() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(readme).expect("the README");
    let shown = readme
        .lines()
        .filter_map(|line| line.strip_prefix("$ confluence "));
    let mut known = lines("orchestrator.md");
    known.extend(lines("delegator.md"));
    let mut count = 0;
    for command in shown {
        count += 1;
        assert!(
            known.contains(&Line::Command(command.to_owned())),
            "{command}"
        );
    }
    assert!(count >= 4, "{count}");
}
