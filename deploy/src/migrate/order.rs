//! A move, from what somebody wants to a transaction that is ready to be signed.
//! Always holds: a [`Ready`] move was checked, its ticket was run on L2's present state without failing, and its value is exactly
//! what the ticket needs.

use alloy::{
    primitives::{Address, Bytes, U256},
    rpc::types::state::StateOverridesBuilder,
    sol_types::SolCall as _,
};
use confluence_abi::IL1Migrator;
use serde::Serialize;

use super::{
    Arrived, Authority, Holdings, MigrateError, Sides, authority, check,
    hints::{self, Standings},
};
use crate::{
    client::{ClientError, L1, L2, Mined},
    poll::decimal,
    sign::{Authorization, Move, Verifier, What},
    ticket::{self, Buffers, Draft, Fees, TicketError},
};

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose, what, to whom.
    pub moved: Move,
    /// Who sends the transaction on L1 and pays.
    pub payer: Address,
    /// The account's agreement, where the payer is somebody else.
    pub signature: Option<Bytes>,
    /// What is added to estimates.
    pub buffers: Buffers,
}

/// What arrives on L2. Amounts of LPT are base units, of ether wei.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Brings {
    /// LPT as the account's own stake.
    #[serde(serialize_with = "decimal")]
    pub stake: U256,
    /// LPT into the pool of its delegators.
    #[serde(serialize_with = "decimal")]
    pub pool: U256,
    /// Ether, paid out.
    #[serde(serialize_with = "decimal")]
    pub fees: U256,
    /// Ether.
    #[serde(serialize_with = "decimal")]
    pub deposit: U256,
    /// Ether.
    #[serde(serialize_with = "decimal")]
    pub reserve: U256,
    /// Whom the stake is with on L1; null where there is none.
    pub delegate: Address,
}

/// What sending costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The ticket.
    pub ticket: Fees,
    /// Gas of the transaction on L1.
    pub l1_gas: u64,
    /// Wei a unit of it now.
    #[serde(serialize_with = "decimal")]
    pub l1_gas_price: U256,
}

impl Quote {
    /// Wei for L1's gas at the price of now.
    #[must_use]
    pub fn l1_fee(&self) -> U256 {
        U256::from(self.l1_gas) * self.l1_gas_price
    }

    /// Wei that the payer must have: the ticket, and L1's gas at twice the price, since wallets offer that much.
    #[must_use]
    pub fn needs(&self) -> U256 {
        self.ticket.value() + U256::from(2) * self.l1_fee()
    }

    /// Wei that it is expected to cost in the end, after the refund.
    #[must_use]
    pub fn expected(&self) -> U256 {
        let ticket = self.ticket;
        ticket.expected_submission_fee + ticket.expected_gas_fee + self.l1_fee()
    }
}

/// A move that can be signed.
#[derive(Debug, Clone)]
pub struct Ready {
    /// What it moves.
    pub moved: Move,
    /// L1Migrator.
    pub to: Address,
    /// Who sends it.
    pub payer: Address,
    /// Calldata.
    pub data: Bytes,
    /// What arrives.
    pub brings: Brings,
    /// What it costs.
    pub quote: Quote,
    /// Who gets on L2 what the ticket leaves over: the receiver, or its alias.
    pub refunds_to: Address,
}

/// The message that L1Migrator would send, and what it carries.
struct Message {
    data: Bytes,
    brings: Brings,
    hints: IL1Migrator::Hints,
}

impl Order {
    /// The move of an authorization's file.
    ///
    /// # Errors
    /// [`MigrateError::OtherContract`], [`MigrateError::Unsigned`].
    pub fn of_file(
        file: &Authorization,
        verifier: &Verifier,
        payer: Address,
    ) -> Result<Self, MigrateError> {
        let signature = authority::of_file(file, verifier)?;
        Ok(Self {
            moved: file.moved.clone(),
            payer,
            signature: Some(signature.clone()),
            buffers: Buffers::default(),
        })
    }

    /// Checks everything that can be checked, prices the ticket and writes the call. Sends nothing.
    ///
    /// # Errors
    /// As [`MigrateError`] lists them.
    pub async fn prepare(&self, l1: &L1, l2: &L2, sides: &Sides) -> Result<Ready, MigrateError> {
        let ready = self.quote(l1, l2, sides).await?;
        let (payer, quote) = (self.payer, ready.quote);
        let has = l1.balance(payer).await?;
        match has < quote.needs() {
            true => Err(MigrateError::TooLittleEther {
                payer,
                has,
                needs: quote.needs(),
                value: quote.ticket.value(),
            }),
            false => Ok(ready),
        }
    }

