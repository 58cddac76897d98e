//! What cargo-stylus asks a program about itself, of a native build with the feature `export-abi`.

use crate::entries::{Entry, Kind};
use alloc::{format, string::String, vec::Vec};

/// The `main` of that build: `abi` prints the interface, `constructor` how the constructor is called, or nothing without one.
pub fn main(entries: &[Entry], interface: &str) {
    match std::env::args().nth(1).as_deref() {
        Some("constructor") => print!("{}", constructor(entries).unwrap_or_default()),
        _ => print!("{interface}"),
    }
}

/// `constructor(address owner)`, if there is one.
pub fn constructor(entries: &[Entry]) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.kind == Kind::once)?;
    let args: Vec<_> = entry
        .args
        .iter()
        .zip(entry.names)
        .map(|(ty, name)| format!("{ty} {name}"))
        .collect();
    Some(format!("constructor({})", args.join(", ")))
}
