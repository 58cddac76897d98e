//! Input, output, the data of calls, and leaving early.

use alloy_primitives::Bytes;

use super::{
    Args, Escape, Host,
    ink::{read_price, write_price},
};

/// `read_args(dest)`
pub(super) fn read_args(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let calldata = host.state.calldata.clone();
    host.buy_ink(write_price(calldata.len() as u64))?;
    host.write(args.u32(0), &calldata)?;
    host.note(&[], &[&calldata]);
    Ok(0)
}

/// `write_result(ptr, len)`: pays twice, for reading and for what the EVM does with it
pub(super) fn write_result(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let len = args.u32(1);
    host.buy_ink(read_price(u64::from(len)))?;
    host.buy_ink(read_price(u64::from(len)))?;
    let result = Bytes::copy_from_slice(host.read(args.u32(0), len)?);
    host.note(&[&result], &[]);
    host.state.result = result;
    Ok(0)
}

/// `exit_early(status)`
pub(super) fn exit_early(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let status = args.u32(0);
    host.note(&[&status.to_be_bytes()], &[]);
    Err(Escape::Exit(status))
}

/// `read_return_data(dest, offset, size) -> copied`
pub(super) fn read_return_data(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let [dest, offset, size] = [0, 1, 2].map(|at| args.u32(at));
    let data = host.state.return_data.clone();
    let start = (offset as usize).min(data.len());
    let end = start.saturating_add(size as usize).min(data.len());
    let part = &data[start..end];
    host.buy_ink(write_price(part.len() as u64))?;
    if start < data.len() {
        host.write(dest, part)?;
    }
    host.note(&[&offset.to_be_bytes(), &size.to_be_bytes()], &[part]);
    Ok(part.len() as u64)
}

/// `return_data_size() -> size`
pub(super) fn return_data_size(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    let len = host.state.return_data.len() as u32;
    host.note(&[], &[&len.to_be_bytes()]);
    Ok(u64::from(len))
}
