//! The guides' commands, run as they stand there: every line of a `sh` block, in order, in a folder with the files they name.

use std::{collections::BTreeMap, path::Path};

use confluence::plan::Contract;

use crate::stage::{DELEGATOR, ORCHESTRATOR, Stage};

/// Lines of a guide's `sh` blocks.
fn lines(guide: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide");
    let text = std::fs::read_to_string(path.join(guide)).expect("the guide");
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => found.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

impl Stage {
    /// Runs a guide; how many commands it has.
    fn follow(&self, guide: &str, owner: crate::stage::Person) -> usize {
        self.write("key", &owner.key().to_string());
        self.write("payer", &crate::stage::PAYER.key().to_string());
        let mut variables = BTreeMap::new();
        let mut ran = 0;
        for line in lines(guide) {
            if let Some((name, value)) = line
                .strip_prefix("export ")
                .and_then(|it| it.split_once('='))
            {
                let controller = self.at(Contract::Controller).to_string();
                let value = value.replace("CONTROLLER", &controller);
                variables.insert(name.to_owned(), value);
                continue;
            }
            let command = line.strip_prefix("confluence ").expect("a command");
            let words: Vec<&str> = command.split_whitespace().collect();
            let output = crate::command::confluence(&words)
                .envs(&variables)
                .current_dir(self.file(""))
                .output()
                .expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{line}: {said}");
            ran += 1;
        }
        ran
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orchestrators_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    assert_eq!(stage.follow("orchestrator.md", ORCHESTRATOR), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegators_guide_works_as_it_stands_there() {
    let stage = Stage::open().await;
    stage.let_claims_begin().await;
    assert_eq!(stage.follow("delegator.md", DELEGATOR), 2);
}
