//! From the tables to transactions: every step with what it sends and how to see that it is done.
//! Always holds: a step's effect can be read from the chain, so that whoever was interrupted goes on where they were; all
//! addresses on L2 are known before anything is sent, since they follow from codes, arguments and a salt (CREATE2).

use alloy::{
    primitives::{Address, B256, Bytes, FixedBytes, U256, b256, keccak256},
    sol_types::{SolCall, SolValue as _},
};
use confluence_abi::{IBondingManager, IController, ILivepeerToken, IRoundsManager};

use super::{
    PlanError,
    artifacts::Artifacts,
    contract::{Book, Contract, Place},
    parameters::{Parameters, People},
    table::{Kind, L2, Row},
};
use crate::l2::{FACTORY, program_address};

/// keccak256("MINTER_ROLE").
const MINTER_ROLE: B256 = b256!("9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6");
/// The role that gives and takes roles.
const ADMIN_ROLE: B256 = B256::ZERO;
/// First byte of the slots in which programs keep their peers' addresses.
const PEERS_TAG: u8 = 0x30;

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    /// What is deployed.
    pub artifacts: &'a Artifacts,
    /// With which parameters.
    pub parameters: &'a Parameters,
    /// By whom and for whom.
    pub people: People,
    /// Tells deployments of the same code by the same people apart.
    pub salt: B256,
    /// The sources' commit, as the registry keeps it.
    pub commit: FixedBytes<20>,
    /// Whether the deployer gives up all power at the end. Tests that go on as the deployer keep it.
    pub hand_over: bool,
}

/// One transaction.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it does, for people.
    pub what: String,
    /// What is sent.
    pub action: Action,
    /// When it need not be sent (again).
    pub done: Done,
}

/// What a step sends.
#[derive(Debug, Clone)]
pub enum Action {
    /// A Stylus program: created, activated and (where it has a constructor) constructed.
    Program {
        /// Its code on chain.
        code: Vec<u8>,
        /// Constructor arguments.
        constructor: Option<Vec<u8>>,
        /// Part of its address.
        salt: B256,
    },
    /// An EVM contract, through the deterministic-deployment proxy.
    Evm {
        /// Creation code and constructor arguments.
        creation: Bytes,
        /// Part of its address.
        salt: B256,
    },
    /// A call.
    Call {
        /// The contract.
        to: Address,
        /// Its calldata.
        data: Bytes,
    },
}

/// What the chain says once a step is done.
#[derive(Debug, Clone)]
pub enum Done {
    /// There is code here.
    Code(Address),
    /// This call answers this.
    Answer {
        /// Whom to ask.
        to: Address,
        /// What to ask.
        data: Bytes,
        /// The answer.
        expected: Bytes,
    },
    /// These slots hold this.
    Slots {
        /// Whose slots.
        at: Address,
        /// Slots and their values.
        slots: Vec<(U256, B256)>,
    },
}

