//! A record of the host functions a frame has called, for the Stylus tracer.
//!
//! Costs nothing unless a frame is given a [`FrameTrace`]. Entries appear in the order in which the
//! functions ended, so a call's entry follows everything its frame did. A function that failed has none.

use alloy_primitives::Bytes;

use super::host::{Host, Ink};

/// One host function call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostioRecord {
    /// Name of the function, or `user_entrypoint` and `user_returned` for the frame's two ends.
    pub name: &'static str,
    /// What it was given, integers big-endian.
    pub args: Bytes,
    /// What it gave, integers big-endian.
    pub outs: Bytes,
    /// Ink before the function's first charge.
    pub start_ink: u64,
    /// Ink after its last.
    pub end_ink: u64,
}

/// The records of a frame that nobody has fetched yet.
#[derive(Debug, Default)]
pub struct FrameTrace {
    records: Vec<HostioRecord>,
    noted: Option<(Option<&'static str>, Bytes, Bytes)>,
}

impl FrameTrace {
    /// Takes the records so far.
    pub fn take(&mut self) -> Vec<HostioRecord> {
        std::mem::take(&mut self.records)
    }

    /// Adds a record.
    pub(crate) fn push(&mut self, record: HostioRecord) {
        self.records.push(record);
    }

    /// Makes a record of what the function has noted.
    pub(crate) fn conclude(&mut self, name: &'static str, start_ink: Ink, end_ink: Ink) {
        if let Some((other_name, args, outs)) = self.noted.take() {
            let name = other_name.unwrap_or(name);
            let (start_ink, end_ink) = (start_ink.0, end_ink.0);
            self.records.push(HostioRecord {
                name,
                args,
                outs,
                start_ink,
                end_ink,
            });
        }
    }
}

impl Host<'_> {
    /// Notes arguments and results of the function being served.
    pub fn note(&mut self, args: &[&[u8]], outs: &[&[u8]]) {
        if let Some(trace) = &mut self.state.trace {
            trace.noted = Some((None, args.concat().into(), outs.concat().into()));
        }
    }

    /// Notes them under another name.
    pub(crate) fn note_as(&mut self, name: &'static str, args: &[&[u8]], outs: &[&[u8]]) {
        self.note(args, outs);
        if let Some(noted) = self
            .state
            .trace
            .as_mut()
            .and_then(|trace| trace.noted.as_mut())
        {
            noted.0 = Some(name);
        }
    }

    /// Bytes to note later, nothing if nobody wants to know.
    pub(crate) fn trace_bytes(&self, parts: &[&[u8]]) -> Vec<u8> {
        if self.state.trace.is_some() {
            parts.concat()
        } else {
            Vec::new()
        }
    }
}
