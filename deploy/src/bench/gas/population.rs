//! The state B(N) of the reference figures: N orchestrators with a delegator each, two rounds of rewards behind them.
//! Always holds: the order in the pool is that of the orchestrators' numbers, and nothing that is measured changes it.

use alloy::{
    primitives::{Address, Bytes, FixedBytes, U256, keccak256},
    sol_types::SolCall as _,
};
use confluence_abi::{
    IBondingManager as Bonding, IController, IL2LPTDataCache, IL2LPTGateway,
    ILivepeerToken as Token, IMinter,
};
use confluence_abi::{IRoundsManager, ITicketBroker as Broker};
use confluence_devnode::chain::ArbosVersion;

use super::{
    GasError,
    scenario::Act,
    stage::{Stage, on_l1},
};
use crate::{
    plan::{Artifacts, Contract},
    ticket::bridge::alias,
};

/// L1 blocks a round.
const ROUND_BLOCKS: u64 = 5_760;
/// How far into a round its transactions are sent.
const INTO_ROUND: u64 = 10;
/// The first round that is initialised; B(N) ends two rounds later.
const FIRST_ROUND: u64 = 2_501;
/// All LPT of Ethereum, part of which is on L2.
const ON_L1: u128 = 6_000_000;
/// LPT, and a thousand times as much ether, that the switch-over brings to L2Migrator.
const MIGRATED: u128 = 1_000_000;
/// Whose address is registered as the broker's, where there is no broker.
const NO_BROKER: &str = "stands in for the TicketBroker";

/// LPT in base units.
pub(super) fn lpt(amount: u128) -> U256 {
    U256::from(amount) * U256::from(10).pow(U256::from(18))
}

/// ETH in wei: as many of them as base units of LPT.
pub(super) fn eth(amount: u128) -> U256 {
    lpt(amount)
}

/// An address without a zero byte, so that it costs the same in every calldata.
pub(super) fn account(name: &str) -> Address {
    let tries = (0u32..).map(|n| Address::from_word(keccak256(format!("{name} {n}"))));
    let mut fitting = tries.filter(|it| !it.contains(&0));
    fitting.next().unwrap_or_default()
}

/// Neighbours in the pool.
pub(super) type Hint = (Address, Address);
/// None given.
pub(super) const NO_HINT: Hint = (Address::ZERO, Address::ZERO);

impl Stage {
    /// Orchestrator number `i`, from 1 on; nobody below and above.
    pub(super) fn o(&self, i: usize) -> Address {
        match i {
            0 => Address::ZERO,
            i if i > self.pool() => Address::ZERO,
            i => account(&format!("orchestrator {i}")),
        }
    }
    /// The delegator of orchestrator number `i`.
    pub(super) fn d(&self, i: usize) -> Address {
        account(&format!("delegator {i}"))
    }
    /// The number of the orchestrator in the middle.
    pub(super) fn mid(&self) -> usize {
        self.pool() / 2
    }
    /// The orchestrator in the middle.
    pub(super) fn o_mid(&self) -> Address {
        self.o(self.mid())
    }
    /// Its delegator.
    pub(super) fn d_mid(&self) -> Address {
        self.d(self.mid())
    }
    /// Somebody with 10,000 LPT whom the protocol has never seen.
    pub(super) fn x(&self) -> Address {
        account("X")
    }
    /// Somebody with 200,000 LPT whom the protocol has never seen.
    pub(super) fn y(&self) -> Address {
        account("Y")
    }
    /// One more with 10,000 LPT.
    pub(super) fn p(&self) -> Address {
        account("P")
    }
    /// The place of orchestrator number `i`.
    pub(super) fn beside(&self, i: usize) -> Hint {
        (self.o(i.saturating_sub(1)), self.o(i + 1))
    }

    /// B(N).
    pub(super) fn with_pool(
        artifacts: &Artifacts,
        arbos: ArbosVersion,
        pool: usize,
    ) -> Result<Self, GasError> {
        let stage = Self::deployed(artifacts, arbos, pool)?;
        stage.complete()?;
        stage.send(
            stage.owner(),
            Contract::Controller,
            &IController::unpauseCall {},
        )?;
        stage.bring_funds()?;
        stage.give_lpt()?;
        stage.begin_round(FIRST_ROUND)?;
        for i in 1..=pool {
            let (o, own) = (stage.o(i), 160_000 - 1_000 * (i as u128 - 1));
            stage.bond(o, own, o)?;
            stage.set_terms(o, 100_000, 500_000)?;
        }
        for i in 1..=pool {
            stage.bond(stage.d(i), 500, stage.o(i))?;
        }
        for _ in 0..2 {
            stage.rewarded_round()?;
        }
        Ok(stage)
    }

