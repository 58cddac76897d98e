//! The two nodes as processes of their own, started alike: a free port, the same mnemonic, nothing written.
//! Always holds: the process ends with its handle, and leaves nothing behind.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use confluence_devnode::bridge::anvil_program;

use super::{BenchError, rpc::Rpc};

/// A node that does not answer by then will not.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two knocks; as short as is useful.
const KNOCK: Duration = Duration::from_millis(1);

/// Which node.
#[derive(Debug, Clone)]
pub(super) enum Program {
    /// Ours: this executable, as `confluence devnode`.
    Devnode(PathBuf),
    /// Foundry's.
    Anvil(PathBuf),
}

impl Program {
    /// This executable.
    pub(super) fn devnode() -> Result<Self, BenchError> {
        let this = std::env::current_exe().map_err(|why| BenchError::Start {
            program: "confluence devnode".to_owned(),
            why,
        })?;
        Ok(Self::Devnode(this))
    }

    /// The program itself; not npm's launcher, whose start would count.
    pub(super) fn anvil() -> Result<Self, BenchError> {
        Ok(Self::Anvil(anvil_program()?))
    }

    /// `states` is for what anvil would leave in the user's home.
    fn command(&self, port: u16, states: &Path) -> Command {
        let port = port.to_string();
        match self {
            Self::Devnode(path) => {
                let mut command = Command::new(path);
                command.args(["devnode", "--quiet", "--l2-only", "--port", &port]);
                command
            }
            Self::Anvil(path) => {
                let mut command = Command::new(path);
                command.args(["--silent", "--port", &port, "--cache-path"]);
                command.arg(states);
                command
            }
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Devnode(_) => "confluence devnode".to_owned(),
            Self::Anvil(path) => path.display().to_string(),
        }
    }

    /// What it says it is, version included.
    pub(super) async fn version(&self, node: &Node) -> Result<String, BenchError> {
        node.rpc.text("web3_clientVersion", "[]").await
    }

    /// Starts it, and how long it took until it answered.
    pub(super) async fn start(&self) -> Result<(Node, Duration), BenchError> {
        let failed = |why| BenchError::Start {
            program: self.name(),
            why,
        };
        let address = free_address().map_err(failed)?;
        let states = tempfile::tempdir().map_err(failed)?;
        let since = Instant::now();
        let child = self
            .command(address.port(), states.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let node = Node {
            child,
            rpc: Rpc::new(address),
            _states: states,
        };
        while std::net::TcpStream::connect(address).is_err() {
            if since.elapsed() > PATIENCE {
                return Err(failed(std::io::ErrorKind::TimedOut.into()));
            }
            tokio::time::sleep(KNOCK).await;
        }
        node.rpc.text("eth_chainId", "[]").await?;
        Ok((node, since.elapsed()))
    }
}

/// A port that was free a moment ago.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// A running node.
#[derive(Debug)]
pub(super) struct Node {
    child: Child,
    pub(super) rpc: Rpc,
    /// Goes when the process has gone.
    _states: tempfile::TempDir,
}

impl Drop for Node {
    fn drop(&mut self) {
        // It has nothing to save; a process that is gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
