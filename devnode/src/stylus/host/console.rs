//! Printing, for chains made for debugging; costs no ink.

use super::{Args, Escape, Host};

/// `log_txt(ptr, len)`
pub(super) fn text(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let bytes = host.read(args.u32(0), args.u32(1))?;
    let text = String::from_utf8_lossy(bytes).into_owned();
    tracing::info!(target: "stylus::console", "{text}");
    host.note_as("console_log_text", &[text.as_bytes()], &[]);
    Ok(0)
}

/// `log_i32(value)`, `tee_i32(value) -> value`
pub(super) fn i32(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    print(host, args, &args.u32(0).cast_signed().to_string())
}

/// `log_i64(value)`, `tee_i64(value) -> value`
pub(super) fn i64(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    print(host, args, &args.u64(0).cast_signed().to_string())
}

/// `log_f32(value)`, `tee_f32(value) -> value`
pub(super) fn f32(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    print(host, args, &f32::from_bits(args.u32(0)).to_string())
}

/// `log_f64(value)`, `tee_f64(value) -> value`
pub(super) fn f64(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    print(host, args, &f64::from_bits(args.u64(0)).to_string())
}

fn print(host: &mut Host<'_>, args: Args, value: &str) -> Result<u64, Escape> {
    tracing::info!(target: "stylus::console", "{value}");
    host.note_as("console_log", &[value.as_bytes()], &[]);
    Ok(args.u64(0))
}