impl Done {
    fn answer<C: SolCall>(to: Address, call: &C, expected: Vec<u8>) -> Self {
        Self::Answer {
            to,
            data: call.abi_encode().into(),
            expected: expected.into(),
        }
    }
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
            .filter(|row| row.is_wanted(inputs.parameters))
            .collect();
        for row in &rows {
            plan.create(row, inputs)?;
        }
        let registry = registry(&rows, &plan.book)?;
        let controller = plan.book.at(Contract::Controller)?;
        for (name, at) in &registry {
            plan.register(controller, name, *at, inputs.commit);
        }
        plan.parameters(inputs.parameters)?;
        plan.roles()?;
        for row in &rows {
            plan.sync(row, &registry)?;
        }
        if inputs.hand_over {
            plan.hand_over(&inputs.people)?;
        }
        Ok(plan)
    }

    fn create(&mut self, row: &Row, inputs: &Inputs<'_>) -> Result<(), PlanError> {
        let name = row.contract.to_string();
        let arguments = row.encoded(&self.book, &inputs.people, inputs.parameters)?;
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

    fn call<C: SolCall>(&mut self, what: String, to: Address, call: &C, done: Done) {
        let data = call.abi_encode().into();
        self.steps.push(Step {
            what,
            action: Action::Call { to, data },
            done,
        });
    }

    fn register(&mut self, controller: Address, name: &str, at: Address, commit: FixedBytes<20>) {
        let id = keccak256(name);
        let call = IController::setContractInfoCall {
            id,
            contractAddress: at,
            gitCommitHash: commit,
        };
        let query = IController::getContractCall { id };
        let done = Done::answer(controller, &query, at.abi_encode());
        self.call(format!("register {name}"), controller, &call, done);
    }

    fn parameters(&mut self, parameters: &Parameters) -> Result<(), PlanError> {
        /// One setter, and the getter that answers the same number.
        macro_rules! set {
            ($contract:ident, $interface:ident, $setter:ident, $getter:ident, $value:expr) => {{
                let (at, value) = (self.book.at(Contract::$contract)?, U256::from($value));
                let call = $interface::$setter::new((value.to(),));
                let done = Done::answer(at, &$interface::$getter {}, value.abi_encode());
                let what = stringify!($setter).trim_end_matches("Call");
                self.call(
                    format!("{}.{what}({value})", Contract::$contract),
                    at,
                    &call,
                    done,
                );
            }};
        }
        set!(
            BondingManager,
            IBondingManager,
            setUnbondingPeriodCall,
            unbondingPeriodCall,
            parameters.unbonding_rounds
        );
        set!(
            BondingManager,
            IBondingManager,
            setNumActiveTranscodersCall,
            getTranscoderPoolMaxSizeCall,
            parameters.active_orchestrators
        );
        set!(
            RoundsManager,
            IRoundsManager,
            setRoundLengthCall,
            roundLengthCall,
            parameters.round_blocks
        );
        set!(
            RoundsManager,
            IRoundsManager,
            setRoundLockAmountCall,
            roundLockAmountCall,
            parameters.round_lock_ppm
        );
        Ok(())
    }

    fn roles(&mut self) -> Result<(), PlanError> {
        let minter = self.book.at(Contract::Minter)?;
        self.grant("let Minter mint LPT", MINTER_ROLE, minter)
    }

    fn grant(&mut self, what: &str, role: B256, account: Address) -> Result<(), PlanError> {
        let token = self.book.at(Contract::LivepeerToken)?;
        let call = ILivepeerToken::grantRoleCall { role, account };
        let query = ILivepeerToken::hasRoleCall { role, account };
        let done = Done::answer(token, &query, true.abi_encode());
        self.call(what.to_owned(), token, &call, done);
        Ok(())
    }

    fn sync(&mut self, row: &Row, registry: &[(String, Address)]) -> Result<(), PlanError> {
        if row.peers.is_empty() {
            return Ok(());
        }
        let at = self.book.at(row.contract)?;
        let done = Done::Slots {
            at,
            slots: peer_slots(row.peers, registry),
        };
        // the same selector in every contract that has it
        let call = IBondingManager::syncControllerContractsCall {};
        self.call(
            format!("{}.syncControllerContracts()", row.contract),
            at,
            &call,
            done,
        );
        Ok(())
    }

    fn hand_over(&mut self, people: &People) -> Result<(), PlanError> {
        let governor = self.book.at(Contract::Governor)?;
        let token = self.book.at(Contract::LivepeerToken)?;
        self.grant("make Governor the token's admin", ADMIN_ROLE, governor)?;
        let account = people.deployer;
        let renounce = ILivepeerToken::renounceRoleCall {
            role: ADMIN_ROLE,
            account,
        };
        let query = ILivepeerToken::hasRoleCall {
            role: ADMIN_ROLE,
            account,
        };
        let done = Done::answer(token, &query, false.abi_encode());
        self.call(
            "give up the deployer's power over the token".to_owned(),
            token,
            &renounce,
            done,
        );
        let controller = self.book.at(Contract::Controller)?;
        let transfer = IController::transferOwnershipCall { newOwner: governor };
        let done = Done::answer(
            controller,
            &IController::ownerCall {},
            governor.abi_encode(),
        );
        self.call(
            "hand the Controller to Governor".to_owned(),
            controller,
            &transfer,
            done,
        );
        Ok(())
    }
}

/// Everything the Controller's registry knows, by name.
fn registry(rows: &[&Row], book: &Book) -> Result<Vec<(String, Address)>, PlanError> {
    let mut registry = Vec::new();
    for row in rows.iter().filter(|row| row.registered) {
        let Place {
            address,
            implementation,
        } = book.place(row.contract)?;
        registry.push((row.contract.to_string(), address));
        if let Some(target) = implementation {
            registry.push((format!("{}Target", row.contract), target));
        }
    }
    Ok(registry)
}

/// The slots in which a program keeps its peers, and what they hold once it is in sync with the registry.
fn peer_slots(peers: &[&str], registry: &[(String, Address)]) -> Vec<(U256, B256)> {
    let slots = peers.iter().enumerate().map(|(index, peer)| {
        let mut name = [0; 32];
        name[0] = PEERS_TAG;
        name[21..25].copy_from_slice(&(index as u32).to_be_bytes());
        let known = registry.iter().find(|(name, _)| name == peer);
        let mut value = [0; 32];
        value[..20].copy_from_slice(known.map_or(Address::ZERO, |(_, at)| *at).as_slice());
        (U256::from_be_bytes(name), B256::from(value))
    });
    slots.collect()
}

fn salt(inputs: &Inputs<'_>, name: &str) -> B256 {
    keccak256([inputs.salt.as_slice(), name.as_bytes()].concat())
}