    /// Stands in for contracts that the deployment does not have yet.
    fn complete(&self) -> Result<(), GasError> {
        let broker = account(NO_BROKER);
        self.register_missing("TicketBroker", broker)?;
        self.register_missing("JobsManager", broker)?;
        for contract in [
            Contract::BondingManager,
            Contract::Minter,
            Contract::RoundsManager,
        ] {
            let sync = IMinter::syncControllerContractsCall {};
            self.send(self.owner(), contract, &sync)?;
        }
        Ok(())
    }

    /// What the switch-over brings to L2Migrator, and L1's supply.
    fn bring_funds(&self) -> Result<(), GasError> {
        let migrator = self.at(Contract::L2Migrator)?;
        let lpt_act = self.deposit(migrator, MIGRATED)?;
        self.perform(&lpt_act, "LPT for L2Migrator")?;
        self.endow(Contract::L2Migrator, lpt(MIGRATED / 1_000))?;
        let supply = self.supply(ON_L1)?;
        self.perform(&supply, "L1's supply").map(drop)
    }

    /// A message of L1LPTGateway that brings LPT.
    pub(super) fn deposit(&self, to: Address, amount: u128) -> Result<Act, GasError> {
        let l1 = on_l1();
        let call = IL2LPTGateway::finalizeInboundTransferCall {
            token: l1.token,
            from: account("depositor"),
            to,
            amount: lpt(amount),
            data: Bytes::new(),
        };
        self.act(alias(l1.side.gateway), Contract::L2LPTGateway, &call)
    }

    /// A message of L1LPTDataCache.
    pub(super) fn supply(&self, amount: u128) -> Result<Act, GasError> {
        let call = IL2LPTDataCache::finalizeCacheTotalSupplyCall {
            totalSupply: lpt(amount),
        };
        let from = alias(on_l1().side.data_cache);
        self.act(from, Contract::L2LPTDataCache, &call)
    }

    fn register_missing(&self, name: &str, at: Address) -> Result<bool, GasError> {
        let id = keccak256(name);
        let known = self.read(Contract::Controller, &IController::getContractCall { id })?;
        if !known.is_zero() {
            return Ok(false);
        }
        let call = IController::setContractInfoCall {
            id,
            contractAddress: at,
            gitCommitHash: FixedBytes::ZERO,
        };
        self.send(self.owner(), Contract::Controller, &call)?;
        Ok(true)
    }

    /// Everybody has LPT, and lets BondingManager take all of it.
    fn give_lpt(&self) -> Result<(), GasError> {
        let grant = Token::grantRoleCall {
            role: keccak256("MINTER_ROLE"),
            account: self.owner(),
        };
        self.send(self.owner(), Contract::LivepeerToken, &grant)?;
        let mut holders = vec![(self.y(), 200_000), (self.x(), 10_000), (self.p(), 10_000)];
        for i in 1..=self.pool() {
            holders.extend([(self.o(i), 200_000), (self.d(i), 10_000)]);
        }
        for (who, amount) in holders {
            self.mint(who, lpt(amount))?;
            self.allow(who, U256::MAX)?;
        }
        Ok(())
    }

    /// Gives somebody LPT.
    pub(super) fn mint(&self, to: Address, amount: U256) -> Result<(), GasError> {
        let call = Token::mintCall { to, amount };
        self.send(self.owner(), Contract::LivepeerToken, &call)
    }

    /// Lets BondingManager take this much of somebody's LPT.
    pub(super) fn allow(&self, who: Address, amount: U256) -> Result<(), GasError> {
        let spender = self.at(Contract::BondingManager)?;
        let call = Token::approveCall { spender, amount };
        self.send(who, Contract::LivepeerToken, &call)
    }

    /// The round it is.
    pub(super) fn round(&self) -> Result<u64, GasError> {
        let round = self.read(
            Contract::RoundsManager,
            &IRoundsManager::currentRoundCall {},
        )?;
        Ok(round.to())
    }

