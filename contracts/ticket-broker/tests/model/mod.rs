//! The broker once more, as plainly as it can be said: big integers, ordered maps, every round kept, nothing packed.
//! Always holds: it shares no code with the program; an action says which events follow or how it reverts, and then changes nothing.
#![allow(dead_code, unreachable_pub)]

use alloy_primitives::{Address, B256};
use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};

pub type N = BigUint;

/// An event, and of its arguments what a model can be wrong about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    DepositFunded(Address, N),
    ReserveFunded(Address, N),
    ReserveClaimed(Address, Address, N),
    Unlock(Address, u64, u64),
    UnlockCancelled(Address),
    Transfer(Address, Address, N),
    Redeemed(B256),
    Withdrawal(Address, N, N),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fail {
    Text(&'static str),
    Overflow,
}

pub type Res = Result<Vec<Event>, Fail>;

#[derive(Clone, Debug, Default)]
pub struct Sender {
    pub deposit: N,
    pub reserve: N,
    pub withdraw_round: u64,
}

#[derive(Clone, Debug)]
pub struct Ticket {
    pub hash: B256,
    pub sender: Address,
    pub recipient: Address,
    pub face_value: N,
    pub round: u64,
    pub is_signed: bool,
    pub won: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Broker {
    pub paused: bool,
    pub round: u64,
    pub unlock_period: u64,
    pub validity: u64,
    pub original: bool,
    pub active: BTreeSet<Address>,
    pub pool_size: u64,
    pub senders: BTreeMap<Address, Sender>,
    pub claimed: BTreeMap<(Address, u64), N>,
    pub claimed_by: BTreeMap<(Address, u64, Address), N>,
    pub used: BTreeSet<B256>,
    pub paid_in: N,
    pub paid_out: N,
    pub fees: N,
}

fn need(holds: bool, text: &'static str) -> Result<(), Fail> {
    if holds { Ok(()) } else { Err(Fail::Text(text)) }
}

impl Broker {
    /// One action: all of it, or nothing.
    pub fn run(&mut self, action: impl FnOnce(&mut Self) -> Res) -> Res {
        let before = self.clone();
        let done = action(self);
        if done.is_err() {
            *self = before;
        }
        done
    }

    fn sender(&mut self, who: Address) -> &mut Sender {
        self.senders.entry(who).or_default()
    }

    fn running(&self) -> Result<(), Fail> {
        need(!self.paused, "system is paused")
    }

    fn relock(&mut self, who: Address, events: &mut Vec<Event>) {
        if self.sender(who).withdraw_round > 0 {
            self.sender(who).withdraw_round = 0;
            events.push(Event::UnlockCancelled(who));
        }
    }

    pub fn fund_deposit(&mut self, who: Address, amount: &N) -> Res {
        self.running()?;
        let mut events = vec![];
        self.sender(who).deposit += amount;
        self.relock(who, &mut events);
        self.paid_in += amount;
        events.push(Event::DepositFunded(who, amount.clone()));
        Ok(events)
    }

    pub fn fund_reserve(&mut self, who: Address, amount: &N) -> Res {
        self.running()?;
        let mut events = vec![Event::ReserveFunded(who, amount.clone())];
        self.sender(who).reserve += amount;
        self.relock(who, &mut events);
        self.paid_in += amount;
        Ok(events)
    }

    pub fn fund_for(&mut self, from: Address, who: Address, deposit: &N, reserve: &N) -> Res {
        self.running()?;
        let mut events = vec![];
        self.sender(who).deposit += deposit;
        self.sender(who).reserve += reserve;
        if from == who {
            self.relock(who, &mut events);
        }
        self.paid_in += deposit + reserve;
        events.push(Event::ReserveFunded(who, reserve.clone()));
        events.push(Event::DepositFunded(who, deposit.clone()));
        Ok(events)
    }

    fn has_funds(&mut self, who: Address) -> bool {
        let it = self.sender(who);
        it.deposit != N::ZERO || it.reserve != N::ZERO
    }

    pub fn unlock(&mut self, who: Address) -> Res {
        self.running()?;
        need(self.has_funds(who), "sender deposit and reserve are zero")?;
        need(
            self.sender(who).withdraw_round == 0,
            "unlock already initiated",
        )?;
        let (start, end) = (self.round, self.round + self.unlock_period);
        self.sender(who).withdraw_round = end;
        Ok(vec![Event::Unlock(who, start, end)])
    }

    pub fn cancel(&mut self, who: Address) -> Res {
        self.running()?;
        need(
            self.sender(who).withdraw_round > 0,
            "no unlock request in progress",
        )?;
        self.sender(who).withdraw_round = 0;
        Ok(vec![Event::UnlockCancelled(who)])
    }

    pub fn withdraw(&mut self, who: Address) -> Res {
        self.running()?;
        need(self.has_funds(who), "sender deposit and reserve are zero")?;
        let round = self.round;
        let it = self.sender(who);
        need(it.withdraw_round > 0, "no unlock request in progress")?;
        need(round >= it.withdraw_round, "account is locked")?;
        let (deposit, reserve) = (
            std::mem::take(&mut it.deposit),
            std::mem::take(&mut it.reserve),
        );
        self.paid_out += &deposit + &reserve;
        Ok(vec![Event::Withdrawal(who, deposit, reserve)])
    }

    /// What `claimant` can draw from the reserve of `holder`.
    pub fn claimable(&self, holder: Address, claimant: Address) -> Result<N, Fail> {
        let parts = if self.original {
            self.pool_size
        } else {
            self.active.len() as u64
        };
        if !self.active.contains(&claimant) || parts == 0 {
            return Ok(N::ZERO);
        }
        let reserve = self
            .senders
            .get(&holder)
            .map(|it| it.reserve.clone())
            .unwrap_or_default();
        let drawn = self
            .claimed
            .get(&(holder, self.round))
            .cloned()
            .unwrap_or_default();
        let own = self
            .claimed_by
            .get(&(holder, self.round, claimant))
            .cloned()
            .unwrap_or_default();
        let part = (&reserve + drawn) / N::from(parts);
        match part >= own {
            true if self.original => Ok(part - own),
            true => Ok((part - own).min(reserve)),
            false if self.original => Err(Fail::Overflow),
            false => Ok(N::ZERO),
        }
    }

    pub fn redeem(&mut self, ticket: &Ticket) -> Res {
        self.running()?;
        need(
            ticket.round + self.validity > self.round,
            "ticket is expired",
        )?;
        need(!self.used.contains(&ticket.hash), "ticket is used")?;
        need(ticket.is_signed, "invalid signature over ticket hash")?;
        need(ticket.won, "ticket did not win")?;
        let round = self.round;
        let it = self.sender(ticket.sender).clone();
        need(
            it.withdraw_round == 0 || round < it.withdraw_round,
            "sender is unlocked",
        )?;
        need(
            self.has_funds(ticket.sender),
            "sender deposit and reserve are zero",
        )?;
        need(
            self.original || self.active.contains(&ticket.recipient),
            "ticket recipient is not active",
        )?;
        self.used.insert(ticket.hash);
        let mut events = vec![];
        let from_deposit = ticket.face_value.clone().min(it.deposit.clone());
        let mut amount = from_deposit.clone();
        self.sender(ticket.sender).deposit -= from_deposit;
        let missing = &ticket.face_value - &amount;
        if missing > N::ZERO {
            let drawn = self
                .claimable(ticket.sender, ticket.recipient)?
                .min(missing);
            if drawn > N::ZERO {
                if drawn > it.reserve {
                    return Err(Fail::Overflow);
                }
                self.sender(ticket.sender).reserve -= &drawn;
                *self.claimed.entry((ticket.sender, round)).or_default() += &drawn;
                *self
                    .claimed_by
                    .entry((ticket.sender, round, ticket.recipient))
                    .or_default() += &drawn;
                events.push(Event::ReserveClaimed(
                    ticket.sender,
                    ticket.recipient,
                    drawn.clone(),
                ));
                amount += drawn;
            }
        }
        if amount > N::ZERO {
            self.fees += &amount;
            events.push(Event::Transfer(ticket.sender, ticket.recipient, amount));
        }
        events.push(Event::Redeemed(ticket.hash));
        Ok(events)
    }

    pub fn batch(&mut self, tickets: &[Ticket]) -> Res {
        self.running()?;
        let mut events = vec![];
        for ticket in tickets {
            events.extend(self.run(|it| it.redeem(ticket)).unwrap_or_default());
        }
        Ok(events)
    }
}
