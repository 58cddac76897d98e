//! What owners and their payers do, command by command, on both chains with everything deployed: the paths end where they should,
//! and what cannot work is refused with nothing sent.

#[allow(dead_code)] // help is compared elsewhere
#[path = "../command/mod.rs"]
mod command;

mod claiming;
mod guides;
mod migrating;
mod refusals;
mod stage;
mod watching;
