//! A transaction, as calldata for the programs and as a call of the model: one line for each function, both in it.

use super::{Twin, word};
use crate::model::{Hints, N, Protocol, Res, Round, n};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::IBondingManager as Bonding;
use confluence_abi::{IController, ILivepeerToken, IMinter, IRoundsManager};
use core::fmt;

enum To {
    BondingManager,
    RoundsManager,
    Minter,
    Token,
    Controller,
}

type OnModel = Box<dyn Fn(&mut Protocol, Address) -> Res>;

/// One transaction.
pub struct Action {
    to: To,
    data: Vec<u8>,
    shown: String,
    on_model: OnModel,
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Action {
    fn new<C: SolCall + fmt::Debug>(
        to: To,
        call: &C,
        on_model: impl Fn(&mut Protocol, Address) -> Res + 'static,
    ) -> Self {
        Action {
            to,
            data: call.abi_encode(),
            shown: format!("{call:?}"),
            on_model: Box::new(on_model),
        }
    }

    pub(super) fn to(&self, twin: &Twin) -> Address {
        let at = &twin.model.at;
        match self.to {
            To::BondingManager => at.bonding_manager,
            To::RoundsManager => at.rounds_manager,
            To::Minter => at.minter,
            To::Token => at.token,
            To::Controller => twin.controller,
        }
    }

    /// The function's name.
    pub fn name(&self) -> &str {
        self.shown.split("Call").next().unwrap_or_default()
    }

    /// Its calldata.
    pub fn data(&self) -> Vec<u8> {
        self.data.clone()
    }

    pub(super) fn on(&self, model: &mut Protocol, sender: Address) -> Res {
        (self.on_model)(model, sender)
    }
}

/// Amounts come as `u128` or as anything a model number can be made from.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) = $to:ident $call:expr, |$p:ident, $sender:tt| $run:expr;)*) => {
        impl Action { $(
            $(#[$doc])*
            pub fn $name($($arg: $ty),*) -> Self {
                let call = $call;
                Action::new(To::$to, &call, move |$p, $sender| $run)
            }
        )* }
    };
}

fn u(v: u128) -> U256 {
    U256::from(v)
}

