//! A small program on the kit, run in the native world: routing, strictness, storage, events, calls, re-entrance.
#![allow(missing_docs, unreachable_pub)]

use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::{SolCall, sol};
use confluence_kit::sim::{Revert, World};
use confluence_kit::{entries, events};

mod storage {
    use confluence_kit::{Address, B256, Narrow, storage};

    storage! {
        /// What an account has in the bank.
        accounts: Account[Address] @ 1 { last_block: u32, saved: Narrow<11>, _spare: [u8; 17] }
        /// What an account lets another draw.
        limits: Limit[(Address, Address)] @ 2 { amount: u128, used: u128 }
        /// All of it.
        totals: Totals[()] @ 3 { saved: u128, owner: Address, _spare: [u8; 12], _more: [u8; 16] }
        /// Notes by hash.
        notes: Note[B256] @ 4 { writer: Address, _spare: [u8; 12] }
    }
}

events! {
    /// Somebody saved.
    Saved(indexed who: Address, amount: u128, indexed by: Address, memo: Bytes);
}
use confluence_kit::abi::{Array, Bytes, Str};
use confluence_kit::{B256, FixedBytes};

confluence_kit::tuple! {
    /// A transfer.
    Transfer of TransferArg { to: Address, amount: u128 }
}
confluence_kit::tuple! {
    /// A transfer with words.
    dynamic Letter of LetterArg { to: Address, text: Str, amounts: Array<u128> }
}

entries! {
    once {
        constructor(owner: Address) => bank::construct;
    }
    ether {
        receive() => bank::receive;
    }
    payable {
        save(memo: Bytes) => bank::save;
    }
    exec {
        draw(amount: u128) => bank::draw;
        limit(who: Address, amount: u128) => bank::limit;
        note(hash: B256) => bank::note;
        strict(flag: bool, small: u64, tiny: u8, left: FixedBytes<20>, mark: FixedBytes<4>) => bank::strict;
        many(transfers: Array<Transfer>, letters: Array<Letter>) -> u128 => bank::many;
        overflow(a: U256, b: U256) -> U256 => bank::overflow;
    }
    payable reentrant {
        again(depth: u32) -> u128 => bank::again;
    }
    view {
        saved(who: Address) -> u128 => bank::saved;
        text() -> &'static [u8] => bank::text;
        broken() => bank::broken;
    }
    pure {
        twice(v: u128) -> u128 => bank::twice;
    }
}

mod bank {
    use super::storage::State;
    use super::{Letter, LetterArg, Saved, Transfer, TransferArg};
    use confluence_kit::abi::List;
    use confluence_kit::{
        Address, B256, Checked, FixedBytes, Result, U256, block, call, deploy, emit, ensure,
        interface, math, msg, this,
    };

    interface! {
        /// Ourselves, from outside.
        Bank {
            payable again(depth: u32) -> u128;
            exec draw(amount: u128);
        }
    }

    pub fn construct(s: &mut State, owner: &Address) -> Result {
        deploy::constructing()?;
        let mut totals = s.totals.open();
        totals.owner = *owner;
        totals.store();
        Ok(())
    }
    pub fn receive(s: &mut State) -> Result {
        save(s, b"plain")
    }
    pub fn save(s: &mut State, memo: &[u8]) -> Result {
        let (who, amount) = (msg::sender(), math::narrow(&msg::value())?);
        let mut account = s.accounts.edit(&who);
        account.saved.add(amount)?;
        account.last_block = block::number() as u32;
        account.store();
        let mut totals = s.totals.open();
        totals.saved = totals.saved.plus(amount)?;
        totals.store();
        emit!(Saved {
            who: &who,
            amount,
            by: &this::address(),
            memo
        });
        Ok(())
    }
    pub fn draw(s: &mut State, amount: u128) -> Result {
        let who = msg::sender();
        let mut account = s.accounts.edit(&who);
        ensure!(account.saved.get() >= amount, "not that much saved");
        account.saved.sub(amount)?;
        account.store();
        ensure!(call::pay(&who, &math::wide(amount)));
        Ok(())
    }
    pub fn limit(s: &mut State, who: &Address, amount: u128) -> Result {
        let mut limit = s.limits.edit((&msg::sender(), who));
        limit.amount = amount;
        limit.store();
        Ok(())
    }
    pub fn note(s: &mut State, hash: &B256) -> Result {
        let mut note = s.notes.edit(hash);
        note.writer = msg::sender();
        note.store();
        Ok(())
    }
    pub fn strict(
        _: &mut State,
        _: bool,
        _: u64,
        _: u8,
        _: &FixedBytes<20>,
        _: &FixedBytes<4>,
    ) -> Result {
        Ok(())
    }
    pub fn many(
        _: &mut State,
        transfers: List<'_, Transfer>,
        letters: List<'_, Letter>,
    ) -> Result<u128> {
        let mut sum = 0u128;
        for TransferArg { amount, .. } in transfers.iter() {
            sum = sum.plus(amount)?;
        }
        for LetterArg { text, amounts, .. } in letters.iter() {
            sum = sum.plus(text.len() as u128)?;
            sum = sum.plus(amounts.get(0)?)?;
        }
        Ok(sum)
    }
    pub fn overflow(_: &mut State, a: U256, b: U256) -> Result<U256> {
        math::mul(&a, &b)
    }
    pub fn again(s: &mut State, depth: u32) -> Result<u128> {
        let mut totals = s.totals.open();
        totals.saved += 1;
        totals.store();
        if depth > 0 {
            call::forget();
            Bank(this::address()).again(&U256::ZERO, depth - 1)?;
        }
        Ok(s.totals.load().saved)
    }
    pub fn saved(s: &State, who: &Address) -> Result<u128> {
        Ok(s.accounts.get(who).saved.get())
    }
    pub fn text(_: &State) -> Result<&'static [u8]> {
        Ok(b"the bank")
    }
    pub fn broken(_: &State) -> Result {
        // A view that writes all the same: the host must refuse it.
        let mut s = State::new();
        let mut totals = s.totals.open();
        totals.saved = 7;
        totals.store();
        Bank(this::address()).draw(0)
    }
    pub fn twice(v: u128) -> Result<u128> {
        v.plus(v)
    }
}

