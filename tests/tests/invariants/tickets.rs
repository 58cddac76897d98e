//! The bridge's rules: a ticket is created when it arrives; its call succeeds at once, or waits to be redeemed by anyone, or expires.

use crate::run::{Run, word};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::{IL2LPTDataCache, IL2LPTGateway, IL2Migrator, IL2SwitchOver};
use confluence_kit::bridge::alias;
use confluence_kit::sim::Revert;
use confluence_tests::native::{Hints, Part, Whole};

/// What a ticket brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// BridgeMinter's ether.
    Eth(u128),
    /// BridgeMinter's LPT.
    Lpt(u128),
    /// L1's supply.
    Supply,
    /// The switch-over's announcement.
    Announcement,
    /// All of an account.
    Whole(usize),
    /// A part of an account's stake.
    Part(usize, u128),
    /// Some of its locks.
    Locks(usize, Vec<usize>),
    /// A broadcaster's funds.
    Sender(usize),
}

/// Where a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// L1 has sent it.
    InFlight,
    /// It is on L2, and its call has not succeeded.
    Pending,
    /// Its call has.
    Redeemed,
    /// Nobody redeemed it in time.
    Expired,
}

/// A retryable ticket.
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    /// What it brings.
    pub(crate) what: What,
    /// Where it is.
    pub(crate) state: State,
    from: Address,
    to: Address,
    value: u128,
    data: Vec<u8>,
}

impl Run {
    /// L1SwitchOver's four tickets.
    pub(crate) fn switch_over(&mut self, supply: u128) {
        let (lpt, eth) = self.announced;
        self.send_lpt(lpt);
        let l1 = self.l2.l1;
        self.push(What::Eth(eth), l1.migrator, self.l2.migrator, eth, vec![]);
        let call = IL2LPTDataCache::finalizeCacheTotalSupplyCall {
            totalSupply: word(supply),
        };
        self.push(What::Supply, l1.cache, self.l2.cache, 0, call.abi_encode());
        self.announce();
    }

    /// `announceAgain`, or the first time.
    pub(crate) fn announce(&mut self) {
        let (lpt, eth) = self.announced;
        let call = IL2SwitchOver::finalizeSwitchOverCall {
            announcement: IL2SwitchOver::Announcement {
                lptAmount: word(lpt),
                ethAmount: word(eth),
                inflation: U256::from(218_500),
                l1TotalSupply: word(1),
            },
        };
        let from = self.l2.l1.switch_over;
        let to = self.l2.switch_over;
        self.push(What::Announcement, from, to, 0, call.abi_encode());
    }

    /// LPT for L2Migrator through the gateways.
    pub(crate) fn send_lpt(&mut self, amount: u128) {
        let call = IL2LPTGateway::finalizeInboundTransferCall {
            token: self.l2.l1.token,
            from: self.l2.l1.migrator,
            to: self.l2.migrator,
            amount: word(amount),
            data: Default::default(),
        };
        let (from, to) = (self.l2.l1.gateway, self.l2.gateway);
        self.push(What::Lpt(amount), from, to, 0, call.abi_encode());
    }

    /// What L1Migrator says about an account.
    pub(crate) fn params(&self, i: usize) -> Whole {
        let it = &self.accounts[i];
        Whole {
            l1Addr: it.l1,
            l2Addr: it.l2,
            stake: word(it.stake),
            delegatedStake: word(it.delegated),
            fees: word(it.fees),
            delegate: it.delegate,
        }
    }

    /// `migrateDelegator`.
    pub(crate) fn send_whole(&mut self, i: usize) {
        let params = self.params(i);
        let call = IL2Migrator::finalizeMigrateDelegatorCall { params };
        self.push_message(What::Whole(i), call.abi_encode());
    }

    /// `migrate`; L1 refuses what has neither amount nor fees.
    pub(crate) fn send_part(&mut self, i: usize, amount: u128, hints: Hints) -> bool {
        if amount == 0 && self.accounts[i].fees == 0 {
            return false;
        }
        let whole = self.params(i);
        let nonce = self.accounts[i].nonce;
        self.accounts[i].nonce += 1;
        let params = Part {
            l1Addr: whole.l1Addr,
            l2Addr: whole.l2Addr,
            amount: word(amount),
            stake: whole.stake,
            delegatedStake: whole.delegatedStake,
            fees: whole.fees,
            delegate: whole.delegate,
            nonce: U256::from(nonce),
        };
        let call = IL2Migrator::finalizeMigrateCall { params, hints };
        self.push_message(What::Part(i, amount), call.abi_encode());
        true
    }

    /// `migrateUnbondingLocks`.
    pub(crate) fn send_locks(&mut self, i: usize, ids: Vec<usize>) {
        let it = &self.accounts[i];
        let params = IL2Migrator::MigrateUnbondingLocksParams {
            l1Addr: it.l1,
            l2Addr: it.l2,
            total: word(ids.iter().map(|id| it.locks[*id]).sum()),
            unbondingLockIds: ids.iter().map(|id| U256::from(*id)).collect(),
            delegate: it.delegate,
        };
        let call = IL2Migrator::finalizeMigrateUnbondingLocksCall { params };
        self.push_message(What::Locks(i, ids), call.abi_encode());
    }

    /// `migrateSender`.
    pub(crate) fn send_sender(&mut self, i: usize) {
        let it = &self.accounts[i];
        let params = IL2Migrator::MigrateSenderParams {
            l1Addr: it.l1,
            l2Addr: it.l2,
            deposit: word(it.deposit),
            reserve: word(it.reserve),
        };
        let call = IL2Migrator::finalizeMigrateSenderCall { params };
        self.push_message(What::Sender(i), call.abi_encode());
    }

