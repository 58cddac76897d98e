//! Life on L2 while stakes arrive: rounds begin, orchestrators call for their rewards, winning tickets are paid.
//! Always holds: only orchestrators that are active in a round earn in it; run again after an interruption, nobody earns twice.

use std::collections::BTreeSet;

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    signers::SignerSync as _,
    sol_types::{SolCall as _, SolValue as _},
};
use confluence_abi::{IBondingManager, IRoundsManager, ITicketBroker};

use super::{
    RehearseError,
    population::{Broadcaster, Population, Way},
    stage::{ROUND_BLOCKS, Stage},
};
use crate::{client::Order, plan::Contract};

const GAS: u64 = 3_000_000;
/// Wei for gas.
const FUEL: u128 = 1_000_000_000_000_000_000;
/// Wei of a winning ticket; of many decimals, so that shares of it are rounded.
const FACE_VALUE: u128 = 10_000_000_000_000_007;
/// A tenth of the rewards is the orchestrator's own, and half of the fees its delegators', parts of 10^6.
const REWARD_CUT: u64 = 100_000;
const FEE_SHARE: u64 = 500_000;
/// The round in which those who arrived in the one before work for the first time.
const FIRST: u64 = 2;
/// Blocks in which a round counts as fresh: it need not be waited for again.
const FRESH: u64 = 5;

/// What was earned.
#[derive(Debug, Default)]
pub(super) struct Earned {
    pub(super) rounds: u64,
    pub(super) rewards: u64,
    /// LPT base units that the rewards minted.
    pub(super) minted: U256,
    pub(super) tickets: u64,
    /// Wei that winning tickets paid.
    pub(super) won: U256,
}

impl Earned {
    /// As L2's contracts say.
    pub(super) async fn read(stage: &Stage) -> Result<Self, RehearseError> {
        let at = |contract| stage.at(contract);
        let (bonding, broker) = (at(Contract::BondingManager)?, at(Contract::TicketBroker)?);
        let rounds = begun(stage).await?;
        let rewards = stage.l2.logged::<IBondingManager::Reward>(bonding, None, 0);
        let rewards = rewards.await?;
        let paid = stage
            .l2
            .logged::<ITicketBroker::WinningTicketTransfer>(broker, None, 0);
        let paid = paid.await?;
        Ok(Self {
            // the first one is the one in which everybody arrives
            rounds: rounds.saturating_sub(1),
            rewards: rewards.len() as u64,
            minted: rewards.iter().map(|it| it.event.amount).sum(),
            tickets: paid.len() as u64,
            won: paid.iter().map(|it| it.event.amount).sum(),
        })
    }
}

/// Rounds that have begun on L2.
async fn begun(stage: &Stage) -> Result<u64, RehearseError> {
    let rounds = stage.sides.l2_rounds;
    let begun = stage.l2.logged::<IRoundsManager::NewRound>(rounds, None, 0);
    Ok(begun.await?.len() as u64)
}

/// Begins L2's round of this number, counted from the first one there, unless it has begun: there is a whole round until it ends.
pub(super) async fn begin_round(stage: &Stage, number: u64) -> Result<(), RehearseError> {
    if begun(stage).await? >= number {
        return Ok(());
    }
    let rounds = stage.sides.l2_rounds;
    let start = IRoundsManager::currentRoundStartBlockCall {};
    let start: u64 = stage.l2.read(rounds, &start).await?.saturating_to();
    let initialized = IRoundsManager::currentRoundInitializedCall {};
    let initialized = stage.l2.read(rounds, &initialized).await?;
    let now = stage.l1.head().await?.number;
    if initialized || now >= start + FRESH {
        let blocks = (start + ROUND_BLOCKS).saturating_sub(now).max(1);
        stage.pass_blocks(blocks).await?;
    }
    let call = IRoundsManager::initializeRoundCall {};
    stage.l2.transact(rounds, &call, U256::ZERO).await?;
    Ok(())
}

/// Everybody who has arrived early and does not work yet says how it shares what it earns; who comes late keeps everything, also if
/// this runs again.
pub(super) async fn set_terms(stage: &Stage, all: &Population) -> Result<(), RehearseError> {
    let call = IBondingManager::transcoderCall {
        rewardCut: U256::from(REWARD_CUT),
        feeShare: U256::from(FEE_SHARE),
    };
    let data = call.abi_encode();
    let mut orders = Vec::new();
    let late: BTreeSet<_> = all.coming(Way::Late).map(|it| it.address).collect();
    for (who, record) in orchestrators(stage, all).await? {
        if !late.contains(&who) && !record.activationRound.is_zero() && record.feeShare.is_zero() {
            orders.push(order(who, stage.sides.l2_bonding, data.clone()));
        }
    }
    fuelled(stage, "setting terms", &orders).await
}

