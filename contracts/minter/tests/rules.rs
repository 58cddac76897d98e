//! Every rule of the Minter, with a real token and Controller; the managers around it are played by the test.

use alloy_primitives::{Address, FixedBytes, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IMinter::*;
use confluence_abi::{IController, ILivepeerToken as Token};
use confluence_kit::sim::{Receipt, Revert, World};
use confluence_minter::PROGRAM;
use std::cell::Cell;
use std::rc::Rc;

const PPB: u64 = 1_000_000_000;

/// A Minter, unpaused. Bonded stake and the supply on L1 are what the test says.
struct Stage {
    world: World,
    at: Address,
    controller: Address,
    token: Address,
    owner: Address,
    bonding: Address,
    rounds: Address,
    broker: Address,
    stranger: Address,
    bonded: Rc<Cell<u64>>,
    on_l1: Rc<Cell<u64>>,
}

fn number(of: &Rc<Cell<u64>>) -> impl Fn() -> Vec<u8> + 'static {
    let of = Rc::clone(of);
    move || U256::from(of.get()).to_be_bytes_vec()
}

fn minter(world: &World, controller: Address, shares: [u64; 3]) -> Receipt<Address> {
    let [inflation, change, target] = shares.map(U256::from);
    world.construct(&PROGRAM, (controller, inflation, change, target))
}

/// 22 % inflation that moves by 1 %, half to be bonded.
fn stage() -> Stage {
    let world = World::new();
    let [owner, rounds, broker, stranger] = std::array::from_fn(|_| world.account(1_000));
    let controller = world
        .construct(&confluence_controller::PROGRAM, (owner,))
        .unwrap();
    let token = world
        .construct(&confluence_livepeer_token::PROGRAM, (owner,))
        .unwrap();
    let (bonded, on_l1) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (total, supply) = (number(&bonded), number(&on_l1));
    let bonding = world.play(move |_| Ok(total()));
    let cache = world.play(move |_| Ok(supply()));
    let shares = [PPB / 100 * 22, PPB / 100, PPB / 2];
    let at = minter(&world, controller, shares).unwrap();
    let s = Stage {
        world,
        at,
        controller,
        token,
        owner,
        bonding,
        rounds,
        broker,
        stranger,
        bonded,
        on_l1,
    };
    for (name, it) in [
        ("BondingManager", bonding),
        ("RoundsManager", rounds),
        ("JobsManager", broker),
        ("LivepeerToken", token),
        ("L2LPTDataCache", cache),
        ("Minter", at),
    ] {
        s.register(name, it);
    }
    s.send(s.stranger, &syncControllerContractsCall {}).unwrap();
    s.govern(&IController::unpauseCall {});
    for who in [at, owner] {
        s.grant("MINTER_ROLE", who);
    }
    s
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
    fn grant(&self, role: &str, account: Address) {
        let role = keccak256(role);
        let call = Token::grantRoleCall { role, account };
        self.world.send(self.owner, self.token, &call).unwrap();
    }
    fn send<C: SolCall>(&self, from: Address, call: &C) -> Receipt<C::Return> {
        self.world.send(from, self.at, call)
    }
    #[track_caller]
    fn refused<C: SolCall>(&self, from: Address, call: &C, text: &str) {
        assert_eq!(self.send(from, call).reverted(), Revert::text(text));
    }
    fn read<C: SolCall>(&self, call: &C) -> C::Return {
        self.world.read(self.at, call)
    }
    fn mint(&self, to: Address, amount: u64) {
        let amount = U256::from(amount);
        let call = Token::mintCall { to, amount };
        self.world.send(self.owner, self.token, &call).unwrap();
    }
    fn balance(&self, account: Address) -> U256 {
        self.world
            .read(self.token, &Token::balanceOfCall { account })
    }
    /// A new round; what it logs.
    fn round(&self) -> SetCurrentRewardTokens {
        self.send(self.rounds, &setCurrentRewardTokensCall {})
            .only()
    }
}

fn reward(num: u64, denom: u64) -> createRewardCall {
    createRewardCall {
        fracNum: U256::from(num),
        fracDenom: U256::from(denom),
    }
}