    fn push_message(&mut self, what: What, data: Vec<u8>) {
        self.push(what, self.l2.l1.migrator, self.l2.migrator, 0, data);
    }

    fn push(&mut self, what: What, from: Address, to: Address, value: u128, data: Vec<u8>) {
        self.tickets.push(Ticket {
            what,
            state: State::InFlight,
            from,
            to,
            value,
            data,
        });
    }

    /// The tickets in a state.
    pub(crate) fn in_state(&self, state: State) -> Vec<usize> {
        (0..self.tickets.len())
            .filter(|i| self.tickets[*i].state == state)
            .collect()
    }

    /// The ticket's call, by whoever pays for it. A failure must have one of the known reasons, and at a time when it is true.
    pub(crate) fn attempt(&mut self, i: usize) -> bool {
        let ticket = self.tickets[i].clone();
        let before = self.delegates();
        let expected = self.obstacle(&ticket.what);
        let from = alias(&ticket.from);
        let value = U256::from(ticket.value);
        self.l2.world.fund(from, value);
        let done = self
            .l2
            .world
            .transact(from, ticket.to, value, ticket.data.clone());
        self.l2.world.fund(from, U256::ZERO);
        let met = done.result.err();
        assert_eq!(met, expected, "{:?}\n{}", ticket.what, self.story());
        if met.is_some() {
            self.tickets[i].state = State::Pending;
            return false;
        }
        self.tickets[i].state = State::Redeemed;
        match ticket.what {
            What::Eth(amount) => self.eth_arrived += amount,
            What::Lpt(amount) => self.lpt_arrived += amount,
            _ => {}
        }
        for (who, delegate) in before {
            let now = self.l2.delegator(who);
            assert!(
                now.delegate == delegate,
                "a message changed the delegate of {who} from {delegate} to {}\n{}",
                now.delegate,
                self.story()
            );
        }
        true
    }

    /// Who has stake, and with whom. A pool that gives its last stake away has no delegate any more.
    fn delegates(&self) -> Vec<(Address, Address)> {
        let pools = self.pools();
        self.addresses()
            .into_iter()
            .filter(|who| !pools.contains(who))
            .map(|who| (who, self.l2.delegator(who)))
            .filter(|(_, it)| it.bonded != 0)
            .map(|(who, it)| (who, it.delegate))
            .collect()
    }

    /// Why a ticket's call must fail now: what has arrived already, what has not arrived yet, the pause, the round.
    fn obstacle(&self, what: &What) -> Option<Revert> {
        // L2 starts with everything here, so funds are never short.
        let (i, stake) = match what {
            What::Eth(_) | What::Lpt(_) | What::Supply | What::Announcement => return None,
            What::Whole(i) => (
                *i,
                self.accounts[*i].stake.saturating_sub(self.arrived(*i).0),
            ),
            What::Part(i, amount) => (*i, *amount),
            What::Locks(i, ids) => (*i, ids.iter().map(|id| self.accounts[*i].locks[*id]).sum()),
            What::Sender(i) => (*i, 0),
        };
        if self.is_paused() {
            return Some(Revert::text("system is paused"));
        }
        let it = &self.accounts[i];
        let text = |is: bool, text| is.then(|| Revert::text(text));
        match what {
            What::Locks(_, ids) => {
                if let Some(again) = text(
                    ids.iter().any(|id| self.has_lock(i, *id)),
                    "UNBONDING_LOCK_ALREADY_MIGRATED",
                ) {
                    return Some(again);
                }
            }
            What::Sender(_) => {
                if let Some(again) = text(self.has_sender(i), "SENDER_ALREADY_MIGRATED") {
                    return Some(again);
                }
            }
            _ => {
                if self.l2.is_migrated(it.l1) {
                    return Some(Revert::text("DELEGATOR_ALREADY_MIGRATED"));
                }
                if self.arrived(i).0 + stake > it.stake {
                    return Some(Revert::text("MIGRATE:EXCEEDS_STAKE"));
                }
            }
        }
        if self.moves_stake(what, i, stake) && !self.is_initialized() {
            return Some(Revert::text("current round is not initialized"));
        }
        None
    }

    /// Whether BondingManager is asked: for stake, and for a pool that is not there yet.
    fn moves_stake(&self, what: &What, i: usize, stake: u128) -> bool {
        if stake != 0 {
            return true;
        }
        let it = &self.accounts[i];
        let opens = matches!(what, What::Whole(_) | What::Part(..))
            && it.is_orchestrator()
            && self.l2.pool(it.l1).is_zero();
        opens && self.claimed(it.l1) < it.delegated - it.stake
    }

    /// Nobody redeemed it. Ether goes where the ticket says, LPT stays in escrow until it is sent again, and the announcement is repeated.
    pub(crate) fn expire(&mut self, i: usize) {
        self.tickets[i].state = State::Expired;
        match self.tickets[i].what.clone() {
            What::Eth(amount) => {
                let had = self.l2.world.balance(self.l2.migrator);
                self.l2.world.fund(self.l2.migrator, had + word(amount));
                self.eth_arrived += amount;
            }
            What::Lpt(amount) => self.send_lpt(amount),
            What::Announcement => self.announce(),
            What::Supply => {
                let again = Ticket {
                    state: State::InFlight,
                    ..self.tickets[i].clone()
                };
                self.tickets.push(again);
            }
            _ => {}
        }
    }
}
