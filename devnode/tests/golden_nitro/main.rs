//! The devnode against recordings of a real Nitro node: every step of every file, to the unit of gas and ink.
//! `tests/fixtures/nitro/README.md` describes the recordings; one test per version and file, so that
//! `cargo test -p confluence-devnode --test golden_nitro arbos60::storage` runs one of them.

mod compare;
mod fixture;
mod replay;
#[path = "../wire/mod.rs"]
mod wire;

/// One test per line: its name and the file it replays.
macro_rules! files {
    ($arbos:literal: $($name:ident = $file:literal,)+) => {
        $(#[test]
        fn $name() {
            crate::replay::replay($file, $arbos);
        })+
    };
}

macro_rules! files_of_every_version {
    ($arbos:literal) => {
        files! { $arbos:
            operators = "01-operators",
            hostios = "02-hostios",
            storage = "03-storage",
            calls = "04-calls",
            create = "05-create",
            memory_depth = "06-memory-depth",
            entry_costs = "07-entry-costs",
            exits = "08-exits",
            activation = "09-activation",
            random = "10-random",
            evm = "11-evm",
            precompiles = "12-precompiles",
        }
    };
}

mod arbos40 {
    files_of_every_version!(40);
}

mod arbos51 {
    files_of_every_version!(51);
}

mod arbos60 {
    files_of_every_version!(60);
    files! { 60:
        fragments = "13-fragments",
    }
}

/// A file or step that gets lost would go unnoticed: nothing else counts them.
#[test]
fn the_recordings_are_complete() {
    let names = std::fs::read_dir(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/nitro"
    ))
    .expect("fixtures")
    .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
    .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()));
    let steps: usize = names
        .flat_map(|name| {
            let name = name.trim_end_matches(".json.br").to_owned();
            fixture::read::<std::collections::BTreeMap<u64, fixture::Recording>>(&name)
                .into_values()
        })
        .map(|recording| recording.steps.len())
        .sum();
    assert_eq!(steps, 3092);
}
