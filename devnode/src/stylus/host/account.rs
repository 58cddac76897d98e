//! Other accounts: balance, code, code hash.

use alloy_primitives::{Address, Bytes};

use super::{Args, Escape, Flow, Host, ink::write_price};
use crate::stylus::world::World;

const COLD_ACCOUNT_GAS: u64 = 2_600;
const WARM_ACCESS_GAS: u64 = 100;
/// Loading code costs this once per multiple of the EVM's code size limit.
const LOAD_CODE_GAS: u64 = 700;
const EVM_CODE_SIZE: u64 = 24_576;

fn touch_gas(was_cold: bool) -> u64 {
    if was_cold {
        COLD_ACCOUNT_GAS
    } else {
        WARM_ACCESS_GAS
    }
}

/// `account_balance(addr, dest)`
pub(super) fn balance(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    host.require_gas(COLD_ACCOUNT_GAS)?;
    let account = host.read_address(args.u32(0))?;
    let balance = world.balance(account);
    host.buy_gas(touch_gas(balance.was_cold))?;
    host.write_number(args.u32(1), balance.value)?;
    host.note(&[account.as_slice()], &[&balance.value.to_be_bytes::<32>()]);
    Ok(Flow::Resume(0))
}

/// `account_codehash(addr, dest)`
pub(super) fn code_hash(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    host.require_gas(COLD_ACCOUNT_GAS)?;
    let account = host.read_address(args.u32(0))?;
    let hash = world.code_hash(account);
    host.buy_gas(touch_gas(hash.was_cold))?;
    host.write(args.u32(1), hash.value.as_slice())?;
    host.note(&[account.as_slice()], &[hash.value.as_slice()]);
    Ok(Flow::Resume(0))
}

/// `account_code(addr, offset, size, dest) -> copied`
pub(super) fn code(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let [_, offset, size, dest] = [0, 1, 2, 3].map(|at| args.u32(at));
    let (account, code) = buy_code(host, world, args)?;
    host.buy_ink(write_price(code.len() as u64))?;
    let start = (offset as usize).min(code.len());
    let end = start.saturating_add(size as usize).min(code.len());
    let part = &code[start..end];
    host.write(dest, part)?;
    host.note(
        &[
            account.as_slice(),
            &offset.to_be_bytes(),
            &size.to_be_bytes(),
        ],
        &[part],
    );
    Ok(Flow::Resume(part.len() as u64))
}

/// `account_code_size(addr) -> size`
pub(super) fn code_size(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    let (account, code) = buy_code(host, world, args)?;
    host.note(&[account.as_slice()], &[&(code.len() as u32).to_be_bytes()]);
    Ok(Flow::Resume(code.len() as u64))
}

/// The code of the account at the first argument; the frame's last one, if not empty, is free.
fn buy_code(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<(Address, Bytes), Escape> {
    host.require_gas(COLD_ACCOUNT_GAS)?;
    let account = host.read_address(args.u32(0))?;
    if let Some((last, code)) = &host.state.last_code
        && *last == account
    {
        return Ok((account, code.clone()));
    }
    let code = world.code(account);
    let load = host.state.env.max_code_size / EVM_CODE_SIZE * LOAD_CODE_GAS;
    host.buy_gas(touch_gas(code.was_cold) + load)?;
    if !code.value.is_empty() {
        host.state.last_code = Some((account, code.value.clone()));
    }
    Ok((account, code.value))
}
