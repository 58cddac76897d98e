//! The state transition of a message: checks, payment, execution, refunds, fees (go-ethereum's, with Nitro's changes).

use alloy_primitives::{Address, Bytes, Log, TxKind, U256};
use revm::{
    bytecode::Bytecode,
    context::{BlockEnv, CfgEnv},
    context_interface::{
        CreateScheme, JournalTr,
        journaled_state::account::JournaledAccountTr,
        result::{EVMError, InvalidTransaction},
    },
    handler::{FrameResult, pre_execution::apply_auth_list},
    interpreter::{
        CallInput, CallInputs, CallScheme, CallValue, CreateInputs, FrameInput, InstructionResult,
    },
    state::EvmState,
};

use super::{
    context::{Arbitrum, Context, context},
    fork,
    instructions::instructions,
    intrinsic,
    job::{Job, L1Data, NonceRule, Scene},
    machine::Machine,
    precompiles::Registry,
    quiet::Quiet,
    trace::Tracer,
};
use crate::{
    arbos::{self, L1Share, RunMode, TxFacts, tx::RetryTx},
    chain::TxError,
};

/// Part of the gas used that refunds may give back (EIP-3529).
const REFUND_QUOTIENT: u64 = 5;

/// How an execution ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It succeeded.
    Success,
    /// The EVM reverted.
    Revert,
    /// The EVM failed otherwise, in Nitro's words.
    Halt(String),
}

/// What an execution did.
#[derive(Clone, Debug)]
pub(crate) struct Executed {
    pub(crate) ending: Ending,
    /// Return data, revert data, or the code of a created contract.
    pub(crate) output: Bytes,
    pub(crate) gas_used: u64,
    /// The part of it that pays for L1 data.
    pub(crate) poster_gas: u64,
    /// Gas used before refunds, with all that redeems were given: what had to be there.
    pub(crate) peak_gas: u64,
    pub(crate) created: Option<Address>,
    pub(crate) logs: Vec<Log>,
    /// Redeems to be run next.
    pub(crate) scheduled: Vec<RetryTx>,
    /// Accounts it loaded, changed or not.
    pub(crate) state: EvmState,
    /// Code hashes of programs run, by last use.
    pub(crate) programs: Vec<alloy_primitives::B256>,
}

/// Builds the machine for one transaction.
pub(crate) fn machine<'a, 't>(
    scene: Scene<'a>,
    shown_base_fee: U256,
    price_with_tip: U256,
    tracer: Option<&'t mut dyn Tracer>,
) -> Machine<'a, 't> {
    let block = scene.block;
    let spec = fork::spec(block.arbos);
    let mut cfg = CfgEnv::new_with_spec(spec);
    cfg.chain_id = block.chain_id;
    cfg.limit_contract_code_size = Some(block.max_code_size);
    let env = BlockEnv {
        number: U256::from(if block.shows_l2 {
            block.l2_number
        } else {
            block.l1_number
        }),
        beneficiary: block.coinbase,
        timestamp: U256::from(block.timestamp),
        gas_limit: block.gas_limit,
        basefee: shown_base_fee.saturating_to(),
        difficulty: U256::ONE,
        prevrandao: Some(block.prev_randao),
        blob_excess_gas_and_price: None,
        slot_num: 0,
    };
    let arbitrum = Arbitrum {
        arbos: block.arbos,
        l2_number: block.l2_number,
        header_base_fee: block.base_fee,
        shows_l2: block.shows_l2,
        hashes: scene.hashes,
        price_with_tip,
        facts: TxFacts {
            mode: scene.mode,
            ..TxFacts::default()
        },
        pages: Default::default(),
        open: Default::default(),
        recent: scene.recent,
        ran: Vec::new(),
        failure: None,
        destroyed: None,
    };
    let registry = Registry::new(block.arbos, scene.removed);
    let mut cx = context(scene.view, cfg, env, arbitrum);
    registry.warm(&mut cx);
    cx.journaled_state.warm_coinbase_account(block.coinbase);
    Machine::new(cx, instructions(spec), registry, tracer)
}

