//! Views, sent as transactions so that they can be compared; nobody pays for them unless a contract asks.

use alloy::primitives::{U256, keccak256};
use confluence_abi::IBondingManager::{
    getDelegatorCall, getTranscoderCall, getTranscoderPoolSizeCall, isActiveTranscoderCall,
    pendingFeesCall, pendingStakeCall,
};
use confluence_abi::IController::getContractCall;
use confluence_abi::IMinter::getGlobalTotalSupplyCall;
use confluence_abi::IRoundsManager::{currentRoundCall, currentRoundInitializedCall};
use confluence_abi::ITicketBroker::{claimableReserveCall, getSenderInfoCall};

use crate::{
    bench::gas::{POOLS, population::eth, scenario::Group},
    plan::Contract::{BondingManager, Controller, Minter, RoundsManager, TicketBroker},
};

pub(super) const GROUPS: &[Group] = &[Group {
    pools: &POOLS,
    prepare: |s| s.fund(s.p(), eth(100), eth(100)),
    acts: &[
        ("view.pendingStake.N*", |s| {
            let call = pendingStakeCall {
                delegator: s.d_mid(),
                endRound: U256::ZERO,
            };
            s.act(s.x(), BondingManager, &call)
        }),
        ("view.pendingFees.N*", |s| {
            let call = pendingFeesCall {
                delegator: s.d_mid(),
                endRound: U256::ZERO,
            };
            s.act(s.x(), BondingManager, &call)
        }),
        ("view.getDelegator.N*", |s| {
            let delegator = s.d_mid();
            s.act(s.x(), BondingManager, &getDelegatorCall { delegator })
        }),
        ("view.getTranscoder.N*", |s| {
            let transcoder = s.o_mid();
            s.act(s.x(), BondingManager, &getTranscoderCall { transcoder })
        }),
        ("view.isActiveTranscoder.N*", |s| {
            let transcoder = s.o_mid();
            s.act(
                s.x(),
                BondingManager,
                &isActiveTranscoderCall { transcoder },
            )
        }),
        ("view.getTranscoderPoolSize.N*", |s| {
            s.act(s.x(), BondingManager, &getTranscoderPoolSizeCall {})
        }),
        ("view.currentRound.N*", |s| {
            s.act(s.x(), RoundsManager, &currentRoundCall {})
        }),
        ("view.currentRoundInitialized.N*", |s| {
            s.act(s.x(), RoundsManager, &currentRoundInitializedCall {})
        }),
        ("view.minter.getGlobalTotalSupply.N*", |s| {
            s.act(s.x(), Minter, &getGlobalTotalSupplyCall {})
        }),
        ("view.controller.getContract.N*", |s| {
            let id = keccak256("BondingManager");
            s.act(s.x(), Controller, &getContractCall { id })
        }),
        ("view.getSenderInfo.N*", |s| {
            s.act(s.x(), TicketBroker, &getSenderInfoCall { sender_: s.p() })
        }),
        ("view.claimableReserve.N*", |s| {
            let call = claimableReserveCall {
                reserveHolder: s.p(),
                claimant: s.o_mid(),
            };
            s.act(s.x(), TicketBroker, &call)
        }),
    ],
}];