mod api {
    use super::sol;
    sol! {
        event Saved(address indexed who, uint256 amount, address indexed by, bytes memo);
        struct Transfer_ { address to; uint256 amount; }
        struct Letter_ { address to; string text; uint256[] amounts; }
        interface IBank {
            function save(bytes memo) payable;
            function draw(uint256 amount);
            function limit(address who, uint256 amount);
            function note(bytes32 hash);
            function strict(bool flag, uint64 small, uint8 tiny, bytes20 left, bytes4 mark);
            function many(Transfer_[] transfers, Letter_[] letters) returns (uint256);
            function overflow(uint256 a, uint256 b) returns (uint256);
            function again(uint256 depth) payable returns (uint256);
            function saved(address who) view returns (uint256);
            function text() view returns (string);
            function broken() view;
            function twice(uint256 v) pure returns (uint256);
        }
    }
}
use api::IBank::*;
use api::{Letter_, Transfer_};

fn bank() -> (World, Address, Address) {
    let world = World::new();
    let who = world.account(1_000);
    let bank = world.construct(&PROGRAM, (who,)).unwrap();
    (world, bank, who)
}

#[test]
fn what_is_saved_is_stored_logged_and_answered() {
    let (world, bank, who) = bank();
    let done = world.pay(
        who,
        bank,
        U256::from(5),
        &saveCall {
            memo: b"for later".into(),
        },
    );
    assert_eq!(done.slots_of(bank).set, 1);
    assert_eq!(
        done.slots_of(bank).rewritten,
        1,
        "totals hold the owner already"
    );
    let event = done.only::<api::Saved>();
    assert_eq!(
        (event.who, event.amount, event.by),
        (who, U256::from(5), bank)
    );
    assert_eq!(event.memo.as_ref(), b"for later");
    assert_eq!(world.read(bank, &savedCall { who }), U256::from(5));
    assert_eq!(world.balance(bank), U256::from(5));
    assert_eq!(world.read(bank, &textCall {}), "the bank");
}

#[test]
fn plain_ether_reaches_receive_and_nothing_else() {
    let (world, bank, who) = bank();
    world.transact(who, bank, U256::from(7), vec![]).unwrap();
    assert_eq!(world.read(bank, &savedCall { who }), U256::from(7));
    for stray in [vec![1], vec![1, 2, 3], vec![1, 2, 3, 4]] {
        assert_eq!(
            world.transact(who, bank, U256::ZERO, stray).reverted(),
            Revert::empty()
        );
    }
}

#[test]
fn value_is_refused_where_the_table_does_not_say_payable() {
    let (world, bank, who) = bank();
    let call = noteCall {
        hash: keccak256("x"),
    };
    assert_eq!(
        world.pay(who, bank, U256::from(1), &call).reverted(),
        Revert::empty()
    );
    world.send(who, bank, &call).unwrap();
}

#[test]
fn a_failed_check_leaves_nothing_behind() {
    let (world, bank, who) = bank();
    world
        .pay(
            who,
            bank,
            U256::from(5),
            &saveCall {
                memo: Default::default(),
            },
        )
        .unwrap();
    let before = world.slots_in_use(bank);
    let done = world.send(
        who,
        bank,
        &drawCall {
            amount: U256::from(6),
        },
    );
    assert!(done.logs.is_empty());
    assert_eq!(done.reverted(), Revert::text("not that much saved"));
    assert_eq!(world.slots_in_use(bank), before);
    world
        .send(
            who,
            bank,
            &drawCall {
                amount: U256::from(5),
            },
        )
        .unwrap();
    assert_eq!(world.balance(who), U256::from(1_000));
}

