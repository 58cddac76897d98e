//! LivepeerToken as far as staking needs it: balances, allowances, minting and burning.

use super::event::Event;
use super::number::{N, Word};
use super::protocol::Protocol;
use super::revert::{Res, Revert, require};
use alloy_primitives::{Address, keccak256};
use std::collections::{BTreeMap, BTreeSet};

/// LPT's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Base units of each account.
    pub balances: BTreeMap<Address, N>,
    /// Owner and spender to base units.
    pub allowances: BTreeMap<(Address, Address), N>,
    /// All base units there are.
    pub supply: N,
    /// Who has `MINTER_ROLE`.
    pub minters: BTreeSet<Address>,
    /// Who has `BURNER_ROLE`.
    pub burners: BTreeSet<Address>,
}

impl Token {
    /// `balanceOf(who)`.
    pub fn balance(&self, who: Address) -> N {
        self.balances.get(&who).cloned().unwrap_or_default()
    }
    /// `allowance(owner, spender)`.
    pub fn allowance(&self, owner: Address, spender: Address) -> N {
        self.allowances
            .get(&(owner, spender))
            .cloned()
            .unwrap_or_default()
    }
}

fn only(role: &BTreeSet<Address>, name: &str, who: Address) -> Res {
    if role.contains(&who) {
        return Ok(());
    }
    let role = keccak256(name);
    Err(Revert::Text(format!(
        "AccessControl: account {who:#x} is missing role {role:#x}"
    )))
}

impl Protocol {
    /// `approve(spender, amount)`.
    pub fn approve(&mut self, sender: Address, spender: Address, amount: N) -> Res {
        require(!spender.is_zero(), "ERC20: approve to the zero address")?;
        self.token
            .allowances
            .insert((sender, spender), amount.clone());
        self.log(Event::Approval {
            owner: sender,
            spender,
            amount,
        });
        Ok(())
    }

    /// `transfer(to, amount)`.
    pub fn transfer(&mut self, sender: Address, to: Address, amount: N) -> Res {
        require(!sender.is_zero(), "ERC20: transfer from the zero address")?;
        require(!to.is_zero(), "ERC20: transfer to the zero address")?;
        let had = self.token.balance(sender);
        require(had >= amount, "ERC20: transfer amount exceeds balance")?;
        self.token.balances.insert(sender, had - &amount);
        *self.token.balances.entry(to).or_default() += &amount;
        self.log(Event::Transfer {
            from: sender,
            to,
            amount,
        });
        Ok(())
    }

    /// `transferFrom(from, to, amount)`: moves first and then looks at the allowance, which it lowers even where it is the
    /// largest word.
    pub fn transfer_from(&mut self, sender: Address, from: Address, to: Address, amount: N) -> Res {
        self.transfer(from, to, amount.clone())?;
        let allowed = self.token.allowance(from, sender);
        require(
            allowed >= amount,
            "ERC20: transfer amount exceeds allowance",
        )?;
        self.token
            .allowances
            .insert((from, sender), &allowed - &amount);
        self.log(Event::Approval {
            owner: from,
            spender: sender,
            amount: allowed - amount,
        });
        Ok(())
    }

    /// `mint(to, amount)`.
    pub fn mint(&mut self, sender: Address, to: Address, amount: N) -> Res {
        only(&self.token.minters, "MINTER_ROLE", sender)?;
        require(!to.is_zero(), "ERC20: mint to the zero address")?;
        self.token.supply = self.token.supply.plus(&amount)?;
        *self.token.balances.entry(to).or_default() += &amount;
        self.log(Event::Transfer {
            from: Address::ZERO,
            to,
            amount: amount.clone(),
        });
        self.log(Event::Mint { to, amount });
        Ok(())
    }

    /// `burn(amount)`.
    pub fn burn(&mut self, sender: Address, amount: N) -> Res {
        only(&self.token.burners, "BURNER_ROLE", sender)?;
        let had = self.token.balance(sender);
        require(had >= amount, "ERC20: burn amount exceeds balance")?;
        self.token.balances.insert(sender, had - &amount);
        self.token.supply -= &amount;
        self.log(Event::Transfer {
            from: sender,
            to: Address::ZERO,
            amount: amount.clone(),
        });
        self.log(Event::Burn {
            burner: sender,
            amount,
        });
        Ok(())
    }
}
