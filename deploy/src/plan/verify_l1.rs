//! Reading L1's side back, line by line.
//! Always holds: what the switch-over changes counts as right before it and after it, each in its time; nothing is sent.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolValue as _,
};
use confluence_abi::{
    IBridgeMinter, IL1LPTDataCache, IL1LPTGateway, IL1Migrator, IL1SwitchOver, IL2SwitchOver,
};

use super::{
    Findings, L2Counterparts, Manifest, PlanError,
    manifest::{L1Record, code_hash},
    step::Done,
    verify::{Concern, differs},
};
use crate::{client::L1, l2::L2};

/// Compares L1's side with the manifest, and adds what differs to what was found on L2. Nothing to do for a manifest without
/// one.
///
/// # Errors
/// A chain that does not answer; a manifest that lacks a contract.
pub async fn verify_l1(
    l1: &L1,
    l2: &L2,
    manifest: &Manifest,
    findings: &mut Findings,
) -> Result<(), PlanError> {
    let Some(record) = &manifest.l1 else {
        return Ok(());
    };
    let there = L2Counterparts::of(&manifest.book())?;
    for (name, at) in record.contracts.named() {
        let found = code_hash(l1, at).await?;
        let expected = record.code_hashes.get(name).copied().unwrap_or_default();
        let difference = differs("code hash", &expected, &found);
        findings.note(Concern::Code, &name, difference);
    }
    let is_ready = Done::answer(
        record.contracts.switch_over,
        &IL1SwitchOver::statusCall {},
        U256::ZERO.abi_encode(),
    );
    let over = is_ready.difference(l1).await?.is_some();
    let mut checks = record.origin.wiring(there).checks(over);
    checks.extend(made_with(record, &there));
    if !over {
        checks.push((
            "L1Migrator: closed until the switch-over".to_owned(),
            Done::answer(
                record.contracts.migrator,
                &IL1Migrator::pausedCall {},
                true.abi_encode(),
            ),
        ));
    }
    for (what, done) in checks {
        let difference = done.difference(l1).await?;
        findings.note(done.concern(), &what, difference);
    }
    let listens = Done::answer(
        there.switch_over,
        &IL2SwitchOver::l1SwitchOverCall {},
        record.contracts.switch_over.abi_encode(),
    );
    let difference = listens.difference(l2).await?;
    findings.note(
        Concern::Setting,
        &"L2SwitchOver: its counterpart",
        difference,
    );
    Ok(())
}

/// What the constructors were given.
fn made_with(record: &L1Record, there: &L2Counterparts) -> Vec<(String, Done)> {
    let (here, origin) = (&record.contracts, &record.origin);
    let livepeer = &origin.livepeer;
    /// One getter and the address it answers.
    macro_rules! answers {
        ($($at:ident $interface:ident { $($getter:ident $expected:expr;)* })*) => {
            vec![$($((
                concat!(stringify!($interface), ".", stringify!($getter))
                    .trim_start_matches('I')
                    .trim_end_matches("Call")
                    .to_owned(),
                Done::answer(
                    here.$at,
                    &$interface::$getter {},
                    Address::abi_encode(&$expected),
                ),
            )),*),*]
        };
    }
    answers! {
        gateway IL1LPTGateway {
            inboxCall origin.inbox;
            l1RouterCall origin.router;
            l1LPTEscrowCall here.escrow;
            l1LptCall livepeer.token;
            l2LptCall there.token;
        }
        migrator IL1Migrator {
            inboxCall origin.inbox;
            bondingManagerAddrCall livepeer.bonding_manager;
            ticketBrokerAddrCall livepeer.ticket_broker;
            tokenAddrCall livepeer.token;
            l1LPTGatewayAddrCall here.gateway;
            l2MigratorAddrCall there.migrator;
        }
        bridge_minter IBridgeMinter {
            controllerCall livepeer.controller;
            l1MigratorAddrCall here.migrator;
            l1LPTGatewayAddrCall here.gateway;
        }
        data_cache IL1LPTDataCache {
            inboxCall origin.inbox;
            tokenAddrCall livepeer.token;
            l2LPTDataCacheAddrCall there.data_cache;
        }
        switch_over IL1SwitchOver {
            inboxCall origin.inbox;
            ownerCall origin.owner;
        }
    }
}
