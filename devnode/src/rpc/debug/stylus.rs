//! `stylusTracer`: the host calls of Stylus programs with their ink, nested as the programs call each other.
//! cargo-stylus replays and displays it.

use alloy_primitives::{Address, Bytes};
use serde::Serialize;

use crate::evm::trace::{FrameEnd, FrameKind, FrameStart, HostCall, Tracer};

/// A host call, or a frame that EVM code opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepJson {
    name: String,
    args: Bytes,
    outs: Bytes,
    start_ink: u64,
    end_ink: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepJson>>,
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct StylusTracer {
    /// Steps of the innermost open frame.
    steps: Vec<StepJson>,
    /// The frames around it: how it will be named, whom it calls, and the steps until then.
    around: Vec<(&'static str, Address, Vec<StepJson>)>,
}

/// Host calls that stand for the frame they open.
const NESTING: [&str; 3] = [
    "call_contract",
    "delegate_call_contract",
    "static_call_contract",
];

impl Tracer for StylusTracer {
    fn wants_host_calls(&self) -> bool {
        true
    }

    fn enter(&mut self, frame: &FrameStart) {
        if frame.depth == 0 {
            return;
        }
        let name = match frame.kind {
            FrameKind::Call | FrameKind::CallCode => "evm_call_contract",
            FrameKind::DelegateCall => "evm_delegate_call_contract",
            FrameKind::StaticCall => "evm_static_call_contract",
            FrameKind::Create => "evm_create1",
            FrameKind::Create2 => "evm_create2",
            FrameKind::SelfDestruct => "evm_self_destruct",
        };
        let callee = if frame.kind == FrameKind::DelegateCall {
            frame.code_address
        } else {
            frame.to
        };
        self.around
            .push((name, callee, std::mem::take(&mut self.steps)));
    }

    fn exit(&mut self, frame: &FrameEnd) {
        if frame.depth == 0 {
            return;
        }
        let Some((name, callee, before)) = self.around.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.steps, before);
        self.steps.push(StepJson {
            name: name.into(),
            args: Bytes::new(),
            outs: Bytes::new(),
            start_ink: 0,
            end_ink: 0,
            address: Some(callee),
            steps: Some(inner),
        });
    }

    fn host_call(&mut self, call: &HostCall<'_>) {
        let mut step = StepJson {
            name: call.name.into(),
            args: Bytes::copy_from_slice(call.args),
            outs: Bytes::copy_from_slice(call.outs),
            start_ink: call.start_ink,
            end_ink: call.end_ink,
            address: None,
            steps: None,
        };
        if NESTING.contains(&call.name) {
            let opened = |last: &mut StepJson| last.name.strip_prefix("evm_") == Some(call.name);
            if let Some(frame) = self.steps.pop_if(opened) {
                step.address = frame.address;
                step.steps = frame.steps;
            }
        }
        self.steps.push(step);
    }
}

impl StylusTracer {
    /// The steps of the outermost frame.
    pub(super) fn finish(self) -> Vec<StepJson> {
        self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::U256;

    fn frame(kind: FrameKind, depth: usize) -> FrameStart {
        FrameStart {
            kind,
            runs: crate::evm::trace::Runs::Stylus,
            depth,
            from: Address::ZERO,
            to: Address::repeat_byte(1),
            code_address: Address::repeat_byte(2),
            value: U256::ZERO,
            gas: 0,
            input: Bytes::new(),
        }
    }

    fn end(depth: usize) -> FrameEnd {
        FrameEnd {
            depth,
            gas_used: 0,
            output: Bytes::new(),
            error: None,
        }
    }

    fn host(name: &str) -> HostCall<'_> {
        HostCall {
            depth: 0,
            name,
            args: &[1],
            outs: &[2],
            start_ink: 9,
            end_ink: 5,
        }
    }

    #[test]
    fn a_call_from_a_program_holds_the_steps_of_the_callee() {
        let mut tracer = StylusTracer::default();
        tracer.enter(&frame(FrameKind::Call, 0));
        tracer.host_call(&host("user_entrypoint"));
        tracer.enter(&frame(FrameKind::DelegateCall, 1));
        tracer.host_call(&host("msg_sender"));
        tracer.exit(&end(1));
        tracer.host_call(&host("delegate_call_contract"));
        tracer.exit(&end(0));
        let steps = tracer.finish();
        assert_eq!(steps.len(), 2);
        assert_eq!(steps[1].address, Some(Address::repeat_byte(2)));
        assert_eq!(steps[1].steps.as_ref().unwrap()[0].name, "msg_sender");
        let json = serde_json::to_string(&steps[0]).unwrap();
        let written =
            r#"{"name":"user_entrypoint","args":"0x01","outs":"0x02","startInk":9,"endInk":5}"#;
        assert_eq!(json, written);
    }

    #[test]
    fn a_call_from_evm_code_keeps_its_own_entry() {
        let mut tracer = StylusTracer::default();
        tracer.enter(&frame(FrameKind::Call, 0));
        tracer.enter(&frame(FrameKind::StaticCall, 1));
        tracer.host_call(&host("read_args"));
        tracer.exit(&end(1));
        tracer.exit(&end(0));
        let steps = tracer.finish();
        assert_eq!(steps[0].name, "evm_static_call_contract");
        assert_eq!((steps[0].start_ink, steps[0].args.len()), (0, 0));
    }
}
