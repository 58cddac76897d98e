//! What can happen next: two numbers choose what exactly.

use crate::run::{Run, word};
use crate::tickets::State;
use alloy_primitives::{Address, U256};
use confluence_abi::{
    IBondingManager, IController, IL2LPTGateway, IL2Migrator, IL2SwitchOver, ILivepeerToken,
};
use confluence_tests::native::{Hints, ONE};

impl Run {
    /// One step; says what it was.
    pub(crate) fn step(&mut self, kind: u8, a: usize, b: usize) -> String {
        match kind % 20 {
            0 | 1 => self.send(a, b),
            2..=5 => self.deliver(a, b),
            6 | 7 => self.redeem(a),
            8 => self.let_expire(a),
            9 => self.complete(),
            10 | 11 => self.claim_snapshot(a, b),
            12 => self.round(a),
            13 | 14 => self.reward_or_earn(a, b),
            15 => self.pause_or_go_on(),
            16 => self.unbond(a, b),
            17 => self.lock(a, b),
            18 => self.move_delegate(a, b),
            _ => self.withdraw_fees_or_lpt(a, b),
        }
    }

    fn send(&mut self, a: usize, b: usize) -> String {
        let i = a % self.accounts.len();
        match b % 5 {
            0 => self.send_whole(i),
            1 | 2 => {
                let stake = self.accounts[i].stake;
                let amount = match b % 3 {
                    0 => stake,
                    1 => stake / 3,
                    _ => stake / 100 * (b as u128 % 100),
                };
                let hints = self.hints(a, b);
                self.send_part(i, amount, hints);
            }
            3 => {
                let ids = (0..self.accounts[i].locks.len())
                    .filter(|id| b >> (4 + id) & 1 == 1)
                    .collect();
                self.send_locks(i, ids);
            }
            _ => self.send_sender(i),
        }
        format!("send {:?}", self.tickets.last().map(|ticket| &ticket.what))
    }

    /// Neighbours that may be right, wrong, or nobody.
    fn hints(&self, a: usize, b: usize) -> Hints {
        let all = self.addresses();
        let pick = |n: usize| all[n % all.len()];
        Hints {
            selfPrev: pick(a),
            selfNext: pick(b),
            poolPrev: pick(a + b),
            poolNext: pick(a / 3),
        }
    }

    /// L1's message arrives: its call runs at once, but for too little gas.
    fn deliver(&mut self, a: usize, b: usize) -> String {
        let waiting = self.in_state(State::InFlight);
        let Some(i) = waiting.get(a % waiting.len().max(1)).copied() else {
            return "nothing to deliver".into();
        };
        if b.is_multiple_of(4) {
            self.tickets[i].state = State::Pending;
            return format!("{:?} arrives without gas", self.tickets[i].what);
        }
        let done = self.attempt(i);
        format!("{:?} arrives: {done}", self.tickets[i].what)
    }

    fn redeem(&mut self, a: usize) -> String {
        let pending = self.in_state(State::Pending);
        let Some(i) = pending.get(a % pending.len().max(1)).copied() else {
            return "nothing to redeem".into();
        };
        let done = self.attempt(i);
        format!("redeem {:?}: {done}", self.tickets[i].what)
    }

    fn let_expire(&mut self, a: usize) -> String {
        let pending = self.in_state(State::Pending);
        let Some(i) = pending.get(a % pending.len().max(1)).copied() else {
            return "nothing to expire".into();
        };
        self.expire(i);
        format!("{:?} expires", self.tickets[i].what)
    }

    fn complete(&mut self) -> String {
        let call = IL2SwitchOver::completeCall {};
        let anyone = self.l2.world.address();
        let done = self.l2.world.send(anyone, self.l2.switch_over, &call);
        format!("complete: {:?}", done.result.err())
    }

    fn claim_snapshot(&mut self, a: usize, b: usize) -> String {
        let all = &self.accounts;
        let account = &all[a % all.len()];
        let Some(entry) = account.entry else {
            return "not in the snapshot".into();
        };
        let named = match b % 3 {
            0 => all[b % all.len()].l2,
            _ => Address::ZERO,
        };
        let was_done = self.l2.is_migrated(account.l1);
        let done = self.l2.claim(&self.tree, &entry, named).result;
        assert!(!(was_done && done.is_ok()), "claimed twice");
        format!("{} claims, names {named}: {:?}", account.l1, done.err())
    }

    fn round(&mut self, a: usize) -> String {
        self.l2.skip_round();
        if a.is_multiple_of(4) {
            return "a round passes".into();
        }
        self.initialize();
        "a round begins".into()
    }

    /// Initialises the round, if that is possible.
    pub(crate) fn initialize(&self) {
        if !self.is_paused() && !self.is_initialized() {
            self.l2.initialize_round();
        }
    }

    fn reward_or_earn(&mut self, a: usize, b: usize) -> String {
        self.initialize();
        let who = self.accounts[a % self.accounts.len()].l2;
        if b.is_multiple_of(3) {
            let terms = IBondingManager::transcoderCall {
                rewardCut: U256::from(b * 15 % 1_000_001),
                feeShare: U256::from(a * 15 % 1_000_001),
            };
            let done = self.l2.world.send(who, self.l2.bonding, &terms).result;
            return format!("{who} sets terms: {:?}", done.err());
        }
        if b % 3 == 1 {
            return format!("{who} calls reward: {}", self.reward(who));
        }
        let fees = ONE / 1_000 * (b as u128 + 1);
        let done = self.l2.earn(who, fees);
        if done {
            self.earned += fees;
        }
        format!("{who} earns {fees}: {done}")
    }

