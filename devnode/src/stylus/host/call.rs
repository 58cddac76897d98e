//! Calls to other accounts: priced here, run by the driver, settled here.

use alloy_primitives::{Address, Bytes, U256};

use super::{Args, Escape, Flow, Host, ink::read_price};
use crate::stylus::{
    frame::{Answer, AnswerKind, CallKind, CallRequest},
    world::World,
};

const WARM_ACCESS_GAS: u64 = 100;
/// What a cold account costs on top of a warm access.
const COLD_ACCOUNT_EXTRA_GAS: u64 = 2_500;
const VALUE_GAS: u64 = 9_000;
const NEW_ACCOUNT_GAS: u64 = 25_000;
const STIPEND_GAS: u64 = 2_300;

/// What the program's call functions answer.
const SUCCESS: u64 = 0;
const FAILURE: u64 = 2;

/// A call that is being run.
#[derive(Debug)]
pub struct PendingCall {
    /// Gas of the call itself.
    base_gas: u64,
    /// Gas the frame was given.
    frame_gas: u64,
    settlement: Settlement,
}

/// What is left to do when a call has ended, or never began.
#[derive(Debug)]
struct Settlement {
    return_len_ptr: u32,
    /// For the trace.
    args: Vec<u8>,
}

/// `call_contract(addr, data, len, value, gas, ret_len) -> status`
pub(super) fn call(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let [to, data, len, value, return_len] = [0, 1, 2, 3, 5].map(|at| args.u32(at));
    begin(
        host,
        world,
        CallKind::Call,
        [to, data, len, return_len],
        Some(value),
        args.u64(4),
    )
}

/// `delegate_call_contract(addr, data, len, gas, ret_len) -> status`
pub(super) fn delegate(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    let pointers = [0, 1, 2, 4].map(|at| args.u32(at));
    begin(host, world, CallKind::Delegate, pointers, None, args.u64(3))
}

/// `static_call_contract(addr, data, len, gas, ret_len) -> status`
pub(super) fn call_static(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    let pointers = [0, 1, 2, 4].map(|at| args.u32(at));
    begin(host, world, CallKind::Static, pointers, None, args.u64(3))
}

fn begin(
    host: &mut Host<'_>,
    world: &mut dyn World,
    kind: CallKind,
    [to, data, len, return_len_ptr]: [u32; 4],
    value_ptr: Option<u32>,
    gas_wanted: u64,
) -> Result<Flow, Escape> {
    host.buy_ink(read_price(u64::from(len)))?;
    host.buy_ink(read_price(u64::from(len)))?;
    let gas_left = host.gas_left();
    let target = host.read_address(to)?;
    let input = Bytes::copy_from_slice(host.read(data, len)?);
    let value = value_ptr.map(|ptr| host.read_number(ptr)).transpose()?;
    let settlement = Settlement {
        return_len_ptr,
        args: host.trace_bytes(&[
            target.as_slice(),
            &gas_wanted.to_be_bytes(),
            value
                .map(|value| value.to_be_bytes::<32>())
                .as_ref()
                .map_or(&[], |v| v.as_slice()),
            &input,
        ]),
    };
    let value = value.unwrap_or_default();
    if host.state.env.read_only && !value.is_zero() {
        return settlement
            .conclude(host, FAILURE, 0, Bytes::new())
            .map(Flow::Resume);
    }
    let Some(base_gas) = base_gas(world, target, value, gas_left) else {
        return settlement
            .conclude(host, FAILURE, gas_left, Bytes::new())
            .map(Flow::Resume);
    };
    // multiplied before divided: up to one gas less than the EVM's 63/64
    let most = (gas_left - base_gas).saturating_mul(63) / 64;
    let stipend = if value.is_zero() { 0 } else { STIPEND_GAS };
    let gas_limit = gas_wanted.min(gas_left).min(most).saturating_add(stipend);
    let request = CallRequest {
        kind,
        target,
        value,
        input,
        gas_limit,
    };
    Ok(Flow::Call(
        request,
        PendingCall {
            base_gas,
            frame_gas: gas_limit,
            settlement,
        },
    ))
}

/// Gas of the call itself, `None` as soon as it exceeds what is left.
fn base_gas(world: &mut dyn World, target: Address, value: U256, gas_left: u64) -> Option<u64> {
    let affordable = |gas: u64| (gas <= gas_left).then_some(gas);
    let mut gas = affordable(WARM_ACCESS_GAS)?;
    let target = world.is_empty(target);
    if target.was_cold {
        gas = affordable(gas + COLD_ACCOUNT_EXTRA_GAS)?;
    }
    if !value.is_zero() {
        if target.value {
            gas = affordable(gas + NEW_ACCOUNT_GAS)?;
        }
        gas = affordable(gas + VALUE_GAS)?;
    }
    Some(gas)
}

impl PendingCall {
    /// Settles the call with what the frame answered.
    pub fn settle(self, host: &mut Host<'_>, answer: Answer) -> Result<u64, Escape> {
        // an unused stipend was a gift: it is inside `frame_gas`, so it is not paid back
        let gas = self.base_gas + self.frame_gas.saturating_sub(answer.gas_left);
        let status = if let AnswerKind::Success(_) = answer.result {
            host.state.refund += answer.refund;
            SUCCESS
        } else {
            FAILURE
        };
        let output = match answer.result {
            AnswerKind::Failure => Bytes::new(),
            AnswerKind::Success(_) | AnswerKind::Revert => answer.output,
        };
        self.settlement.conclude(host, status, gas, output)
    }
}

impl Settlement {
    fn conclude(
        self,
        host: &mut Host<'_>,
        status: u64,
        gas: u64,
        output: Bytes,
    ) -> Result<u64, Escape> {
        host.buy_gas(gas)?;
        let len = output.len() as u32;
        host.state.return_data = output;
        host.write_len(self.return_len_ptr, len)?;
        host.note(&[&self.args], &[&len.to_be_bytes(), &[status as u8]]);
        Ok(status)
    }
}
