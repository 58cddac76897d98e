//! How a test makes a world, puts contracts into it and calls them.

use super::hooks::enter;
use super::receipt::{Receipt, Revert, SlotCount};
use super::state::{Account, Callee, Code, Frame, Touched, reset, with};
use crate::entries::Program;
use crate::{Address, B256, U256, b256};
use alloc::{collections::BTreeMap, rc::Rc, vec, vec::Vec};
use alloy_primitives::map::AddressMap;
use alloy_sol_types::{SolCall, SolType, SolValue, abi::TokenSeq};
use core::marker::PhantomData;

/// Where ERC-1967 proxies keep what they run.
pub(super) const IMPLEMENTATION_SLOT: B256 =
    b256!("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc");

/// A fresh world on this thread; whichever was there before is gone.
#[derive(Debug)]
pub struct World(PhantomData<*const ()>);

/// Everything in a world at one moment.
#[derive(Clone)]
pub struct Moment {
    accounts: AddressMap<Account>,
    block_number: u64,
    timestamp: u64,
    made: u64,
}

impl core::fmt::Debug for Moment {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Moment({} accounts)", self.accounts.len())
    }
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

impl World {
    /// An empty world at L1 block 1, second 1, chain 412346.
    pub fn new() -> Self {
        reset();
        World(PhantomData)
    }

    /// An address that nothing else has.
    pub fn address(&self) -> Address {
        with(|w| {
            w.made += 1;
            alloy_primitives::Address::from_slice(
                &alloy_primitives::keccak256([b"sim".as_slice(), &w.made.to_be_bytes()].concat())
                    [12..],
            )
        })
    }

    /// An address with `wei`.
    pub fn account(&self, wei: u128) -> Address {
        let who = self.address();
        self.fund(who, U256::from(wei));
        who
    }

    fn put(&self, code: Code) -> Address {
        let it = self.address();
        with(|w| w.account(it).code = Some(code));
        it
    }

    /// A program, neither constructed nor initialised: what a proxy or a clone points to.
    pub fn install(&self, program: &'static Program) -> Address {
        self.put(Code::Program(program))
    }

