//! From the tables to a plan: where everything will be, and every transaction in order.
//! Always holds: all addresses on L2 are known before anything is sent, since they follow from codes, arguments and a salt
//! (CREATE2).

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, keccak256},
    sol_types::SolValue as _,
};

use super::{
    PlanError,
    artifacts::Artifacts,
    contract::{Book, Contract, Place},
    l1::OnL1,
    parameters::{Parameters, People},
    settings,
    step::{Action, Done, Step},
    table::{Kind, L2, Row},
};
use crate::l2::{FACTORY, program_address};

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    /// What is deployed.
    pub artifacts: &'a Artifacts,
    /// With which parameters.
    pub parameters: &'a Parameters,
    /// By whom and for whom.
    pub people: People,
    /// Where L1's side is or will be; without it nothing comes from there.
    pub l1: Option<OnL1>,
    /// Tells deployments of the same code by the same people apart.
    pub salt: B256,
    /// The sources' commit, as the registry keeps it.
    pub commit: FixedBytes<20>,
    /// Whether the deployer gives up all power at the end. Tests that go on as the deployer keep it.
    pub hand_over: bool,
}

/// A deployment: where everything will be, and what to send, in order.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where everything will be.
    pub book: Book,
    /// What to send.
    pub steps: Vec<Step>,
}

impl Plan {
    /// The L2 side.
    ///
    /// # Errors
    /// [`PlanError::Build`] if the artifacts lack something that the tables name.
    pub fn l2(inputs: &Inputs<'_>) -> Result<Self, PlanError> {
        let mut plan = Self {
            book: Book::default(),
            steps: Vec::new(),
        };
        let rows: Vec<&Row> = L2
            .iter()
            .filter(|row| row.is_wanted(inputs.parameters, inputs.l1.is_some()))
            .collect();
        for row in &rows {
            plan.create(row, inputs)?;
        }
        let settings = settings::l2(
            &plan.book,
            inputs.parameters,
            &inputs.people,
            inputs.l1.as_ref(),
            inputs.commit,
            inputs.hand_over,
        )?;
        plan.steps.extend(settings);
        Ok(plan)
    }

    fn create(&mut self, row: &Row, inputs: &Inputs<'_>) -> Result<(), PlanError> {
        let name = row.contract.to_string();
        let arguments = row.encoded(
            &self.book,
            &inputs.people,
            inputs.parameters,
            inputs.l1.as_ref(),
        )?;
        let place = match row.kind {
            Kind::Evm(artifact) => {
                let creation = inputs.artifacts.creation(artifact, &arguments)?;
                Place {
                    address: self.evm(&name, creation, inputs),
                    implementation: None,
                }
            }
            Kind::Direct(program) => Place {
                address: self.program(&name, program, Some(arguments), inputs)?,
                implementation: None,
            },
            Kind::Cloned(program) => Place {
                address: self.program(&name, program, None, inputs)?,
                implementation: None,
            },
            Kind::Proxied(program, initializer) => {
                let target = self.program(&format!("{name}Target"), program, None, inputs)?;
                let init = [&keccak256(initializer)[..4], &arguments].concat();
                let governor = self.book.at(Contract::Governor)?;
                let arguments = (target, governor, Bytes::from(init)).abi_encode_params();
                let creation = inputs
                    .artifacts
                    .creation("TransparentUpgradeableProxy", &arguments)?;
                Place {
                    address: self.evm(&name, creation, inputs),
                    implementation: Some(target),
                }
            }
        };
        self.book.insert(row.contract, place);
        Ok(())
    }

    fn program(
        &mut self,
        name: &str,
        program: &str,
        constructor: Option<Vec<u8>>,
        inputs: &Inputs<'_>,
    ) -> Result<Address, PlanError> {
        let code = inputs.artifacts.program(program)?.to_vec();
        let salt = salt(inputs, name);
        let address = program_address(&code, constructor.as_deref(), salt);
        self.steps.push(Step {
            what: format!("deploy {name}"),
            action: Action::Program {
                code,
                constructor,
                salt,
            },
            done: Done::Code(address),
        });
        Ok(address)
    }

    fn evm(&mut self, name: &str, creation: Bytes, inputs: &Inputs<'_>) -> Address {
        let salt = salt(inputs, name);
        let address = FACTORY.create2_from_code(salt, &creation);
        self.steps.push(Step {
            what: format!("deploy {name}"),
            action: Action::Evm { creation, salt },
            done: Done::Code(address),
        });
        address
    }
}

fn salt(inputs: &Inputs<'_>, name: &str) -> B256 {
    keccak256([inputs.salt.as_slice(), name.as_bytes()].concat())
}