/// Executes a message.
pub(crate) fn transact(
    scene: Scene<'_>,
    job: &Job,
    tracer: Option<&mut dyn Tracer>,
) -> Result<Executed, TxError> {
    let mut machine = message_machine(scene, job, tracer);
    let done = transition(&mut machine, job)?;
    Ok(finish(machine, done))
}

/// The machine for a message: free calls see a base fee of zero.
pub(crate) fn message_machine<'a, 't>(
    scene: Scene<'a>,
    job: &Job,
    tracer: Option<&'t mut dyn Tracer>,
) -> Machine<'a, 't> {
    let base_fee = if is_free(job) {
        U256::ZERO
    } else {
        scene.block.base_fee
    };
    let with_tip = job.fee_cap.min(base_fee.saturating_add(job.tip));
    let mut machine = machine(scene, base_fee, with_tip, tracer);
    machine.cx.chain.facts.origin = job.from;
    machine.cx.chain.facts.kind = job.kind;
    machine
}

fn is_free(job: &Job) -> bool {
    job.free_if_zero && job.fee_cap.is_zero() && job.tip.is_zero()
}

/// What a transition came to; logs and changes are still in the journal.
#[derive(Clone, Debug)]
pub(crate) struct Transition {
    pub(crate) ending: Ending,
    pub(crate) output: Bytes,
    pub(crate) gas_used: u64,
    pub(crate) poster_gas: u64,
    pub(crate) peak_gas: u64,
    pub(crate) created: Option<Address>,
}

/// The state transition itself.
pub(crate) fn transition(machine: &mut Machine<'_, '_>, job: &Job) -> Result<Transition, TxError> {
    let cx = &mut machine.cx;
    // The tip is dropped: whatever the cap, the price is the base fee.
    let price = U256::from(cx.block.basefee);

    check_sender(cx, job)?;
    check_fees(job, price)?;
    check_authorizations(job)?;
    buy_gas(cx, job, price)?;

    let intrinsic = intrinsic::gas(job);
    if job.gas < intrinsic {
        return Err(TxError::IntrinsicGas {
            have: job.gas,
            want: intrinsic,
        });
    }
    let floor = if arbos::has_calldata_floor(cx) {
        intrinsic::floor(&job.input)
    } else {
        0
    };
    if job.gas < floor {
        return Err(TxError::FloorDataGas {
            have: job.gas,
            want: floor,
        });
    }
    let mut gas = job.gas - intrinsic;
    let l1 = charge_l1(cx, job);
    if gas < l1.gas {
        return Err(TxError::L1Gas);
    }
    gas -= l1.gas;
    let mut held = 0;
    if cx.chain.facts.mode != RunMode::Call {
        held = gas.saturating_sub(arbos::compute_limit(cx, intrinsic));
        gas -= held;
    }

    if cx.quiet_balance(job.from) < job.value {
        return Err(TxError::InsufficientFundsForTransfer { sender: job.from });
    }
    let limit = 2 * cx.cfg.limit_contract_code_size.unwrap_or_default();
    if job.to.is_create() && job.input.len() > limit {
        return Err(TxError::InitCodeTooLarge {
            have: job.input.len(),
            limit,
        });
    }

    let authorization_refund = prepare(cx, job, price)?;
    let input = first_frame(cx, job, gas);
    let result = machine.run(input);
    let settlement = Settlement {
        price,
        l1,
        held,
        floor,
        authorization_refund,
    };
    Ok(settle(&mut machine.cx, job, &settlement, result))
}

/// Takes the L1 share, if the message has one.
fn charge_l1(cx: &mut Context<'_>, job: &Job) -> L1Share {
    let share = match &job.l1_data {
        L1Data::Free => return L1Share::default(),
        L1Data::Signed(bytes) => arbos::charge_l1_data(cx, arbos::L1Data::Signed(bytes)),
        L1Data::Unsigned(bytes) => arbos::charge_l1_data(cx, arbos::L1Data::Unsigned(bytes)),
    };
    cx.chain.facts.poster_fee = share.fee;
    share
}

