//! What a transaction spends its gas on.
//! Always holds: the parts add up to the gas of the receipt.

use alloy::primitives::{Bytes, hex};
use confluence_devnode::evm::trace::{FrameEnd, FrameStart, HostCall, Runs, Tracer};
use serde::{Deserialize, Serialize};

/// Ink of one gas (Stylus's parameter, the same on all chains).
const INK: u64 = 10_000;

/// Gas by purpose.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// 21,000 and the calldata.
    pub calldata: u64,
    /// Entering programs: by their size, the part that the cache saves included.
    pub entry: u64,
    /// Loading and writing slots.
    pub storage: u64,
    /// Reaching other contracts, and what proxies and other EVM code on the way take.
    pub calls: u64,
    /// The chain's own contracts: Ethereum's precompiles (ecrecover) and Arbitrum's (ArbSys).
    pub precompiles: u64,
    /// Logs.
    pub logs: u64,
    /// The programs' own instructions, and memory.
    pub compute: u64,
    /// Given back for cleared slots.
    pub refund: u64,
}

/// An open frame.
#[derive(Debug)]
struct Frame {
    runs: Runs,
    gas: u64,
    entry: u64,
    /// Gas of the frames it opened.
    inner: u64,
    /// Gas of the one that closed last, until its call is seen to end.
    last: u64,
    storage_ink: u64,
    calls_ink: u64,
    logs_ink: u64,
}

/// Watches a transaction.
#[derive(Debug, Default)]
pub(super) struct Meter {
    frames: Vec<Frame>,
    spent: Spent,
    /// Gas of the outermost frame.
    executed: u64,
    /// What it answered, or how it reverted.
    output: Bytes,
}

impl Tracer for Meter {
    fn wants_host_calls(&self) -> bool {
        true
    }

    fn enter(&mut self, frame: &FrameStart) {
        self.frames.push(Frame {
            runs: frame.runs,
            gas: frame.gas,
            entry: 0,
            inner: 0,
            last: 0,
            storage_ink: 0,
            calls_ink: 0,
            logs_ink: 0,
        });
    }

    fn exit(&mut self, end: &FrameEnd) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let own = end.gas_used.saturating_sub(frame.inner);
        match frame.runs {
            Runs::Stylus => {
                let [storage, calls, logs] =
                    [frame.storage_ink, frame.calls_ink, frame.logs_ink].map(|ink| ink / INK);
                self.spent.entry += frame.entry;
                self.spent.storage += storage;
                self.spent.calls += calls;
                self.spent.logs += logs;
                self.spent.compute += own.saturating_sub(frame.entry + storage + calls + logs);
            }
            Runs::Precompile => self.spent.precompiles += own,
            Runs::Evm | Runs::Nothing => self.spent.calls += own,
        }
        match self.frames.last_mut() {
            Some(caller) => {
                caller.inner += end.gas_used;
                caller.last = end.gas_used;
            }
            None => {
                self.executed = end.gas_used;
                self.output = end.output.clone();
            }
        }
    }

    fn host_call(&mut self, call: &HostCall<'_>) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let ink = call.start_ink.saturating_sub(call.end_ink);
        match call.name {
            "user_entrypoint" => frame.entry = frame.gas.saturating_sub(call.start_ink / INK),
            "call_contract"
            | "static_call_contract"
            | "delegate_call_contract"
            | "create1"
            | "create2" => {
                let inner = std::mem::take(&mut frame.last);
                frame.calls_ink += ink.saturating_sub(inner * INK);
            }
            "emit_log" => frame.logs_ink += ink,
            name if name.starts_with("storage_") => frame.storage_ink += ink,
            _ => {}
        }
    }
}

impl Meter {
    /// What was spent, given the whole of it and the gas that the transaction pays before anything runs.
    pub(super) fn spent(&self, gas: u64, before: u64) -> Spent {
        Spent {
            calldata: before,
            refund: (before + self.executed).saturating_sub(gas),
            ..self.spent
        }
    }

    /// The revert data, as text where it is one.
    pub(super) fn reason(&self) -> String {
        let text = alloy::sol_types::decode_revert_reason(&self.output);
        text.unwrap_or_else(|| format!("0x{}", hex::encode(&self.output)))
    }
}

impl Spent {
    /// All of it: the gas of the receipt.
    #[must_use]
    pub fn total(&self) -> u64 {
        let parts = [
            self.calldata,
            self.entry,
            self.storage,
            self.calls,
            self.precompiles,
            self.logs,
            self.compute,
        ];
        parts.iter().sum::<u64>().saturating_sub(self.refund)
    }
}