#[test]
fn dirty_words_and_short_calldata_revert_without_data() {
    let (world, bank, who) = bank();
    let clean = strictCall {
        flag: true,
        small: u64::MAX,
        tiny: 255,
        left: [9; 20].into(),
        mark: [9; 4].into(),
    };
    world.send(who, bank, &clean).unwrap();
    let clean = clean.abi_encode();
    let mut longer = clean.clone();
    longer.extend([1, 2, 3]);
    world.transact(who, bank, U256::ZERO, longer).unwrap();
    for dirty in [
        4 + 30,
        4 + 32 + 23,
        4 + 64 + 30,
        4 + 96 + 20,
        4 + 96 + 31,
        4 + 128 + 4,
    ] {
        let mut data = clean.clone();
        data[dirty] ^= 0x80;
        assert_eq!(
            world.transact(who, bank, U256::ZERO, data).reverted(),
            Revert::empty(),
            "byte {dirty}"
        );
    }
    for len in 4..clean.len() {
        let short = clean[..len].to_vec();
        assert_eq!(
            world.transact(who, bank, U256::ZERO, short).reverted(),
            Revert::empty()
        );
    }
    let mut data = limitCall {
        who,
        amount: U256::MAX,
    }
    .abi_encode();
    data[15] = 1;
    assert_eq!(
        world.transact(who, bank, U256::ZERO, data).reverted(),
        Revert::empty()
    );
}

#[test]
fn nested_arrays_are_read_as_they_were_sent_and_refused_when_cut() {
    let (world, bank, who) = bank();
    let transfers = vec![
        Transfer_ {
            to: who,
            amount: U256::from(3),
        },
        Transfer_ {
            to: bank,
            amount: U256::from(4),
        },
    ];
    let letters = vec![
        Letter_ {
            to: who,
            text: "ten bytes!".into(),
            amounts: vec![U256::from(100)],
        },
        Letter_ {
            to: who,
            text: String::new(),
            amounts: vec![U256::from(1_000), U256::from(5)],
        },
    ];
    let call = manyCall { transfers, letters };
    assert_eq!(
        world.send(who, bank, &call).unwrap(),
        U256::from(3 + 4 + 10 + 100 + 1_000)
    );
    let data = call.abi_encode();
    for len in (4..data.len() - 31).step_by(7) {
        let cut = data[..len].to_vec();
        assert_eq!(
            world.transact(who, bank, U256::ZERO, cut).reverted(),
            Revert::empty(),
            "{len}"
        );
    }
    let none = manyCall {
        transfers: vec![],
        letters: vec![Letter_ {
            to: who,
            text: String::new(),
            amounts: vec![],
        }],
    };
    assert_eq!(world.send(who, bank, &none).reverted(), Revert::panic(0x32));
}

#[test]
fn arithmetic_panics_as_soliditys_does() {
    let (world, bank, who) = bank();
    let call = overflowCall {
        a: U256::MAX,
        b: U256::from(2),
    };
    assert_eq!(world.send(who, bank, &call).reverted(), Revert::panic(0x11));
    assert_eq!(
        world.read(bank, &twiceCall { v: U256::from(21) }),
        U256::from(42)
    );
}

#[test]
fn only_entries_marked_reentrant_serve_a_nested_call() {
    let (world, bank, who) = bank();
    let before = world
        .send(who, bank, &againCall { depth: U256::ZERO })
        .unwrap();
    let after = world
        .send(
            who,
            bank,
            &againCall {
                depth: U256::from(3),
            },
        )
        .unwrap();
    assert_eq!(
        after,
        before + U256::from(4),
        "each level sees what the inner ones stored"
    );
    // An account that draws again when it is paid: its inner call is refused, and so the outer one.
    let thief = world.play(move |call| match call.data {
        [] => World::nested(
            call.address,
            call.sender,
            U256::ZERO,
            drawCall {
                amount: U256::from(1),
            }
            .abi_encode(),
        )
        .map_err(|revert| revert.0),
        _ => Ok(vec![]),
    });
    world.fund(thief, U256::from(10));
    world
        .pay(
            thief,
            bank,
            U256::from(10),
            &saveCall {
                memo: Default::default(),
            },
        )
        .unwrap();
    assert_eq!(
        world
            .send(
                thief,
                bank,
                &drawCall {
                    amount: U256::from(5)
                }
            )
            .reverted(),
        Revert::empty()
    );
    assert_eq!(world.read(bank, &savedCall { who: thief }), U256::from(10));
}

#[test]
fn a_view_cannot_write() {
    let (world, bank, _) = bank();
    assert_eq!(world.view(bank, &brokenCall {}).reverted(), Revert::empty());
}

#[test]
fn only_the_deployer_constructs_and_only_once() {
    let (world, bank, who) = bank();
    let call = |from| {
        let mut data = confluence_kit::abi::selector("stylus_constructor", &[])
            .to_be_bytes()
            .to_vec();
        data.extend(who.into_word());
        world.transact(from, bank, U256::ZERO, data)
    };
    assert_eq!(call(who).reverted(), Revert::empty());
    assert_eq!(
        call(confluence_kit::deploy::STYLUS_DEPLOYER).reverted(),
        Revert::empty()
    );
}
