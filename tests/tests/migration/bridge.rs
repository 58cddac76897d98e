//! L2LPTGateway and L2LPTDataCache together with the token.

use crate::*;
use alloy_primitives::{B256, Bytes};
use alloy_sol_types::{SolCall, SolEvent, SolValue};
use confluence_abi::{IL1LPTGateway, IL2LPTDataCache, IL2LPTGateway::*, ILivepeerToken, IMinter};
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;

/// Somebody with LPT that came from L1, and has allowed the gateway to take it.
fn holder(l2: &L2, amount: u128) -> Address {
    let who = l2.world.address();
    l2.deposit(who, amount);
    let approve = ILivepeerToken::approveCall {
        spender: l2.gateway,
        amount: U256::MAX,
    };
    l2.world.send(who, l2.token, &approve).unwrap();
    who
}

fn send(l2: &L2, to: Address, amount: u128, data: Vec<u8>) -> outboundTransfer_0Call {
    outboundTransfer_0Call {
        l1Token: l2.l1.token,
        to,
        amount: U256::from(amount),
        data: data.into(),
    }
}

fn supply_from_l1(l2: &L2) -> U256 {
    l2.world
        .read(l2.cache, &IL2LPTDataCache::l2SupplyFromL1Call {})
}

#[test]
fn what_comes_is_minted_and_counted() {
    let l2 = L2::running(10, 0);
    let to = l2.world.address();
    let call = finalizeInboundTransferCall {
        token: l2.l1.token,
        from: l2.owner,
        to,
        amount: U256::from(50),
        data: Bytes::from_static(b"not looked at"),
    };
    let done = l2.send_from_l1(l2.l1.gateway, l2.gateway, &call);
    let topics: Vec<_> = done.logs.iter().map(|log| log.topics[0]).collect();
    assert_eq!(
        topics,
        [
            ILivepeerToken::Transfer::SIGNATURE_HASH,
            ILivepeerToken::Mint::SIGNATURE_HASH,
            DepositFinalized::SIGNATURE_HASH,
        ]
    );
    let event = &done.events::<DepositFinalized>()[0];
    assert_eq!(
        (event._l1Token, event._from, event._to, event._amount),
        (l2.l1.token, l2.owner, to, U256::from(50))
    );
    assert_eq!(l2.lpt(to), 50);
    assert_eq!(supply_from_l1(&l2), U256::from(50));
}

#[test]
fn what_goes_is_burnt_counted_and_announced_to_l1() {
    let l2 = L2::running(10, 0);
    let (from, to) = (holder(&l2, 50), l2.world.address());
    let done = l2.world.send(from, l2.gateway, &send(&l2, to, 20, vec![]));
    let topics: Vec<_> = done.logs.iter().map(|log| log.topics[0]).collect();
    assert_eq!(
        topics,
        [
            ILivepeerToken::Approval::SIGNATURE_HASH,
            ILivepeerToken::Transfer::SIGNATURE_HASH,
            ILivepeerToken::Burn::SIGNATURE_HASH,
            TxToL1::SIGNATURE_HASH,
            WithdrawalInitiated::SIGNATURE_HASH,
        ]
    );
    let on_l1 = IL1LPTGateway::finalizeInboundTransferCall {
        token: l2.l1.token,
        from,
        to,
        amount: U256::from(20),
        data: (U256::ZERO, Bytes::new()).abi_encode_params().into(),
    };
    let message = &done.events::<TxToL1>()[0];
    assert_eq!(message._data.to_vec(), on_l1.abi_encode());
    assert_eq!((message._from, message._to), (from, l2.l1.gateway));
    let event = &done.events::<WithdrawalInitiated>()[0];
    assert_eq!(
        (event._l1Token, event._from, event._to, event._l2ToL1Id),
        (l2.l1.token, from, to, U256::from(9))
    );
    assert_eq!(
        (event._exitNum, event._amount),
        (U256::ZERO, U256::from(20))
    );
    assert_eq!(done.unwrap().to_vec(), U256::from(9).abi_encode());
    assert_eq!(l2.lpt(from), 30);
    assert_eq!(supply_from_l1(&l2), U256::from(30));
}

