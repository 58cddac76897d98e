//! Both chains and the bridge between them: anvil with Arbitrum's own contracts on one side, the devnode on the other,
//! everything asked over JSON-RPC.

mod command;
mod controls;
mod deposits;
mod history;
mod messages;
mod pair;
mod retryables;
mod rollup;
mod sdk;
mod start;
mod withdrawals;
