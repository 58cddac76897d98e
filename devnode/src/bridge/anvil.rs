//! Anvil as a child process. It ends with its owner however that ends: a shell beside it holds the read end of a pipe
//! and takes anvil down once nobody holds the other end, also after a SIGKILL, and the states of old blocks with it:
//! anvil itself leaves those in the user's home, gigabytes for a few thousand blocks.

use std::{
    ffi::OsString,
    io::{BufRead as _, BufReader},
    net::IpAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::{error::BridgeError, npm};

/// Starts what follows the first argument, ends it when standard input does, and then removes the folder that the first names.
const WATCH: &str = r#"exec 3<&0
states=$1
shift
"$@" 2>&1 3<&- & anvil=$!
{ read -r _ <&3; kill "$anvil"; } >/dev/null 2>&1 &
exec 3<&- <&-
wait "$anvil"
rm -rf -- "$states""#;
/// What anvil says once it answers.
const READY: &str = "Listening on ";

/// How an anvil is started.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) host: IpAddr,
    /// 0 takes any free one.
    pub(super) port: u16,
    pub(super) chain_id: u64,
    pub(super) accounts: u32,
    /// Ether of each account.
    pub(super) balance: u64,
    pub(super) mnemonic: String,
    /// File to load the chain from, and to save it to at the end.
    pub(super) state: Option<PathBuf>,
}

/// A running anvil; dropping it ends it.
#[derive(Debug)]
pub struct Anvil {
    watch: Child,
    address: String,
    states: PathBuf,
}

impl Anvil {
    /// Starts one; it answers when this returns.
    pub(super) fn start(settings: &Settings) -> Result<Self, BridgeError> {
        let failed = |why: String| BridgeError::Anvil(why);
        let states = tempfile::Builder::new()
            .prefix("confluence-anvil-")
            .tempdir()
            .map_err(|error| failed(error.to_string()))?;
        let mut args: Vec<OsString> = vec![states.path().into(), npm::anvil_program()?.into()];
        args.extend(["--cache-path".into(), states.path().into()]);
        let pairs = [
            ("--host", settings.host.to_string()),
            ("--port", settings.port.to_string()),
            ("--chain-id", settings.chain_id.to_string()),
            ("--accounts", settings.accounts.to_string()),
            ("--balance", settings.balance.to_string()),
            ("--mnemonic", settings.mnemonic.clone()),
        ];
        for (name, value) in pairs {
            args.extend([name.into(), value.into()]);
        }
        if let Some(path) = &settings.state {
            args.extend(["--state".into(), path.into()]);
        }
        let mut watch = Command::new("sh")
            .args(["-c", WATCH, "anvil"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        // from here on the shell removes it
        let states = states.keep();
        let Some(output) = watch.stdout.take() else {
            return Err(failed("it has no output".into()));
        };
        let mut lines = BufReader::new(output).lines();
        let mut said = String::new();
        let address = loop {
            match lines.next() {
                Some(Ok(line)) => match line.strip_prefix(READY) {
                    Some(address) => break address.trim().to_owned(),
                    None => said = line,
                },
                Some(Err(_)) | None => {
                    let _ = watch.wait();
                    return Err(failed(said));
                }
            }
        };
        // It stops when nobody reads what it says.
        std::thread::Builder::new()
            .name("anvil output".into())
            .spawn(move || lines.by_ref().for_each(drop))
            .map_err(BridgeError::Threads)?;
        Ok(Self {
            watch,
            address,
            states,
        })
    }

    /// URL for HTTP clients.
    pub fn http_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// URL for WebSocket clients.
    pub fn ws_url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Where it keeps the states of old blocks, as long as it runs.
    pub fn states(&self) -> &Path {
        &self.states
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
    }
}

#[cfg(test)]
mod tests {
    use alloy_primitives::B256;
    use serde_json::{Value, json};

    use super::*;
    use crate::bridge::l1::L1;

    #[test]
    fn states_of_old_blocks_end_with_the_process() {
        let settings = Settings {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 0,
            chain_id: 1337,
            accounts: 1,
            balance: 1,
            mnemonic: "test test test test test test test test test test test junk".to_owned(),
            state: None,
        };
        let anvil = Anvil::start(&settings).expect("anvil starts");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let key = B256::repeat_byte(1);
        let l1 = L1::connect(&anvil.http_url(), &key, runtime.handle().clone()).expect("answers");
        let _: Value = l1.ask("anvil_mine", json!(["0x400"])).expect("blocks");

        let states = anvil.states().to_owned();
        let kept = std::fs::read_dir(&states).expect("a folder").count();
        assert!(kept > 0, "anvil keeps them elsewhere");
        drop(anvil);
        assert!(!states.exists(), "{} is left behind", states.display());
    }
}
