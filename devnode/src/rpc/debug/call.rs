//! `callTracer`: the frames of an execution as a tree, written as Nitro's does.

use alloy_consensus::Transaction as _;
use alloy_primitives::{Address, B256, Bytes, Log, U64, U256};
use serde::Serialize;

use crate::{
    arbos::address::L1_PRICER_FUNDS,
    chain::{Block, Mined, Tx},
    evm::trace::{FrameEnd, FrameKind, FrameStart, Tracer},
    rpc::revert,
};

/// A frame and the frames it opened.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameJson {
    #[serde(rename = "beforeEVMTransfers", skip_serializing_if = "Option::is_none")]
    before: Option<Vec<Transfer>>,
    #[serde(rename = "afterEVMTransfers", skip_serializing_if = "Option::is_none")]
    after: Option<Vec<Transfer>>,
    from: Address,
    gas: U64,
    gas_used: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Address>,
    input: Bytes,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    output: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revert_reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<FrameJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logs: Vec<LogJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<U256>,
    r#type: &'static str,
}

/// Money that moves around the execution: fees.
#[derive(Clone, Debug, Serialize)]
struct Transfer {
    purpose: &'static str,
    from: Option<String>,
    to: Option<String>,
    value: U256,
}

#[derive(Clone, Debug, Serialize)]
struct LogJson {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
    index: U64,
    /// Number of frames opened by this one before the log.
    position: U64,
}

/// See the head of this file.
#[derive(Debug)]
pub(super) struct CallTracer {
    only_top_call: bool,
    with_log: bool,
    open: Vec<FrameJson>,
    root: Option<FrameJson>,
    /// Logs seen so far.
    logs: u64,
}

const fn name(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Call => "CALL",
        FrameKind::CallCode => "CALLCODE",
        FrameKind::DelegateCall => "DELEGATECALL",
        FrameKind::StaticCall => "STATICCALL",
        FrameKind::Create => "CREATE",
        FrameKind::Create2 => "CREATE2",
        FrameKind::SelfDestruct => "SELFDESTRUCT",
    }
}

impl Tracer for CallTracer {
    fn enter(&mut self, frame: &FrameStart) {
        let borrowed = matches!(frame.kind, FrameKind::DelegateCall | FrameKind::CallCode);
        self.open.push(FrameJson {
            before: None,
            after: None,
            // Whose code is borrowed is called by the account that acts.
            from: if borrowed { frame.to } else { frame.from },
            gas: U64::from(frame.gas),
            gas_used: U64::ZERO,
            to: Some(if borrowed {
                frame.code_address
            } else {
                frame.to
            }),
            input: frame.input.clone(),
            output: Bytes::new(),
            error: None,
            revert_reason: None,
            calls: Vec::new(),
            logs: Vec::new(),
            value: (frame.kind != FrameKind::StaticCall).then_some(frame.value),
            r#type: name(frame.kind),
        });
    }

    fn exit(&mut self, end: &FrameEnd) {
        let Some(mut frame) = self.open.pop() else {
            return;
        };
        frame.gas_used = U64::from(end.gas_used);
        frame.fail_or_return(end);
        match self.open.last_mut() {
            None => self.root = Some(frame),
            Some(_) if self.only_top_call => {}
            Some(parent) => parent.calls.push(frame),
        }
    }

    fn log(&mut self, log: &Log) {
        let index = U64::from(self.logs);
        self.logs += 1;
        if let Some(frame) = self.open.last_mut().filter(|_| self.with_log) {
            frame.logs.push(LogJson {
                address: log.address,
                topics: log.topics().to_vec(),
                data: log.data.data.clone(),
                index,
                position: U64::from(frame.calls.len()),
            });
        }
    }
}

impl FrameJson {
    fn fail_or_return(&mut self, end: &FrameEnd) {
        let Some(error) = &end.error else {
            self.output = end.output.clone();
            return;
        };
        self.error = Some(error.clone());
        self.drop_logs();
        if self.r#type.starts_with("CREATE") {
            self.to = None;
        }
        if error == "execution reverted" {
            self.output = end.output.clone();
            self.revert_reason = revert::solidity_reason(&end.output);
        }
    }

    /// What a failed frame logged never happened.
    fn drop_logs(&mut self) {
        self.logs.clear();
        self.calls.iter_mut().for_each(Self::drop_logs);
    }
}

impl CallTracer {
    pub(super) const fn new(only_top_call: bool, with_log: bool) -> Self {
        Self {
            only_top_call,
            with_log,
            open: Vec::new(),
            root: None,
            logs: 0,
        }
    }

    /// The tree of a transaction: with its gas limit, its gas used and what its gas cost.
    pub(super) fn of_transaction(self, mined: &Mined, block: &Block) -> FrameJson {
        let tx = &mined.tx;
        // ArbOS's own transactions may run nothing.
        let mut root = self.root.unwrap_or_else(|| FrameJson {
            before: None,
            after: None,
            from: mined.from,
            gas: U64::ZERO,
            gas_used: U64::ZERO,
            to: tx.to(),
            input: tx.input(),
            output: Bytes::new(),
            error: None,
            revert_reason: None,
            calls: Vec::new(),
            logs: Vec::new(),
            value: Some(tx.value()),
            r#type: "CALL",
        });
        root.gas = U64::from(tx.gas());
        root.gas_used = U64::from(mined.receipt.gas_used);
        let (before, after) = fees(mined, block);
        root.before = Some(before);
        root.after = Some(after);
        root
    }

    /// The tree of a call; nothing if it never began.
    pub(super) fn of_call(self, gas: u64, gas_used: u64) -> Option<FrameJson> {
        self.root.map(|mut root| {
            root.gas = U64::from(gas);
            root.gas_used = U64::from(gas_used);
            root.before = Some(Vec::new());
            root.after = Some(Vec::new());
            root
        })
    }
}

/// What the gas of an ordinary transaction costs: paid in advance, the rest paid back, the fee collected.
fn fees(mined: &Mined, block: &Block) -> (Vec<Transfer>, Vec<Transfer>) {
    let transfer = |purpose, from: Option<Address>, to: Option<Address>, value| Transfer {
        purpose,
        from: from.map(|who| who.to_checksum(None)),
        to: to.map(|who| who.to_checksum(None)),
        value,
    };
    let Tx::Ethereum(tx) = &mined.tx else {
        return (Vec::new(), Vec::new());
    };
    let receipt = &mined.receipt;
    let wei = |gas: u64| U256::from(gas) * block.base_fee();
    let who = Some(mined.from);
    let l2_gas = receipt.gas_used.saturating_sub(receipt.gas_used_for_l1);
    let before = vec![transfer("feePayment", who, None, wei(tx.gas_limit()))];
    let unused = tx.gas_limit().saturating_sub(receipt.gas_used);
    let after = vec![
        transfer("gasRefund", None, who, wei(unused)),
        transfer("feeCollection", None, Some(Address::ZERO), wei(l2_gas)),
        transfer(
            "feeCollection",
            None,
            Some(L1_PRICER_FUNDS),
            wei(receipt.gas_used_for_l1),
        ),
    ];
    (before, after)
}
