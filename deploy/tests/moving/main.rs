//! What owners and their payers do, command by command, on both chains with everything deployed: the paths end where they should,
//! and what cannot work is refused with nothing sent.

#[path = "../command/mod.rs"]
mod command;
#[path = "../guide/mod.rs"]
mod guide;

mod aborting;
mod claiming;
mod doctor;
mod guides;
mod inputs;
mod migrating;
mod refusals;
mod stage;
mod watching;
