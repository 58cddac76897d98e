//! L1's funds leave for L2.
//! Always holds: what leaves is what was loaded, to the unit; run again after an interruption, it goes on.

use std::time::Duration;

use alloy::primitives::U256;

use super::{
    RehearseError, Repair, diary::Diary, population::Population, repair::Remedy, stage::Stage,
};
use crate::{
    switchover::{self, Following, LEGS, Places, SwitchOverError},
    ticket::{self, State},
};

/// Tickets of the switch-over that are made to fail: the ether's and the LPT's.
const FAILURES: usize = 2;
const PATIENCE: Duration = Duration::from_mins(1);

/// Moves L1's funds; wei that its tickets gave back to L2Migrator, if nobody has arrived yet to take from there.
pub(super) async fn switch_over(
    stage: &Stage,
    all: &Population,
    diary: &mut Diary,
) -> Result<U256, RehearseError> {
    let places = Places::of(&stage.system)?;
    let from = stage.on_l1();
    let failed = |why| RehearseError::Failed {
        what: "the switch-over",
        who: from,
        why,
    };
    let started = switchover::started_in(&stage.l1, &places, 0).await;
    let sent = match started {
        Err(SwitchOverError::NotStarted) => {
            let ahead = switchover::ahead(&stage.l1, &stage.l2, &places, from, stage.stranger);
            let ahead = ahead.await?;
            let (lpt, eth) = (ahead.announced.lpt, ahead.announced.eth);
            if (lpt, eth) != (all.lpt(), all.eth()) {
                return Err(failed(format!(
                    "L1 holds {lpt} and {eth} base units, and {} and {} were loaded",
                    all.lpt(),
                    all.eth()
                )));
            }
            stage.fail_tickets(FAILURES).await?;
            switchover::start(&stage.l1, &places, &ahead).await?.hash
        }
        started => started?,
    };
    stage.sync().await?;
    for (leg, status) in LEGS
        .iter()
        .zip(ticket::by_hash(Some(&stage.l1), &stage.l2, sent).await?)
    {
        if let State::FundsDeposited { why, .. } = status.state {
            let failed = Repair {
                ticket: status.id,
                what: format!("{leg}, by the switch-over"),
                account: None,
                why,
                how: Remedy::Redeemed,
            };
            failed.note(diary)?;
        }
    }
    let how = Following {
        patience: PATIENCE,
        redeem: true,
    };
    let stranger = stage.as_stranger();
    let followed = switchover::follow(&stage.l1, &stranger, &places, sent, how, |_| ()).await?;
    if !followed.complete {
        return Err(failed("L2 is still paused".to_owned()));
    }
    let there = stage.l2.balance(places.l2.migrator).await?;
    Ok(there.saturating_sub(all.eth()))
}
