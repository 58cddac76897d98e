//! A broadcaster's money: what it has, and what it does with it.

use std::fmt;

use alloy::{
    primitives::{Address, Bytes, TxHash, U256, utils::format_ether},
    sol_types::SolCall as _,
};
use confluence_abi::ITicketBroker;
use serde::Serialize;

use super::{PaymentError, System};
use crate::{client::L2, poll::decimal};

/// A broadcaster as the TicketBroker knows it. Amounts are wei.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broadcaster {
    /// Its account.
    pub address: Address,
    /// Pays winning tickets.
    #[serde(serialize_with = "decimal")]
    pub deposit: U256,
    /// Pays them when the deposit does not suffice.
    #[serde(serialize_with = "decimal")]
    pub reserve: U256,
    /// Drawn from the reserve in this round.
    #[serde(serialize_with = "decimal")]
    pub claimed_this_round: U256,
    /// From this round on it can withdraw; `None` if it has not unlocked.
    pub withdraw_round: Option<u64>,
    /// The current round.
    pub round: u64,
    /// Rounds between unlocking and withdrawing.
    pub unlock_period: u64,
}

/// What a broadcaster can do. Amounts are wei.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Pay into deposit and reserve, its own or another's.
    Fund {
        /// Whose.
        of: Address,
        /// Wei.
        deposit: U256,
        /// Wei.
        reserve: U256,
    },
    /// Begin to unlock.
    Unlock,
    /// Stay after all.
    CancelUnlock,
    /// Take everything out.
    Withdraw,
}

/// What was done.
#[derive(Debug, Clone, Serialize)]
pub struct Done {
    /// What.
    pub action: &'static str,
    /// The transaction.
    pub transaction: TxHash,
    /// Gas it used.
    pub gas: u64,
    /// The broadcaster afterwards.
    pub broadcaster: Broadcaster,
}

impl Action {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Fund { .. } => "fund",
            Self::Unlock => "unlock",
            Self::CancelUnlock => "cancel-unlock",
            Self::Withdraw => "withdraw",
        }
    }

    /// Wei that go with it.
    #[must_use]
    pub fn value(&self) -> U256 {
        match self {
            Self::Fund {
                deposit, reserve, ..
            } => deposit.saturating_add(*reserve),
            _ => U256::ZERO,
        }
    }

    /// The call that does it.
    fn calldata(&self) -> Bytes {
        let data = match self {
            Self::Fund {
                of,
                deposit,
                reserve,
            } => ITicketBroker::fundDepositAndReserveForCall {
                addr: *of,
                depositAmount: *deposit,
                reserveAmount: *reserve,
            }
            .abi_encode(),
            Self::Unlock => ITicketBroker::unlockCall {}.abi_encode(),
            Self::CancelUnlock => ITicketBroker::cancelUnlockCall {}.abi_encode(),
            Self::Withdraw => ITicketBroker::withdrawCall {}.abi_encode(),
        };
        data.into()
    }
}

impl Broadcaster {
    /// A broadcaster as it is now.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn look(l2: &L2, system: &System, address: Address) -> Result<Self, PaymentError> {
        let info = ITicketBroker::getSenderInfoCall { sender_: address };
        let info = l2.read(system.broker, &info).await?;
        let period = ITicketBroker::unlockPeriodCall {};
        let withdraw_round: u64 = info.sender.withdrawRound.saturating_to();
        Ok(Self {
            address,
            deposit: info.sender.deposit,
            reserve: info.reserve.fundsRemaining,
            claimed_this_round: info.reserve.claimedInCurrentRound,
            withdraw_round: (withdraw_round != 0).then_some(withdraw_round),
            round: system.round(l2).await?,
            unlock_period: l2.read(system.broker, &period).await?.saturating_to(),
        })
    }

    /// Whether it can do something now; an error says why not and what to do.
    ///
    /// # Errors
    /// As [`PaymentError`] lists them.
    pub fn may(&self, action: &Action) -> Result<(), PaymentError> {
        let who = self.address;
        let has_funds = !self.deposit.is_zero() || !self.reserve.is_zero();
        match (action, self.withdraw_round) {
            (Action::Fund { .. }, _) if action.value().is_zero() => Err(PaymentError::Nothing),
            (Action::Unlock | Action::Withdraw, _) if !has_funds => {
                Err(PaymentError::NoFunds { who })
            }
            (Action::Unlock, Some(round)) => Err(PaymentError::Unlocking { who, round }),
            (Action::CancelUnlock | Action::Withdraw, None) => Err(PaymentError::Locked { who }),
            (Action::Withdraw, Some(round)) if self.round < round => Err(PaymentError::TooEarly {
                who,
                round,
                now: self.round,
            }),
            _ => Ok(()),
        }
    }

    /// Gas that an action would take.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn estimate(l2: &L2, system: &System, action: &Action) -> Result<u64, PaymentError> {
        let (to, data, value) = (system.broker, action.calldata(), action.value());
        Ok(l2.estimate(action.name(), to, data, value, None).await?)
    }

    /// Does it with the client's account, and looks again.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn act(
        &self,
        l2: &L2,
        system: &System,
        action: &Action,
    ) -> Result<Done, PaymentError> {
        let (to, data, value) = (system.broker, action.calldata(), action.value());
        let mined = l2.send(action.name(), Some(to), data, value).await?;
        let whom = match action {
            Action::Fund { of, .. } => *of,
            _ => self.address,
        };
        Ok(Done {
            action: action.name(),
            transaction: mined.hash,
            gas: mined.gas,
            broadcaster: Self::look(l2, system, whom).await?,
        })
    }
}

impl fmt::Display for Broadcaster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "broadcaster  {}", self.address)?;
        writeln!(f, "deposit      {} ETH", format_ether(self.deposit))?;
        writeln!(
            f,
            "reserve      {} ETH, {} ETH drawn in this round",
            format_ether(self.reserve),
            format_ether(self.claimed_this_round)
        )?;
        writeln!(f, "round        {}", self.round)?;
        match self.withdraw_round {
            None => write!(
                f,
                "locked       can withdraw {} rounds after `confluence broadcaster unlock`",
                self.unlock_period
            ),
            Some(round) if self.round < round => {
                write!(f, "unlocking    can withdraw from round {round} on")
            }
            Some(_) => write!(
                f,
                "unlocked     can withdraw now; its tickets are worth nothing"
            ),
        }
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.broadcaster)?;
        write!(
            f,
            "{:<12} {}, {} gas",
            self.action, self.transaction, self.gas
        )
    }
}