actions! {
    /// `bond`.
    bond(amount: u128, to: Address) = BondingManager Bonding::bondCall { amount: u(amount), to },
        |p, sender| p.bond(sender, n(amount), to);
    /// `bondWithHint`.
    bond_with_hint(amount: u128, to: Address, old: Hints, new: Hints) = BondingManager Bonding::bondWithHintCall {
        amount: u(amount), to,
        oldDelegateNewPosPrev: old.0, oldDelegateNewPosNext: old.1,
        currDelegateNewPosPrev: new.0, currDelegateNewPosNext: new.1,
    }, |p, sender| p.bond_with_hint(sender, n(amount), to, old, new);
    /// `bondForWithHint`.
    bond_for(amount: u128, owner: Address, to: Address, old: Hints, new: Hints) = BondingManager Bonding::bondForWithHintCall {
        amount: u(amount), owner, to,
        oldDelegateNewPosPrev: old.0, oldDelegateNewPosNext: old.1,
        currDelegateNewPosPrev: new.0, currDelegateNewPosNext: new.1,
    }, |p, sender| p.bond_for_with_hint(sender, n(amount), owner, to, old, new);
    /// `bondPoolWithHint`.
    bond_pool(amount: u128, pool: Address, to: Address, hints: Hints) = BondingManager Bonding::bondPoolWithHintCall {
        amount: u(amount), pool, to, newPosPrev: hints.0, newPosNext: hints.1,
    }, |p, sender| p.bond_pool_with_hint(sender, n(amount), pool, to, hints);
    /// `unbond`.
    unbond(amount: u128) = BondingManager Bonding::unbondCall { amount: u(amount) },
        |p, sender| p.unbond(sender, n(amount));
    /// `unbondWithHint`.
    unbond_with_hint(amount: u128, hints: Hints) = BondingManager Bonding::unbondWithHintCall {
        amount: u(amount), newPosPrev: hints.0, newPosNext: hints.1,
    }, |p, sender| p.unbond_with_hint(sender, n(amount), hints);
    /// `rebond`.
    rebond(lock: Round) = BondingManager Bonding::rebondCall { unbondingLockId: u(lock) },
        |p, sender| p.rebond(sender, lock);
    /// `rebondWithHint`.
    rebond_with_hint(lock: Round, hints: Hints) = BondingManager Bonding::rebondWithHintCall {
        unbondingLockId: u(lock), newPosPrev: hints.0, newPosNext: hints.1,
    }, |p, sender| p.rebond_with_hint(sender, lock, hints);
    /// `rebondFromUnbonded`.
    rebond_from_unbonded(to: Address, lock: Round) = BondingManager Bonding::rebondFromUnbondedCall {
        to, unbondingLockId: u(lock),
    }, |p, sender| p.rebond_from_unbonded(sender, to, lock);
    /// `rebondFromUnbondedWithHint`.
    rebond_from_unbonded_with_hint(to: Address, lock: Round, hints: Hints) = BondingManager
        Bonding::rebondFromUnbondedWithHintCall {
            to, unbondingLockId: u(lock), newPosPrev: hints.0, newPosNext: hints.1,
        }, |p, sender| p.rebond_from_unbonded_with_hint(sender, to, lock, hints);
    /// `transferBond`.
    transfer_bond(to: Address, amount: u128, old: Hints, new: Hints) = BondingManager Bonding::transferBondCall {
        delegator: to, amount: u(amount),
        oldDelegateNewPosPrev: old.0, oldDelegateNewPosNext: old.1,
        newDelegateNewPosPrev: new.0, newDelegateNewPosNext: new.1,
    }, |p, sender| p.transfer_bond(sender, to, n(amount), old, new);
    /// `claimEarnings`.
    claim_earnings() = BondingManager Bonding::claimEarningsCall { endRound: u(0) }, |p, sender| p.claim_earnings(sender);
    /// `withdrawStake`.
    withdraw_stake(lock: Round) = BondingManager Bonding::withdrawStakeCall { unbondingLockId: u(lock) },
        |p, sender| p.withdraw_stake(sender, lock);
    /// `withdrawFees`.
    withdraw_fees(recipient: Address, amount: u128) = BondingManager Bonding::withdrawFeesCall {
        recipient, amount: u(amount),
    }, |p, sender| p.withdraw_fees(sender, recipient, n(amount));
    /// `transcoder`.
    transcoder(cut: u128, share: u128) = BondingManager Bonding::transcoderCall { rewardCut: u(cut), feeShare: u(share) },
        |p, sender| p.transcoder(sender, n(cut), n(share));
    /// `transcoderWithHint`.
    transcoder_with_hint(cut: u128, share: u128, hints: Hints) = BondingManager Bonding::transcoderWithHintCall {
        rewardCut: u(cut), feeShare: u(share), newPosPrev: hints.0, newPosNext: hints.1,
    }, |p, sender| p.transcoder_with_hint(sender, n(cut), n(share), hints);
    /// `reward`.
    reward() = BondingManager Bonding::rewardCall {}, |p, sender| p.reward(sender);
    /// `rewardWithHint`.
    reward_with_hint(hints: Hints) = BondingManager Bonding::rewardWithHintCall { newPosPrev: hints.0, newPosNext: hints.1 },
        |p, sender| p.reward_with_hint(sender, hints);
    /// `updateTranscoderWithFees`.
    fees(who: Address, fees: u128) = BondingManager Bonding::updateTranscoderWithFeesCall {
        transcoder: who, fees: u(fees), round: u(0),
    }, |p, sender| p.update_transcoder_with_fees(sender, who, &n(fees));
    /// `slashTranscoder`.
    slash(who: Address, finder: Address, share: u128, finder_share: u128) = BondingManager Bonding::slashTranscoderCall {
        transcoder: who, finder, slashAmount: u(share), finderFee: u(finder_share),
    }, |p, sender| p.slash_transcoder(sender, who, finder, &n(share), &n(finder_share));
    /// `setUnbondingPeriod`.
    set_unbonding_period(rounds: Round) = BondingManager Bonding::setUnbondingPeriodCall { unbondingPeriod_: rounds as u64 },
        |p, sender| p.set_unbonding_period(sender, rounds);
    /// `setNumActiveTranscoders`.
    set_num_active_transcoders(size: u128) = BondingManager Bonding::setNumActiveTranscodersCall {
        numActiveTranscoders: u(size),
    }, |p, sender| p.set_num_active_transcoders(sender, size);
    /// `setCurrentRoundTotalActiveStake`.
    set_current_round_total_active_stake() = BondingManager Bonding::setCurrentRoundTotalActiveStakeCall {},
        |p, sender| p.set_current_round_total_active_stake(sender);

    /// `initializeRound`.
    initialize_round() = RoundsManager IRoundsManager::initializeRoundCall {}, |p, sender| p.initialize_round(sender);
    /// `setRoundLength`.
    set_round_length(blocks: u128) = RoundsManager IRoundsManager::setRoundLengthCall { roundLength_: u(blocks) },
        |p, sender| p.set_round_length(sender, blocks);
    /// `setRoundLockAmount`.
    set_round_lock_amount(share: u128) = RoundsManager IRoundsManager::setRoundLockAmountCall { roundLockAmount_: u(share) },
        |p, sender| p.set_round_lock_amount(sender, n(share));
    /// `setInflationChange`.
    set_inflation_change(share: u128) = Minter IMinter::setInflationChangeCall { inflationChange_: u(share) },
        |p, sender| p.set_inflation_change(sender, n(share));
    /// `setTargetBondingRate`.
    set_target_bonding_rate(share: u128) = Minter IMinter::setTargetBondingRateCall { targetBondingRate_: u(share) },
        |p, sender| p.set_target_bonding_rate(sender, n(share));
    /// `mint`.
    mint(to: Address, amount: u128) = Token ILivepeerToken::mintCall { to, amount: u(amount) },
        |p, sender| p.mint(sender, to, n(amount));
    /// `approve`.
    approve(spender: Address, amount: N) = Token ILivepeerToken::approveCall { spender, amount: word(&amount) },
        |p, sender| p.approve(sender, spender, amount.clone());
    /// `transfer`.
    transfer(to: Address, amount: u128) = Token ILivepeerToken::transferCall { to, amount: u(amount) },
        |p, sender| p.transfer(sender, to, n(amount));
    /// `Controller.pause`.
    pause() = Controller IController::pauseCall {}, |p, sender| p.pause(sender);
    /// `Controller.unpause`.
    unpause() = Controller IController::unpauseCall {}, |p, sender| p.unpause(sender);
}
