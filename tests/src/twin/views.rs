//! Everything anyone may read, on both sides.

use super::{Twin, number};
use crate::model::{DelegatorView, EarningsPool, Lock, Revert, Round, TranscoderView, n};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::{IBondingManager as B, ILivepeerToken, IMinter, IRoundsManager};
use std::fmt::Debug;

impl Twin {
    /// What a view answers, or how it reverts.
    pub fn ask<C: SolCall>(&self, to: Address, call: &C) -> Result<C::Return, Revert> {
        let done = self.world.view(to, call);
        done.result.map_err(|revert| {
            let known = [Revert::OVERFLOW, Revert::DIVISION_BY_ZERO, Revert::Empty];
            let found = known.into_iter().find(|it| it.data() == revert.0);
            found.unwrap_or_else(|| Revert::Text(format!("{revert:?}")))
        })
    }

    /// A view of BondingManager.
    pub fn bonding<C: SolCall>(&self, call: &C) -> Result<C::Return, Revert> {
        self.ask(self.model.at.bonding_manager, call)
    }

    /// Compares every view.
    ///
    /// # Panics
    /// If one differs.
    #[track_caller]
    pub fn compare_views(&self) {
        for &who in &self.accounts {
            self.compare_account(who);
            self.compare_orchestrator(who);
        }
        self.compare_account(Address::ZERO);
        self.compare_account(self.model.at.l2_migrator);
        self.compare_network();
        self.compare_peers();
    }

    #[track_caller]
    fn compare_account(&self, who: Address) {
        let got = self
            .bonding(&B::getDelegatorCall { delegator: who })
            .map(|d| DelegatorView {
                bonded: number(d.bondedAmount),
                fees: number(d.fees),
                delegate: d.delegateAddress,
                delegated: number(d.delegatedAmount),
                start_round: number(d.startRound),
                last_claim_round: number(d.lastClaimRound),
                next_lock: number(d.nextUnbondingLockId),
            });
        same("getDelegator", who, got, Ok(self.model.get_delegator(who)));

        let (delegator, round) = (who, U256::ZERO);
        let stake = self
            .bonding(&B::pendingStakeCall {
                delegator,
                endRound: round,
            })
            .map(number);
        same("pendingStake", who, stake, self.model.pending_stake(who));
        let fees = self
            .bonding(&B::pendingFeesCall {
                delegator,
                endRound: round,
            })
            .map(number);
        same("pendingFees", who, fees, self.model.pending_fees(who));
        let status = self.bonding(&B::delegatorStatusCall { delegator });
        let expected = self.model.delegator_status(who).map(|it| it as u8);
        same("delegatorStatus", who, status, expected);
        let total = self
            .bonding(&B::transcoderTotalStakeCall { transcoder: who })
            .map(number);
        let expected = self.model.get_delegator(who).delegated;
        same("transcoderTotalStake", who, total, Ok(expected));

        let locks = u64::try_from(&self.model.get_delegator(who).next_lock).unwrap_or_default();
        for id in locks.saturating_sub(4)..=locks {
            self.compare_lock(who, id);
        }
    }

    #[track_caller]
    fn compare_lock(&self, who: Address, id: u64) {
        let (delegator, number_of) = (who, U256::from(id));
        let expected = self.model.get_lock(who, id.into());
        let valid = self.bonding(&B::isValidUnbondingLockCall {
            delegator,
            unbondingLockId: number_of,
        });
        same("isValidUnbondingLock", who, valid, Ok(expected.is_some()));
        let lock = self.bonding(&B::getDelegatorUnbondingLockCall {
            delegator,
            unbondingLockId: number_of,
        });
        let expected = expected.unwrap_or(Lock {
            amount: n(0),
            withdraw_round: 0,
        });
        let got = lock.map(|it| (number(it.amount), it.withdrawRound.to::<Round>()));
        same(
            "getDelegatorUnbondingLock",
            who,
            got,
            Ok((expected.amount, expected.withdraw_round)),
        );
    }

    #[track_caller]
    fn compare_orchestrator(&self, who: Address) {
        let got = self
            .bonding(&B::getTranscoderCall { transcoder: who })
            .map(|t| TranscoderView {
                last_reward_round: number(t.lastRewardRound),
                reward_cut: number(t.rewardCut),
                fee_share: number(t.feeShare),
                last_stake_round: number(t.lastActiveStakeUpdateRound),
                activation_round: number(t.activationRound),
                deactivation_round: number(t.deactivationRound),
                active_rewards: number(t.activeCumulativeRewards),
                rewards: number(t.cumulativeRewards),
                fees: number(t.cumulativeFees),
                last_fee_round: number(t.lastFeeRound),
            });
        same(
            "getTranscoder",
            who,
            got,
            Ok(self.model.get_transcoder(who)),
        );

        let transcoder = who;
        let registered = Ok(self.model.bonding.is_registered(who));
        let got = self.bonding(&B::isRegisteredTranscoderCall { transcoder });
        same("isRegisteredTranscoder", who, got, registered.clone());
        let got = self
            .bonding(&B::transcoderStatusCall { transcoder })
            .map(|it| it == 1);
        same("transcoderStatus", who, got, registered);
        let got = self.bonding(&B::isActiveTranscoderCall { transcoder });
        same(
            "isActiveTranscoder",
            who,
            got,
            self.model.is_active_transcoder(who),
        );
        let next = self.bonding(&B::getNextTranscoderInPoolCall { transcoder });
        same(
            "getNextTranscoderInPool",
            who,
            next,
            Ok(self.model.bonding.list.next(who)),
        );

        let round = self.round();
        for round in round.saturating_sub(2)..=round + 1 {
            self.compare_pool(who, round);
        }
    }

