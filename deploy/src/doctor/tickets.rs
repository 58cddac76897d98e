//! Tickets of the deployment's own contracts that need somebody.
//! Always holds: a ticket is found by what its sender logged on L1, whoever paid for it.

use std::collections::{BTreeMap, BTreeSet};

use alloy::{primitives::Address, rpc::types::Filter, sol_types::SolEvent as _};

use super::{DoctorError, Finding, Kind};
use crate::{
    client::{L1, L2},
    plan::L1Side,
    ticket::{
        self, State, Status,
        bridge::{Messenger, alias},
    },
};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    pub(super) states: BTreeMap<&'static str, usize>,
    pub(super) findings: Vec<Finding>,
}

/// Looks at all tickets from L1 block `since` on.
pub(super) async fn look(
    l1: &L1,
    l2: &L2,
    side: &L1Side,
    since: u64,
) -> Result<Tickets, DoctorError> {
    let named = side.named();
    let names: BTreeMap<Address, &str> = named.map(|(name, at)| (alias(at), name)).into();
    let filter = Filter::new()
        .address(named.map(|(_, at)| at).to_vec())
        .event_signature(Messenger::TxToL2::SIGNATURE_HASH);
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for log in l1.logs(&filter, since).await? {
        // one transaction may have sent several
        if seen.insert(log.transaction) {
            let sent = ticket::by_hash(Some(l1), l2, log.transaction).await?;
            all.extend(sent.into_iter().filter_map(|status| {
                let sender = status.ticket.as_ref()?.sender;
                Some((*names.get(&sender)?, status))
            }));
        }
    }
    let mut found = Tickets::default();
    for (index, (sender, status)) in all.iter().enumerate() {
        *found.states.entry(status.state.name()).or_default() += 1;
        let later = all[index + 1..].iter().map(|(_, later)| later);
        found.findings.extend(finding(sender, status, later));
    }
    Ok(found)
}

fn finding<'a>(
    sender: &str,
    status: &Status,
    mut later: impl Iterator<Item = &'a Status>,
) -> Option<Finding> {
    let id = status.id;
    let advice = status.state.advice();
    match &status.state {
        State::NotCreated | State::Redeemed { .. } => None,
        State::FundsDeposited { .. } => Some(Finding::new(
            Kind::TicketWaits,
            format!("ticket {id} of {sender} waits on L2: {advice}"),
            format!("`confluence redeem {id}`; `confluence watch --redeem` does it by itself"),
        )),
        State::CreationFailed | State::Expired { .. } => {
            // the same message that came later has done its work
            let call = |status: &Status| {
                let ticket = status.ticket.as_ref();
                ticket.map(|ticket| (ticket.sender, ticket.to, ticket.data.clone()))
            };
            let mended = later.any(|it| it.state.is_redeemed() && call(it) == call(status));
            (!mended).then(|| {
                Finding::new(
                    Kind::TicketLost,
                    format!("ticket {id} of {sender} is {}: {advice}", status.state.name()),
                    "whoever sent it sends it again: `confluence migrate`, or `confluence switchover follow` for the switch-over's",
                )
            })
        }
    }
}
