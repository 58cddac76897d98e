//! The protocol on a devnode of its own, and how a scenario acts on it.
//! Always holds: what a scenario does is undone when it ends; senders need no key; every transaction is alone in its block.

use std::sync::Arc;

use alloy::{
    consensus::TxEip1559,
    eips::BlockId,
    primitives::{Address, B256, Bytes, U256, keccak256},
    sol_types::SolCall,
};
use confluence_devnode::{
    DevNode, Options as NodeOptions,
    chain::{ArbosVersion, Config, ETHER, Message, Mined, SharedChain, TimeSource},
};

use super::{
    GasError,
    meter::{Meter, Spent},
    population::account,
    report::Measured,
    scenario::Act,
};
use crate::{
    l2::{
        L2,
        precompiles::{ARB_WASM_CACHE, ArbWasmCache},
    },
    plan::{self, Artifacts, Book, Contract, Inputs, L1Side, OnL1, Parameters, People},
};

/// Where the chain's clock begins: any second will do, if it is always the same.
const START_SECOND: u64 = 1_700_000_000;
/// Between two blocks, so that the gas of many transactions never piles up into a higher price.
const SECONDS_A_BLOCK: u64 = 60;
/// The L1 block of the deployment: some blocks before round 2,500.
pub(super) const START_L1_BLOCK: u64 = 14_400_000 - 400;
/// Gas limit of every transaction.
const GAS: u64 = 30_000_000;
/// Wei a gas that every sender offers.
const FEE_CAP: u128 = 10_000_000_000;
/// First bytes of a Stylus program's code.
const STYLUS: [u8; 3] = [0xef, 0xf0, 0x00];

/// See the head of this file.
pub(super) struct Stage {
    /// Held so that it runs on.
    _node: DevNode,
    chain: SharedChain,
    book: Book,
    owner: Address,
    pool: usize,
    /// Code hashes of the programs.
    programs: Vec<B256>,
}

impl Stage {
    /// A fresh deployment, in which nobody has any stake yet, with every program in ArbOS's cache.
    pub(super) fn deployed(
        artifacts: &Artifacts,
        arbos: ArbosVersion,
        pool: usize,
    ) -> Result<Self, GasError> {
        let node = DevNode::start(NodeOptions {
            chain: Config {
                arbos,
                time: TimeSource::Fixed(START_SECOND),
                ..Config::default()
            },
            ..NodeOptions::default()
        })?;
        let chain = node.chain().clone();
        {
            let mut chain = chain.write();
            chain.set_l1_block(START_L1_BLOCK);
            chain.set_block_timestamp_interval(Some(SECONDS_A_BLOCK));
            chain.impersonate_everyone(true);
        }
        let owner = node.wallet().addresses().next().unwrap_or_default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(GasError::Thread)?;
        let book = runtime.block_on(deploy(&node.http_url(), owner, artifacts))?;
        let mut stage = Self {
            _node: node,
            chain,
            book,
            owner,
            pool,
            programs: Vec::new(),
        };
        stage.cache_programs()?;
        Ok(stage)
    }

    /// Orchestrators in the pool.
    pub(super) fn pool(&self) -> usize {
        self.pool
    }

    /// Who may set everything.
    pub(super) fn owner(&self) -> Address {
        self.owner
    }

    /// Where a contract is.
    pub(super) fn at(&self, contract: Contract) -> Result<Address, GasError> {
        Ok(self.book.at(contract)?)
    }

    /// Does something and undoes it.
    pub(super) fn aside<T>(
        &self,
        something: impl FnOnce() -> Result<T, GasError>,
    ) -> Result<T, GasError> {
        let before = self.chain.write().snapshot();
        let done = something();
        self.chain.write().revert(before);
        done
    }

    /// A transaction of `from` to a contract.
    pub(super) fn act<C: SolCall>(
        &self,
        from: Address,
        to: Contract,
        call: &C,
    ) -> Result<Act, GasError> {
        Ok(Act {
            from,
            to: self.at(to)?,
            data: call.abi_encode().into(),
            value: U256::ZERO,
        })
    }

    /// Sends one, which must succeed.
    pub(super) fn send<C: SolCall>(
        &self,
        from: Address,
        to: Contract,
        call: &C,
    ) -> Result<(), GasError> {
        let act = self.act(from, to, call)?;
        self.perform(&act, "preparation").map(drop)
    }

    /// Asks a contract.
    pub(super) fn read<C: SolCall>(&self, of: Contract, call: &C) -> Result<C::Return, GasError> {
        let message = Message {
            to: Some(self.at(of)?),
            input: call.abi_encode().into(),
            ..Message::default()
        };
        let (state, block) = (<_>::default(), <_>::default());
        let answer = self
            .chain
            .read()
            .call(&message, BlockId::latest(), &state, &block);
        let data = answer.map(|it| it.output).unwrap_or_default();
        C::abi_decode_returns(&data).map_err(|_| GasError::Answer {
            what: C::SIGNATURE,
            data: data.into(),
        })
    }

    /// Sends a transaction, which must succeed.
    pub(super) fn perform(&self, act: &Act, what: &str) -> Result<Arc<Mined>, GasError> {
        let mined = self.submit(act)?;
        if !mined.receipt.success {
            let mut meter = Meter::default();
            self.chain.read().trace_transaction(&mined.hash, &mut meter);
            return Err(GasError::Failed {
                what: what.to_owned(),
                from: act.from,
                to: act.to,
                why: meter.reason(),
            });
        }
        Ok(mined)
    }

