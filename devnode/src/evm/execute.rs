//! Executing a transaction of the chain, of whatever type.

use alloy_primitives::{Address, B256, Bytes, map::AddressSet};
use revm::{context_interface::JournalTr, state::EvmState};

use super::{
    job::{Job, NonceRule, Scene, Surroundings},
    machine::Machine,
    trace::Tracer,
    transact::{
        Ending, Executed, Transition, finish, machine, message_machine, transact, transition,
    },
};
use crate::{
    arbos::{
        self, Host, Redeeming, RunMode,
        tx::{ArbTx, RetryTx},
    },
    chain::{
        Tx, TxError,
        state::{NOW, State},
        view::View,
    },
    stylus::RecentPrograms,
};

/// Executes a transaction sent by `from`.
pub(crate) fn execute(
    scene: Scene<'_>,
    tx: &Tx,
    from: Address,
    tracer: Option<&mut dyn Tracer>,
) -> Result<Executed, TxError> {
    match tx {
        Tx::Ethereum(tx) => transact(scene, &Job::signed(tx, from), tracer),
        Tx::Arbitrum(tx) => execute_arbos(scene, tx, tracer),
    }
}

fn execute_arbos(
    scene: Scene<'_>,
    tx: &ArbTx,
    tracer: Option<&mut dyn Tracer>,
) -> Result<Executed, TxError> {
    match tx {
        ArbTx::Unsigned(fields) => transact(
            scene,
            &Job::from_l1(tx, NonceRule::Exactly(fields.nonce)),
            tracer,
        ),
        ArbTx::Contract(_) => transact(scene, &Job::from_l1(tx, NonceRule::Any), tracer),
        ArbTx::Retry(fields) => redeem(scene, tx, fields, tracer),
        ArbTx::Deposit(fields) => {
            let mut machine = bare_machine(scene, tx, tracer);
            arbos::deposit(&mut machine.cx, fields);
            Ok(finish(machine, done(Ending::Success, 0, Bytes::new())))
        }
        ArbTx::Internal(fields) => {
            let mut machine = bare_machine(scene, tx, tracer);
            arbos::run_internal(&mut machine.cx, fields);
            Ok(finish(machine, done(Ending::Success, 0, Bytes::new())))
        }
        ArbTx::SubmitRetryable(fields) => {
            let mut machine = bare_machine(scene, tx, tracer);
            let submitted = arbos::submit_retryable(&mut machine.cx, fields);
            let ending = match submitted.error {
                None => Ending::Success,
                Some(error) => Ending::Halt(error.to_string()),
            };
            Ok(finish(
                machine,
                done(ending, submitted.gas_used, submitted.output),
            ))
        }
    }
}

/// A machine for what runs no code.
fn bare_machine<'a, 't>(
    scene: Scene<'a>,
    tx: &ArbTx,
    tracer: Option<&'t mut dyn Tracer>,
) -> Machine<'a, 't> {
    let base_fee = scene.block.base_fee;
    let mut machine = machine(scene, base_fee, base_fee, tracer);
    machine.cx.chain.facts.origin = tx.from();
    machine.cx.chain.facts.kind = tx.kind();
    machine
}

fn done(ending: Ending, gas_used: u64, output: Bytes) -> Transition {
    Transition {
        ending,
        output,
        gas_used,
        poster_gas: 0,
        peak_gas: gas_used,
        created: None,
    }
}

/// A try of a ticket: its call value comes out of escrow, its gas was paid by whoever scheduled it.
fn redeem(
    scene: Scene<'_>,
    tx: &ArbTx,
    fields: &RetryTx,
    tracer: Option<&mut dyn Tracer>,
) -> Result<Executed, TxError> {
    let job = Job {
        pays_arbos: false,
        // Scheduled in an estimate without a price, where the base fee was zero (Nitro: `NoBaseFee` of every message in an estimate).
        free_if_zero: scene.mode == RunMode::Estimate,
        ..Job::from_l1(tx, NonceRule::Any)
    };
    let mut machine = message_machine(scene, &job, tracer);
    if !arbos::ticket_is_open(&mut machine.cx, fields.ticket_id) {
        return Err(TxError::TicketGone);
    }
    machine.cx.chain.facts.redeeming = Some(Redeeming {
        ticket: fields.ticket_id,
        refund_to: fields.refund_to,
    });
    if !arbos::begin_retry(&mut machine.cx, fields) {
        let ending = Ending::Halt("insufficient funds for transfer".into());
        return Ok(finish(machine, done(ending, 0, Bytes::new())));
    }
    let transition = transition(&mut machine, &job)?;
    let gas_left = fields.gas.saturating_sub(transition.gas_used);
    let success = transition.ending == Ending::Success;
    arbos::end_retry(&mut machine.cx, fields, gas_left, success);
    Ok(finish(machine, transition))
}

/// Lets ArbOS change a state outside of any transaction; returns the changes.
pub(crate) fn change(
    state: &State,
    around: &Surroundings,
    work: impl FnOnce(&mut dyn Host),
) -> EvmState {
    let scene = Scene {
        view: View {
            state,
            version: NOW,
            overlay: None,
        },
        block: around,
        hashes: &|_| B256::ZERO,
        recent: RecentPrograms::default(),
        removed: AddressSet::default(),
        mode: RunMode::Commit,
    };
    let mut machine = machine(scene, around.base_fee, around.base_fee, None);
    work(&mut machine.cx);
    machine.cx.journaled_state.finalize()
}
