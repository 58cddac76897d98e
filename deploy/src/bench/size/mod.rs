//! How large the programs are on chain, against the contracts that they stand for, and what putting them there costs.
//! Always holds: our bytes are those that `build` would deploy; gas is the devnode's, which is Nitro's; the original's figures
//! are data with their source; a program that is larger or dearer than its original is marked.

mod original;
mod report;

use std::path::PathBuf;

use alloy::primitives::U256;
use confluence_devnode::{DevNode, Options as NodeOptions, StartError};

pub use original::{Original, original};
pub use report::{Report, Size};

use crate::{
    build::{self, BuildError, Options as BuildOptions},
    client::{ClientError, L2},
    l2::{
        self,
        precompiles::{ARB_WASM, ArbWasm},
    },
    progress::Progress,
};

/// What is measured.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
}

/// Why there are no sizes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SizeError {
    /// The programs could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The node did not start.
    #[error("cannot start the devnode")]
    Node(#[from] StartError),
    /// The chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The chain has no account, or created nothing.
    #[error("the devnode {0}: this is a bug, please report it")]
    Devnode(&'static str),
    /// The original's table is not what it should be.
    #[error("line {0} of the original's sizes is malformed: this is a bug, please report it")]
    Table(usize),
    /// The page could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl SizeError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Build(error) if error.is_usage())
    }
}

/// Builds the programs, and creates and activates each on a devnode.
///
/// # Errors
/// See [`SizeError`].
pub async fn run(options: &Options, progress: &Progress) -> Result<Report, SizeError> {
    let originals = original()?;
    let programs = build::build(&BuildOptions::all_in(&options.folder), progress)?;
    let node = DevNode::start(NodeOptions::default())?;
    let l2 = L2::connect(&node.http_url(), None, None).await?;
    let account = l2.unlocked().await?.into_iter().next();
    let l2 = l2.with_unlocked(account.ok_or(SizeError::Devnode("has no account"))?);
    let bar = progress.bar(programs.programs.len() as u64, "activating programs");
    let mut sizes = Vec::new();
    for built in &programs.programs {
        let code = programs.code(&built.name)?;
        let created = l2
            .send(
                "creating a program",
                None,
                l2::creation_code(&code),
                U256::ZERO,
            )
            .await?;
        let program = created
            .created
            .ok_or(SizeError::Devnode("created nothing"))?;
        let activate = ArbWasm::activateProgramCall { program };
        // what is too much comes back
        let value = built.prospect.activation_fee * U256::from(2);
        let activated = l2.transact(ARB_WASM, &activate, value).await?;
        sizes.push(Size {
            program: built.name.clone(),
            bytes: built.code_bytes,
            wasm_bytes: built.wasm_bytes,
            creation_gas: created.execution_gas(),
            activation_gas: activated.execution_gas(),
            activation_fee_wei: built.prospect.activation_fee,
            entry_gas: built.prospect.entry_gas,
            cached_entry_gas: built.prospect.cached_entry_gas,
            original: originals
                .iter()
                .filter(|it| it.program == built.name)
                .copied()
                .collect(),
        });
        bar.advance(1);
    }
    Ok(Report { programs: sizes })
}