    #[track_caller]
    fn compare_pool(&self, transcoder: Address, round: Round) {
        let call = B::getTranscoderEarningsPoolForRoundCall {
            transcoder,
            round: U256::from(round),
        };
        let got = self.bonding(&call).map(|it| EarningsPool {
            total_stake: number(it.totalStake),
            reward_cut: number(it.transcoderRewardCut),
            fee_share: number(it.transcoderFeeShare),
            reward_factor: number(it.cumulativeRewardFactor),
            fee_factor: number(it.cumulativeFeeFactor),
        });
        let expected = self.model.get_earnings_pool(transcoder, round);
        same(
            &format!("getTranscoderEarningsPoolForRound({round})"),
            transcoder,
            got,
            Ok(expected),
        );
    }

    #[track_caller]
    fn compare_network(&self) {
        let (all, model) = (Address::ZERO, &self.model.bonding);
        let current = self
            .bonding(&B::currentRoundTotalActiveStakeCall {})
            .map(number);
        same(
            "currentRoundTotalActiveStake",
            all,
            current.clone(),
            Ok(model.current_total.clone()),
        );
        same(
            "getTotalBonded",
            all,
            self.bonding(&B::getTotalBondedCall {}).map(number),
            current,
        );
        let next = self
            .bonding(&B::nextRoundTotalActiveStakeCall {})
            .map(number);
        same(
            "nextRoundTotalActiveStake",
            all,
            next,
            Ok(model.next_total.clone()),
        );
        let size = self
            .bonding(&B::getTranscoderPoolSizeCall {})
            .map(|it| it.to::<usize>());
        same(
            "getTranscoderPoolSize",
            all,
            size,
            Ok(model.list.nodes.len()),
        );
        let size = self
            .bonding(&B::getTranscoderPoolMaxSizeCall {})
            .map(|it| it.to::<u128>());
        same(
            "getTranscoderPoolMaxSize",
            all,
            size,
            Ok(model.list.max_size),
        );
        let first = self.bonding(&B::getFirstTranscoderInPoolCall {});
        same(
            "getFirstTranscoderInPool",
            all,
            first,
            Ok(model.list.first()),
        );
        let period = self.bonding(&B::unbondingPeriodCall {}).map(Round::from);
        same("unbondingPeriod", all, period, Ok(model.unbonding_period));
    }

    #[track_caller]
    fn compare_peers(&self) {
        let (at, model) = (self.model.at, &self.model);
        for who in [at.minter, self.owner]
            .into_iter()
            .chain(self.accounts.iter().copied())
        {
            let balance = self.ask(at.token, &ILivepeerToken::balanceOfCall { account: who });
            same(
                "balanceOf",
                who,
                balance.map(number),
                Ok(model.token.balance(who)),
            );
            let wei = number(self.world.balance(who));
            same(
                "wei",
                who,
                wei,
                model.ether.get(&who).cloned().unwrap_or_default(),
            );
        }
        let supply = self
            .ask(at.token, &ILivepeerToken::totalSupplyCall {})
            .map(number);
        same(
            "totalSupply",
            at.token,
            supply,
            Ok(model.token.supply.clone()),
        );
        let inflation = self.ask(at.minter, &IMinter::inflationCall {}).map(number);
        same(
            "inflation",
            at.minter,
            inflation,
            Ok(model.minter.inflation.clone()),
        );
        let mintable = self
            .ask(at.minter, &IMinter::currentMintableTokensCall {})
            .map(number);
        same(
            "currentMintableTokens",
            at.minter,
            mintable,
            Ok(model.minter.mintable.clone()),
        );
        let minted = self
            .ask(at.minter, &IMinter::currentMintedTokensCall {})
            .map(number);
        same(
            "currentMintedTokens",
            at.minter,
            minted,
            Ok(model.minter.minted.clone()),
        );
        let state = self.ask(at.rounds_manager, &IRoundsManager::roundStateCall {});
        let expected = (|| {
            Ok((
                model.current_round()?,
                model.current_round_initialized()?,
                model.current_round_locked()?,
            ))
        })();
        let state = state.map(|it| (it.round.to::<Round>(), it.initialized, it.locked));
        same("roundState", at.rounds_manager, state, expected);
    }
}

#[track_caller]
#[allow(clippy::needless_pass_by_value)] // both end here
fn same<T: PartialEq + Debug>(what: &str, of: Address, got: T, expected: T) {
    assert_eq!(got, expected, "{what} of {of}");
}
