//! What is set once everything is deployed: the registry, parameters, roles, peers, and who has the power in the end.
//! Always holds: settings follow from where the contracts are and from the parameters alone, so that a deployment can be
//! checked against its manifest without what it was built from.

use alloy::{
    primitives::{Address, B256, FixedBytes, U256, b256, keccak256},
    sol_types::{SolCall, SolValue as _},
};
use confluence_abi::{IBondingManager, IController, ILivepeerToken, IRoundsManager, ITicketBroker};

use super::{
    contract::{Book, Contract, NotDeployed, Place},
    parameters::{Parameters, People},
    step::{Done, Step},
    table::{L2, Row},
};

/// keccak256("MINTER_ROLE").
const MINTER_ROLE: B256 = b256!("9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6");
/// The role that gives and takes roles.
const ADMIN_ROLE: B256 = B256::ZERO;
/// First byte of the slots in which programs keep their peers' addresses.
const PEERS_TAG: u8 = 0x30;

/// Everything that is set, in order.
pub(super) struct Settings<'a> {
    book: &'a Book,
    steps: Vec<Step>,
}

/// What is set on L2, in order; without the hand-over the deployer keeps its power.
pub(super) fn l2(
    book: &Book,
    parameters: &Parameters,
    people: &People,
    commit: FixedBytes<20>,
    hand_over: bool,
) -> Result<Vec<Step>, NotDeployed> {
    let mut settings = Settings {
        book,
        steps: Vec::new(),
    };
    let rows: Vec<&Row> = L2.iter().filter(|row| book.has(row.contract)).collect();
    let registry = registry(&rows, book)?;
    for (name, at) in &registry {
        settings.register(name, *at, commit)?;
    }
    settings.parameters(parameters)?;
    settings.roles()?;
    for row in &rows {
        settings.sync(row, &registry)?;
    }
    if hand_over {
        settings.hand_over(people)?;
    }
    Ok(settings.steps)
}

impl Settings<'_> {
    fn call<C: SolCall>(&mut self, what: String, to: Address, call: &C, done: Done) {
        self.steps.push(Step::call(what, to, call, done));
    }

    fn register(
        &mut self,
        name: &str,
        at: Address,
        commit: FixedBytes<20>,
    ) -> Result<(), NotDeployed> {
        let controller = self.book.at(Contract::Controller)?;
        let id = keccak256(name);
        let call = IController::setContractInfoCall {
            id,
            contractAddress: at,
            gitCommitHash: commit,
        };
        let query = IController::getContractCall { id };
        let done = Done::answer(controller, &query, at.abi_encode());
        self.call(format!("register {name}"), controller, &call, done);
        Ok(())
    }

    fn parameters(&mut self, parameters: &Parameters) -> Result<(), NotDeployed> {
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
        set!(
            TicketBroker,
            ITicketBroker,
            setUnlockPeriodCall,
            unlockPeriodCall,
            parameters.unlock_rounds
        );
        set!(
            TicketBroker,
            ITicketBroker,
            setTicketValidityPeriodCall,
            ticketValidityPeriodCall,
            parameters.ticket_validity_rounds
        );
        Ok(())
    }

    fn roles(&mut self) -> Result<(), NotDeployed> {
        let minter = self.book.at(Contract::Minter)?;
        self.grant("let Minter mint LPT", MINTER_ROLE, minter)
    }

    fn grant(&mut self, what: &str, role: B256, account: Address) -> Result<(), NotDeployed> {
        let token = self.book.at(Contract::LivepeerToken)?;
        let call = ILivepeerToken::grantRoleCall { role, account };
        let query = ILivepeerToken::hasRoleCall { role, account };
        let done = Done::answer(token, &query, true.abi_encode());
        self.call(what.to_owned(), token, &call, done);
        Ok(())
    }

    fn sync(&mut self, row: &Row, registry: &[(String, Address)]) -> Result<(), NotDeployed> {
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

    fn hand_over(&mut self, people: &People) -> Result<(), NotDeployed> {
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
fn registry(rows: &[&Row], book: &Book) -> Result<Vec<(String, Address)>, NotDeployed> {
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
        registry.extend(row.alias.map(|alias| (alias.to_owned(), address)));
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
