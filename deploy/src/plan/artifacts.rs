//! What is deployed: programs and EVM contracts, as the checkout's sources make them.

use std::{collections::BTreeMap, path::Path};

use alloy::primitives::{B256, Bytes, keccak256};

use super::table::{Kind, L2};
use crate::{
    build::{self, BuildError, EvmContracts, Options, Workspace},
    progress::Progress,
};

/// Code of everything that a plan can deploy.
#[derive(Debug, Clone)]
pub struct Artifacts {
    programs: BTreeMap<String, Vec<u8>>,
    evm: EvmContracts,
}

impl Artifacts {
    /// Builds what has changed in the checkout around `folder`.
    ///
    /// # Errors
    /// Those of [`build::build`] and [`EvmContracts::build`].
    pub fn build(folder: &Path, progress: &Progress) -> Result<Self, BuildError> {
        let names = L2.iter().filter_map(|row| match row.kind {
            Kind::Direct(program) | Kind::Cloned(program) | Kind::Proxied(program, _) => {
                Some(program.to_owned())
            }
            Kind::Evm(_) => None,
        });
        let mut options = Options::all_in(folder);
        options.programs = names.collect();
        let report = build::build(&options, progress)?;
        let mut programs = BTreeMap::new();
        for name in options.programs {
            let code = report.code(&name)?;
            programs.insert(name, code);
        }
        let evm = EvmContracts::build(&Workspace::around(folder, None)?, progress)?;
        Ok(Self { programs, evm })
    }

    /// Digest of everything there is.
    #[must_use]
    pub fn digest(&self) -> B256 {
        let programs = self
            .programs
            .iter()
            .map(|(name, code)| (name, keccak256(code)));
        let evm = self.evm.iter().map(|(name, code)| (name, keccak256(code)));
        let mut bytes = Vec::new();
        for (name, hash) in programs.chain(evm) {
            bytes.extend(keccak256(name));
            bytes.extend(hash);
        }
        keccak256(bytes)
    }

    /// A program's code as it is on chain.
    ///
    /// # Errors
    /// [`BuildError::NoProgram`].
    pub fn program(&self, name: &str) -> Result<&[u8], BuildError> {
        self.programs
            .get(name)
            .map(Vec::as_slice)
            .ok_or_else(|| BuildError::NoProgram {
                asked: name.to_owned(),
                known: self.programs.keys().cloned().collect::<Vec<_>>().join(", "),
            })
    }

    /// An EVM contract's creation code, with its constructor's arguments.
    ///
    /// # Errors
    /// [`BuildError::NoProgram`].
    pub fn creation(&self, name: &str, arguments: &[u8]) -> Result<Bytes, BuildError> {
        let code = self.evm.creation(name)?;
        Ok([code.as_ref(), arguments].concat().into())
    }
}
