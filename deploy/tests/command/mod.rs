//! The command as tests run it.

use snapbox::cmd::Command;

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
        .env_remove("CONFLUENCE_PASSWORD")
        .env_remove("CONFLUENCE_CONFIG")
        .env_remove("XDG_CONFIG_HOME")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CACHE_HOME")
        .current_dir("/")
}
