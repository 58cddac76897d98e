//! Views, sent as transactions so that they can be compared; nobody pays for them unless a contract asks.

use alloy::primitives::{U256, keccak256};
use confluence_abi::IBondingManager::{
    getDelegatorCall, getTranscoderCall, getTranscoderPoolSizeCall, isActiveTranscoderCall,
    pendingFeesCall, pendingStakeCall,
};
use confluence_abi::IController::getContractCall;
use confluence_abi::IMinter::getGlobalTotalSupplyCall;
use confluence_abi::IRoundsManager::{currentRoundCall, currentRoundInitializedCall};

use crate::{
    bench::gas::{POOLS, scenario::Group},
    plan::Contract::{BondingManager, Controller, Minter, RoundsManager},
};

pub(super) const GROUPS: &[Group] = &[Group {
    pools: &POOLS,
    prepare: |_| Ok(()),
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
    ],
}];
