//! The command as tests run it, and the check that its help is as it was reviewed.

use snapbox::{Data, cmd::Command};

/// The command, with nothing of the user's environment that would change what it says.
pub(crate) fn confluence(arguments: &[&str]) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("confluence"))
        .args(arguments)
        .env_remove("CONFLUENCE_SNAPSHOT")
        .env_remove("CONFLUENCE_LOG")
        .env_remove("CONFLUENCE_CONTROLLER")
        .env_remove("CONFLUENCE_NETWORK")
        .env_remove("CONFLUENCE_L1_MIGRATOR")
        .env_remove("CONFLUENCE_L1_RPC")
        .env_remove("CONFLUENCE_L2_RPC")
        .env_remove("CONFLUENCE_PRIVATE_KEY")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CACHE_HOME")
        .current_dir("/")
}

/// Each verb's `--help` goes to stdout as the file beside it says.
pub(crate) fn help_is_as_reviewed<const N: usize>(verbs: [(&[&str], Data); N]) {
    for (verb, expected) in verbs {
        confluence(verb)
            .assert()
            .success()
            .stdout_eq(expected)
            .stderr_eq("");
    }
}
