//! The system on two chains: deployed, read back, switched over.

mod chains;
mod command;
mod deployed;
mod rehearsal;
mod switchover;
