//! Reading a deployment back, line by line.
//! Always holds: whatever the plan sets is checked by the same rule that tells whether the step is done; each difference is a
//! line of its own; nothing is sent.

use std::fmt::Display;

use alloy::{
    primitives::{Address, B256, U256, b256},
    sol,
    sol_types::SolValue as _,
};
use confluence_abi::IGovernor;
use serde::Serialize;

use super::{
    Book, Contract, Manifest, PlanError,
    manifest::code_hash,
    peers, settings,
    step::{Done, Step},
};
use crate::{
    client::ClientError,
    l2::{
        L2,
        precompiles::{ARB_WASM, ARB_WASM_CACHE, ArbWasm, ArbWasmCache},
    },
};

/// ERC-1967: what a proxy runs, and who may change that.
const IMPLEMENTATION: B256 =
    b256!("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc");
const ADMIN: B256 = b256!("b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103");
/// A program must be activated anew after a year; below this many days it is time to keep it alive.
pub const LEAST_DAYS: u64 = 60;

sol! {
    #[derive(Debug)]
    interface ProxyAdmin {
        function owner() external view returns (address);
    }
}

/// What kind of thing differs: what to do about it follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// Code that stands somewhere.
    Code,
    /// What a proxy runs, or who may change that.
    Proxy,
    /// A parameter, a role, an owner, an address.
    Setting,
    /// Whether something is paused.
    Switch,
    /// A contract's own copy of another's address.
    Peer,
    /// Whether a program can be called, and how long.
    Program,
}

/// What differs from the manifest, or will soon need somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of thing.
    pub concern: Concern,
    /// Which contract or setting.
    pub what: String,
    /// How it differs.
    pub how: String,
}

/// How a program stands with ArbOS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgramState {
    /// Which contract's.
    pub contract: Contract,
    /// Keccak-256 of its code, under which ArbOS knows it.
    pub code_hash: B256,
    /// Days until it must be activated anew; `None` if it cannot be called now.
    pub days_left: Option<u64>,
    /// Whether ArbOS keeps it ready to run.
    pub cached: bool,
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Findings {
    /// Checks made.
    pub checks: usize,
    /// Each on its own.
    pub differences: Vec<Difference>,
    /// How every program stands.
    pub programs: Vec<ProgramState>,
}

/// Compares what is on chain with the manifest.
///
/// # Errors
/// A chain that does not answer; a manifest that lacks a contract.
pub async fn verify(l2: &L2, manifest: &Manifest) -> Result<Findings, PlanError> {
    let book = manifest.book();
    let mut findings = Findings {
        checks: 0,
        differences: Vec::new(),
        programs: Vec::new(),
    };
    findings.codes(l2, manifest).await?;
    findings.proxies(l2, &book).await?;
    findings.owner(l2, manifest).await?;
    let steps = settings::l2(
        &book,
        &manifest.parameters,
        &manifest.people(),
        manifest.l1.as_ref().map(|l1| l1.origin.on_l1()).as_ref(),
        manifest.commit,
        true,
    )?;
    for Step { what, done, .. } in &steps {
        // a peer is compared with the registry as it is, below
        if done.concern() != Concern::Peer {
            let difference = done.difference(l2).await?;
            findings.note(done.concern(), &what, difference);
        }
    }
    for (what, difference) in peers::kept(l2, &book).await? {
        findings.note(Concern::Peer, &what, difference);
    }
    findings.programs = programs(l2, &book).await?;
    for program in findings.programs.clone() {
        let what = format!("{}'s program", program.contract);
        findings.note(Concern::Program, &what, program.trouble());
    }
    Ok(findings)
}

