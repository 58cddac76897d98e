//! The strings in the sources of the staking and payment programs: what their checks are given.

use std::fs;
use std::path::Path;

/// The programs of the original's list, and the kit that they share. (Its bridge part is for the migration's programs.)
const FOLDERS: [&str; 10] = [
    "bonding-manager",
    "controller",
    "faucet",
    "governor",
    "livepeer-token",
    "minter",
    "poll",
    "rounds-manager",
    "service-registry",
    "ticket-broker",
];
const KIT: [&str; 3] = ["crypto.rs", "manager.rs", "peers.rs"];

/// File and string.
pub(crate) fn strings() -> Vec<(String, String)> {
    let contracts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contracts");
    let mut found = Vec::new();
    for folder in FOLDERS {
        let files = fs::read_dir(contracts.join(folder).join("src")).expect("a program");
        for file in files {
            collect(&file.expect("a file").path(), &mut found);
        }
    }
    for file in KIT {
        collect(&contracts.join("kit/src").join(file), &mut found);
    }
    assert!(found.len() > 60, "the sources are not read right");
    found
}

fn collect(file: &Path, into: &mut Vec<(String, String)>) {
    let source = fs::read_to_string(file).expect("a source file");
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    for check in ["ensure!(", "revert!("] {
        for (at, _) in code.match_indices(check) {
            let strings = literals(&code[at + check.len()..]);
            into.extend(strings.map(|text| (file.display().to_string(), text.to_owned())));
        }
    }
}

/// The literals up to the bracket that closes what has been opened before `code`.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    let mut depth = 1;
    code.split('"')
        .enumerate()
        .map_while(move |(i, part)| {
            if depth == 0 {
                return None;
            }
            if i % 2 == 1 {
                return Some(Some(part));
            }
            for symbol in part.chars() {
                depth += match symbol {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                if depth == 0 {
                    break;
                }
            }
            Some(None)
        })
        .flatten()
}
