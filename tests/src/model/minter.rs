//! Minter: how much LPT a round may mint, and the purse of all stakes and fees.

use super::event::{Contract, Event};
use super::number::{N, PPB, Word};
use super::protocol::Protocol;
use super::revert::{Res, Revert, require};
use alloy_primitives::Address;

/// The Minter's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minter {
    /// Of the global supply, each round, in billionths.
    pub inflation: N,
    /// How far inflation moves in a round.
    pub inflation_change: N,
    /// The part of the global supply that should be bonded.
    pub target_bonding_rate: N,
    /// What this round may mint.
    pub mintable: N,
    /// What it has minted.
    pub minted: N,
    /// L1's circulating supply, as the data cache reports it.
    pub l1_circulating_supply: N,
}

impl Protocol {
    /// `getGlobalTotalSupply()`.
    pub fn global_total_supply(&self) -> Res<N> {
        self.token.supply.plus(&self.minter.l1_circulating_supply)
    }

    /// `setTargetBondingRate(share)`.
    pub fn set_target_bonding_rate(&mut self, sender: Address, share: N) -> Res {
        self.only_owner(sender)?;
        require(
            PPB.admits(&share),
            "_targetBondingRate is invalid percentage",
        )?;
        self.minter.target_bonding_rate = share;
        self.updated(Contract::Minter, "targetBondingRate");
        Ok(())
    }

    /// `setInflationChange(share)`.
    pub fn set_inflation_change(&mut self, sender: Address, share: N) -> Res {
        self.only_owner(sender)?;
        require(PPB.admits(&share), "_inflationChange is invalid percentage")?;
        self.minter.inflation_change = share;
        self.updated(Contract::Minter, "inflationChange");
        Ok(())
    }

    /// `setCurrentRewardTokens()`: inflation follows the bonding rate, both on the global supply.
    pub fn set_current_reward_tokens(&mut self, sender: Address) -> Res {
        require(
            sender == self.at.rounds_manager,
            "msg.sender not RoundsManager",
        )?;
        self.not_paused()?;
        let supply = self.global_total_supply()?;
        let rate = if supply.is_nil() {
            N::default()
        } else {
            PPB.points(&self.bonding.current_total, &supply)?
        };
        let Minter {
            inflation,
            inflation_change: change,
            target_bonding_rate: target,
            ..
        } = &mut self.minter;
        if rate < *target {
            *inflation = inflation.plus(change)?;
        } else if rate > *target {
            *inflation = inflation.minus(change).unwrap_or_default();
        }
        self.minter.mintable = PPB.share(&supply, &self.minter.inflation)?;
        self.minter.minted = N::default();
        self.log(Event::SetCurrentRewardTokens {
            mintable: self.minter.mintable.clone(),
            inflation: self.minter.inflation.clone(),
        });
        Ok(())
    }

    /// `createReward(num, den)`: mints that share of what the round may mint.
    pub fn create_reward(&mut self, sender: Address, num: &N, den: &N) -> Res<N> {
        require(
            sender == self.at.bonding_manager,
            "msg.sender not BondingManager",
        )?;
        self.not_paused()?;
        let amount = PPB.of(&self.minter.mintable, num, den)?;
        self.minter.minted = self.minter.minted.plus(&amount)?;
        require(
            self.minter.minted <= self.minter.mintable,
            "minted tokens cannot exceed mintable tokens",
        )?;
        let me = self.at.minter;
        self.mint(me, me, amount.clone())?;
        Ok(amount)
    }

    /// `trustedTransferTokens(to, amount)`.
    pub fn trusted_transfer_tokens(&mut self, sender: Address, to: Address, amount: N) -> Res {
        require(
            sender == self.at.bonding_manager,
            "msg.sender not BondingManager",
        )?;
        self.not_paused()?;
        self.transfer(self.at.minter, to, amount)
    }

    /// `trustedBurnTokens(amount)`.
    pub fn trusted_burn_tokens(&mut self, sender: Address, amount: N) -> Res {
        require(
            sender == self.at.bonding_manager,
            "msg.sender not BondingManager",
        )?;
        self.not_paused()?;
        self.burn(self.at.minter, amount)
    }

    /// `trustedWithdrawETH(to, amount)`.
    pub fn trusted_withdraw_eth(&mut self, sender: Address, to: Address, amount: N) -> Res {
        require(
            sender == self.at.bonding_manager || sender == self.at.ticket_broker,
            "msg.sender not BondingManager or JobsManager",
        )?;
        self.not_paused()?;
        let me = self.at.minter;
        let had = self.ether.get(&me).cloned().unwrap_or_default();
        let left = had.minus(&amount).map_err(|_| Revert::Empty)?;
        self.ether.insert(me, left);
        *self.ether.entry(to).or_default() += amount;
        Ok(())
    }
}