/// How every program of a deployment stands with ArbOS.
///
/// # Errors
/// A chain that does not answer.
pub async fn programs(l2: &L2, book: &Book) -> Result<Vec<ProgramState>, PlanError> {
    let mut states = Vec::new();
    for (contract, place) in book.iter().filter(|(contract, _)| !contract.is_evm()) {
        let program = place.implementation.unwrap_or(place.address);
        let call = ArbWasm::programTimeLeftCall { program };
        let days_left = match l2.read(ARB_WASM, &call).await {
            Ok(seconds) => Some(seconds / 86_400),
            Err(ClientError::Reverted { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let code_hash = code_hash(l2, program).await?;
        let cached = ArbWasmCache::codehashIsCachedCall {
            codehash: code_hash,
        };
        states.push(ProgramState {
            contract,
            code_hash,
            days_left,
            cached: l2.read(ARB_WASM_CACHE, &cached).await?,
        });
    }
    Ok(states)
}

impl ProgramState {
    /// What is wrong with it now, or will be soon.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        match self.days_left {
            None => Some("it is not active: activate it anew (ArbWasm.activateProgram)".to_owned()),
            Some(days) if days < LEAST_DAYS => Some(format!(
                "it expires in {days} days: keep it alive (ArbWasm.codehashKeepalive)"
            )),
            Some(_) => None,
        }
    }
}

impl Findings {
    pub(super) fn note(
        &mut self,
        concern: Concern,
        what: &impl Display,
        difference: Option<String>,
    ) {
        self.checks += 1;
        self.differences.extend(difference.map(|how| Difference {
            concern,
            what: what.to_string(),
            how,
        }));
    }

    async fn codes(&mut self, l2: &L2, manifest: &Manifest) -> Result<(), PlanError> {
        for (contract, entry) in &manifest.contracts {
            let found = code_hash(l2, entry.place.address).await?;
            let difference = differs("code hash", &entry.code_hash, &found);
            self.note(Concern::Code, contract, difference);
            if let (Some(at), Some(expected)) =
                (entry.place.implementation, entry.implementation_code_hash)
            {
                let found = code_hash(l2, at).await?;
                let what = format!("{contract}Target");
                let difference = differs("code hash", &expected, &found);
                self.note(Concern::Code, &what, difference);
            }
        }
        Ok(())
    }

    async fn proxies(&mut self, l2: &L2, book: &Book) -> Result<(), PlanError> {
        let governor = book.at(Contract::Governor)?;
        for (contract, place) in book.iter() {
            let (Some(implementation), Some(admin)) = (place.implementation, place.proxy_admin())
            else {
                continue;
            };
            let runs = slot(l2, place.address, IMPLEMENTATION).await?;
            let difference = differs("implementation", &implementation, &runs);
            self.note(Concern::Proxy, &contract, difference);
            let found = slot(l2, place.address, ADMIN).await?;
            let difference = differs("proxy admin", &admin, &found);
            self.note(Concern::Proxy, &contract, difference);
            let done = Done::answer(admin, &ProxyAdmin::ownerCall {}, governor.abi_encode());
            let difference = done.difference(l2).await?;
            let what = format!("{contract}'s ProxyAdmin's owner");
            self.note(Concern::Proxy, &what, difference);
        }
        Ok(())
    }

    async fn owner(&mut self, l2: &L2, manifest: &Manifest) -> Result<(), PlanError> {
        let governor = manifest.book().at(Contract::Governor)?;
        let expected = manifest.governor_owner.abi_encode();
        let done = Done::answer(governor, &IGovernor::ownerCall {}, expected);
        let difference = done.difference(l2).await?;
        self.note(Concern::Setting, &"Governor's owner", difference);
        Ok(())
    }
}

async fn slot(l2: &L2, of: Address, slot: B256) -> Result<Address, ClientError> {
    let word = l2.storage(of, U256::from_be_bytes(slot.0)).await?;
    Ok(Address::from_word(word))
}

pub(super) fn differs<T: PartialEq + Display>(
    what: &str,
    expected: &T,
    found: &T,
) -> Option<String> {
    (expected != found).then(|| format!("{what}: expected {expected}, found {found}"))
}
