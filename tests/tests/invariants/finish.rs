//! The end: everything that is left is sent again and redeemed, everybody leaves, and nothing but rounding remains.

use crate::run::Run;
use crate::tickets::State;
use alloy_primitives::Address;
use confluence_abi::{IController, IL2SwitchOver};
use confluence_tests::native::UNBONDING_ROUNDS;

impl Run {
    /// Runs it.
    pub(crate) fn finish(&mut self) {
        self.trace("the end begins".into());
        self.start();
        self.bring_everything();
        self.check();
        self.everybody_leaves();
        self.check();
    }

    /// Whatever happened to the switch-over's tickets, L2 starts.
    fn start(&mut self) {
        for state in [State::Pending, State::InFlight] {
            for i in self.in_state(state) {
                if self.tickets[i].state != State::Redeemed {
                    self.attempt(i);
                }
            }
        }
        if !self.has_started() {
            let anyone = self.l2.world.address();
            let call = IL2SwitchOver::completeCall {};
            self.l2
                .world
                .send(anyone, self.l2.switch_over, &call)
                .unwrap();
        }
        if self.is_paused() {
            let call = IController::unpauseCall {};
            self.l2
                .world
                .send(self.l2.governor, self.l2.controller, &call)
                .unwrap();
        }
        self.initialize();
    }

    /// What expired is sent again, what was never sent is sent now.
    fn bring_everything(&mut self) {
        for i in self.in_state(State::Pending) {
            self.attempt(i);
        }
        for i in 0..self.accounts.len() {
            if !self.l2.is_migrated(self.accounts[i].l1) {
                self.send_whole(i);
            }
            let locks: Vec<_> = (0..self.accounts[i].locks.len())
                .filter(|id| !self.has_lock(i, *id))
                .collect();
            self.send_locks(i, locks);
            if !self.has_sender(i) {
                self.send_sender(i);
            }
        }
        for i in self.in_state(State::InFlight) {
            assert!(
                self.attempt(i),
                "{:?} does not arrive\n{}",
                self.tickets[i].what,
                self.story()
            );
        }
        for (i, account) in self.accounts.iter().enumerate() {
            // Whoever claimed before his orchestrator came had it all; parts may have brought less only if the snapshot had less.
            assert_eq!(self.arrived(i), (account.stake, true), "{}", self.story());
        }
        let left = self.l2.lpt(self.l2.migrator);
        assert!(
            left <= self.may_remain(),
            "{left} LPT remain\n{}",
            self.story()
        );
        assert_eq!(self.l2.eth(self.l2.migrator), 0, "ether remains");
        for pool in self.pools() {
            let (all, claimed) = self.l2.pool_stake(pool);
            assert!(all - claimed <= 3, "a pool keeps what nobody can claim");
        }
    }

    fn everybody_leaves(&mut self) {
        self.l2.next_round();
        let everybody: Vec<Address> = self
            .addresses()
            .into_iter()
            .filter(|who| !who.is_zero() && !self.pools().contains(who))
            .collect();
        for who in &everybody {
            let all = self.l2.pending_stake(*who);
            if all != 0 {
                let has = self.unbond_amount(*who, all);
                assert!(has, "{who} cannot leave with {all}\n{}", self.story());
            }
        }
        for _ in 0..UNBONDING_ROUNDS {
            self.l2.next_round();
        }
        for who in &everybody {
            if self.l2.pending_fees(*who) != 0 {
                assert!(
                    self.withdraw_fees(*who),
                    "{who} gets no fees\n{}",
                    self.story()
                );
            }
        }
        let locks = self.locks.clone();
        for (who, id) in locks {
            self.withdraw(who, id);
        }
        assert_eq!(self.locked(), 0, "every lock is paid\n{}", self.story());
        // What nobody took is what was nobody's, what waits for orchestrators that have not come back, and in pools the units by which
        // L1's sum was too large with what those have earned; but for a base unit that each reward and each departure may round
        // away for each account.
        let left = self.l2.lpt(self.l2.minter);
        let pools = self.pools();
        let unclaimed: u128 = pools.iter().map(|it| self.l2.pending_stake(*it)).sum();
        let rounding = (self.rewards + 1) * 2 * self.addresses().len() as u128 + self.may_remain();
        let least = (self.forfeited + unclaimed).saturating_sub(rounding);
        let most = self.forfeited + self.waiting + unclaimed + rounding;
        assert!(
            (least..=most).contains(&left),
            "{left} LPT remain in the Minter, {least} to {most} may\n{}",
            self.story()
        );
    }
}