/// Takes logs and changes out of the journal.
pub(crate) fn finish(mut machine: Machine<'_, '_>, done: Transition) -> Executed {
    let cx = &mut machine.cx;
    let logs = cx.journaled_state.take_logs();
    let scheduled = arbos::scheduled(cx, &logs);
    Executed {
        ending: done.ending,
        output: done.output,
        gas_used: done.gas_used,
        poster_gas: done.poster_gas,
        peak_gas: done.peak_gas,
        created: done.created,
        logs,
        scheduled,
        programs: std::mem::take(&mut cx.chain.ran),
        state: cx.journaled_state.finalize(),
    }
}

fn check_sender(cx: &mut Context<'_>, job: &Job) -> Result<(), TxError> {
    let sender = job.from;
    let state = cx.quiet_nonce(sender);
    if let NonceRule::Exactly(tx) = job.nonce {
        if tx > state {
            return Err(TxError::NonceTooHigh { sender, tx, state });
        }
        if tx < state {
            return Err(TxError::NonceTooLow { sender, tx, state });
        }
        if state == u64::MAX {
            return Err(TxError::NonceMax {
                sender,
                nonce: state,
            });
        }
    }
    if job.sender_is_eoa {
        let code = cx.quiet_code(sender);
        if !code.is_empty() && !code.is_eip7702() {
            let code_hash = cx.quiet_code_hash(sender);
            return Err(TxError::SenderNotEoa { sender, code_hash });
        }
    }
    Ok(())
}

fn check_fees(job: &Job, base_fee: U256) -> Result<(), TxError> {
    if is_free(job) {
        return Ok(());
    }
    let sender = job.from;
    // Only dynamic-fee transactions have a tip of their own; below, tip and cap are one figure.
    if job.fee_cap < job.tip {
        return Err(TxError::TipAboveFeeCap {
            sender,
            tip: job.tip,
            cap: job.fee_cap,
        });
    }
    if job.fee_cap < base_fee {
        return Err(TxError::FeeCapTooLow {
            sender,
            cap: job.fee_cap,
            base_fee,
        });
    }
    Ok(())
}

fn check_authorizations(job: &Job) -> Result<(), TxError> {
    let Some(list) = &job.authorizations else {
        return Ok(());
    };
    if job.to.is_create() {
        return Err(TxError::SetCodeCreates { sender: job.from });
    }
    if list.is_empty() {
        return Err(TxError::EmptyAuthorizations { sender: job.from });
    }
    Ok(())
}

fn buy_gas(cx: &mut Context<'_>, job: &Job, price: U256) -> Result<(), TxError> {
    let gas = U256::from(job.gas);
    let cap = if price.is_zero() {
        U256::ZERO
    } else {
        job.fee_cap
    };
    let want = gas
        .checked_mul(cap)
        .and_then(|fee| fee.checked_add(job.value));
    let have = cx.quiet_balance(job.from);
    match want {
        Some(want) if have >= want => {}
        want => {
            let want = want.unwrap_or(U256::MAX);
            return Err(TxError::InsufficientFunds {
                sender: job.from,
                have,
                want,
            });
        }
    }
    // Fits: it is not above the cap.
    cx.quiet_set_balance(job.from, have - gas * price);
    Ok(())
}

