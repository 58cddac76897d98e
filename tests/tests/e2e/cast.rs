//! Who is on L1 before it stands still: as many troupes as there are scenarios, each an orchestrator with everybody around it.
//! Always holds: no two scenarios on the same chains play with the same accounts, but for the three that exist once.

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    signers::local::PrivateKeySigner,
};
use confluence::snapshot::{Leaf, Tree};
use confluence_abi::ILegacyLoaders::{LoadedDelegator, LoadedLock, LoadedSender};

use crate::{GWEI, LPT};

/// Scenarios that one stage can have.
const TROUPES: usize = 36;
/// Unbonding locks of the one who has many: 1, 5 and L1Migrator's cap.
pub(crate) const LOCKS: u64 = 106;

/// Somebody with stake or fees on L1.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) key: PrivateKeySigner,
    /// The key's, or a contract's that the key may speak for.
    pub(crate) address: Address,
    pub(crate) delegate: Address,
    /// LPT base units.
    pub(crate) stake: u128,
    /// Wei.
    pub(crate) fees: u128,
}

/// A broadcaster.
#[derive(Clone, Debug)]
pub(crate) struct Broadcaster {
    pub(crate) key: PrivateKeySigner,
    /// Wei.
    pub(crate) deposit: u128,
    /// Wei.
    pub(crate) reserve: u128,
}

/// Everybody a scenario needs.
#[derive(Clone, Debug)]
pub(crate) struct Troupe {
    pub(crate) orchestrator: Holder,
    /// With 100, 200, 300 and 400 LPT.
    pub(crate) delegators: [Holder; 4],
    /// Is with the orchestrator and has no stake left.
    pub(crate) fees_only: Holder,
    /// Is with nobody.
    pub(crate) alone: Holder,
    pub(crate) broadcaster: Broadcaster,
    /// What all its delegators have.
    pub(crate) foreign: u128,
}

/// Everybody.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    seed: B256,
    pub(crate) troupes: Vec<Troupe>,
    /// A contract that calls what it is told.
    pub(crate) forwarder: Holder,
    /// A contract that takes any signature for its own (ERC-1271).
    pub(crate) approver: Holder,
    /// Has [`LOCKS`] unbonding locks.
    pub(crate) locker: Holder,
    tree: Tree,
}

/// LPT base units of the locker's lock with this id.
pub(crate) fn lock_amount(id: u64) -> u128 {
    u128::from(id + 1) * LPT
}

impl Cast {
    /// Keys follow from the seed. The contracts are there already.
    pub(crate) fn new(seed: B256, forwarder: Address, approver: Address) -> Cast {
        let key = |what: &str, number: usize| {
            let from = [seed.as_slice(), what.as_bytes(), &number.to_be_bytes()].concat();
            PrivateKeySigner::from_bytes(&keccak256(from)).expect("a key")
        };
        let troupes: Vec<_> = (0..TROUPES).map(|i| troupe(&|what| key(what, i))).collect();
        // Somebody who stays on L1.
        let leader = key("absent", 0).address();
        let contract = |what, address| Holder {
            address,
            ..holder(key(what, 0), leader, 50, 21)
        };
        let mut cast = Cast {
            seed,
            forwarder: contract("forwarder", forwarder),
            approver: contract("approver", approver),
            locker: holder(key("locker", 0), leader, 10, 0),
            troupes,
            tree: Tree::of(&[Leaf::new(leader, leader, U256::ZERO, U256::ZERO)]).expect("a leaf"),
        };
        let leaves: Vec<Leaf> = cast.snapshot().map(leaf).collect();
        cast.tree = Tree::of(&leaves).expect("leaves");
        cast
    }

    /// A key that nobody has: a fresh address on either chain.
    pub(crate) fn fresh(&self, number: u64) -> PrivateKeySigner {
        let from = [self.seed.as_slice(), b"fresh", &number.to_be_bytes()].concat();
        PrivateKeySigner::from_bytes(&keccak256(from)).expect("a key")
    }

    /// Who is in the snapshot: everybody but orchestrators.
    fn snapshot(&self) -> impl Iterator<Item = &Holder> {
        self.troupes
            .iter()
            .flat_map(|it| it.delegators.iter().chain([&it.fees_only, &it.alone]))
            .chain([&self.forwarder, &self.approver, &self.locker])
    }

    /// What is published.
    pub(crate) fn root(&self) -> B256 {
        self.tree.root()
    }

    /// The proof that somebody is in the snapshot.
    pub(crate) fn proof(&self, of: &Holder) -> Vec<B256> {
        self.tree.proof(&leaf(of).hash()).expect("is in it")
    }

    /// For L1's BondingManager.
    pub(crate) fn delegators(&self) -> Vec<LoadedDelegator> {
        // Orchestrators first, so that nobody is with somebody unknown.
        let leaders = self.troupes.iter().map(|it| &it.orchestrator);
        let all = leaders.chain(self.snapshot());
        all.map(|it| LoadedDelegator {
            who: it.address,
            delegate: it.delegate,
            stake: it.stake,
            fees: it.fees,
        })
        .collect()
    }

    /// For L1's BondingManager, to be withdrawn from `round` on.
    pub(crate) fn locks(&self, round: u64) -> Vec<LoadedLock> {
        (0..LOCKS)
            .map(|id| LoadedLock {
                who: self.locker.address,
                amount: lock_amount(id),
                withdrawRound: round.into(),
            })
            .collect()
    }

    /// For L1's TicketBroker.
    pub(crate) fn senders(&self) -> Vec<LoadedSender> {
        let all = self.troupes.iter().map(|it| &it.broadcaster);
        all.map(|it| LoadedSender {
            who: it.key.address(),
            deposit: it.deposit,
            reserve: it.reserve,
        })
        .collect()
    }

    /// All ether of all of them, in wei.
    pub(crate) fn ether(&self) -> u128 {
        let senders = self.senders();
        let funds: u128 = senders.iter().map(|it| it.deposit + it.reserve).sum();
        funds + self.delegators().iter().map(|it| it.fees).sum::<u128>()
    }
}

fn leaf(of: &Holder) -> Leaf {
    Leaf::new(
        of.address,
        of.delegate,
        U256::from(of.stake),
        U256::from(of.fees),
    )
}

fn holder(key: PrivateKeySigner, delegate: Address, lpt: u128, gwei: u128) -> Holder {
    Holder {
        address: key.address(),
        key,
        delegate,
        stake: lpt * LPT,
        fees: gwei * GWEI,
    }
}

fn troupe(key: &dyn Fn(&str) -> PrivateKeySigner) -> Troupe {
    let lead = key("orchestrator");
    let leader = lead.address();
    let delegators: [Holder; 4] = std::array::from_fn(|i| {
        let number = i as u128 + 1;
        holder(key(&format!("delegator {i}")), leader, 100 * number, number)
    });
    Troupe {
        orchestrator: holder(lead, leader, 1_000, 5),
        foreign: delegators.iter().map(|it| it.stake).sum(),
        delegators,
        fees_only: holder(key("fees only"), leader, 0, 7),
        alone: holder(key("alone"), Address::ZERO, 0, 9),
        broadcaster: Broadcaster {
            key: key("broadcaster"),
            deposit: 11 * GWEI,
            reserve: 13 * GWEI,
        },
    }
}