    fn pause_or_go_on(&mut self) -> String {
        if !self.has_started() {
            return "not started".into();
        }
        let (from, to) = (self.l2.governor, self.l2.controller);
        if self.is_paused() {
            self.l2
                .world
                .send(from, to, &IController::unpauseCall {})
                .unwrap();
            return "unpause".into();
        }
        self.l2
            .world
            .send(from, to, &IController::pauseCall {})
            .unwrap();
        "pause".into()
    }

    /// Somebody who is not a pool.
    fn somebody(&self, a: usize) -> Address {
        let account = &self.accounts[a % self.accounts.len()];
        if (a / 7).is_multiple_of(2) {
            account.l2
        } else {
            account.l1
        }
    }

    fn unbond(&mut self, a: usize, b: usize) -> String {
        let who = self.somebody(a);
        let has = self.l2.delegator(who).bonded;
        let amount = if b.is_multiple_of(2) { has } else { has / 5 };
        let done = self.unbond_amount(who, amount);
        format!("{who} unbonds {amount}: {done}")
    }

    /// Unbonds, and remembers the lock.
    pub(crate) fn unbond_amount(&mut self, who: Address, amount: u128) -> bool {
        let call = IBondingManager::unbondCall {
            amount: word(amount),
        };
        let done = self.l2.world.send(who, self.l2.bonding, &call);
        let locks = done.events::<IBondingManager::Unbond>();
        self.locks.extend(
            locks
                .iter()
                .map(|lock| (lock.delegator, lock.unbondingLockId.to::<u64>())),
        );
        done.result.is_ok()
    }

    fn lock(&mut self, a: usize, b: usize) -> String {
        let Some((who, id)) = self.locks.get(a % self.locks.len().max(1)).copied() else {
            return "no lock".into();
        };
        let lock = U256::from(id);
        let done = if b.is_multiple_of(2) {
            let call = IBondingManager::rebondCall {
                unbondingLockId: lock,
            };
            self.l2
                .world
                .send(who, self.l2.bonding, &call)
                .result
                .is_ok()
        } else {
            self.withdraw(who, id)
        };
        format!("{who} rebonds or withdraws lock {id}: {done}")
    }

    /// Withdraws a lock.
    pub(crate) fn withdraw(&self, who: Address, id: u64) -> bool {
        let call = IBondingManager::withdrawStakeCall {
            unbondingLockId: U256::from(id),
        };
        self.l2
            .world
            .send(who, self.l2.bonding, &call)
            .result
            .is_ok()
    }

    fn move_delegate(&mut self, a: usize, b: usize) -> String {
        let (who, to) = (self.somebody(a), self.somebody(b));
        let call = IBondingManager::bondCall {
            amount: U256::ZERO,
            to,
        };
        let done = self.l2.world.send(who, self.l2.bonding, &call).result;
        format!("{who} moves to {to}: {:?}", done.err())
    }

    fn withdraw_fees_or_lpt(&mut self, a: usize, b: usize) -> String {
        let who = self.somebody(a);
        if b.is_multiple_of(2) {
            let done = self.withdraw_fees(who);
            return format!("{who} withdraws fees: {done}");
        }
        let amount = word(self.l2.lpt(who) / 2);
        let approve = ILivepeerToken::approveCall {
            spender: self.l2.gateway,
            amount,
        };
        let out = IL2LPTGateway::outboundTransfer_0Call {
            l1Token: self.l2.l1.token,
            to: who,
            amount,
            data: Default::default(),
        };
        self.l2.world.send(who, self.l2.token, &approve).unwrap();
        let done = self.l2.world.send(who, self.l2.gateway, &out).result;
        format!("{who} sends {amount} LPT to L1: {:?}", done.err())
    }

    /// Withdraws all fees.
    pub(crate) fn withdraw_fees(&self, who: Address) -> bool {
        let call = IBondingManager::withdrawFeesCall {
            recipient: who,
            amount: word(self.l2.pending_fees(who)),
        };
        self.l2
            .world
            .send(who, self.l2.bonding, &call)
            .result
            .is_ok()
    }

    /// How much of an account has arrived, and whether its fees have.
    pub(crate) fn arrived(&self, i: usize) -> (u128, bool) {
        self.l2.migrated_parts(self.accounts[i].l1)
    }

    /// Whether a lock has arrived.
    pub(crate) fn has_lock(&self, i: usize, id: usize) -> bool {
        let call = IL2Migrator::migratedUnbondingLocksCall {
            l1Addr: self.accounts[i].l1,
            unbondingLockId: U256::from(id),
        };
        self.l2.world.read(self.l2.migrator, &call)
    }

    /// Whether a broadcaster's funds have.
    pub(crate) fn has_sender(&self, i: usize) -> bool {
        let addr = self.accounts[i].l1;
        let call = IL2Migrator::migratedSendersCall { addr };
        self.l2.world.read(self.l2.migrator, &call)
    }

    /// Of what was delegated to somebody, what has arrived.
    pub(crate) fn claimed(&self, delegate: Address) -> u128 {
        let call = IL2Migrator::claimedDelegatedStakeCall { delegate };
        self.l2.world.read(self.l2.migrator, &call).to::<u128>()
    }
}
