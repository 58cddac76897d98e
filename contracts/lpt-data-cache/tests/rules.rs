//! Every rule of L2LPTDataCache, in the native world.

use alloy_primitives::{Address, U256};
use confluence_abi::IL2LPTDataCache::*;
use confluence_kit::bridge::alias;
use confluence_kit::sim::{Revert, World};
use confluence_lpt_data_cache::PROGRAM;

struct Setup {
    world: World,
    cache: Address,
    owner: Address,
    gateway: Address,
    l1: Address,
}

fn setup() -> Setup {
    let world = World::new();
    let [owner, gateway, l1] = std::array::from_fn(|_| world.address());
    let cache = world.construct(&PROGRAM, (owner,)).unwrap();
    let set = setL1LPTDataCacheCall {
        l1LPTDataCache_: l1,
    };
    let event: L1LPTDataCacheUpdate = world.send(owner, cache, &set).only();
    assert_eq!(event._l1LPTDataCache, l1);
    let set = setL2LPTGatewayCall {
        l2LPTGateway_: gateway,
    };
    let event: L2LPTGatewayUpdate = world.send(owner, cache, &set).only();
    assert_eq!(event._l2LPTGateway, gateway);
    Setup {
        world,
        cache,
        owner,
        gateway,
        l1,
    }
}

impl Setup {
    fn finalize(&self, total: u64) {
        let call = finalizeCacheTotalSupplyCall {
            totalSupply: U256::from(total),
        };
        let event: CacheTotalSupplyFinalized =
            self.world.send(alias(&self.l1), self.cache, &call).only();
        assert_eq!(event.totalSupply, U256::from(total));
    }
    fn increase(&self, amount: u64) {
        let amount = U256::from(amount);
        let call = increaseL2SupplyFromL1Call { amount };
        let done = self.world.send(self.gateway, self.cache, &call);
        assert_eq!(done.logs(), []);
    }
    fn decrease(&self, amount: U256) {
        let call = decreaseL2SupplyFromL1Call { amount };
        let done = self.world.send(self.gateway, self.cache, &call);
        assert_eq!(done.logs(), []);
    }
    /// L1's supply, what of it is here, and the rest.
    fn supplies(&self) -> [U256; 3] {
        let (world, cache) = (&self.world, self.cache);
        [
            world.read(cache, &l1TotalSupplyCall {}),
            world.read(cache, &l2SupplyFromL1Call {}),
            world.read(cache, &l1CirculatingSupplyCall {}),
        ]
    }
}

fn numbers(of: [u64; 3]) -> [U256; 3] {
    of.map(U256::from)
}

#[test]
fn what_circulates_on_l1_is_its_supply_less_what_came_over() {
    let s = setup();
    assert_eq!(s.supplies(), numbers([0, 0, 0]));
    s.finalize(1000);
    assert_eq!(s.supplies(), numbers([1000, 0, 1000]));
    s.increase(300);
    assert_eq!(s.supplies(), numbers([1000, 300, 700]));
    s.decrease(U256::from(100));
    assert_eq!(s.supplies(), numbers([1000, 200, 800]));
    s.finalize(900);
    assert_eq!(s.supplies(), numbers([900, 200, 700]));
}

#[test]
fn nothing_falls_below_zero() {
    let s = setup();
    s.increase(300);
    assert_eq!(
        s.supplies(),
        numbers([0, 300, 0]),
        "deposits can arrive first"
    );
    s.decrease(U256::from(301));
    assert_eq!(s.supplies(), numbers([0, 0, 0]));
    s.increase(5);
    s.decrease(U256::MAX);
    assert_eq!(s.supplies(), numbers([0, 0, 0]));
}

#[test]
fn only_the_l1_cache_says_what_the_supply_is() {
    let s = setup();
    let call = finalizeCacheTotalSupplyCall {
        totalSupply: U256::ONE,
    };
    for sender in [s.l1, s.owner, s.gateway, alias(&s.gateway)] {
        let refused = s.world.send(sender, s.cache, &call).reverted();
        assert_eq!(refused, Revert::text("ONLY_COUNTERPART_GATEWAY"));
    }
}