#[test]
fn arbitrums_router_sends_in_the_name_of_its_caller() {
    let l2 = L2::running(10, 0);
    let (from, to) = (holder(&l2, 50), l2.world.address());
    let routed = |extra: &[u8]| outboundTransfer_1Call {
        l1Token: l2.l1.token,
        to,
        amount: U256::from(20),
        maxGas: U256::MAX,
        gasPriceBid: U256::MAX,
        data: (from, Bytes::copy_from_slice(extra))
            .abi_encode_params()
            .into(),
    };
    let done = l2.world.send(l2.router, l2.gateway, &routed(b""));
    assert_eq!(done.events::<WithdrawalInitiated>()[0]._from, from);
    done.unwrap();
    assert_eq!(l2.lpt(from), 30);

    let hook = l2.world.send(l2.router, l2.gateway, &routed(b"x"));
    assert_eq!(hook.reverted(), Revert::text("CALL_HOOK_DATA_NOT_ALLOWED"));
    // From anybody else the same data is a hook, not a name.
    let stranger = l2.world.send(from, l2.gateway, &routed(b""));
    assert_eq!(
        stranger.reverted(),
        Revert::text("CALL_HOOK_DATA_NOT_ALLOWED")
    );
    for cut in [0, 31, 63, 95] {
        let mut call = routed(b"");
        call.data = call.data.slice(..cut);
        let done = l2.world.send(l2.router, l2.gateway, &call);
        assert_eq!(done.reverted(), Revert::empty(), "{cut} bytes");
    }
}

#[test]
fn what_goes_is_refused_with_the_originals_strings_in_its_order() {
    let l2 = L2::running(10, 0);
    let (from, to) = (holder(&l2, 50), l2.world.address());
    let refused = |call: &outboundTransfer_0Call, text| {
        let done = l2.world.send(from, l2.gateway, call);
        assert_eq!(done.reverted(), Revert::text(text));
    };
    let other = outboundTransfer_0Call {
        l1Token: l2.token,
        ..send(&l2, to, 0, vec![1])
    };
    refused(&other, "TOKEN_NOT_LPT");
    refused(&send(&l2, to, 0, vec![1]), "INVALID_ZERO_AMOUNT");
    refused(&send(&l2, to, 1, vec![1]), "CALL_HOOK_DATA_NOT_ALLOWED");
    refused(
        &send(&l2, to, 51, vec![]),
        "ERC20: burn amount exceeds balance",
    );
    let approve = ILivepeerToken::approveCall {
        spender: l2.gateway,
        amount: U256::from(9),
    };
    l2.world.send(from, l2.token, &approve).unwrap();
    refused(
        &send(&l2, to, 10, vec![]),
        "ERC20: burn amount exceeds allowance",
    );
    l2.world.send(l2.owner, l2.gateway, &pauseCall {}).unwrap();
    refused(&other, "Pausable: paused");
}

#[test]
fn a_pause_stops_what_goes_and_not_what_comes() {
    let l2 = L2::running(10, 0);
    let from = holder(&l2, 50);
    let event: Paused = l2.world.send(l2.owner, l2.gateway, &pauseCall {}).only();
    assert_eq!(event.account, l2.owner);
    assert!(l2.world.read(l2.gateway, &pausedCall {}));
    let again = l2
        .world
        .send(l2.owner, l2.gateway, &pauseCall {})
        .reverted();
    assert_eq!(again, Revert::text("Pausable: paused"));
    l2.deposit(from, 1);
    assert_eq!(l2.lpt(from), 51);
    let _: Unpaused = l2.world.send(l2.owner, l2.gateway, &unpauseCall {}).only();
    let again = l2
        .world
        .send(l2.owner, l2.gateway, &unpauseCall {})
        .reverted();
    assert_eq!(again, Revert::text("Pausable: not paused"));
}

