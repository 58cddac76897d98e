//! What the switch-over would do and cost, and doing it.
//! Always holds: the value sent is exactly the four tickets' cost; the contract refuses any other.

use alloy::{
    primitives::{Address, Bytes, U256, keccak256},
    sol_types::SolCall as _,
};
use confluence_abi::{
    IController, IL1LPTDataCache, IL1LPTGateway, IL1Migrator, IL1SwitchOver, IL2LPTGateway,
    IL2Migrator, IL2SwitchOver, ILegacyRoundsManager,
};
use serde::Serialize;

use super::{Announced, Places, SwitchOverError};
use crate::{
    client::{ClientError, L1, L2, Mined},
    ticket::{Buffers, Draft, Fees, estimate},
};

/// The proposal that ended staking on L1.
const LIP: U256 = U256::from_limbs([73, 0, 0, 0]);
/// Gas above the estimate for the announcement: it is estimated while nothing has arrived, and starts L2 when all has (three
/// calls to other programs, each at most some 60,000 gas without cache). What is not used comes back.
const STARTING_GAS: u64 = 500_000;

/// One of the four tickets.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Leg {
    /// What it brings.
    pub brings: &'static str,
    /// What it is sent with.
    pub fees: Fees,
}

/// What would be sent.
#[derive(Debug, Clone, Serialize)]
pub struct Ahead {
    /// What leaves L1.
    pub announced: Announced,
    /// The tickets: ether, LPT, supply, announcement.
    pub legs: [Leg; 4],
    /// Wei that the caller pays for all four; what is not used goes to `refund_to` on L2.
    pub value: U256,
    /// Gets what is left of the supply's and the announcement's ticket.
    pub refund_to: Address,
}

/// Looks at everything that the switch-over needs, and at what it will cost.
///
/// # Errors
/// What stands against it, each its own [`SwitchOverError`].
pub async fn ahead(
    l1: &L1,
    l2: &L2,
    places: &Places,
    from: Address,
    refund_to: Address,
) -> Result<Ahead, SwitchOverError> {
    ready(l1, places, from).await?;
    counterparts(l2, places).await?;
    let announced = l1
        .read(places.l1.switch_over, &IL1SwitchOver::previewCall {})
        .await?;
    let announced = Announced::from(announced);
    if announced.lpt.is_zero() {
        return Err(SwitchOverError::NothingToMove);
    }
    let legs = legs(l1, l2, places, &announced, refund_to).await?;
    let value = legs
        .iter()
        .fold(U256::ZERO, |sum, leg| sum + leg.fees.cost());
    let has = l1.balance(from).await?;
    if has < value {
        return Err(SwitchOverError::TooLittleEther {
            account: from,
            has,
            needs: value,
        });
    }
    Ok(Ahead {
        announced,
        legs,
        value,
        refund_to,
    })
}

/// Whether it is still to come, and `from`'s to decide about.
async fn decides(l1: &L1, places: &Places, from: Address) -> Result<(), SwitchOverError> {
    let at = places.l1.switch_over;
    match l1.read(at, &IL1SwitchOver::statusCall {}).await? {
        IL1SwitchOver::Status::Started => return Err(SwitchOverError::Started),
        IL1SwitchOver::Status::Aborted => return Err(SwitchOverError::Aborted),
        _ => {}
    }
    let owner = l1.read(at, &IL1SwitchOver::ownerCall {}).await?;
    if owner != from {
        return Err(SwitchOverError::NotOwner { owner, from });
    }
    Ok(())
}

/// L1's part of the conditions, in the contract's order where it has one.
async fn ready(l1: &L1, places: &Places, from: Address) -> Result<(), SwitchOverError> {
    decides(l1, places, from).await?;
    let rounds = IController::getContractCall {
        id: keccak256("RoundsManager"),
    };
    let rounds = l1.read(places.controller, &rounds).await?;
    let freeze = ILegacyRoundsManager::lipUpgradeRoundCall { lip: LIP };
    let freeze: u64 = l1.read(rounds, &freeze).await?.saturating_to();
    let current = ILegacyRoundsManager::currentRoundCall {};
    let current: u64 = l1.read(rounds, &current).await?.saturating_to();
    if freeze == 0 || current < freeze {
        return Err(SwitchOverError::NotFrozen { current, freeze });
    }
    let paused = l1.read(places.l1.migrator, &IL1Migrator::pausedCall {});
    if !paused.await? {
        return Err(SwitchOverError::MigratorOpen);
    }
    Ok(())
}