#[test]
fn constructor_takes_shares_only() {
    let s = stage();
    for (i, text) in [
        "_inflation is invalid percentage",
        "_inflationChange is invalid percentage",
        "_targetBondingRate is invalid percentage",
    ]
    .into_iter()
    .enumerate()
    {
        let mut shares = [PPB; 3];
        minter(&s.world, s.controller, shares).unwrap();
        shares[i] = PPB + 1;
        let refused = minter(&s.world, s.controller, shares).reverted();
        assert_eq!(refused, Revert::text(text));
    }
}

#[test]
fn nobody_constructs_it_again() {
    let s = stage();
    let mut data = keccak256("stylus_constructor()")[..4].to_vec();
    data.extend([0; 4 * 32]);
    for from in [s.owner, confluence_kit::deploy::STYLUS_DEPLOYER] {
        let again = s.world.transact(from, s.at, U256::ZERO, data.clone());
        assert_eq!(again.reverted(), Revert::empty());
    }
}

#[test]
fn inflation_rises_below_the_target_falls_above_and_rests_on_it() {
    let s = stage();
    s.mint(s.stranger, 600);
    s.on_l1.set(400);
    for (bonded, percent) in [(499, 23), (500, 23), (501, 22), (1_000, 21), (0, 22)] {
        s.bonded.set(bonded);
        let event = s.round();
        let inflation = U256::from(PPB / 100 * percent);
        assert_eq!(event.currentInflation, inflation, "{bonded} of 1,000");
        assert_eq!(
            event.currentMintableTokens,
            U256::from(10 * percent),
            "of both chains' supply"
        );
        assert_eq!(s.read(&inflationCall {}), inflation);
        assert_eq!(
            s.read(&currentMintableTokensCall {}),
            event.currentMintableTokens
        );
    }
    assert_eq!(s.read(&getGlobalTotalSupplyCall {}), U256::from(1_000));
}

#[test]
fn bonding_rate_of_no_supply_is_nothing() {
    let s = stage();
    s.bonded.set(7);
    let event = s.round();
    assert_eq!(event.currentInflation, U256::from(PPB / 100 * 23));
    assert_eq!(event.currentMintableTokens, U256::ZERO);
}

#[test]
fn inflation_stops_at_nothing_and_has_no_upper_bound() {
    let s = stage();
    s.mint(s.stranger, 1_000);
    let change = |share: u64| setInflationChangeCall {
        inflationChange_: U256::from(share),
    };
    s.bonded.set(900);
    s.send(s.owner, &change(PPB / 100 * 15)).unwrap();
    assert_eq!(s.round().currentInflation, U256::from(PPB / 100 * 7));
    assert_eq!(s.round().currentInflation, U256::ZERO);
    s.bonded.set(0);
    s.send(s.owner, &change(PPB)).unwrap();
    s.round();
    let event = s.round();
    assert_eq!(event.currentInflation, U256::from(2 * PPB));
    assert_eq!(event.currentMintableTokens, U256::from(2_000));
}

#[test]
fn rewards_are_shares_of_the_round_and_never_more_than_it_brings() {
    let s = stage();
    s.mint(s.stranger, 1_000);
    s.round();
    assert_eq!(s.read(&currentMintableTokensCall {}), U256::from(230));
    let done = s.send(s.bonding, &reward(1, 3));
    let minted: Vec<Token::Mint> = done.events();
    assert_eq!(done.logs.len(), 2, "Transfer, Mint");
    assert_eq!((minted[0].to, minted[0].amount), (s.at, U256::from(76)));
    assert_eq!(done.unwrap(), U256::from(76));
    assert_eq!(s.read(&currentMintedTokensCall {}), U256::from(76));
    assert_eq!(s.balance(s.at), U256::from(76));

    assert_eq!(
        s.send(s.bonding, &reward(2, 3)).unwrap(),
        U256::from(153),
        "the ratio is rounded down, then the product"
    );
    s.refused(
        s.bonding,
        &reward(1, 100),
        "minted tokens cannot exceed mintable tokens",
    );
    s.send(s.bonding, &reward(1, 230)).unwrap();
    assert_eq!(s.read(&currentMintedTokensCall {}), U256::from(229));
    s.round();
    assert_eq!(s.read(&currentMintedTokensCall {}), U256::ZERO);
}

#[test]
fn reward_of_no_stake_at_all_divides_by_zero() {
    let s = stage();
    let done = s.send(s.bonding, &reward(1, 0));
    assert_eq!(done.reverted(), Revert::panic(0x12));
}

