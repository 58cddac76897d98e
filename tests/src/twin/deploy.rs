//! Puts the programs into a world, wired as in a deployment, and a model beside them.

use super::{Action, Twin, number};
use crate::model::{Addresses, Minter, Protocol, hash_of, n};
use alloy_primitives::{Address, B256, FixedBytes, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::{IBondingManager, IController, ILivepeerToken, IRoundsManager};
use confluence_kit::sim::World;

/// What a deployment is given.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Parameters {
    pub pool_size: u128,
    pub unbonding_period: u128,
    pub round_length: u128,
    /// In millionths.
    pub round_lock: u128,
    /// These three in billionths.
    pub inflation: u128,
    pub inflation_change: u128,
    pub target_bonding_rate: u128,
    pub l1_circulating_supply: u128,
}

impl Default for Parameters {
    /// Livepeer's at launch, with short rounds.
    fn default() -> Self {
        Parameters {
            pool_size: 100,
            unbonding_period: 7,
            round_length: 50,
            round_lock: 100_000,
            inflation: 218_500,
            inflation_change: 500,
            target_bonding_rate: 500_000_000,
            l1_circulating_supply: 0,
        }
    }
}

impl Twin {
    /// Everything deployed, wired and unpaused, in an initialised round, with `accounts` accounts of `lpt` each that have
    /// approved BondingManager to take all of it.
    pub fn new(parameters: Parameters, accounts: usize, lpt: u128) -> Self {
        let world = World::new();
        world.set_block(1_000);
        let owner = world.account(0);
        let (controller, at) = deployed(&world, owner, &parameters);
        let minter = Minter {
            inflation: n(parameters.inflation),
            inflation_change: n(parameters.inflation_change),
            target_bonding_rate: n(parameters.target_bonding_rate),
            l1_circulating_supply: n(parameters.l1_circulating_supply),
            ..Minter::default()
        };
        let mut model = Protocol::new(at, owner, minter);
        model.block = 1_000;
        model.token.minters.extend([at.minter, owner]);
        model.token.burners.insert(at.minter);
        let accounts = (0..accounts).map(|_| world.address()).collect();
        let mut it = Twin {
            world,
            model,
            controller,
            owner,
            accounts,
        };
        it.set_up(&parameters, lpt);
        it
    }

    fn set_up(&mut self, parameters: &Parameters, lpt: u128) {
        let owner = self.owner;
        for action in [
            Action::set_round_length(parameters.round_length),
            Action::set_round_lock_amount(parameters.round_lock),
            Action::set_unbonding_period(parameters.unbonding_period),
            Action::set_num_active_transcoders(parameters.pool_size),
            Action::unpause(),
        ] {
            self.must(owner, &action);
        }
        for who in self.accounts.clone() {
            self.give(who, lpt);
        }
        self.must(owner, &Action::initialize_round());
    }

    /// Gives `who` LPT, all of which BondingManager may take.
    #[track_caller]
    pub fn give(&mut self, who: Address, lpt: u128) {
        self.must(self.owner, &Action::mint(who, lpt));
        let has = self.model.token.balance(who);
        self.must(who, &Action::approve(self.model.at.bonding_manager, has));
    }
}

fn deployed(world: &World, owner: Address, p: &Parameters) -> (Address, Addresses) {
    let controller = world
        .construct(&confluence_controller::PROGRAM, (owner,))
        .unwrap();
    let cache = world.play({
        let supply = U256::from(p.l1_circulating_supply);
        move |_| Ok(supply.to_be_bytes_vec())
    });
    let block_hash = world.play(|callee| {
        let block = U256::from_be_slice(&callee.data[4..36]);
        Ok(hash_of(block.to::<u128>()).to_vec())
    });
    let at = Addresses {
        bonding_manager: world
            .behind_proxy(
                &confluence_bonding_manager::PROGRAM,
                owner,
                &IBondingManager::initializeCall {
                    controller_: controller,
                },
            )
            .unwrap(),
        rounds_manager: world
            .behind_proxy(
                &confluence_rounds_manager::PROGRAM,
                owner,
                &IRoundsManager::initializeCall {
                    controller_: controller,
                    blockHash_: block_hash,
                },
            )
            .unwrap(),
        minter: world
            .construct(
                &confluence_minter::PROGRAM,
                (
                    controller,
                    U256::from(p.inflation),
                    U256::from(p.inflation_change),
                    U256::from(p.target_bonding_rate),
                ),
            )
            .unwrap(),
        token: world
            .construct(&confluence_livepeer_token::PROGRAM, (owner,))
            .unwrap(),
        ticket_broker: world.account(0),
        l2_migrator: world.account(0),
        verifier: world.account(0),
    };
    for (name, it) in [
        ("BondingManager", at.bonding_manager),
        ("RoundsManager", at.rounds_manager),
        ("Minter", at.minter),
        ("LivepeerToken", at.token),
        ("TicketBroker", at.ticket_broker),
        ("JobsManager", at.ticket_broker),
        ("L2Migrator", at.l2_migrator),
        ("Verifier", at.verifier),
        ("L2LPTDataCache", cache),
    ] {
        let call = IController::setContractInfoCall {
            id: keccak256(name),
            contractAddress: it,
            gitCommitHash: FixedBytes::ZERO,
        };
        world.send(owner, controller, &call).unwrap();
    }
    let sync = IBondingManager::syncControllerContractsCall {}.abi_encode();
    for it in [at.bonding_manager, at.rounds_manager, at.minter] {
        world.transact(owner, it, U256::ZERO, sync.clone()).unwrap();
    }
    for (role, who) in [
        ("MINTER_ROLE", at.minter),
        ("MINTER_ROLE", owner),
        ("BURNER_ROLE", at.minter),
    ] {
        let role: B256 = keccak256(role);
        let call = ILivepeerToken::grantRoleCall { role, account: who };
        world.send(owner, at.token, &call).unwrap();
    }
    debug_assert_eq!(number(world.balance(at.minter)), n(0));
    (controller, at)
}
