//! Holds an answer against the recorded one and words the differences.
//! Exact unless the recording marks a part as loose; then its shape must agree.

use super::fixture::{Log, RpcError};

/// Topic of ArbWasm's `ProgramActivated`, whose data is (module hash, program, data fee, version).
pub(crate) const PROGRAM_ACTIVATED: &str =
    "0xc0e812780707128d9a180db8ee4d1c1f1300b6dd0626d577b5d9ac759b76253c";

/// Differences found in one step, one line each.
#[derive(Debug, Default)]
pub(crate) struct Differences(pub(crate) Vec<String>);

impl Differences {
    pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(
        &mut self,
        field: &str,
        expected: &T,
        got: &T,
    ) {
        if expected != got {
            self.0.push(format!(
                "{field}\n      expected {}\n      got      {}",
                short(&format!("{expected:?}")),
                short(&format!("{got:?}"))
            ));
        }
    }

    pub(crate) fn logs(&mut self, expected: &[Log], got: &[Log], loose: bool) {
        self.equal("number of logs", &expected.len(), &got.len());
        for (i, (expected, got)) in expected.iter().zip(got).enumerate() {
            self.equal(
                &format!("logs[{i}].address"),
                &expected.address,
                &got.address,
            );
            if !loose {
                self.equal(&format!("logs[{i}].topics"), &expected.topics, &got.topics);
                self.equal(&format!("logs[{i}].data"), &expected.data, &got.data);
                continue;
            }
            self.equal(
                &format!("logs[{i}].topics[0]"),
                &expected.topics.first(),
                &got.topics.first(),
            );
            self.equal(
                &format!("logs[{i}] topics"),
                &expected.topics.len(),
                &got.topics.len(),
            );
            self.equal(
                &format!("logs[{i}] data length"),
                &expected.data.len(),
                &got.data.len(),
            );
            if expected
                .topics
                .first()
                .is_some_and(|topic| topic == PROGRAM_ACTIVATED)
            {
                self.equal(&format!("logs[{i}].topics"), &expected.topics, &got.topics);
                for word in [1, 3] {
                    let name = format!("logs[{i}].data word {word}");
                    self.equal(
                        &name,
                        &data_word(&expected.data, word),
                        &data_word(&got.data, word),
                    );
                }
            }
        }
    }

    /// A call's outcome: return data, or the JSON-RPC error.
    pub(crate) fn outcome(
        &mut self,
        expected: &Result<String, RpcError>,
        got: &Result<String, RpcError>,
        loose: bool,
    ) {
        match (expected, got) {
            (Ok(expected), Ok(got)) if loose => {
                self.equal("length of return", &expected.len(), &got.len());
            }
            (Err(expected), Err(got)) => self.error("callError", expected, got, loose),
            _ => self.equal("return", expected, got),
        }
    }

    pub(crate) fn error(&mut self, field: &str, expected: &RpcError, got: &RpcError, loose: bool) {
        let loose = loose || depends_on_the_hour(expected);
        self.equal(&format!("{field}.code"), &expected.code, &got.code);
        let (want, have) = (told(&expected.message), told(&got.message));
        if loose && want.contains("error Program") {
            self.equal(
                &format!("{field}.message"),
                &without_digits(want),
                &without_digits(have),
            );
        } else {
            self.equal(&format!("{field}.message"), &want, &have);
        }
        if loose {
            let lengths = (
                expected.data.as_ref().map(String::len),
                got.data.as_ref().map(String::len),
            );
            self.equal(&format!("length of {field}.data"), &lengths.0, &lengths.1);
        } else {
            self.equal(&format!("{field}.data"), &expected.data, &got.data);
        }
    }
}

/// `ProgramKeepaliveTooSoon` tells the age since the full hour of activation, so the minute of the recording.
fn depends_on_the_hour(error: &RpcError) -> bool {
    error.message.contains("ProgramKeepaliveTooSoon")
}

/// What a message tells about the module; the rest names lines of Nitro's own sources.
fn told(message: &str) -> &str {
    message.split("\n\nLocation:").next().unwrap_or(message)
}

fn without_digits(message: &str) -> String {
    message.chars().filter(|c| !c.is_ascii_digit()).collect()
}

pub(crate) fn data_word(data: &str, index: usize) -> Option<&str> {
    data.get(2 + 64 * index..2 + 64 * (index + 1))
}

fn short(text: &str) -> String {
    const KEPT: usize = 600;
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{} .. ({} characters)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}