#[test]
fn tokens_and_ether_leave_only_by_the_managers() {
    let s = stage();
    s.mint(s.at, 100);
    s.grant("BURNER_ROLE", s.at);
    s.world.fund(s.at, U256::from(50));
    let (to, ten) = (s.world.address(), U256::from(10));
    let transfer = trustedTransferTokensCall { to, amount: ten };
    let burn = trustedBurnTokensCall { amount: ten };
    let pay = trustedWithdrawETHCall { to, amount: ten };

    s.send(s.bonding, &transfer).unwrap();
    s.send(s.bonding, &burn).unwrap();
    assert_eq!((s.balance(to), s.balance(s.at)), (ten, U256::from(80)));
    s.send(s.bonding, &pay).unwrap();
    s.send(s.broker, &pay).unwrap();
    assert_eq!(s.world.balance(to), U256::from(20));

    let not_bonding = "msg.sender not BondingManager";
    for from in [s.stranger, s.owner, s.rounds, s.broker] {
        s.refused(from, &transfer, not_bonding);
        s.refused(from, &burn, not_bonding);
        s.refused(from, &reward(0, 1), not_bonding);
    }
    for from in [s.stranger, s.owner, s.rounds] {
        s.refused(from, &pay, "msg.sender not BondingManager or JobsManager");
    }
    for from in [s.stranger, s.owner, s.bonding, s.broker] {
        s.refused(
            from,
            &setCurrentRewardTokensCall {},
            "msg.sender not RoundsManager",
        );
    }
}

#[test]
fn payment_that_the_recipient_refuses_says_why() {
    let s = stage();
    s.world.fund(s.at, U256::from(50));
    let proud = s.world.play(|_| Err(b"no, thank you".to_vec()));
    let pay = |to, amount: u64| trustedWithdrawETHCall {
        to,
        amount: U256::from(amount),
    };
    let refused = s.send(s.broker, &pay(proud, 10)).reverted();
    assert_eq!(refused, Revert(b"no, thank you".to_vec()));
    let short = s.send(s.broker, &pay(s.stranger, 51)).reverted();
    assert_eq!(short, Revert::empty());
}

#[test]
fn burning_needs_the_role_that_l2_does_not_give() {
    let s = stage();
    s.mint(s.at, 1);
    let burn = trustedBurnTokensCall {
        amount: U256::from(1),
    };
    let text = format!("{:?}", s.send(s.bonding, &burn).reverted());
    assert!(text.contains("is missing role"), "{text}");
}

#[test]
fn ether_comes_from_the_broker_or_the_minter_before_also_while_paused() {
    let s = stage();
    let (call, wei) = (depositETHCall {}, U256::from(7));
    assert!(s.world.pay(s.broker, s.at, wei, &call).unwrap());
    s.govern(&IController::pauseCall {});
    assert!(s.world.pay(s.broker, s.at, wei, &call).unwrap());
    let stranger = s.world.pay(s.stranger, s.at, wei, &call).reverted();
    assert_eq!(
        stranger,
        Revert::text("msg.sender not Minter or JobsManager")
    );
    s.register("Minter", s.stranger);
    s.world.pay(s.stranger, s.at, wei, &call).unwrap();
    assert_eq!(s.world.balance(s.at), U256::from(21));
    let plain = s.world.transact(s.broker, s.at, wei, vec![]).reverted();
    assert_eq!(plain, Revert::empty());
}

#[test]
fn while_paused_nothing_is_minted_or_paid() {
    let s = stage();
    s.govern(&IController::pauseCall {});
    let (to, amount) = (s.stranger, U256::ZERO);
    let paused = "system is paused";
    s.refused(s.rounds, &setCurrentRewardTokensCall {}, paused);
    s.refused(s.bonding, &reward(0, 1), paused);
    s.refused(s.bonding, &trustedTransferTokensCall { to, amount }, paused);
    s.refused(s.bonding, &trustedBurnTokensCall { amount }, paused);
    s.refused(s.broker, &trustedWithdrawETHCall { to, amount }, paused);
    // Who may not, is told so first.
    s.refused(s.stranger, &reward(0, 1), "msg.sender not BondingManager");
}