    /// As [`Order::prepare`], whether or not the payer can pay.
    ///
    /// # Errors
    /// As [`MigrateError`] lists them.
    pub async fn quote(&self, l1: &L1, l2: &L2, sides: &Sides) -> Result<Ready, MigrateError> {
        let (moved, payer) = (&self.moved, self.payer);
        let verifier = Verifier {
            chain_id: l1.chain_id(),
            l1_migrator: sides.l1_migrator,
        };
        if moved.l2_addr.is_zero() {
            return Err(MigrateError::NullReceiver);
        }
        check::in_time(l1, moved).await?;
        let signature = self.signature.as_ref();
        let authority = Authority::check(l1, moved, &verifier, payer, signature).await?;
        check::receiver(l1, l2, moved).await?;
        check::open(l1, l2, sides).await?;
        let holdings = Holdings::look(l1, sides, moved.l1_addr).await?;
        let ids: &[U256] = match &moved.what {
            What::Locks { ids } => ids,
            _ => &[],
        };
        let arrived = Arrived::look(l2, sides, moved.l1_addr, ids).await?;
        check::content(l1, sides, moved, &holdings, &arrived).await?;

        let message = self.message(l1, l2, sides, &holdings, &arrived).await?;
        let draft = Draft {
            sender: sides.l1_migrator,
            to: sides.l2_migrator,
            call_value: U256::ZERO,
            refund_to: moved.l2_addr,
            data: message.data.clone(),
            overrides: None,
        };
        let fees = ticket::estimate(l1, l2, sides.inbox, &draft, self.buffers).await;
        let fees = fees.map_err(would_fail)?;
        let refunds_to = ticket::refunds_to(l1, moved.l2_addr).await?;
        let data = call(moved, &authority, &message.hints, &fees);
        let quote = quote(l1, sides, payer, data.clone(), fees).await?;
        Ok(Ready {
            moved: moved.clone(),
            to: sides.l1_migrator,
            payer,
            data,
            brings: message.brings,
            quote,
            refunds_to,
        })
    }

    #[allow(non_snake_case)] // the interface's names
    async fn message(
        &self,
        l1: &L1,
        l2: &L2,
        sides: &Sides,
        holdings: &Holdings,
        arrived: &Arrived,
    ) -> Result<Message, MigrateError> {
        let Move {
            l1_addr, l2_addr, ..
        } = self.moved;
        let (l1Addr, l2Addr, at) = (l1_addr, l2_addr, sides.l1_migrator);
        let mut hints = hints::none();
        let (data, brings) = match &self.moved.what {
            What::Delegator => {
                let call = IL1Migrator::getMigrateDelegatorParamsCall { l1Addr, l2Addr };
                let left = holdings.stake.saturating_sub(arrived.stake);
                let brings = Brings::of_stake(l1_addr, left, holdings, arrived);
                (l1.read(at, &call).await?.data, brings)
            }
            What::Amount {
                amount,
                nonce,
                deadline,
            } => {
                let brings = Brings::of_stake(l1_addr, *amount, holdings, arrived);
                let standings = Standings::read(l2, sides.l2_bonding).await?;
                hints = hints::of_part(l2, sides, &self.moved, &brings, &standings).await?;
                let message = message_of(&self.moved, *amount, *nonce, *deadline);
                let call = IL1Migrator::getMigrateParamsCall {
                    message,
                    hints: hints.clone(),
                };
                (l1.read(at, &call).await?.data, brings)
            }
            What::Locks { ids } => {
                let call = IL1Migrator::getMigrateUnbondingLocksParamsCall {
                    l1Addr,
                    l2Addr,
                    unbondingLockIds: ids.clone(),
                };
                let answer = l1.read(at, &call).await?;
                let brings = Brings {
                    stake: answer.params.total,
                    delegate: answer.params.delegate,
                    ..Brings::default()
                };
                (answer.data, brings)
            }
            What::Sender => {
                let call = IL1Migrator::getMigrateSenderParamsCall { l1Addr, l2Addr };
                let brings = Brings {
                    deposit: holdings.deposit,
                    reserve: holdings.reserve,
                    ..Brings::default()
                };
                (l1.read(at, &call).await?.data, brings)
            }
        };
        Ok(Message {
            data,
            brings,
            hints,
        })
    }
}

