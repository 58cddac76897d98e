//! Accounts, frames, and the journal that undoes them.
//! Always holds: every change of an account goes through the journal, so a failed frame leaves nothing behind.

use crate::buffer::ROOM;
use crate::entries::Program;
use crate::{Address, B256, U256};
use alloc::rc::Rc;
use alloc::{boxed::Box, vec, vec::Vec};
use alloy_primitives::map::{AddressMap, B256Map, DefaultHashBuilder as Hasher, HashMap, HashSet};
use core::cell::RefCell;

/// A contract that a test plays: gets what it is called with, answers or reverts with bytes.
pub(super) type Play = Rc<dyn Fn(&Callee<'_>) -> Result<Vec<u8>, Vec<u8>>>;

/// What a played contract is called with.
#[derive(Clone, Copy, Debug)]
pub struct Callee<'a> {
    /// The contract that is played.
    pub address: Address,
    /// Who calls it.
    pub sender: Address,
    /// The wei sent along.
    pub value: U256,
    /// Selector and arguments.
    pub data: &'a [u8],
    /// Whether it may change nothing.
    pub is_static: bool,
}

/// What runs at an address.
#[derive(Clone)]
pub(super) enum Code {
    Program(&'static Program),
    /// Runs what its ERC-1967 slot names.
    Proxy,
    /// Runs what its code names.
    Clone(Address),
    Play(Play),
    /// What this init code makes; it cannot be called here.
    Evm(Rc<[u8]>),
}

#[derive(Clone, Default)]
pub(super) struct Account {
    pub(super) balance: U256,
    pub(super) nonce: u64,
    pub(super) code: Option<Code>,
    pub(super) storage: B256Map<B256>,
}

/// One call of one contract.
pub(super) struct Frame {
    pub(super) acting: Address,
    pub(super) sender: Address,
    pub(super) value: U256,
    pub(super) data: Vec<u8>,
    pub(super) is_static: bool,
    /// Did what a static call must not, or what the host refuses: it fails without data.
    pub(super) doomed: bool,
    /// Slot -> value, and what the chain is known to hold.
    pub(super) cache: B256Map<(B256, Option<B256>)>,
    pub(super) result: Vec<u8>,
    pub(super) answer: Vec<u8>,
    pub(super) out: Box<[u8; ROOM]>,
    pub(super) memory: Vec<Vec<u64>>,
}

impl Frame {
    pub(super) fn new(
        acting: Address,
        sender: Address,
        value: U256,
        data: Vec<u8>,
        is_static: bool,
    ) -> Self {
        Frame {
            acting,
            sender,
            value,
            data,
            is_static,
            doomed: false,
            cache: B256Map::default(),
            result: vec![],
            answer: vec![],
            out: Box::new([0; ROOM]),
            memory: vec![],
        }
    }
}

/// How to undo one change.
pub(super) enum Undo {
    Slot(Address, B256, B256),
    Balance(Address, U256),
    Nonce(Address, u64),
    Code(Address),
}

/// What the running transaction did to storage.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) loaded: HashSet<(Address, B256), Hasher>,
    /// What a written slot held before the transaction.
    pub(super) before: HashMap<(Address, B256), B256, Hasher>,
}

/// Everything there is.
pub(super) struct State {
    pub(super) accounts: AddressMap<Account>,
    pub(super) frames: Vec<Frame>,
    pub(super) journal: Vec<Undo>,
    pub(super) logs: Vec<super::Log>,
    pub(super) touched: Touched,
    pub(super) block_number: u64,
    pub(super) timestamp: u64,
    pub(super) chain_id: u64,
    pub(super) made: u64,
}

impl State {
    fn new() -> Self {
        State {
            accounts: AddressMap::default(),
            // Rules that a test calls directly, outside any contract, run in this one.
            frames: vec![Frame::new(
                Address::ZERO,
                Address::ZERO,
                U256::ZERO,
                vec![],
                false,
            )],
            journal: vec![],
            logs: vec![],
            touched: Touched::default(),
            block_number: 1,
            timestamp: 1,
            chain_id: 412_346,
            made: 0,
        }
    }

    /// The running frame.
    pub(super) fn frame(&mut self) -> &mut Frame {
        self.frames
            .last_mut()
            .expect("the outermost frame is never left")
    }

    pub(super) fn account(&mut self, who: Address) -> &mut Account {
        self.accounts.entry(who).or_default()
    }

    pub(super) fn slot(&self, who: Address, slot: B256) -> B256 {
        self.accounts
            .get(&who)
            .and_then(|a| a.storage.get(&slot))
            .copied()
            .unwrap_or_default()
    }

    pub(super) fn set_slot(&mut self, who: Address, slot: B256, value: B256) {
        let before = self.slot(who, slot);
        if before != value {
            self.touched.before.entry((who, slot)).or_insert(before);
            self.journal.push(Undo::Slot(who, slot, before));
            self.put_slot(who, slot, value);
        }
    }

    fn put_slot(&mut self, who: Address, slot: B256, value: B256) {
        let storage = &mut self.account(who).storage;
        if value.is_zero() {
            storage.remove(&slot);
        } else {
            storage.insert(slot, value);
        }
    }

    pub(super) fn balance(&self, who: Address) -> U256 {
        self.accounts
            .get(&who)
            .map(|a| a.balance)
            .unwrap_or_default()
    }

    pub(super) fn set_balance(&mut self, who: Address, value: U256) {
        let before = self.balance(who);
        self.journal.push(Undo::Balance(who, before));
        self.account(who).balance = value;
    }

    /// Moves wei; `false` where there is too little.
    pub(super) fn transfer(&mut self, from: Address, to: Address, value: U256) -> bool {
        if value.is_zero() {
            return true;
        }
        let Some(left) = self.balance(from).checked_sub(value) else {
            return false;
        };
        self.set_balance(from, left);
        self.set_balance(to, self.balance(to) + value);
        true
    }

    /// A fresh contract address of `creator`.
    pub(super) fn create(&mut self, creator: Address, code: Code) -> Address {
        let nonce = self.account(creator).nonce;
        self.journal.push(Undo::Nonce(creator, nonce));
        self.account(creator).nonce = nonce + 1;
        let it = creator.create(nonce);
        self.journal.push(Undo::Code(it));
        self.account(it).code = Some(code);
        it
    }

    /// Undoes what happened since the journal had `mark` entries and there were `logs` logs.
    pub(super) fn undo(&mut self, mark: usize, logs: usize) {
        self.logs.truncate(logs);
        while self.journal.len() > mark {
            match self.journal.pop().expect("longer than the mark") {
                Undo::Slot(who, slot, value) => self.put_slot(who, slot, value),
                Undo::Balance(who, value) => self.account(who).balance = value,
                Undo::Nonce(who, nonce) => self.account(who).nonce = nonce,
                Undo::Code(who) => self.account(who).code = None,
            }
        }
    }
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State::new());
}

/// Looks at the world, or changes it. Never held while a program runs.
pub(super) fn with<R>(f: impl FnOnce(&mut State) -> R) -> R {
    STATE.with(|state| f(&mut state.borrow_mut()))
}

/// Begins anew.
pub(super) fn reset() {
    with(|state| *state = State::new());
}
