//! The user's own defaults: a file that says which network, nodes and contracts are meant, and where the key is, where no option
//! and no variable does.
//! Always holds: an option beats a variable, a variable beats the file, the file beats what is built in; keys are never in it, and
//! whoever names a key in another way gets that one alone.

use std::path::{Path, PathBuf};

use clap::Command;
use serde::Deserialize;

use crate::keys::KEY_VAR;

/// Options that say where the key is; at most one of them.
const SIGNERS: [&str; 4] = ["keystore", "key_file", "ledger", "unlocked"];
/// Environment variable with the file's path.
pub(super) const CONFIG_VAR: &str = "CONFLUENCE_CONFIG";

/// What the file may say; each is the option of the same name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    network: Option<String>,
    l1_rpc: Option<String>,
    l2_rpc: Option<String>,
    l1_migrator: Option<String>,
    controller: Option<String>,
    keystore: Option<String>,
    password_file: Option<String>,
    key_file: Option<String>,
    ledger: Option<String>,
    unlocked: Option<String>,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It was named and cannot be read.
    #[error("cannot read the configuration {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It says what it cannot say.
    #[error("the configuration {} is not one: it may set network, l1_rpc, l2_rpc, l1_migrator, controller, keystore, password_file, key_file, ledger and unlocked, each to a text", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        source: toml::de::Error,
    },
    /// It names several keys.
    #[error("the configuration {} names several keys ({}); keep one of them", path.display(), named.join(", "))]
    Keys {
        /// The file.
        path: PathBuf,
        /// By what.
        named: Vec<&'static str>,
    },
}

/// The file that is used: the variable's, or `config.toml` in the user's folder for configurations of this program.
fn place() -> Option<(PathBuf, bool)> {
    if let Some(path) = std::env::var_os(CONFIG_VAR) {
        return Some((path.into(), true));
    }
    let folders = directories::ProjectDirs::from("", "", "confluence")?;
    Some((folders.config_dir().join("config.toml"), false))
}

/// The command with the file's values as defaults.
///
/// # Errors
/// See [`ConfigError`]; a file that nobody named and that is not there is none.
pub(super) fn apply(command: Command) -> Result<Command, ConfigError> {
    let Some((path, is_named)) = place() else {
        return Ok(command);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) if !is_named => return Ok(command),
        Err(source) => return Err(ConfigError::File { path, source }),
    };
    let mut config = parse(&text, &path)?;
    let words: Vec<String> = std::env::args().collect();
    if std::env::var_os(KEY_VAR).is_some() || names_a_key(&words) {
        config.forget_key();
    }
    Ok(with(command, &config))
}

/// Whether a command line says where the key is.
fn names_a_key(words: &[String]) -> bool {
    let option = |word: &String| {
        let name = word.split('=').next().unwrap_or_default();
        let name = name.strip_prefix("--").map(|name| name.replace('-', "_"));
        name.is_some_and(|name| SIGNERS.contains(&name.as_str()))
    };
    words.iter().any(option)
}

fn parse(text: &str, path: &Path) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(text).map_err(|source| ConfigError::Malformed {
        path: path.to_owned(),
        source,
    })?;
    let keys = [
        &config.keystore,
        &config.key_file,
        &config.ledger,
        &config.unlocked,
    ];
    let named = SIGNERS.into_iter().zip(keys);
    let named: Vec<_> = named
        .filter_map(|(name, value)| value.is_some().then_some(name))
        .collect();
    if named.len() > 1 {
        return Err(ConfigError::Keys {
            path: path.to_owned(),
            named,
        });
    }
    Ok(config)
}

impl Config {
    fn forget_key(&mut self) {
        self.keystore = None;
        self.password_file = None;
        self.key_file = None;
        self.ledger = None;
        self.unlocked = None;
    }
}

fn with(command: Command, config: &Config) -> Command {
    let values: Vec<(&'static str, &'static str)> = [
        ("network", &config.network),
        ("l1_rpc", &config.l1_rpc),
        ("l2_rpc", &config.l2_rpc),
        ("l1_migrator", &config.l1_migrator),
        ("controller", &config.controller),
        ("keystore", &config.keystore),
        ("password_file", &config.password_file),
        ("key_file", &config.key_file),
        ("ledger", &config.ledger),
        ("unlocked", &config.unlocked),
    ]
    .into_iter()
    // clap wants defaults that live as long as the process; there is one file, read once
    .filter_map(|(name, value)| Some((name, &*value.clone()?.leak())))
    .collect();
    deepened(command, &values)
}

fn deepened(mut command: Command, values: &[(&'static str, &'static str)]) -> Command {
    for (name, value) in values {
        let has_it = command.get_arguments().any(|arg| arg.get_id() == name);
        if has_it {
            command = command.mut_arg(name, |arg| arg.default_value(value).required(false));
        }
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, |verb| deepened(verb, values));
    }
    command
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, FromArgMatches as _};

    use super::*;
    use crate::cli::Cli;

    fn configured(text: &str, arguments: &[&str]) -> Result<Cli, clap::Error> {
        let config = parse(text, Path::new("config.toml")).expect("a configuration");
        let command = with(Cli::command(), &config);
        Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
    }

    #[test]
    fn an_option_that_a_verb_needs_may_come_from_the_file() {
        let arguments = ["confluence", "poll", "show"];
        assert!(configured("", &arguments).is_err(), "it is needed");
        let text =
            "controller = \"0x00000000000000000000000000000000000000aa\"\nnetwork = \"sepolia\"";
        let cli = configured(text, &arguments).expect("complete");
        let shown = format!("{cli:?}");
        assert!(shown.contains("network: \"sepolia\""), "{shown}");
        let mut arguments = arguments.to_vec();
        arguments.extend(["--network", "mainnet"]);
        let shown = format!("{:?}", configured(text, &arguments).expect("complete"));
        assert!(shown.contains("network: \"mainnet\""), "{shown}");
    }

    #[test]
    fn a_key_from_the_file_gives_way_to_one_that_is_named_otherwise() {
        let arguments = ["confluence", "pause"];
        let text = "keystore = \"key.json\"\npassword_file = \"password\"";
        let shown = format!("{:?}", configured(text, &arguments).expect("complete"));
        assert!(shown.contains("keystore: Some(\"key.json\")"), "{shown}");
        assert!(
            shown.contains("password_file: Some(\"password\")"),
            "{shown}"
        );
        for named in ["--ledger", "--key-file=x", "--unlocked", "--keystore"] {
            assert!(names_a_key(&["confluence".to_owned(), named.to_owned()]));
        }
        assert!(!names_a_key(&["--network".to_owned(), "ledger".to_owned()]));
        let mut config = parse(text, Path::new("config.toml")).expect("a configuration");
        config.forget_key();
        assert_eq!(config, Config::default());
    }

    #[test]
    fn two_keys_in_the_file_are_refused() {
        let text = "keystore = \"a\"\nunlocked = \"0x00000000000000000000000000000000000000aa\"";
        let error = parse(text, Path::new("config.toml")).expect_err("two keys");
        let said = error.to_string();
        assert!(said.contains("several keys (keystore, unlocked)"), "{said}");
    }

    #[test]
    fn what_the_file_cannot_say_is_named() {
        let error = parse("key = \"0x11\"", Path::new("config.toml")).expect_err("no such field");
        let ConfigError::Malformed { source, .. } = error else {
            panic!("{error}")
        };
        assert!(source.to_string().contains("key"), "{source}");
    }
}
