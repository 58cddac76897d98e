//! The pool's linked list against a plain vector: any operations, any hints, keys that tie.

use alloy_primitives::Address;
use confluence_bonding_manager::list;
use confluence_bonding_manager::storage::State;
use confluence_kit::abi::Neighbours;
use confluence_kit::sim::World;
use confluence_kit::{Fault, Result};
use confluence_tests::model::{Revert, SortedList, n};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(Address, u128),
    Update(Address, u128),
    Remove(Address),
    Grow,
}

/// A few accounts and few keys, so that they meet; 0 is nobody.
fn id() -> impl Strategy<Value = Address> {
    (0u8..10).prop_map(Address::with_last_byte)
}

fn step() -> impl Strategy<Value = Step> {
    let key = || 0u128..7;
    prop_oneof![
        5 => (id(), key()).prop_map(|(id, key)| Step::Insert(id, key)),
        4 => (id(), key()).prop_map(|(id, key)| Step::Update(id, key)),
        2 => id().prop_map(Step::Remove),
        1 => Just(Step::Grow),
    ]
}

fn on_list(s: &mut State, step: &Step, above: &Address, below: &Address) -> Result {
    let hint = Neighbours { above, below };
    match step {
        Step::Insert(id, key) => list::insert(s, id, *key, hint),
        Step::Update(id, key) => list::update_key(s, id, *key, hint),
        Step::Remove(id) => list::remove(s, id),
        Step::Grow => {
            let mut head = s.heads.open();
            head.max_size += 1;
            head.store();
            Ok(())
        }
    }
}

fn on_model(
    it: &mut SortedList,
    step: &Step,
    hints: (Address, Address),
) -> std::result::Result<(), Revert> {
    let before = it.clone();
    let done = match step {
        Step::Insert(id, key) => it.insert(*id, n(*key), hints),
        Step::Update(id, key) => it.update_key(*id, n(*key), hints),
        Step::Remove(id) => it.remove(*id),
        Step::Grow => it.set_max_size(it.max_size + 1),
    };
    if done.is_err() {
        *it = before;
    }
    done
}

/// Accounts and keys from the top, and the same from the bottom.
fn walked(s: &State) -> (Vec<(Address, u128)>, Vec<Address>) {
    let (mut down, mut up) = (Vec::new(), Vec::new());
    let mut at = s.heads.load().first;
    while !at.is_zero() {
        let node = s.nodes.get(&at);
        down.push((at, node.key.get()));
        at = node.next;
    }
    at = s.tails.load().last;
    while !at.is_zero() {
        up.push(at);
        at = s.aboves.get(&at).prev;
    }
    (down, up)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn list_is_the_vector_it_stands_for(steps in prop::collection::vec((step(), id(), id()), 1..80)) {
        let world = World::new();
        let (at, sender) = (world.address(), world.address());
        let mut model = SortedList { max_size: 4, ..SortedList::default() };
        let grow = || (0..4).try_for_each(|_| on_list(&mut State::new(), &Step::Grow, &Address::ZERO, &Address::ZERO));
        world.inside(at, sender, grow).expect("nothing in the way");

        for (step, above, below) in steps {
            let done = world.inside(at, sender, || on_list(&mut State::new(), &step, &above, &below));
            let expected = on_model(&mut model, &step, (above, below));
            let reverted = done.as_ref().err().map(Fault::data);
            prop_assert_eq!(reverted, expected.err().map(|revert| revert.data()), "{:?}", step);

            let (down, mut up) = world.inside(at, sender, || Ok(walked(&State::new()))).expect("reading");
            let size = world.inside(at, sender, || Ok(State::new().heads.load().size)).expect("reading");
            up.reverse();
            let expected: Vec<_> = model.nodes.iter().map(|(id, key)| (*id, n(key.try_into().expect("small")))).collect();
            let got: Vec<_> = down.iter().map(|(id, key)| (*id, n(*key))).collect();
            prop_assert_eq!(got, expected, "after {:?} with {}, {}", step, above, below);
            prop_assert_eq!(up, down.iter().map(|(id, _)| *id).collect::<Vec<_>>());
            prop_assert_eq!(size as usize, down.len());
        }
    }
}