/// A round later: everybody active calls for its reward, every broadcaster with a key loses a ticket.
///
/// Nobody loses one in the first round with rewards: Livepeer's rule for an orchestrator's first reward (BondingManager,
/// `updateTranscoderWithFees`) takes that reward out of the shares twice, so that a part of the fees, as large as the reward is of the
/// stake, stays with the Minter for good. That is Livepeer's to decide, and must not pass for rounding here.
pub(super) async fn a_round(
    stage: &Stage,
    all: &Population,
    number: u64,
) -> Result<(), RehearseError> {
    begin_round(stage, number).await?;
    let bonding = stage.sides.l2_bonding;
    let current = IRoundsManager::currentRoundCall {};
    let round = stage.l2.read(stage.sides.l2_rounds, &current).await?;
    let found = orchestrators(stage, all).await?;
    let active: Vec<_> = found
        .into_iter()
        .filter(|(_, it)| {
            let since = it.activationRound;
            !since.is_zero() && since <= round && it.deactivationRound > round
        })
        .collect();
    let data = IBondingManager::rewardCall {}.abi_encode();
    let unrewarded = active.iter().filter(|(_, it)| it.lastRewardRound < round);
    let orders: Vec<_> = unrewarded
        .map(|(who, _)| order(*who, bonding, data.clone()))
        .collect();
    fuelled(stage, "calling for rewards", &orders).await?;

    if number <= FIRST {
        return Ok(());
    }
    let broker = stage.at(Contract::TicketBroker)?;
    let used = stage
        .l2
        .logged::<ITicketBroker::WinningTicketRedeemed>(broker, None, 0);
    let used: BTreeSet<_> = used
        .await?
        .iter()
        .map(|it| (it.event.sender, it.event.senderNonce))
        .collect();
    let mut orders = Vec::new();
    let signing = all.broadcasters.iter().filter(|it| it.key.is_some());
    for ((recipient, _), broadcaster) in active.iter().zip(signing) {
        if !used.contains(&(broadcaster.address, round)) {
            let data = winning(stage, broadcaster, round, *recipient).await?;
            orders.push(order(*recipient, broker, data));
        }
    }
    fuelled(stage, "paying winning tickets", &orders).await
}

/// What L2 knows of the orchestrators; zeros of who has not arrived.
async fn orchestrators(
    stage: &Stage,
    all: &Population,
) -> Result<Vec<(Address, IBondingManager::getTranscoderReturn)>, RehearseError> {
    let asked: Vec<_> = all
        .orchestrators
        .iter()
        .map(|it| IBondingManager::getTranscoderCall {
            transcoder: it.address,
        })
        .collect();
    let head = stage.l2.head().await?.number;
    let bonding = stage.sides.l2_bonding;
    let found = stage.l2.read_each_at(bonding, &asked, head).await?;
    let who = asked.iter().map(|it| it.transcoder);
    Ok(who.zip(found).collect())
}

fn order(from: Address, to: Address, data: Vec<u8>) -> Order {
    Order {
        from,
        to,
        data: data.into(),
        value: U256::ZERO,
        gas: GAS,
    }
}

async fn fuelled(stage: &Stage, what: &'static str, orders: &[Order]) -> Result<(), RehearseError> {
    let senders: Vec<_> = orders.iter().map(|order| order.from).collect();
    stage.fuel_l2(&senders, FUEL).await?;
    stage.perform_l2(what, orders).await?;
    Ok(())
}

/// The redemption of a ticket that wins for sure.
async fn winning(
    stage: &Stage,
    broadcaster: &Broadcaster,
    round: U256,
    recipient: Address,
) -> Result<Vec<u8>, RehearseError> {
    let hash = IRoundsManager::blockHashForRoundCall { round };
    let hash = stage.l2.read(stage.sides.l2_rounds, &hash).await?;
    let rand = round;
    let ticket = ITicketBroker::Ticket {
        recipient,
        sender: broadcaster.address,
        faceValue: U256::from(FACE_VALUE),
        winProb: U256::MAX,
        senderNonce: round,
        recipientRandHash: keccak256(rand.abi_encode()),
        auxData: (round, hash).abi_encode().into(),
    };
    let asked = ITicketBroker::getTicketHashCall {
        ticket: ticket.clone(),
    };
    let broker = stage.at(Contract::TicketBroker)?;
    let digest: B256 = stage.l2.read(broker, &asked).await?;
    let unsigned = |why: String| RehearseError::Sign { why };
    let key = broadcaster.key.as_ref();
    let key = key.ok_or_else(|| unsigned("the broadcaster has no key".to_owned()))?;
    let signature = key.sign_message_sync(digest.as_slice());
    let signature = signature.map_err(|error| unsigned(error.to_string()))?;
    let call = ITicketBroker::redeemWinningTicketCall {
        ticket,
        sig: signature.as_bytes().into(),
        recipientRand: rand,
    };
    Ok(call.abi_encode())
}