/// Warms what the transaction names, sets nonces and EIP-7702 delegations; returns gas to refund.
fn prepare(cx: &mut Context<'_>, job: &Job, price: U256) -> Result<u64, TxError> {
    cx.tx.caller = job.from;
    cx.tx.gas_price = price.saturating_to();
    cx.tx.gas_limit = job.gas;
    cx.tx.kind = job.to;
    cx.tx.value = job.value;

    let mut listed =
        alloy_primitives::map::AddressMap::<revm::primitives::HashSet<U256>>::default();
    for item in job.access_list.iter() {
        listed.entry(item.address).or_default().extend(
            item.storage_keys
                .iter()
                .map(|key| U256::from_be_bytes(key.0)),
        );
    }
    cx.journaled_state.warm_access_list(listed);

    let Ok(mut sender) = cx.journaled_state.load_account_mut(job.from);
    if job.to.is_call() && !sender.data.bump_nonce() {
        return Err(TxError::NonceMax {
            sender: job.from,
            nonce: u64::MAX,
        });
    }
    let Some(list) = &job.authorizations else {
        return Ok(0);
    };
    let chain_id = cx.cfg.chain_id;
    let existed: Result<u64, EVMError<std::convert::Infallible, InvalidTransaction>> =
        apply_auth_list(chain_id, list.iter(), &mut cx.journaled_state);
    Ok(existed.unwrap_or_default() * intrinsic::AUTHORIZATION_REFUND)
}

/// The call or creation that the message is.
fn first_frame(cx: &mut Context<'_>, job: &Job, gas_limit: u64) -> FrameInput {
    let TxKind::Call(to) = job.to else {
        let inputs = CreateInputs::new(
            job.from,
            CreateScheme::Create,
            job.value,
            job.input.clone(),
            gas_limit,
            0,
        );
        return FrameInput::Create(Box::new(inputs));
    };
    FrameInput::Call(Box::new(CallInputs {
        input: CallInput::Bytes(job.input.clone()),
        gas_limit,
        target_address: to,
        bytecode_address: to,
        known_bytecode: resolve_code(cx, to),
        caller: job.from,
        value: CallValue::Transfer(job.value),
        scheme: CallScheme::Call,
        is_static: false,
        return_memory_offset: 0..0,
        reservoir: 0,
        charged_new_account_state_gas: false,
    }))
}

/// Loads the code that a call to `to` runs, with an EIP-7702 delegation followed; both become warm.
pub(crate) fn resolve_code(
    cx: &mut Context<'_>,
    to: Address,
) -> (alloy_primitives::B256, Bytecode) {
    let load = |cx: &mut Context<'_>, who| {
        let Ok(account) = cx.journaled_state.load_account_with_code(who);
        (
            account.info.code_hash,
            account.info.code.clone().unwrap_or_default(),
        )
    };
    let own = load(cx, to);
    match own.1.eip7702_address() {
        Some(delegate) => load(cx, delegate),
        None => own,
    }
}

/// What settling a message needs besides its result.
struct Settlement {
    price: U256,
    l1: L1Share,
    /// Gas that was bought but kept from the message.
    held: u64,
    floor: u64,
    authorization_refund: u64,
}

/// Refunds, and what goes back to the sender.
fn settle(cx: &mut Context<'_>, job: &Job, terms: &Settlement, result: FrameResult) -> Transition {
    let created = match &result {
        FrameResult::Create(outcome) => outcome.address,
        FrameResult::Call(_) => None,
    };
    let result = result.into_interpreter_result();
    let left = if result.result.is_ok_or_revert() {
        result.gas.remaining()
    } else {
        0
    };
    let spent = job.gas - left - terms.held;
    let collected = if result.result.is_ok() {
        result.gas.refunded().max(0) as u64
    } else {
        0
    };
    let most = spent.saturating_sub(terms.l1.gas) / REFUND_QUOTIENT;
    let refunded = (collected + terms.authorization_refund).min(most);
    let gas_used = (spent - refunded).max(terms.floor);

    let back = U256::from(job.gas - gas_used) * terms.price;
    let balance = cx.quiet_balance(job.from);
    cx.quiet_set_balance(job.from, balance.saturating_add(back));
    if job.pays_arbos {
        arbos::settle(cx, gas_used, terms.l1, terms.price);
    }

    let ending = match result.result {
        done if done.is_ok() => Ending::Success,
        InstructionResult::Revert => Ending::Revert,
        _ => Ending::Halt(cx.chain.failure.take().unwrap_or_default()),
    };
    Transition {
        ending,
        output: result.output,
        gas_used,
        poster_gas: terms.l1.gas,
        peak_gas: spent.max(terms.floor),
        created,
    }
}