    /// A contract that a test plays.
    pub fn play(
        &self,
        play: impl Fn(&Callee<'_>) -> Result<Vec<u8>, Vec<u8>> + 'static,
    ) -> Address {
        self.put(Code::Play(Rc::new(play)))
    }

    /// Puts a played contract at a given address, for precompiles and for replacing one.
    pub fn play_at(
        &self,
        at: Address,
        play: impl Fn(&Callee<'_>) -> Result<Vec<u8>, Vec<u8>> + 'static,
    ) {
        with(|w| w.account(at).code = Some(Code::Play(Rc::new(play))));
    }

    /// A program deployed as `cargo stylus deploy` does it: the StylusDeployer creates it and calls its constructor at once.
    #[allow(clippy::needless_pass_by_value)]
    pub fn construct<A: SolValue>(&self, program: &'static Program, args: A) -> Receipt<Address>
    where
        for<'a> <A::SolType as SolType>::Token<'a>: TokenSeq<'a>,
    {
        let it = self.install(program);
        let mut data = crate::abi::selector("stylus_constructor", &[])
            .to_be_bytes()
            .to_vec();
        data.extend(args.abi_encode_params());
        let done = self.transact(crate::deploy::STYLUS_DEPLOYER, it, U256::ZERO, data);
        Receipt {
            result: done.result.map(|_| it),
            logs: done.logs,
            slots: done.slots,
        }
    }

    /// A program behind an ERC-1967 proxy whose constructor makes `init` in the name of `from`.
    pub fn behind_proxy(
        &self,
        program: &'static Program,
        from: Address,
        init: &impl SolCall,
    ) -> Receipt<Address> {
        let implementation = self.install(program);
        let proxy = self.put(Code::Proxy);
        self.upgrade(proxy, implementation);
        let done = self.transact(from, proxy, U256::ZERO, init.abi_encode());
        Receipt {
            result: done.result.map(|_| proxy),
            logs: done.logs,
            slots: done.slots,
        }
    }

    /// Points a proxy to another implementation.
    pub fn upgrade(&self, proxy: Address, implementation: Address) {
        self.set_slot(proxy, IMPLEMENTATION_SLOT, implementation.into_word());
    }

    /// A transaction with raw calldata.
    pub fn transact(
        &self,
        from: Address,
        to: Address,
        value: U256,
        data: Vec<u8>,
    ) -> Receipt<Vec<u8>> {
        let (result, logs, slots) = self.run(from, to, value, data, false);
        with(|w| w.journal.clear());
        Receipt {
            result,
            logs,
            slots,
        }
    }

    /// A transaction.
    pub fn send<C: SolCall>(&self, from: Address, to: Address, call: &C) -> Receipt<C::Return> {
        self.pay(from, to, U256::ZERO, call)
    }

    /// A transaction with `value` wei.
    pub fn pay<C: SolCall>(
        &self,
        from: Address,
        to: Address,
        value: U256,
        call: &C,
    ) -> Receipt<C::Return> {
        let done = self.transact(from, to, value, call.abi_encode());
        Receipt {
            result: done.result.map(|data| decoded::<C>(&data)),
            logs: done.logs,
            slots: done.slots,
        }
    }

    /// What a transaction would do, without doing it (`eth_call`).
    pub fn preview<C: SolCall>(&self, from: Address, to: Address, call: &C) -> Receipt<C::Return> {
        let (mark, logs) = with(|w| (w.journal.len(), w.logs.len()));
        let (result, log, slots) = self.run(from, to, U256::ZERO, call.abi_encode(), false);
        with(|w| w.undo(mark, logs));
        Receipt {
            result: result.map(|data| decoded::<C>(&data)),
            logs: log,
            slots,
        }
    }

    /// A view, called statically.
    pub fn view<C: SolCall>(&self, to: Address, call: &C) -> Receipt<C::Return> {
        let (result, logs, slots) =
            self.run(Address::ZERO, to, U256::ZERO, call.abi_encode(), true);
        Receipt {
            result: result.map(|data| decoded::<C>(&data)),
            logs,
            slots,
        }
    }

    /// A view that must succeed.
    #[track_caller]
    pub fn read<C: SolCall>(&self, to: Address, call: &C) -> C::Return {
        match self.view(to, call).result {
            Ok(answer) => answer,
            Err(revert) => panic!("{} reverted with {revert:?}", C::SIGNATURE),
        }
    }

    /// Runs `rules` as if in a call of `from` to the contract at `at`. What they stored is written; if they fail, undone.
    pub fn inside<R>(
        &self,
        at: Address,
        from: Address,
        rules: impl FnOnce() -> crate::Result<R>,
    ) -> crate::Result<R> {
        let (mark, logs) = with(|w| {
            w.frames
                .push(Frame::new(at, from, U256::ZERO, vec![], false));
            (w.journal.len(), w.logs.len())
        });
        let done = rules();
        if done.is_ok() {
            crate::entries::close();
        }
        with(|w| {
            w.frames.pop();
            if done.is_err() {
                w.undo(mark, logs);
            }
        });
        done
    }

    /// A call from inside a played contract: part of the running transaction, undone on its own if it fails.
    pub fn nested(
        from: Address,
        to: Address,
        value: U256,
        data: Vec<u8>,
    ) -> Result<Vec<u8>, Revert> {
        enter(from, to, value, data, false).map_err(Revert)
    }

    #[allow(clippy::type_complexity)]
    fn run(
        &self,
        from: Address,
        to: Address,
        value: U256,
        data: Vec<u8>,
        is_static: bool,
    ) -> (
        Result<Vec<u8>, Revert>,
        Vec<super::Log>,
        BTreeMap<Address, SlotCount>,
    ) {
        with(|w| {
            w.touched = Touched::default();
            w.logs.clear();
        });
        let result = enter(from, to, value, data, is_static).map_err(Revert);
        with(|w| {
            let logs = core::mem::take(&mut w.logs);
            let touched = core::mem::take(&mut w.touched);
            let mut slots = BTreeMap::<Address, SlotCount>::new();
            for (who, _) in &touched.loaded {
                slots.entry(*who).or_default().loaded += 1;
            }
            for ((who, slot), before) in &touched.before {
                let (after, count) = (w.slot(*who, *slot), slots.entry(*who).or_default());
                match (before.is_zero(), after.is_zero()) {
                    _ if *before == after => (),
                    (true, _) => count.set += 1,
                    (_, true) => count.cleared += 1,
                    _ => count.rewritten += 1,
                }
            }
            (result, logs, slots)
        })
    }

    /// Gives `who` this balance.
    pub fn fund(&self, who: Address, wei: U256) {
        with(|w| w.account(who).balance = wei);
    }

    /// The wei of `who`.
    pub fn balance(&self, who: Address) -> U256 {
        with(|w| w.balance(who))
    }

    /// The init code of a contract that a program created, if it is not a clone.
    pub fn init_code(&self, who: Address) -> Option<Vec<u8>> {
        with(|w| match &w.accounts.get(&who)?.code {
            Some(Code::Evm(code)) => Some(code.to_vec()),
            _ => None,
        })
    }

    /// A slot as it is.
    pub fn slot(&self, who: Address, slot: B256) -> B256 {
        with(|w| w.slot(who, slot))
    }

    /// Sets a slot, past all rules.
    pub fn set_slot(&self, who: Address, slot: B256, value: B256) {
        with(|w| {
            w.set_slot(who, slot, value);
            w.journal.clear();
        });
    }

    /// How many slots of `who` are not zero.
    pub fn slots_in_use(&self, who: Address) -> usize {
        with(|w| w.accounts.get(&who).map_or(0, |a| a.storage.len()))
    }

    /// Sets the L1 block number.
    pub fn set_block(&self, number: u64) {
        with(|w| w.block_number = number);
    }

    /// The L1 block number.
    pub fn block(&self) -> u64 {
        with(|w| w.block_number)
    }

    /// Sets the time, in seconds since 1970.
    pub fn set_time(&self, timestamp: u64) {
        with(|w| w.timestamp = timestamp);
    }

    /// Sets the chain's id.
    pub fn set_chain(&self, id: u64) {
        with(|w| w.chain_id = id);
    }

    /// Everything as it is now.
    pub fn remember(&self) -> Moment {
        with(|w| Moment {
            accounts: w.accounts.clone(),
            block_number: w.block_number,
            timestamp: w.timestamp,
            made: w.made,
        })
    }

    /// Everything as it was then.
    pub fn go_back(&self, moment: &Moment) {
        with(|w| {
            w.accounts = moment.accounts.clone();
            w.block_number = moment.block_number;
            w.timestamp = moment.timestamp;
            w.made = moment.made;
        });
    }
}

#[track_caller]
fn decoded<C: SolCall>(data: &[u8]) -> C::Return {
    match C::abi_decode_returns_validate(data) {
        Ok(answer) => answer,
        Err(error) => panic!(
            "{} answered {}: {error}",
            C::SIGNATURE,
            alloy_primitives::hex::encode(data)
        ),
    }
}
