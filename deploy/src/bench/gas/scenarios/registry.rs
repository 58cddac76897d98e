//! Saying where one serves.

use confluence_abi::IServiceRegistry::setServiceURICall;

use super::ONCE;
use crate::{
    bench::gas::{
        GasError,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::ServiceRegistry,
};

/// 22 bytes.
const SHORT: [&str; 2] = ["https://1.example:8935", "https://2.example:8935"];
/// 39 bytes.
const LONG: [&str; 2] = [
    "https://orchestrator-1.example.org:8935",
    "https://orchestrator-2.example.org:8935",
];

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |_| Ok(()),
        acts: &[
            ("setServiceURI.new.22bytes", |s| say(s, SHORT[0])),
            ("setServiceURI.new.39bytes", |s| say(s, LONG[0])),
        ],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&say(s, SHORT[0])?, "first URI").map(drop),
        acts: &[("setServiceURI.change.22bytes", |s| say(s, SHORT[1]))],
    },
    Group {
        pools: ONCE,
        prepare: |s| s.perform(&say(s, LONG[0])?, "first URI").map(drop),
        acts: &[("setServiceURI.change.39bytes", |s| say(s, LONG[1]))],
    },
];

fn say(s: &Stage, uri: &str) -> Result<Act, GasError> {
    let call = setServiceURICall {
        serviceURI: uri.to_owned(),
    };
    s.act(s.o_mid(), ServiceRegistry, &call)
}