/// Whether L2's contracts listen to L1's, and can start L2.
async fn counterparts(l2: &L2, places: &Places) -> Result<(), SwitchOverError> {
    let it = places.l2;
    let found = [
        (
            "L2SwitchOver",
            places.l1.switch_over,
            l2.read(it.switch_over, &IL2SwitchOver::l1SwitchOverCall {})
                .await?,
        ),
        (
            "L2Migrator",
            places.l1.migrator,
            l2.read(it.migrator, &IL2Migrator::l1MigratorAddrCall {})
                .await?,
        ),
        (
            "L2LPTGateway",
            places.l1.gateway,
            l2.read(it.gateway, &IL2LPTGateway::l1CounterpartCall {})
                .await?,
        ),
    ];
    for (contract, expected, found) in found {
        if expected != found {
            return Err(SwitchOverError::OtherCounterpart {
                contract,
                expected,
                found,
            });
        }
    }
    let controller = l2
        .read(it.switch_over, &IL2SwitchOver::controllerCall {})
        .await?;
    let owner = l2.read(controller, &IController::ownerCall {}).await?;
    if owner != it.switch_over {
        return Err(SwitchOverError::NotInCharge {
            owner,
            expected: it.switch_over,
        });
    }
    Ok(())
}

async fn legs(
    l1: &L1,
    l2: &L2,
    places: &Places,
    announced: &Announced,
    refund_to: Address,
) -> Result<[Leg; 4], SwitchOverError> {
    let Places {
        l1: here,
        l2: there,
        ..
    } = places;
    let leg = async |brings, sender, to, call_value, refund_to, data| {
        let draft = Draft {
            sender,
            to,
            call_value,
            refund_to,
            data,
            overrides: None,
        };
        let fees = estimate(l1, l2, places.inbox, &draft, Buffers::default()).await?;
        Ok::<_, SwitchOverError>(Leg { brings, fees })
    };
    let lpt = IL1LPTGateway::getOutboundCalldataCall {
        token: places.token,
        from: here.migrator,
        to: there.migrator,
        amount: announced.lpt,
        data: Bytes::new(),
    };
    let lpt = l1.read(here.gateway, &lpt).await?;
    let supply = IL1LPTDataCache::getCacheTotalSupplyDataCall {};
    let supply = l1.read(here.data_cache, &supply).await?.data;
    let announcement = IL2SwitchOver::finalizeSwitchOverCall {
        announcement: (*announced).into(),
    };
    let announcement = announcement.abi_encode().into();
    let mut legs = [
        leg(
            "the ether",
            here.migrator,
            there.migrator,
            announced.eth,
            there.migrator,
            Bytes::new(),
        )
        .await?,
        leg(
            "the LPT",
            here.gateway,
            there.gateway,
            U256::ZERO,
            here.migrator,
            lpt,
        )
        .await?,
        leg(
            "L1's supply",
            here.data_cache,
            there.data_cache,
            U256::ZERO,
            refund_to,
            supply,
        )
        .await?,
        leg(
            "the announcement",
            here.switch_over,
            there.switch_over,
            U256::ZERO,
            refund_to,
            announcement,
        )
        .await?,
    ];
    legs[3].fees.gas_limit += STARTING_GAS;
    Ok(legs)
}

/// Sends the one transaction.
///
/// # Errors
/// [`crate::client::ClientError::Reverted`] before anything is sent, if something has changed since [`ahead`].
pub async fn start(l1: &L1, places: &Places, ahead: &Ahead) -> Result<Mined, SwitchOverError> {
    let gas = |leg: &Leg| IL1SwitchOver::TicketGas {
        maxGas: U256::from(leg.fees.gas_limit),
        gasPriceBid: leg.fees.max_fee_per_gas,
        maxSubmissionCost: leg.fees.max_submission_cost,
    };
    let [eth, lpt, supply, announcement] = &ahead.legs;
    let call = IL1SwitchOver::startCall {
        eth: gas(eth),
        lpt: gas(lpt),
        supply: gas(supply),
        announcement: gas(announcement),
        refundTo: ahead.refund_to,
    };
    Ok(l1
        .transact(places.l1.switch_over, &call, ahead.value)
        .await?)
}

/// Gives it up for good, as its owner.
///
/// # Errors
/// [`SwitchOverError::Started`], [`SwitchOverError::Aborted`], [`SwitchOverError::NotOwner`] before anything is sent.
pub async fn abort(l1: &L1, places: &Places) -> Result<Mined, SwitchOverError> {
    let what = "aborting the switch-over";
    let from = l1.from().ok_or_else(|| ClientError::NoAccount {
        what: what.to_owned(),
    })?;
    decides(l1, places, from).await?;
    let call = IL1SwitchOver::abortCall {};
    Ok(l1
        .transact(places.l1.switch_over, &call, U256::ZERO)
        .await?)
}
