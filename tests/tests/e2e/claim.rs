//! Delegators claim on L2 by the published snapshot.

use alloy::primitives::{Address, U256};
use confluence::{
    client::{ClientError, Mined},
    plan::Contract,
    sign::What,
};
use confluence_abi::IL2Migrator;

use crate::{act::message, cast::Holder, look::Stake, stage::Stage};

impl Stage {
    /// What a holder calls to claim what the snapshot has of it.
    pub(crate) fn claim_call(
        &self,
        holder: &Holder,
        named: Address,
    ) -> IL2Migrator::claimStakeCall {
        IL2Migrator::claimStakeCall {
            delegate: holder.delegate,
            stake: U256::from(holder.stake),
            fees: U256::from(holder.fees),
            proof: self.cast.proof(holder),
            newDelegate: named,
        }
    }

    /// A holder claims, naming a delegate or nobody.
    pub(crate) fn claim(&self, holder: &Holder, named: Address) -> Result<Mined, ClientError> {
        let from = self.on_l2(&holder.key);
        let call = self.claim_call(holder, named);
        self.send(&from, self.at(Contract::L2Migrator), &call, 0)
    }
}

/// The stake of somebody who delegates and is no delegate.
fn with(delegate: Address, amount: u128) -> Stake {
    Stake {
        amount,
        delegate,
        delegated: 0,
    }
}

#[test]
fn a_claim_before_its_orchestrator_waits_for_it_at_its_l1_address() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let (lead, first) = (&troupe.orchestrator, &troupe.delegators[0]);
    let to_come = stage.ether_to_come();
    stage.claim(first, Address::ZERO).expect("claims");
    assert_eq!(stage.stake(first.address), with(lead.address, first.stake));
    assert_eq!(to_come - stage.ether_to_come(), first.fees);

    stage.arrives(lead, lead.address, What::Delegator);
    assert_eq!(stage.stake(first.address), with(lead.address, first.stake));
    let pool = stage.pool(lead.address);
    assert_eq!(stage.stake(pool).amount, troupe.foreign - first.stake);
    assert_eq!(
        stage.stake(lead.address).delegated,
        lead.stake + troupe.foreign
    );
}

#[test]
fn a_claim_after_its_orchestrator_comes_out_of_the_pool_in_the_same_round() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let (lead, first) = (&troupe.orchestrator, &troupe.delegators[0]);
    let to = stage.fresh().address();
    stage.arrives(lead, to, What::Delegator);
    let pool = stage.pool(lead.address);
    stage.claim(first, Address::ZERO).expect("claims");
    assert_eq!(stage.stake(first.address), with(to, first.stake));
    assert_eq!(stage.pool_stake(pool), (troupe.foreign, first.stake));
    assert_eq!(stage.stake(pool).amount, troupe.foreign - first.stake);
}

#[test]
fn a_claim_with_a_new_delegate_is_with_it_whether_or_not_there_is_a_pool() {
    let mut stage = Stage::any();
    let (troupe, others) = (stage.troupe(), stage.troupe());
    let (lead, named) = (&troupe.orchestrator, &others.orchestrator);
    stage.arrives(named, named.address, What::Delegator);
    let [before, after, ..] = &troupe.delegators;
    stage.claim(before, named.address).expect("claims");
    stage.arrives(lead, lead.address, What::Delegator);
    stage.claim(after, named.address).expect("claims");
    for it in [before, after] {
        assert_eq!(stage.stake(it.address), with(named.address, it.stake));
    }
    let all = named.stake + others.foreign + before.stake + after.stake;
    assert_eq!(stage.stake(named.address).delegated, all);
}

#[test]
fn who_has_fees_and_no_stake_gets_them_with_a_delegate_or_without() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    for it in [&troupe.fees_only, &troupe.alone] {
        let to_come = stage.ether_to_come();
        let done = stage.claim(it, Address::ZERO).expect("claims");
        assert_eq!(to_come - stage.ether_to_come(), it.fees);
        let event: IL2Migrator::StakeClaimed = done
            .event(stage.at(Contract::L2Migrator))
            .expect("an event");
        assert_eq!(event.fees, U256::from(it.fees));
        assert_eq!(stage.stake(it.address), with(Address::ZERO, 0));
    }
}

#[test]
fn a_claim_and_a_message_for_the_same_stake_bring_it_once() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let [first, second, ..] = &troupe.delegators;
    stage.claim(first, Address::ZERO).expect("claims");
    let late = stage.signed(message(first, first.address, What::Delegator), &first.key);
    let sent = stage.submit(&stage.l1, &late).expect("L1 does not know");
    let why = stage.waits(sent.id);
    assert!(why.contains("DELEGATOR_ALREADY_MIGRATED"), "{why}");
    assert_eq!(stage.stake(first.address).amount, first.stake);

    stage.arrives(second, second.address, What::Delegator);
    let late = stage
        .claim(second, Address::ZERO)
        .expect_err("has all of it");
    assert!(late.to_string().contains("ALREADY_MIGRATED"), "{late}");
}
