//! The system on two chains: deployed, read back, switched over.

#[path = "../guide/mod.rs"]
mod guide;

mod chains;
mod command;
mod deployed;
mod gate;
mod killed;
mod operating;
mod rehearsal;
mod switchover;