#[test]
fn policy_is_the_owners() {
    let s = stage();
    let rate = |share| setTargetBondingRateCall {
        targetBondingRate_: U256::from(share),
    };
    let change = |share| setInflationChangeCall {
        inflationChange_: U256::from(share),
    };
    let not_owner = "caller must be Controller owner";
    s.refused(s.stranger, &rate(1u64), not_owner);
    s.refused(s.stranger, &change(1u64), not_owner);
    s.refused(
        s.owner,
        &rate(PPB + 1),
        "_targetBondingRate is invalid percentage",
    );
    s.refused(
        s.owner,
        &change(PPB + 1),
        "_inflationChange is invalid percentage",
    );
    // Far beyond the field that keeps it.
    let wide = setTargetBondingRateCall {
        targetBondingRate_: U256::MAX,
    };
    s.refused(s.owner, &wide, "_targetBondingRate is invalid percentage");
    let event: ParameterUpdate = s.send(s.owner, &rate(PPB)).only();
    assert_eq!(event.param, "targetBondingRate");
    let event: ParameterUpdate = s.send(s.owner, &change(3)).only();
    assert_eq!(event.param, "inflationChange");
    assert_eq!(s.read(&targetBondingRateCall {}), U256::from(PPB));
    assert_eq!(s.read(&inflationChangeCall {}), U256::from(3));
}

#[test]
fn inflation_of_l1_is_taken_over_only_while_paused() {
    let s = stage();
    let set = |share| setInflationCall {
        inflation_: U256::from(share),
    };
    s.refused(s.owner, &set(1u64), "system is not paused");
    s.govern(&IController::pauseCall {});
    s.refused(s.stranger, &set(1), "caller must be Controller owner");
    s.refused(s.owner, &set(PPB + 1), "_inflation is invalid percentage");
    let event: ParameterUpdate = s.send(s.owner, &set(220_000)).only();
    assert_eq!(event.param, "inflation");
    assert_eq!(s.read(&inflationCall {}), U256::from(220_000));
}

#[test]
fn everything_goes_to_the_next_minter() {
    let s = stage();
    s.mint(s.at, 90);
    s.world.fund(s.at, U256::from(30));
    let next = minter(&s.world, s.controller, [1, 1, 1]).unwrap();
    s.world
        .send(s.owner, next, &syncControllerContractsCall {})
        .unwrap();
    let to = |minter| migrateToNewMinterCall { newMinter: minter };
    s.refused(s.stranger, &to(next), "caller must be Controller owner");
    s.refused(s.owner, &to(s.at), "new Minter cannot be current Minter");
    s.refused(
        s.owner,
        &to(Address::ZERO),
        "new Minter cannot be null address",
    );
    let elsewhere = minter(&s.world, s.stranger, [1, 1, 1]).unwrap();
    s.refused(
        s.owner,
        &to(elsewhere),
        "new Minter Controller must be current Controller",
    );
    s.register("Minter", s.stranger);
    s.refused(s.owner, &to(next), "new Minter must be registered");
    s.register("Minter", s.at);
    s.send(s.owner, &to(next)).unwrap();
    assert_eq!(
        (s.balance(s.at), s.balance(next)),
        (U256::ZERO, U256::from(90))
    );
    assert_eq!(s.world.balance(next), U256::from(30));
    assert_eq!(s.read(&getControllerCall {}), s.controller);
}

#[test]
fn next_minter_without_code_gets_nothing() {
    let s = stage();
    s.mint(s.at, 90);
    let call = migrateToNewMinterCall {
        newMinter: s.stranger,
    };
    assert_eq!(s.send(s.owner, &call).reverted(), Revert::empty());
    assert_eq!(s.balance(s.at), U256::from(90));
}

#[test]
fn supply_that_does_not_fit_panics_and_is_never_cut_off() {
    let s = stage();
    // 2^88 base units are what a round can bring at most.
    let all = |bits: u32| Token::mintCall {
        to: s.stranger,
        amount: (U256::from(1) << bits) - U256::from(1),
    };
    s.send(
        s.owner,
        &setInflationChangeCall {
            inflationChange_: U256::from(PPB),
        },
    )
    .unwrap();
    s.world.send(s.owner, s.token, &all(87)).unwrap();
    let round = setCurrentRewardTokensCall {};
    s.send(s.rounds, &round).unwrap();
    let mintable = s.read(&currentMintableTokensCall {});
    s.world.send(s.owner, s.token, &all(88)).unwrap();
    assert_eq!(s.send(s.rounds, &round).reverted(), Revert::panic(0x11));
    assert_eq!(s.read(&currentMintableTokensCall {}), mintable);
}
