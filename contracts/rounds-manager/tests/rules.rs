//! Every rule of the RoundsManager: rounds of L1 blocks, their lock, their hashes, and how one begins.

use alloy_primitives::{Address, B256, FixedBytes, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IController;
use confluence_abi::IRoundsManager::*;
use confluence_kit::sim::{Receipt, Revert, World};
use confluence_rounds_manager::PROGRAM;
use std::cell::RefCell;
use std::rc::Rc;

/// A RoundsManager at L1 block 1,000, unpaused, without a round length. The managers it calls are played.
struct Stage {
    world: World,
    at: Address,
    controller: Address,
    owner: Address,
    stranger: Address,
    /// What was asked of the managers.
    asked: Rc<RefCell<Vec<&'static str>>>,
}

/// What the EVM's BLOCKHASH is in this test.
fn hash_of(block: u64) -> B256 {
    keccak256(block.to_be_bytes())
}

fn stage() -> Stage {
    let world = World::new();
    world.set_block(1_000);
    let [owner, stranger] = std::array::from_fn(|_| world.account(0));
    let controller = world
        .construct(&confluence_controller::PROGRAM, (owner,))
        .unwrap();
    let helper = world.play(|callee| {
        let block = U256::from_be_slice(&callee.data[4..36]);
        Ok(hash_of(block.to()).to_vec())
    });
    let init = initializeCall {
        controller_: controller,
        blockHash_: helper,
    };
    let at = world.behind_proxy(&PROGRAM, owner, &init).unwrap();
    let asked = Rc::new(RefCell::new(Vec::new()));
    let s = Stage {
        world,
        at,
        controller,
        owner,
        stranger,
        asked,
    };
    for (name, what) in [("BondingManager", "stake"), ("Minter", "tokens")] {
        let asked = Rc::clone(&s.asked);
        let manager = s.world.play(move |_| {
            asked.borrow_mut().push(what);
            Ok(vec![])
        });
        s.register(name, manager);
    }
    s.send(stranger, &syncControllerContractsCall {}).unwrap();
    s.govern(&IController::unpauseCall {});
    s
}

/// The same with rounds of 50 blocks, of which the last 10 % are locked: round 20 begins.
fn running() -> Stage {
    let s = stage();
    s.send(s.owner, &length(50)).unwrap();
    s.send(s.owner, &lock(100_000)).unwrap();
    s
}

fn length(blocks: u64) -> setRoundLengthCall {
    setRoundLengthCall {
        roundLength_: U256::from(blocks),
    }
}

fn lock(share: u64) -> setRoundLockAmountCall {
    setRoundLockAmountCall {
        roundLockAmount_: U256::from(share),
    }
}

impl Stage {
    fn register(&self, name: &str, it: Address) {
        self.govern(&IController::setContractInfoCall {
            id: keccak256(name),
            contractAddress: it,
            gitCommitHash: FixedBytes::ZERO,
        });
    }
    fn govern<C: SolCall>(&self, call: &C) {
        self.world.send(self.owner, self.controller, call).unwrap();
    }
    fn send<C: SolCall>(&self, from: Address, call: &C) -> Receipt<C::Return> {
        self.world.send(from, self.at, call)
    }
    #[track_caller]
    fn refused<C: SolCall>(&self, from: Address, call: &C, text: &str) {
        assert_eq!(self.send(from, call).reverted(), Revert::text(text));
    }
    #[track_caller]
    fn read<C: SolCall>(&self, call: &C) -> C::Return {
        self.world.read(self.at, call)
    }
    fn round(&self) -> u64 {
        self.read(&currentRoundCall {}).to()
    }
    fn start(&self) -> u64 {
        self.read(&currentRoundStartBlockCall {}).to()
    }
    fn at_block(&self, block: u64) -> &Self {
        self.world.set_block(block);
        self
    }
}

#[test]
fn before_a_round_length_there_is_no_round() {
    let s = stage();
    let none = Revert::panic(0x12);
    let at = s.at;
    assert_eq!(s.world.view(at, &currentRoundCall {}).reverted(), none);
    assert_eq!(
        s.world.view(at, &currentRoundStartBlockCall {}).reverted(),
        none
    );
    assert_eq!(
        s.world.view(at, &currentRoundInitializedCall {}).reverted(),
        none
    );
    assert_eq!(
        s.world.view(at, &currentRoundLockedCall {}).reverted(),
        none
    );
    assert_eq!(s.world.view(at, &roundStateCall {}).reverted(), none);
    let begin = s.send(s.stranger, &initializeRoundCall {});
    assert_eq!(begin.reverted(), none);
}

#[test]
fn first_length_counts_rounds_from_block_zero() {
    let s = stage();
    let event: ParameterUpdate = s.send(s.owner, &length(300)).only();
    assert_eq!(event.param, "roundLength");
    assert_eq!((s.round(), s.start()), (3, 900));
    assert_eq!(s.read(&lastRoundLengthUpdateRoundCall {}), U256::from(3));
    assert_eq!(
        s.read(&lastRoundLengthUpdateStartBlockCall {}),
        U256::from(900)
    );
}

#[test]
fn rounds_follow_the_l1_block_alone() {
    let s = running();
    for (block, round, start) in [
        (1_000, 20, 1_000),
        (1_049, 20, 1_000),
        (1_050, 21, 1_050),
        (51_049, 1_020, 51_000),
    ] {
        s.at_block(block);
        assert_eq!((s.round(), s.start()), (round, start), "at {block}");
        assert_eq!(s.read(&blockNumCall {}), U256::from(block));
    }
}

#[test]
fn another_length_keeps_the_round_and_its_start() {
    let s = running();
    s.at_block(1_120);
    s.send(s.owner, &length(30)).unwrap();
    assert_eq!((s.round(), s.start()), (22, 1_100));
    assert_eq!(s.read(&roundLengthCall {}), U256::from(30));
    s.at_block(1_130);
    assert_eq!((s.round(), s.start()), (23, 1_130));
    // Shorter than what has passed of the round: it is over at once.
    s.at_block(1_155);
    s.send(s.owner, &length(10)).unwrap();
    assert_eq!((s.round(), s.start()), (25, 1_150));
}

#[test]
fn lock_is_the_last_part_of_a_round() {
    let s = running();
    for (share, first_locked) in [(100_000, 45), (110_000, 45), (139_999, 44), (1_000_000, 0)] {
        s.send(s.owner, &lock(share)).unwrap();
        for block in 0..50 {
            s.at_block(1_000 + block);
            let locked = s.read(&currentRoundLockedCall {});
            assert_eq!(locked, block >= first_locked, "{share} at {block}");
            assert_eq!(s.read(&roundStateCall {}).locked, locked);
        }
    }
    s.send(s.owner, &lock(0)).unwrap();
    assert!(!s.at_block(1_049).read(&currentRoundLockedCall {}));
}

#[test]
fn parameters_are_the_owners_and_bounded() {
    let s = running();
    let lip = setLIPUpgradeRoundCall {
        lip: U256::from(73),
        round: U256::MAX,
    };
    let not_owner = "caller must be Controller owner";
    s.refused(s.stranger, &length(1), not_owner);
    s.refused(s.stranger, &lock(1), not_owner);
    s.refused(s.stranger, &lip, not_owner);
    s.refused(s.owner, &length(0), "round length cannot be 0");
    let not_a_share = "round lock amount must be a valid percentage";
    s.refused(s.owner, &lock(1_000_001), not_a_share);
    let event: ParameterUpdate = s.send(s.owner, &lock(1_000_000)).only();
    assert_eq!(event.param, "roundLockAmount");
    assert_eq!(s.read(&roundLockAmountCall {}), U256::from(1_000_000));
}

#[test]
fn numbers_wider_than_their_fields_are_refused() {
    let s = running();
    for blocks in [U256::from(u64::MAX) + U256::from(1), U256::MAX] {
        let call = setRoundLengthCall {
            roundLength_: blocks,
        };
        assert_eq!(s.send(s.owner, &call).reverted(), Revert::panic(0x11));
    }
    let all = setRoundLockAmountCall {
        roundLockAmount_: U256::MAX,
    };
    s.refused(
        s.owner,
        &all,
        "round lock amount must be a valid percentage",
    );
    for lip in [u64::from(u32::MAX), u64::MAX] {
        let call = setLIPUpgradeRoundCall {
            lip: U256::from(lip),
            round: U256::from(1),
        };
        assert_eq!(s.send(s.owner, &call).reverted(), Revert::panic(0x11));
        assert_eq!(
            s.read(&lipUpgradeRoundCall {
                lip: U256::from(lip)
            }),
            U256::ZERO
        );
    }
    // The longest round there is.
    s.send(s.owner, &length(u64::MAX)).unwrap();
    assert_eq!((s.round(), s.start()), (20, 1_000));
}

#[test]
fn round_beyond_its_width_panics_and_is_never_cut_off() {
    let s = stage();
    s.send(s.owner, &length(1)).unwrap();
    s.at_block(u64::from(u32::MAX));
    assert_eq!(s.round(), u64::from(u32::MAX));
    s.at_block(u64::from(u32::MAX) + 1);
    let beyond = s.world.view(s.at, &currentRoundCall {});
    assert_eq!(beyond.reverted(), Revert::panic(0x11));
}

#[test]
fn upgrade_round_of_a_proposal_is_set_once() {
    let s = stage();
    let set = |lip: u64, round: u64| setLIPUpgradeRoundCall {
        lip: U256::from(lip),
        round: U256::from(round),
    };
    assert!(s.send(s.owner, &set(73, 2_466)).logs().is_empty());
    s.refused(s.owner, &set(73, 1), "LIP upgrade round already set");
    let get = |lip: u64| {
        s.read(&lipUpgradeRoundCall {
            lip: U256::from(lip),
        })
    };
    assert_eq!((get(73), get(74)), (U256::from(2_466), U256::ZERO));
}

#[test]
fn round_begins_once_and_by_anybody() {
    let s = running();
    assert!(!s.read(&currentRoundInitializedCall {}));
    let event: NewRound = s.send(s.stranger, &initializeRoundCall {}).only();
    assert_eq!(
        (event.round, event.blockHash),
        (U256::from(20), hash_of(999))
    );
    assert_eq!(*s.asked.borrow(), ["stake", "tokens"]);
    assert!(s.read(&currentRoundInitializedCall {}));
    let state = s.read(&roundStateCall {});
    assert_eq!((state.round, state.initialized), (U256::from(20), true));
    assert_eq!(s.read(&lastInitializedRoundCall {}), U256::from(20));
    s.refused(
        s.owner,
        &initializeRoundCall {},
        "round already initialized",
    );
    s.at_block(1_049);
    s.refused(
        s.owner,
        &initializeRoundCall {},
        "round already initialized",
    );
    s.at_block(1_050);
    assert!(!s.read(&currentRoundInitializedCall {}));
    s.send(s.stranger, &initializeRoundCall {}).unwrap();
}

#[test]
fn skipped_round_is_skipped_for_good() {
    let s = running();
    s.send(s.stranger, &initializeRoundCall {}).unwrap();
    s.at_block(1_170);
    s.send(s.stranger, &initializeRoundCall {}).unwrap();
    let hash = |round: u64| {
        s.read(&blockHashForRoundCall {
            round: U256::from(round),
        })
    };
    assert_eq!(hash(20), hash_of(999));
    assert_eq!((hash(21), hash(22)), (B256::ZERO, B256::ZERO));
    assert_eq!(hash(23), hash_of(1_169));
    // No round has a number this large.
    let far = blockHashForRoundCall { round: U256::MAX };
    assert_eq!(s.read(&far), B256::ZERO);
}

#[test]
fn no_round_begins_while_paused() {
    let s = running();
    s.govern(&IController::pauseCall {});
    s.refused(s.stranger, &initializeRoundCall {}, "system is paused");
    assert_eq!(s.round(), 20, "the clock goes on");
}

#[test]
fn round_does_not_begin_if_a_manager_refuses() {
    let s = running();
    let sulking = s.world.play(|_| Err(b"not now".to_vec()));
    s.register("Minter", sulking);
    s.send(s.stranger, &syncControllerContractsCall {}).unwrap();
    let begin = s.send(s.stranger, &initializeRoundCall {});
    assert_eq!(begin.reverted(), Revert(b"not now".to_vec()));
    assert!(!s.read(&currentRoundInitializedCall {}));
    s.register("Minter", s.stranger);
    s.send(s.stranger, &syncControllerContractsCall {}).unwrap();
    let begin = s.send(s.stranger, &initializeRoundCall {});
    assert_eq!(begin.reverted(), Revert::empty(), "nobody is there");
}

#[test]
fn hashes_are_of_the_last_256_blocks() {
    let s = running();
    let hash = |block: u64| {
        let call = blockHashCall {
            blockNumber: U256::from(block),
        };
        s.world.view(s.at, &call).result
    };
    for block in [744, 745, 999] {
        assert_eq!(hash(block), Ok(hash_of(block)));
    }
    let late = Err(Revert::text("can only retrieve past block hashes"));
    assert_eq!((hash(1_000), hash(u64::MAX)), (late.clone(), late));
    let early = Err(Revert::text("can only retrieve hashes for last 256 blocks"));
    assert_eq!((hash(743), hash(0)), (early.clone(), early));
    s.at_block(255);
    assert_eq!(hash(0), Ok(hash_of(0)), "a young chain keeps them all");
}

#[test]
fn it_is_initialised_once_and_an_implementation_never() {
    let s = stage();
    let init = initializeCall {
        controller_: s.stranger,
        blockHash_: s.stranger,
    };
    let bare = s.world.install(&PROGRAM);
    for at in [s.at, bare] {
        let again = s.world.send(s.owner, at, &init);
        assert_eq!(again.reverted(), Revert::empty());
    }
    assert_eq!(s.read(&controllerCall {}), s.controller);
}

#[test]
fn only_the_controller_hands_over() {
    let s = stage();
    let hand_over = setControllerCall {
        newController: s.owner,
    };
    s.refused(s.owner, &hand_over, "caller must be Controller");
    let event: SetController = s.send(s.controller, &hand_over).only();
    assert_eq!(event.controller, s.owner);
}
