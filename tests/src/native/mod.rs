//! L2 in the native world: every program of ours, wired as a deployment wires them, for tests that need many steps in little time.
//! Always holds: nothing here decides anything; a message from L1 is a call from the alias of the contract that sends it. Bridges,
//! gas and proxies' own code are not modelled: the end-to-end tests have those.

mod deploy;
mod read;
pub mod snapshot;

pub use read::Delegator;

use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::{
    IBondingManager, IController, IL2LPTGateway, IL2Migrator, IMinter, IRoundsManager,
};
use confluence_kit::bridge::alias;
use confluence_kit::sim::{Receipt, World};

/// One LPT, or one ether.
pub const ONE: u128 = 1_000_000_000_000_000_000;
/// L1 blocks of a round.
pub const ROUND_BLOCKS: u64 = 50;
/// Rounds from unbonding to withdrawing.
pub const UNBONDING_ROUNDS: u64 = 7;

/// Contracts on L1, which exist here only as the names they have on L2.
#[derive(Clone, Copy, Debug)]
pub struct L1 {
    /// LPT.
    pub token: Address,
    /// L1Migrator.
    pub migrator: Address,
    /// L1LPTGateway.
    pub gateway: Address,
    /// L1LPTDataCache.
    pub cache: Address,
    /// L1SwitchOver.
    pub switch_over: Address,
}

/// The protocol on L2.
#[derive(Debug)]
pub struct L2 {
    /// Where it runs.
    pub world: World,
    /// Who sends it messages.
    pub l1: L1,
    /// Owns the Controller, gives roles.
    pub owner: Address,
    /// Gets the Controller in the switch-over.
    pub governor: Address,
    /// Arbitrum's gateway router.
    pub router: Address,
    /// Controller.
    pub controller: Address,
    /// LivepeerToken.
    pub token: Address,
    /// Minter.
    pub minter: Address,
    /// BondingManager.
    pub bonding: Address,
    /// RoundsManager.
    pub rounds: Address,
    /// TicketBroker.
    pub broker: Address,
    /// MerkleSnapshot.
    pub snapshot: Address,
    /// L2LPTDataCache.
    pub cache: Address,
    /// L2LPTGateway.
    pub gateway: Address,
    /// L2Migrator.
    pub migrator: Address,
    /// What DelegatorPools are clones of.
    pub pool_code: Address,
    /// L2SwitchOver; owns nothing before [`L2::hand_to_switch_over`].
    pub switch_over: Address,
}

/// A message of L1Migrator, for the account's whole stake.
pub type Whole = IL2Migrator::MigrateDelegatorParams;
/// One for a part of it.
pub type Part = IL2Migrator::MigrateParams;
/// List hints.
pub type Hints = IL2Migrator::Hints;

impl L2 {
    /// A call from an L1 contract, as a ticket makes it.
    pub fn send_from_l1<C: SolCall>(
        &self,
        l1: Address,
        to: Address,
        call: &C,
    ) -> Receipt<C::Return> {
        self.world.send(alias(&l1), to, call)
    }

    /// A message of L1Migrator.
    pub fn message<C: SolCall>(&self, call: &C) -> Receipt<C::Return> {
        self.send_from_l1(self.l1.migrator, self.migrator, call)
    }

    /// The message of `migrateDelegator`.
    pub fn whole(&self, params: Whole) -> Receipt<IL2Migrator::finalizeMigrateDelegatorReturn> {
        self.message(&IL2Migrator::finalizeMigrateDelegatorCall { params })
    }

    /// The message of `migrate`.
    pub fn part(&self, params: Part, hints: Hints) -> Receipt<IL2Migrator::finalizeMigrateReturn> {
        self.message(&IL2Migrator::finalizeMigrateCall { params, hints })
    }

    /// LPT arrives through the gateway.
    pub fn deposit(&self, to: Address, amount: u128) {
        let call = IL2LPTGateway::finalizeInboundTransferCall {
            token: self.l1.token,
            from: self.l1.migrator,
            to,
            amount: U256::from(amount),
            data: Default::default(),
        };
        self.send_from_l1(self.l1.gateway, self.gateway, &call)
            .unwrap();
    }

    /// Ether arrives as plain call value.
    pub fn deposit_eth(&self, to: Address, amount: u128) {
        let from = self.world.account(amount);
        self.world
            .transact(from, to, U256::from(amount), vec![])
            .unwrap();
    }

    /// Time passes, and somebody initialises the round.
    pub fn next_round(&self) {
        self.skip_round();
        self.initialize_round();
    }

    /// Time passes, and nobody does.
    pub fn skip_round(&self) {
        self.world.set_block(self.world.block() + ROUND_BLOCKS);
    }

    /// Somebody initialises the round.
    pub fn initialize_round(&self) {
        let anyone = self.world.address();
        self.world
            .send(anyone, self.rounds, &IRoundsManager::initializeRoundCall {})
            .unwrap();
    }

    /// An orchestrator calls `reward`, if it is active and has not.
    pub fn reward(&self, who: Address) -> bool {
        let call = IBondingManager::rewardCall {};
        self.world.send(who, self.bonding, &call).result.is_ok()
    }

    /// A winning ticket's worth of fees for an orchestrator, if it works.
    pub fn earn(&self, who: Address, fees: u128) -> bool {
        let call = IBondingManager::updateTranscoderWithFeesCall {
            transcoder: who,
            fees: U256::from(fees),
            round: U256::ZERO,
        };
        let done = self.world.send(self.broker, self.bonding, &call);
        let is_earned = done.result.is_ok();
        if is_earned {
            self.deposit_to_minter(fees);
        }
        is_earned
    }

    /// Ether of tickets goes to the Minter, which takes it from the broker alone.
    fn deposit_to_minter(&self, wei: u128) {
        let had = self.world.balance(self.broker);
        self.world.fund(self.broker, had + U256::from(wei));
        let call = IMinter::depositETHCall {};
        self.world
            .pay(self.broker, self.minter, U256::from(wei), &call)
            .unwrap();
    }

    /// Stops or starts the protocol.
    pub fn set_paused(&self, paused: bool) {
        let (world, from, to) = (&self.world, self.owner, self.controller);
        if paused {
            world.send(from, to, &IController::pauseCall {}).unwrap();
        } else {
            world.send(from, to, &IController::unpauseCall {}).unwrap();
        }
    }

    /// Whether proofs are taken.
    pub fn set_claims(&self, enabled: bool) {
        let call = IL2Migrator::setClaimStakeEnabledCall { enabled };
        self.world.send(self.owner, self.migrator, &call).unwrap();
    }

    /// L2SwitchOver decides when the protocol starts.
    pub fn hand_to_switch_over(&self) {
        self.own(&IController::transferOwnershipCall {
            newOwner: self.switch_over,
        });
    }

    fn own<C: SolCall>(&self, call: &C) {
        self.world.send(self.owner, self.controller, call).unwrap();
    }

    fn register(&self, name: &str, at: Address) {
        self.own(&IController::setContractInfoCall {
            id: keccak256(name),
            contractAddress: at,
            gitCommitHash: Default::default(),
        });
    }
}