    /// Moves on to a round.
    pub(super) fn enter_round(&self, round: u64) {
        self.set_l1_block(round * ROUND_BLOCKS + INTO_ROUND);
        // A block must pass for programs to see it.
        self.mine();
    }

    fn begin_round(&self, round: u64) -> Result<(), GasError> {
        self.enter_round(round);
        let call = IRoundsManager::initializeRoundCall {};
        self.send(self.owner(), Contract::RoundsManager, &call)
    }

    /// The next round, initialised.
    pub(super) fn next_round(&self) -> Result<(), GasError> {
        self.begin_round(self.round()? + 1)
    }

    /// The next round, initialised, in which all orchestrators have called `reward`.
    pub(super) fn rewarded_round(&self) -> Result<(), GasError> {
        self.next_round()?;
        (1..=self.pool()).try_for_each(|i| self.reward(self.o(i)))
    }

    /// `count` of them.
    pub(super) fn rewarded_rounds(&self, count: usize) -> Result<(), GasError> {
        (0..count).try_for_each(|_| self.rewarded_round())
    }

    /// An orchestrator calls `reward`.
    pub(super) fn reward(&self, o: Address) -> Result<(), GasError> {
        self.send(o, Contract::BondingManager, &Bonding::rewardCall {})
    }

    /// Somebody bonds LPT.
    pub(super) fn bond(&self, who: Address, amount: u128, to: Address) -> Result<(), GasError> {
        let amount = lpt(amount);
        self.send(
            who,
            Contract::BondingManager,
            &Bonding::bondCall { amount, to },
        )
    }

    /// Somebody unbonds LPT.
    pub(super) fn unbond(&self, who: Address, amount: u128) -> Result<(), GasError> {
        let amount = lpt(amount);
        self.send(
            who,
            Contract::BondingManager,
            &Bonding::unbondCall { amount },
        )
    }

    /// Somebody unbonds everything.
    pub(super) fn unbond_all(&self, who: Address) -> Result<(), GasError> {
        let amount = self.pending_stake(who)?;
        self.send(
            who,
            Contract::BondingManager,
            &Bonding::unbondCall { amount },
        )
    }

    /// Somebody claims what it has earned.
    pub(super) fn claim(&self, who: Address) -> Result<(), GasError> {
        let call = Bonding::claimEarningsCall {
            endRound: U256::ZERO,
        };
        self.send(who, Contract::BondingManager, &call)
    }

    fn set_terms(&self, o: Address, cut: u64, share: u64) -> Result<(), GasError> {
        let call = Bonding::transcoderCall {
            rewardCut: U256::from(cut),
            feeShare: U256::from(share),
        };
        self.send(o, Contract::BondingManager, &call)
    }

    /// The stake of somebody, with what it has earned.
    pub(super) fn pending_stake(&self, delegator: Address) -> Result<U256, GasError> {
        let call = Bonding::pendingStakeCall {
            delegator,
            endRound: U256::ZERO,
        };
        self.read(Contract::BondingManager, &call)
    }

    /// The fees of somebody, with what it has earned.
    pub(super) fn pending_fees(&self, delegator: Address) -> Result<U256, GasError> {
        let call = Bonding::pendingFeesCall {
            delegator,
            endRound: U256::ZERO,
        };
        self.read(Contract::BondingManager, &call)
    }

    /// A broadcaster pays in, in wei.
    pub(super) fn fund(&self, who: Address, deposit: U256, reserve: U256) -> Result<(), GasError> {
        let call = Broker::fundDepositAndReserveCall {
            depositAmount: deposit,
            reserveAmount: reserve,
        };
        let act = self.act(who, Contract::TicketBroker, &call)?;
        let value = deposit + reserve;
        self.perform(&Act { value, ..act }, "funding").map(drop)
    }

    /// The broker brings an orchestrator the fees of a ticket of 1 ETH.
    pub(super) fn bring_fees(&self, o: Address) -> Result<(), GasError> {
        let fees = eth(1);
        self.endow(Contract::Minter, fees)?;
        let id = keccak256("TicketBroker");
        let broker = self.read(Contract::Controller, &IController::getContractCall { id })?;
        let call = Bonding::updateTranscoderWithFeesCall {
            transcoder: o,
            fees,
            round: U256::ZERO,
        };
        self.perform_as_contract(&Act {
            from: broker,
            to: self.at(Contract::BondingManager)?,
            data: call.abi_encode().into(),
            value: U256::ZERO,
        })
    }
}