impl Brings {
    /// An account's stake, in part or whole, with what comes along the first time.
    fn of_stake(who: Address, stake: U256, holdings: &Holdings, arrived: &Arrived) -> Self {
        let opens_pool = holdings.is_orchestrator(who) && arrived.pool.is_none();
        let elsewhere = arrived.delegated.saturating_sub(arrived.stake);
        Self {
            stake,
            pool: match opens_pool {
                true => holdings.pool().saturating_sub(elsewhere),
                false => U256::ZERO,
            },
            fees: match arrived.fees {
                true => U256::ZERO,
                false => holdings.fees,
            },
            delegate: holdings.delegate,
            ..Self::default()
        }
    }
}

/// The call that sends it.
#[allow(non_snake_case)] // the interface's names
fn call(moved: &Move, authority: &Authority, hints: &IL1Migrator::Hints, fees: &Fees) -> Bytes {
    let (l1Addr, l2Addr) = (moved.l1_addr, moved.l2_addr);
    let sig = authority.signature();
    let maxGas = U256::from(fees.gas_limit);
    let (gasPriceBid, maxSubmissionCost) = (fees.max_fee_per_gas, fees.max_submission_cost);
    let data = match &moved.what {
        What::Delegator => IL1Migrator::migrateDelegatorCall {
            l1Addr,
            l2Addr,
            sig,
            maxGas,
            gasPriceBid,
            maxSubmissionCost,
        }
        .abi_encode(),
        What::Sender => IL1Migrator::migrateSenderCall {
            l1Addr,
            l2Addr,
            sig,
            maxGas,
            gasPriceBid,
            maxSubmissionCost,
        }
        .abi_encode(),
        What::Locks { ids } => IL1Migrator::migrateUnbondingLocksCall {
            l1Addr,
            l2Addr,
            unbondingLockIds: ids.clone(),
            sig,
            maxGas,
            gasPriceBid,
            maxSubmissionCost,
        }
        .abi_encode(),
        What::Amount {
            amount,
            nonce,
            deadline,
        } => IL1Migrator::migrateCall {
            message: message_of(moved, *amount, *nonce, *deadline),
            hints: hints.clone(),
            sig,
            maxGas,
            gasPriceBid,
            maxSubmissionCost,
        }
        .abi_encode(),
    };
    data.into()
}

fn message_of(moved: &Move, amount: U256, nonce: U256, deadline: u64) -> IL1Migrator::MigrateMsg {
    IL1Migrator::MigrateMsg {
        l1Addr: moved.l1_addr,
        l2Addr: moved.l2_addr,
        amount,
        nonce,
        deadline: U256::from(deadline),
    }
}

async fn quote(
    l1: &L1,
    sides: &Sides,
    payer: Address,
    data: Bytes,
    ticket: Fees,
) -> Result<Quote, ClientError> {
    // what it needs has to be known to say what is missing, so it is asked as if the payer were rich
    let rich = StateOverridesBuilder::default().with_balance(payer, U256::MAX >> 1);
    let as_payer = l1.with_unlocked(payer);
    let gas = as_payer.estimate(
        "the migration",
        sides.l1_migrator,
        data,
        ticket.value(),
        Some(rich.build()),
    );
    Ok(Quote {
        ticket,
        l1_gas: gas.await?,
        l1_gas_price: l1.gas_price().await?,
    })
}

fn would_fail(error: TicketError) -> MigrateError {
    let TicketError::Client(ClientError::Reverted { reason, .. }) = &error else {
        return error.into();
    };
    let why = reason.to_string();
    let advice = match why.as_str() {
        "current round is not initialized" => {
            "somebody has to call initializeRound() of L2's RoundsManager first, as orchestrators do every round; run the same command again then"
        }
        "FINALIZE_DELEGATOR:FAIL_FEE" => {
            "the account on L2 must be able to take ether (give another one with --l2-addr), and the protocol's ether must have arrived there"
        }
        _ => "run the same command again once that is mended",
    };
    MigrateError::WouldFail { why, advice }
}

impl Ready {
    /// Sends it with the client's account and waits until L1 has it.
    ///
    /// # Errors
    /// As [`crate::client::Client::send`].
    pub async fn send(&self, l1: &L1) -> Result<Mined, ClientError> {
        let (data, value) = (self.data.clone(), self.quote.ticket.value());
        l1.send("the migration", Some(self.to), data, value).await
    }
}
