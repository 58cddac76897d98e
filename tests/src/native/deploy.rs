//! How the programs are deployed and wired.

use super::{L1, L2, ONE, ROUND_BLOCKS, UNBONDING_ROUNDS};
use alloy_primitives::{Address, B256, U256, keccak256};
use confluence_abi::{
    IBondingManager, IL2LPTDataCache, IL2LPTGateway, IL2Migrator, ILivepeerToken, IRoundsManager,
    ITicketBroker,
};
use confluence_kit::bridge::ARB_SYS;
use confluence_kit::sim::World;

/// Of LPT on L1, in LPT.
const L1_SUPPLY: u128 = 20_000_000;

impl L2 {
    /// Deployed and wired, paused and empty; `candidates` is how many orchestrators can be active.
    pub fn paused(candidates: u64) -> L2 {
        let world = World::new();
        world.set_block(1_000_000);
        let [
            owner,
            governor,
            router,
            token,
            migrator,
            gateway,
            cache,
            switch_over,
        ] = std::array::from_fn(|_| world.address());
        let l1 = L1 {
            token,
            migrator,
            gateway,
            cache,
            switch_over,
        };
        let controller = world
            .construct(&confluence_controller::PROGRAM, (owner,))
            .unwrap();
        let token = world
            .construct(&confluence_livepeer_token::PROGRAM, (owner,))
            .unwrap();
        let numbers = [137_500_u64, 500, 500_000_000].map(U256::from);
        let minter = world
            .construct(
                &confluence_minter::PROGRAM,
                (controller, numbers[0], numbers[1], numbers[2]),
            )
            .unwrap();
        let bonding = world
            .behind_proxy(
                &confluence_bonding_manager::PROGRAM,
                owner,
                &IBondingManager::initializeCall {
                    controller_: controller,
                },
            )
            .unwrap();
        let hashes = world.play(|_| Ok(B256::repeat_byte(0xb1).to_vec()));
        let rounds = world
            .behind_proxy(
                &confluence_rounds_manager::PROGRAM,
                owner,
                &IRoundsManager::initializeCall {
                    controller_: controller,
                    blockHash_: hashes,
                },
            )
            .unwrap();
        let snapshot = world
            .construct(&confluence_merkle_snapshot::PROGRAM, (controller,))
            .unwrap();
        let cache = world
            .construct(&confluence_lpt_data_cache::PROGRAM, (owner,))
            .unwrap();
        let gateway = world
            .construct(
                &confluence_lpt_gateway::PROGRAM,
                (router, l1.token, token, cache, owner),
            )
            .unwrap();
        let migrator = world
            .behind_proxy(
                &confluence_l2_migrator::PROGRAM,
                owner,
                &IL2Migrator::initialize_1Call {
                    controller_: controller,
                },
            )
            .unwrap();
        let switch_over = world
            .construct(
                &confluence_switch_over::PROGRAM,
                (controller, l1.switch_over, governor),
            )
            .unwrap();
        world.play_at(ARB_SYS, |_| Ok(B256::with_last_byte(9).to_vec()));
        let broker = world
            .behind_proxy(
                &confluence_ticket_broker::PROGRAM,
                owner,
                &ITicketBroker::initializeCall {
                    controller_: controller,
                },
            )
            .unwrap();
        let it = L2 {
            broker,
            pool_code: world.install(&confluence_delegator_pool::PROGRAM),
            world,
            l1,
            owner,
            governor,
            router,
            controller,
            token,
            minter,
            bonding,
            rounds,
            snapshot,
            cache,
            gateway,
            migrator,
            switch_over,
        };
        it.wire(candidates);
        it
    }

    /// Deployed, wired and running in an initialised round, with `lpt` LPT and as many ether in L2Migrator.
    pub fn running(candidates: u64, lpt: u128) -> L2 {
        let it = L2::paused(candidates);
        it.deposit(it.migrator, lpt * ONE);
        it.deposit_eth(it.migrator, lpt * ONE);
        it.send_supply(L1_SUPPLY * ONE);
        it.set_paused(false);
        it.initialize_round();
        it.set_claims(true);
        it
    }

    /// L1's supply arrives.
    pub fn send_supply(&self, supply: u128) {
        let call = IL2LPTDataCache::finalizeCacheTotalSupplyCall {
            totalSupply: U256::from(supply),
        };
        self.send_from_l1(self.l1.cache, self.cache, &call).unwrap();
    }

    fn wire(&self, candidates: u64) {
        for (name, at) in [
            ("BondingManager", self.bonding),
            ("RoundsManager", self.rounds),
            ("TicketBroker", self.broker),
            ("JobsManager", self.broker),
            ("Minter", self.minter),
            ("LivepeerToken", self.token),
            ("MerkleSnapshot", self.snapshot),
            ("L2LPTDataCache", self.cache),
            ("L2Migrator", self.migrator),
        ] {
            self.register(name, at);
        }
        let (world, owner) = (&self.world, self.owner);
        for manager in [self.bonding, self.rounds, self.minter, self.broker] {
            let call = IBondingManager::syncControllerContractsCall {};
            world.send(owner, manager, &call).unwrap();
        }
        macro_rules! set {
            ($($to:ident: $call:expr;)*) => { $( world.send(owner, self.$to, &$call).unwrap(); )* };
        }
        let role = |name: &str, account: Address| ILivepeerToken::grantRoleCall {
            role: keccak256(name),
            account,
        };
        set! {
            bonding: IBondingManager::setUnbondingPeriodCall { unbondingPeriod_: UNBONDING_ROUNDS };
            bonding: IBondingManager::setNumActiveTranscodersCall { numActiveTranscoders: U256::from(candidates) };
            rounds: IRoundsManager::setRoundLengthCall { roundLength_: U256::from(ROUND_BLOCKS) };
            token: role("MINTER_ROLE", self.minter);
            token: role("MINTER_ROLE", self.gateway);
            token: role("BURNER_ROLE", self.gateway);
            cache: IL2LPTDataCache::setL1LPTDataCacheCall { l1LPTDataCache_: self.l1.cache };
            cache: IL2LPTDataCache::setL2LPTGatewayCall { l2LPTGateway_: self.gateway };
            gateway: IL2LPTGateway::setCounterpartCall { counterpart: self.l1.gateway };
            gateway: IL2LPTGateway::unpauseCall {};
            migrator: IL2Migrator::initialize_0Call {
                l1Migrator_: self.l1.migrator,
                delegatorPoolImpl_: self.pool_code,
            };
        }
    }
}