#[test]
fn a_gateway_begins_paused_with_its_admin_as_the_only_one() {
    let l2 = L2::running(10, 0);
    let made = l2.world.construct(
        &confluence_lpt_gateway::PROGRAM,
        (l2.router, l2.l1.token, l2.token, l2.cache, l2.owner),
    );
    let topics: Vec<_> = made.logs.iter().map(|log| log.topics[0]).collect();
    assert_eq!(
        topics,
        [RoleGranted::SIGNATURE_HASH, Paused::SIGNATURE_HASH]
    );
    let gateway = made.unwrap();
    let other = l2.world.address();
    let refused = Revert::text(&format!(
        "AccessControl: account {other:#x} is missing role {:#x}",
        B256::ZERO
    ));
    macro_rules! guarded {
        ($($call:expr),*) => { $( assert_eq!(l2.world.send(other, gateway, &$call).reverted(), refused); )* };
    }
    guarded!(
        unpauseCall {},
        pauseCall {},
        setCounterpartCall { counterpart: other },
        grantRoleCall {
            role: B256::ZERO,
            account: other
        }
    );
    let set = setCounterpartCall { counterpart: other };
    let event: L1CounterpartUpdate = l2.world.send(l2.owner, gateway, &set).only();
    assert_eq!(event._l1Counterpart, other);
    for read in [
        l2.world.read(gateway, &l1CounterpartCall {}),
        l2.world.read(gateway, &counterpartGatewayCall {}),
    ] {
        assert_eq!(read, other);
    }
}

#[test]
fn only_the_other_gateway_brings_and_only_lpt() {
    let l2 = L2::running(10, 0);
    let call = |token| finalizeInboundTransferCall {
        token,
        from: l2.owner,
        to: l2.owner,
        amount: U256::ONE,
        data: Bytes::new(),
    };
    for sender in [l2.l1.gateway, l2.owner, l2.router] {
        let done = l2.world.send(sender, l2.gateway, &call(l2.l1.token));
        assert_eq!(done.reverted(), Revert::text("ONLY_COUNTERPART_GATEWAY"));
    }
    let done = l2.send_from_l1(l2.l1.gateway, l2.gateway, &call(l2.token));
    assert_eq!(done.reverted(), Revert::text("TOKEN_NOT_LPT"));
}

#[test]
fn views_say_what_it_carries() {
    let l2 = L2::running(10, 0);
    let (world, at) = (&l2.world, l2.gateway);
    assert_eq!(world.read(at, &l1LptCall {}), l2.l1.token);
    assert_eq!(world.read(at, &l2LptCall {}), l2.token);
    assert_eq!(world.read(at, &l2RouterCall {}), l2.router);
    assert_eq!(world.read(at, &l2LPTDataCacheCall {}), l2.cache);
    let of = |token| world.read(at, &calculateL2TokenAddressCall { l1Token: token });
    assert_eq!(of(l2.l1.token), l2.token);
    assert_eq!(of(l2.token), Address::ZERO);
    let data = Bytes::from_static(&[7; 40]);
    let ask = getOutboundCalldataCall {
        token: l2.token,
        from: l2.owner,
        to: l2.router,
        amount: U256::MAX,
        data: data.clone(),
    };
    let expected = finalizeInboundTransferCall {
        token: l2.token,
        from: l2.owner,
        to: l2.router,
        amount: U256::MAX,
        data: (U256::ZERO, data).abi_encode_params().into(),
    };
    assert_eq!(world.read(at, &ask).to_vec(), expected.abi_encode());
}

#[test]
fn the_minter_counts_l1s_supply_without_what_came_over() {
    let l2 = L2::running(10, 0);
    let supply = |l2: &L2| {
        l2.world
            .read(l2.minter, &IMinter::getGlobalTotalSupplyCall {})
    };
    let before = supply(&l2);
    let from = holder(&l2, one(50));
    assert_eq!(supply(&l2), before, "moving changes nothing");
    let there = l2.world.address();
    l2.world
        .send(from, l2.gateway, &send(&l2, there, one(20), vec![]))
        .unwrap();
    assert_eq!(supply(&l2), before);
    l2.send_supply(one(1_000));
    assert_eq!(supply(&l2), U256::from(one(1_000)));
}
