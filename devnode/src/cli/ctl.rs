//! `devnode ctl`: the controls of a running node from the shell. Each verb is one request of the `confluence` namespace.

use std::io::Write as _;

use alloy::rpc::client::RpcClient;
use serde_json::{Value, json};

/// Steer what happens between the chains of a devnode that runs: when messages arrive, whether tickets redeem themselves,
/// what time it is.
///
/// Prints what the node answers, as one JSON document (`confluence.devnode.ctl/1`).
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  confluence-devnode ctl hold               # messages from L1 wait
  confluence-devnode ctl release 1          # the first of them arrives
  confluence-devnode ctl fail               # the next ticket does not redeem itself
  confluence-devnode ctl advance 604801     # a week passes on both chains

Exit codes: 0 done, 1 the node refused or does not answer, 2 wrong usage.")]
pub struct Ctl {
    /// URL of the L2.
    #[arg(
        long,
        value_name = "URL",
        default_value = "http://127.0.0.1:8547",
        global = true
    )]
    pub rpc: String,
    /// What to do.
    #[command(subcommand)]
    pub verb: CtlVerb,
}

/// What to do with the way between the chains.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum CtlVerb {
    /// Show messages on their way, tickets to be redeemed, and whether withdrawals can be executed
    Status,
    /// Look at L1 now and return when all that is due has arrived
    Sync,
    /// Hold messages from L1 back
    Hold,
    /// Let held messages through
    Release {
        /// How many; all, and no more holding, when left out.
        count: Option<u64>,
    },
    /// Let every message wait after its L1 block
    Delay {
        /// Seconds of L2 time; 0 ends it.
        seconds: u64,
    },
    /// Create the next tickets without an auto-redeem
    Fail {
        /// How many.
        #[arg(default_value_t = 1)]
        count: u64,
    },
    /// Create the next tickets without an auto-redeem and redeem them later, behind what comes after them
    Late {
        /// How many.
        count: u64,
        /// Seconds of L2 time after their creation.
        seconds: u64,
    },
    /// Redeem the late tickets now
    Redeem,
    /// Keep the roots of L2's messages from L1: withdrawals cannot be executed
    HoldRoots,
    /// Post them again
    ReleaseRoots,
    /// Move the time of both chains on
    Advance {
        /// Seconds.
        seconds: u64,
        /// Blocks that L1 makes.
        #[arg(default_value_t = 1)]
        blocks: u64,
    },
}

/// Why a control did not work.
#[derive(Debug, thiserror::Error)]
pub enum CtlError {
    /// The address is no URL.
    #[error("{url:?} is not the URL of an RPC endpoint: {why}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The node does not answer, or refuses.
    #[error("{method} at {url}: {why}")]
    Node {
        /// What was asked.
        method: &'static str,
        /// Of whom.
        url: String,
        /// What came back.
        why: String,
    },
    /// No threads, or nobody reads the answer.
    #[error(transparent)]
    System(#[from] std::io::Error),
}

impl CtlVerb {
    /// Method and parameters.
    fn request(&self) -> (&'static str, Value) {
        match self {
            Self::Status => ("confluence_bridgeStatus", json!([])),
            Self::Sync => ("confluence_sync", json!([])),
            Self::Hold => ("confluence_holdMessages", json!([])),
            Self::Release { count } => ("confluence_releaseMessages", json!([count])),
            Self::Delay { seconds } => ("confluence_delayMessages", json!([seconds])),
            Self::Fail { count } => ("confluence_failAutoRedeems", json!([count])),
            Self::Late { count, seconds } => {
                ("confluence_delayAutoRedeems", json!([count, seconds]))
            }
            Self::Redeem => ("confluence_redeemDelayed", json!([])),
            Self::HoldRoots => ("confluence_holdRoots", json!([true])),
            Self::ReleaseRoots => ("confluence_holdRoots", json!([false])),
            Self::Advance { seconds, blocks } => {
                ("confluence_advanceTime", json!([seconds, blocks]))
            }
        }
    }
}

impl Ctl {
    /// Asks the node and prints its answer.
    ///
    /// # Errors
    /// When the node does not answer or refuses.
    pub fn run(&self) -> Result<(), CtlError> {
        let url = self.rpc.parse().map_err(|error| CtlError::Url {
            url: self.rpc.clone(),
            why: format!("{error}"),
        })?;
        let (method, params) = self.verb.request();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let client = RpcClient::new_http(url);
        let request = client.request::<_, Value>(method, params);
        let answer = runtime.block_on(request).map_err(|error| CtlError::Node {
            method,
            url: self.rpc.clone(),
            why: error.as_error_resp().map_or_else(
                || error.to_string(),
                |refused| refused.message.clone().into_owned(),
            ),
        })?;
        let document = json!({"schema": "confluence.devnode.ctl/1", "answer": answer});
        writeln!(std::io::stdout().lock(), "{document}")?;
        Ok(())
    }
}
