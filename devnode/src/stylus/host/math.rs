//! 256-bit arithmetic and hashing. Results overwrite the first operand; dividing by zero gives zero.

use alloy_primitives::{U256, keccak256};

use super::{
    Args, Escape, Host,
    ink::{keccak_price, pow_price},
};

/// `math_div(value, divisor)`
pub(super) fn div(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    two(host, args, |a, b| a.checked_div(b).unwrap_or_default())
}

/// `math_mod(value, modulus)`
pub(super) fn rem(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    two(host, args, |a, b| a.checked_rem(b).unwrap_or_default())
}

/// `math_pow(value, exponent)`
pub(super) fn pow(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let value = host.read_number(args.u32(0))?;
    let exponent = host.read_word(args.u32(1))?;
    host.buy_ink(pow_price(&exponent.0))?;
    let result = value.wrapping_pow(exponent.into());
    finish(host, args, &[value, exponent.into()], result)
}

/// `math_add_mod(value, addend, modulus)`
pub(super) fn add_mod(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    three(host, args, U256::add_mod)
}

/// `math_mul_mod(value, multiplier, modulus)`
pub(super) fn mul_mod(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    three(host, args, U256::mul_mod)
}

/// `native_keccak256(input, len, output)`
pub(super) fn keccak(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let [ptr, len, out] = [0, 1, 2].map(|at| args.u32(at));
    host.buy_ink(keccak_price(u64::from(len)))?;
    let input = host.read(ptr, len)?;
    let hash = keccak256(input);
    let preimage = host.trace_bytes(&[input]);
    host.write(out, hash.as_slice())?;
    host.note(&[&preimage], &[hash.as_slice()]);
    Ok(0)
}

fn two(
    host: &mut Host<'_>,
    args: Args,
    operation: impl Fn(U256, U256) -> U256,
) -> Result<u64, Escape> {
    let a = host.read_number(args.u32(0))?;
    let b = host.read_number(args.u32(1))?;
    finish(host, args, &[a, b], operation(a, b))
}

fn three(
    host: &mut Host<'_>,
    args: Args,
    operation: impl Fn(U256, U256, U256) -> U256,
) -> Result<u64, Escape> {
    let a = host.read_number(args.u32(0))?;
    let b = host.read_number(args.u32(1))?;
    let modulus = host.read_number(args.u32(2))?;
    finish(host, args, &[a, b, modulus], operation(a, b, modulus))
}

fn finish(host: &mut Host<'_>, args: Args, operands: &[U256], result: U256) -> Result<u64, Escape> {
    host.write_number(args.u32(0), result)?;
    if host.state.trace.is_some() {
        let operands: Vec<u8> = operands.iter().flat_map(U256::to_be_bytes::<32>).collect();
        host.note(&[&operands], &[&result.to_be_bytes::<32>()]);
    }
    Ok(0)
}
