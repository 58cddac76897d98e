//! What is set once everything is deployed: the registry, parameters, roles, peers, and who has the power in the end.
//! Always holds: settings follow from where the contracts are and from the parameters alone, so that a deployment can be
//! checked against its manifest without what it was built from.

use alloy::{
    primitives::{Address, B256, FixedBytes, U256, b256, keccak256},
    sol_types::{SolCall, SolValue as _},
};
use confluence_abi::{
    IBondingManager, IController, IL2LPTDataCache, IL2LPTGateway, IL2Migrator, ILivepeerToken,
    IRoundsManager, ITicketBroker,
};

use super::{
    contract::{Book, Contract, NotDeployed, Place},
    l1::OnL1,
    parameters::{Parameters, People},
    step::{Done, Step},
    table::{L2, Row},
};

/// keccak256("MINTER_ROLE").
const MINTER_ROLE: B256 = b256!("9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6");
/// keccak256("BURNER_ROLE").
const BURNER_ROLE: B256 = b256!("3c11d16cbaffd01df69ce1c404f6340ee057498f5f00246190ea54220576a848");
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
    l1: Option<&OnL1>,
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
    if let Some(l1) = l1 {
        settings.bridge(l1)?;
    }
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

    fn bridge(&mut self, l1: &OnL1) -> Result<(), NotDeployed> {
        let gateway = self.book.at(Contract::L2LPTGateway)?;
        self.grant("let L2LPTGateway mint LPT", MINTER_ROLE, gateway)?;
        self.grant("let L2LPTGateway burn LPT", BURNER_ROLE, gateway)?;
        let cache = self.book.at(Contract::L2LPTDataCache)?;
        let at = l1.side.data_cache;
        self.call(
            "L2LPTDataCache: set its counterpart".to_owned(),
            cache,
            &IL2LPTDataCache::setL1LPTDataCacheCall {
                l1LPTDataCache_: at,
            },
            Done::answer(
                cache,
                &IL2LPTDataCache::l1LPTDataCacheCall {},
                at.abi_encode(),
            ),
        );
        self.call(
            "L2LPTDataCache: set its gateway".to_owned(),
            cache,
            &IL2LPTDataCache::setL2LPTGatewayCall {
                l2LPTGateway_: gateway,
            },
            Done::answer(
                cache,
                &IL2LPTDataCache::l2LPTGatewayCall {},
                gateway.abi_encode(),
            ),
        );
        let counterpart = l1.side.gateway;
        self.call(
            "L2LPTGateway: set its counterpart".to_owned(),
            gateway,
            &IL2LPTGateway::setCounterpartCall { counterpart },
            Done::answer(
                gateway,
                &IL2LPTGateway::l1CounterpartCall {},
                counterpart.abi_encode(),
            ),
        );
        self.call(
            "L2LPTGateway: open".to_owned(),
            gateway,
            &IL2LPTGateway::unpauseCall {},
            Done::answer(gateway, &IL2LPTGateway::pausedCall {}, false.abi_encode()),
        );
        let migrator = self.book.at(Contract::L2Migrator)?;
        let pool = self.book.at(Contract::DelegatorPool)?;
        let at = l1.side.migrator;
        // it stores both at once, so that one of them tells of both
        self.call(
            "L2Migrator: set its counterpart and the pool to clone".to_owned(),
            migrator,
            &IL2Migrator::initialize_0Call {
                l1Migrator_: at,
                delegatorPoolImpl_: pool,
            },
            Done::answer(
                migrator,
                &IL2Migrator::l1MigratorAddrCall {},
                at.abi_encode(),
            ),
        );
        Ok(())
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
        self.hand_roles("LivepeerToken", Contract::LivepeerToken, people)?;
        if self.book.has(Contract::L2LPTGateway) {
            self.hand_roles("L2LPTGateway", Contract::L2LPTGateway, people)?;
        }
        if self.book.has(Contract::L2LPTDataCache) {
            self.hand_ownership(Contract::L2LPTDataCache, governor, governor)?;
        }
        // where stakes come from L1, the program that starts L2 once they have arrived hands on to the Governor
        let first = match self.book.has(Contract::L2SwitchOver) {
            true => self.book.at(Contract::L2SwitchOver)?,
            false => governor,
        };
        self.hand_ownership(Contract::Controller, first, governor)
    }

    fn hand_roles(
        &mut self,
        name: &str,
        contract: Contract,
        people: &People,
    ) -> Result<(), NotDeployed> {
        let (governor, at) = (self.book.at(Contract::Governor)?, self.book.at(contract)?);
        let role = ADMIN_ROLE;
        let has = |account| ILivepeerToken::hasRoleCall { role, account };
        self.call(
            format!("{name}: make Governor its admin"),
            at,
            &ILivepeerToken::grantRoleCall {
                role,
                account: governor,
            },
            Done::answer(at, &has(governor), true.abi_encode()),
        );
        let account = people.deployer;
        self.call(
            format!("{name}: give up the deployer's power"),
            at,
            &ILivepeerToken::renounceRoleCall { role, account },
            Done::answer(at, &has(account), false.abi_encode()),
        );
        Ok(())
    }

    fn hand_ownership(
        &mut self,
        contract: Contract,
        to: Address,
        later: Address,
    ) -> Result<(), NotDeployed> {
        let at = self.book.at(contract)?;
        let owner = IController::ownerCall {};
        self.call(
            format!("hand {contract} over"),
            at,
            &IController::transferOwnershipCall { newOwner: to },
            Done::answer(at, &owner, to.abi_encode()).or(later.abi_encode()),
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
        let known = registry.iter().find(|(name, _)| name == peer);
        let mut value = [0; 32];
        value[..20].copy_from_slice(known.map_or(Address::ZERO, |(_, at)| *at).as_slice());
        (peer_slot(index), B256::from(value))
    });
    slots.collect()
}

/// The slot in which a program keeps the peer of this number in its own order.
pub(super) fn peer_slot(index: usize) -> U256 {
    let mut name = [0; 32];
    name[0] = PEERS_TAG;
    name[21..25].copy_from_slice(&(index as u32).to_be_bytes());
    U256::from_be_bytes(name)
}
