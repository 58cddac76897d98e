//! Both sides of the bridge, deployed as the command and every test deploys them.

use alloy::primitives::{Address, B256, U256};
use confluence::plan::{
    Beginning, Contract, L1Inputs, L1Origin, L1Plan, L2Counterparts, Livepeer, PlanError,
    deploy_legacy,
};
use confluence_abi::{
    IController, IL1Migrator, IL1SwitchOver, IL2LPTGateway, IL2Migrator, IL2SwitchOver,
    ILegacyBondingManager, ILegacyLoaders,
};

use crate::chains::{ARTIFACTS, Chains, ETHER};

#[tokio::test]
async fn both_sides_know_each_other_and_wait_for_the_switch_over() {
    let c = Chains::start().await;
    let system = c.system(c.on_l1).await;
    let (side, at) = (system.l1, |contract| {
        system.l2.at(contract).expect("deployed")
    });
    let migrator =
        c.l1.read(side.migrator, &IL1Migrator::l2MigratorAddrCall {});
    assert_eq!(migrator.await.expect("an answer"), at(Contract::L2Migrator));
    let paused = c.l1.read(side.migrator, &IL1Migrator::pausedCall {});
    assert!(paused.await.expect("an answer"));
    let back = c.l2.read(
        at(Contract::L2Migrator),
        &IL2Migrator::l1MigratorAddrCall {},
    );
    assert_eq!(back.await.expect("an answer"), side.migrator);
    let gateway = c.l2.read(
        at(Contract::L2LPTGateway),
        &IL2LPTGateway::l1CounterpartCall {},
    );
    assert_eq!(gateway.await.expect("an answer"), side.gateway);
    let switch = c.l2.read(
        at(Contract::L2SwitchOver),
        &IL2SwitchOver::l1SwitchOverCall {},
    );
    assert_eq!(switch.await.expect("an answer"), side.switch_over);
    let switch =
        c.l1.read(side.switch_over, &IL1SwitchOver::l2SwitchOverAddrCall {});
    assert_eq!(switch.await.expect("an answer"), at(Contract::L2SwitchOver));
    let controller = at(Contract::Controller);
    let owner = c.l2.read(controller, &IController::ownerCall {});
    assert_eq!(owner.await.expect("an answer"), at(Contract::L2SwitchOver));
    let paused = c.l2.read(controller, &IController::pausedCall {});
    assert!(paused.await.expect("an answer"));
}

#[tokio::test]
async fn another_owner_has_all_power_on_l1_and_the_deployer_none() {
    let c = Chains::start().await;
    let owner = Address::repeat_byte(7);
    let side = c.system(owner).await.l1;
    for at in [side.escrow, side.gateway, side.migrator] {
        for (account, expected) in [(owner, true), (c.on_l1, false)] {
            let query = IL1Migrator::hasRoleCall {
                role: B256::ZERO,
                account,
            };
            let has = c.l1.read(at, &query).await.expect("an answer");
            assert_eq!(has, expected, "{at} {account}");
        }
    }
    let found =
        c.l1.read(side.switch_over, &IL1SwitchOver::ownerCall {})
            .await;
    assert_eq!(found.expect("an answer"), owner);
}

#[tokio::test]
async fn a_loaded_population_is_frozen_and_its_funds_wait_in_the_bridge_minter() {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let staking = system.livepeer.bonding_manager;
    let again = system.freeze(&c.l1, 3000).await;
    assert!(
        again
            .expect_err("once")
            .to_string()
            .contains("LIP upgrade round already set")
    );
    let load = ILegacyLoaders::loadDelegatorsCall { loaded: Vec::new() };
    let late = c.l1.transact(staking, &load, U256::ZERO).await;
    assert!(late.is_err(), "nothing is loaded after the freeze");
    let stake = ILegacyBondingManager::getDelegatorCall {
        delegator: Address::repeat_byte(1),
    };
    let stake = c.l1.read(staking, &stake).await.expect("an answer");
    assert_eq!(stake.delegatedAmount, U256::from(370));
    let ahead =
        c.l1.read(system.l1.switch_over, &IL1SwitchOver::previewCall {});
    let ahead = ahead.await.expect("a preview");
    assert_eq!(ahead.lptAmount, Beginning::default().minter_lpt);
    assert_eq!(ahead.ethAmount, ETHER);
}

/// The plan of an L1 side that begins at this nonce, and is another's in the end.
fn beside(c: &Chains, livepeer: Livepeer, first_nonce: u64) -> L1Plan {
    let origin = L1Origin {
        chain_id: c.l1.chain_id(),
        inbox: c.pair.contracts().inbox,
        router: Address::ZERO,
        l2_router: Address::ZERO,
        livepeer,
        deployer: c.on_l1,
        owner: Address::repeat_byte(7),
        first_nonce,
    };
    let l2 = L2Counterparts {
        token: Address::repeat_byte(0x21),
        gateway: Address::repeat_byte(0x22),
        migrator: Address::repeat_byte(0x23),
        data_cache: Address::repeat_byte(0x24),
        switch_over: Address::repeat_byte(0x25),
    };
    let inputs = L1Inputs {
        artifacts: &ARTIFACTS,
        origin,
        l2,
    };
    L1Plan::new(&inputs).expect("a plan")
}

#[tokio::test]
async fn l1s_side_interrupted_before_every_step_ends_as_planned_and_sends_nothing_twice() {
    let c = Chains::start().await;
    let livepeer = deploy_legacy(&c.l1, &ARTIFACTS, c.on_l1, Beginning::default()).await;
    let livepeer = livepeer.expect("Livepeer's staking");
    let first_nonce = c.l1.nonce(c.on_l1).await.expect("a nonce");
    let plan = beside(&c, livepeer, first_nonce);
    for stop in 0..plan.steps.len() {
        let part = L1Plan {
            side: plan.side,
            steps: plan.steps[..stop].to_vec(),
        };
        let sent = part.apply(&c.l1, |_, _| ()).await.expect("goes on");
        assert_eq!(sent.len(), usize::from(stop > 0), "step {stop}");
    }
    plan.apply(&c.l1, |_, _| ()).await.expect("ends");
    for step in &plan.steps {
        let difference = step.done.difference(&c.l1).await.expect("read");
        assert_eq!(difference, None, "{}", step.what);
    }
    let nonce = c.l1.nonce(c.on_l1).await.expect("a nonce");
    assert_eq!(nonce, first_nonce + plan.steps.len() as u64);
    let again = plan.apply(&c.l1, |_, _| ()).await.expect("nothing to do");
    assert!(again.is_empty());
}

#[tokio::test]
async fn a_transaction_in_between_is_noticed_before_anything_is_created_elsewhere() {
    let c = Chains::start().await;
    let livepeer = deploy_legacy(&c.l1, &ARTIFACTS, c.on_l1, Beginning::default()).await;
    let first_nonce = c.l1.nonce(c.on_l1).await.expect("a nonce");
    let plan = beside(&c, livepeer.expect("Livepeer's staking"), first_nonce);
    c.l1.send("something else", Some(c.on_l1), [].into(), U256::ZERO)
        .await
        .expect("is mined");
    let error = plan.apply(&c.l1, |_, _| ()).await.expect_err("noticed");
    assert!(
        matches!(error, PlanError::NonceUsed { expected, found, .. } if found == expected + 1),
        "{error}"
    );
    assert_eq!(
        c.l1.nonce(c.on_l1).await.expect("a nonce"),
        first_nonce + 1,
        "nothing was sent"
    );
}