#[test]
fn only_the_gateway_counts() {
    let s = setup();
    let amount = U256::ONE;
    for sender in [s.l1, s.owner, alias(&s.gateway)] {
        let more = increaseL2SupplyFromL1Call { amount };
        let less = decreaseL2SupplyFromL1Call { amount };
        let refused = Revert::text("NOT_L2_LPT_GATEWAY");
        assert_eq!(s.world.send(sender, s.cache, &more).reverted(), refused);
        assert_eq!(s.world.send(sender, s.cache, &less).reverted(), refused);
    }
}

#[test]
fn a_supply_beyond_the_bound_is_refused_and_changes_nothing() {
    let s = setup();
    let most = (U256::ONE << 96) - U256::ONE;
    let call = |total| finalizeCacheTotalSupplyCall { totalSupply: total };
    for above in [most + U256::ONE, U256::MAX] {
        let refused = s.world.send(alias(&s.l1), s.cache, &call(above));
        assert_eq!(refused.reverted(), Revert::panic(0x11));
    }
    s.world.send(alias(&s.l1), s.cache, &call(most)).unwrap();
    s.increase(1);
    let amount = most;
    let call = increaseL2SupplyFromL1Call { amount };
    let refused = s.world.send(s.gateway, s.cache, &call).reverted();
    assert_eq!(refused, Revert::panic(0x11));
    assert_eq!(s.supplies(), [most, U256::ONE, most - U256::ONE]);
}

#[test]
fn only_the_owner_sets_addresses_and_hands_over() {
    let s = setup();
    let refused = Revert::text("Ownable: caller is not the owner");
    let other = s.l1;
    macro_rules! refuses {
        ($($call:expr),*) => { $(
            assert_eq!(s.world.send(other, s.cache, &$call).reverted(), refused);
        )* };
    }
    refuses!(
        setL1LPTDataCacheCall {
            l1LPTDataCache_: other
        },
        setL2LPTGatewayCall {
            l2LPTGateway_: other
        },
        transferOwnershipCall { newOwner: other },
        renounceOwnershipCall {}
    );
    assert_eq!(s.world.read(s.cache, &l1LPTDataCacheCall {}), s.l1);
    assert_eq!(s.world.read(s.cache, &l2LPTGatewayCall {}), s.gateway);
}

#[test]
fn ownership_is_openzeppelins() {
    let s = setup();
    let next = s.world.address();
    let to_nobody = transferOwnershipCall {
        newOwner: Address::ZERO,
    };
    assert_eq!(
        s.world.send(s.owner, s.cache, &to_nobody).reverted(),
        Revert::text("Ownable: new owner is the zero address")
    );
    let hand_over = transferOwnershipCall { newOwner: next };
    let event: OwnershipTransferred = s.world.send(s.owner, s.cache, &hand_over).only();
    assert_eq!((event.previousOwner, event.newOwner), (s.owner, next));
    assert_eq!(s.world.read(s.cache, &ownerCall {}), next);
    let event: OwnershipTransferred = s
        .world
        .send(next, s.cache, &renounceOwnershipCall {})
        .only();
    assert_eq!((event.previousOwner, event.newOwner), (next, Address::ZERO));
    assert_eq!(s.world.read(s.cache, &ownerCall {}), Address::ZERO);
}

#[test]
fn the_constructor_names_the_owner_once() {
    let world = World::new();
    let owner = world.address();
    let made = world.construct(&PROGRAM, (owner,));
    let event = made.events::<OwnershipTransferred>();
    assert_eq!(event.len(), 1);
    assert_eq!(
        (event[0].previousOwner, event[0].newOwner),
        (Address::ZERO, owner)
    );
}

#[test]
fn a_change_touches_one_slot() {
    let s = setup();
    s.finalize(1000);
    s.increase(300);
    let call = finalizeCacheTotalSupplyCall {
        totalSupply: U256::from(2000),
    };
    let slots = s.world.send(alias(&s.l1), s.cache, &call).slots_of(s.cache);
    assert_eq!((slots.loaded, slots.rewritten, slots.set), (1, 1, 0));
    let amount = U256::from(2000);
    let call = increaseL2SupplyFromL1Call { amount };
    let slots = s.world.send(s.gateway, s.cache, &call).slots_of(s.cache);
    assert_eq!((slots.loaded, slots.rewritten, slots.set), (1, 1, 0));
}