    fn submit(&self, act: &Act) -> Result<Arc<Mined>, GasError> {
        let mut chain = self.chain.write();
        let account = chain.account(act.from, BlockId::latest());
        let (nonce, balance) = account.map_or((0, U256::ZERO), |it| (it.nonce, it.balance));
        if balance < act.value + ETHER {
            chain.set_balance(act.from, act.value + ETHER * U256::from(1_000));
        }
        let tx = TxEip1559 {
            chain_id: chain.config().chain_id,
            nonce,
            gas_limit: GAS,
            max_fee_per_gas: FEE_CAP,
            max_priority_fee_per_gas: 0,
            to: act.to.into(),
            value: act.value,
            access_list: Default::default(),
            input: act.data.clone(),
        };
        let refused = |source| GasError::Refused {
            from: act.from,
            source,
        };
        let hash = chain.submit_as(act.from, tx.into()).map_err(refused)?;
        let mined = chain.transaction(&hash).cloned();
        mined.ok_or(GasError::Unmined { from: act.from })
    }

    /// A transaction of a contract, whose code steps aside for its length.
    pub(super) fn perform_as_contract(&self, act: &Act) -> Result<(), GasError> {
        let code = self.code(act.from);
        self.chain.write().set_code(act.from, &Bytes::new());
        let done = self.perform(act, "preparation");
        self.chain.write().set_code(act.from, &code);
        done.map(drop)
    }

    fn code(&self, of: Address) -> Bytes {
        let code = self.chain.read().code(of, BlockId::latest());
        code.unwrap_or_default()
    }

    /// What a transaction takes: with all programs in the cache, and with none.
    pub(super) fn measure(&self, act: &Act, id: &str) -> Result<Measured, GasError> {
        let (cached, spent) = self.aside(|| self.watched(act, id))?;
        let uncached = self.aside(|| {
            self.evict_programs()?;
            Ok(self.perform(act, id)?.receipt.gas_used)
        })?;
        Ok(Measured {
            cached,
            uncached,
            spent,
        })
    }

    fn watched(&self, act: &Act, id: &str) -> Result<(u64, Spent), GasError> {
        let mined = self.perform(act, id)?;
        let mut meter = Meter::default();
        self.chain.read().trace_transaction(&mined.hash, &mut meter);
        let gas = mined.receipt.gas_used;
        let calldata: u64 = act.data.iter().map(|b| if *b == 0 { 4 } else { 16 }).sum();
        Ok((gas, meter.spent(gas, 21_000 + calldata)))
    }

    /// Moves L1 on to a block; the next L2 block knows of it.
    pub(super) fn set_l1_block(&self, number: u64) {
        self.chain.write().set_l1_block(number);
    }

    /// Makes an empty block.
    pub(super) fn mine(&self) {
        self.chain.write().mine();
    }

    /// Adds to a contract's ether, without a word to it.
    pub(super) fn endow(&self, contract: Contract, wei: U256) -> Result<(), GasError> {
        let at = self.at(contract)?;
        let mut chain = self.chain.write();
        let has = chain.account(at, BlockId::latest());
        let has = has.map_or(U256::ZERO, |account| account.balance);
        chain.set_balance(at, has + wei);
        Ok(())
    }

    /// Puts every program of the deployment into ArbOS's cache.
    fn cache_programs(&mut self) -> Result<(), GasError> {
        let places = self.book.iter();
        let codes = places.map(|(_, place)| place.implementation.unwrap_or(place.address));
        for program in codes.collect::<Vec<_>>() {
            let code = self.code(program);
            if !code.starts_with(&STYLUS) {
                continue;
            }
            self.programs.push(keccak256(&code));
            let call = ArbWasmCache::cacheProgramCall { program };
            self.tell_cache(call.abi_encode())?;
        }
        Ok(())
    }

    fn evict_programs(&self) -> Result<(), GasError> {
        for codehash in &self.programs {
            let call = ArbWasmCache::evictCodehashCall {
                codehash: *codehash,
            };
            self.tell_cache(call.abi_encode())?;
        }
        Ok(())
    }

    fn tell_cache(&self, data: Vec<u8>) -> Result<(), GasError> {
        let act = Act {
            from: self.owner,
            to: ARB_WASM_CACHE,
            data: data.into(),
            value: U256::ZERO,
        };
        self.perform(&act, "the program cache").map(drop)
    }
}

/// L1 is only names here: its messages come from aliases, whatever is there.
pub(super) fn on_l1() -> OnL1 {
    OnL1 {
        token: account("LPT on L1"),
        l2_router: account("Arbitrum's router"),
        side: L1Side {
            escrow: account("L1Escrow"),
            gateway: account("L1LPTGateway"),
            migrator: account("L1Migrator"),
            bridge_minter: account("BridgeMinter"),
            data_cache: account("L1LPTDataCache"),
            switch_over: account("L1SwitchOver"),
        },
    }
}

/// Deploys as `confluence deploy l2` does, but the deployer keeps its power.
async fn deploy(url: &str, owner: Address, artifacts: &Artifacts) -> Result<Book, GasError> {
    let l2 = L2::connect(url, None, None).await?.with_unlocked(owner);
    let inputs = Inputs {
        artifacts,
        parameters: &Parameters::default(),
        people: People {
            deployer: owner,
            governor_owner: owner,
        },
        salt: B256::ZERO,
        commit: <_>::default(),
        l1: Some(on_l1()),
        hand_over: false,
    };
    Ok(plan::deploy_l2(&l2, &inputs).await?)
}
