//! Holds JSON against the recorded one, field by field.

use serde_json::Value;

/// What follows from state roots, which are not Nitro's.
const NOT_OURS: &[&str] = &["blockHash", "parentHash", "stateRoot"];
/// How the recordings write a bloom filter without bits.
const ZERO_BLOOM: &str = "ZERO_BLOOM";

/// Differences found in one case, one line each.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    pub(crate) lines: Vec<String>,
    /// How many answers were compared.
    pub(crate) compared: usize,
    /// The next block follows on blocks that were not recorded.
    pub(crate) after_gap: bool,
}

impl Differences {
    /// Compares two answers; `also_skipped` are names of fields at any depth.
    pub(crate) fn json(
        &mut self,
        path: &str,
        expected: &Value,
        got: &Value,
        also_skipped: &[&str],
    ) {
        self.compared += 1;
        match (expected, got) {
            (Value::Object(want), Value::Object(have)) => {
                let mut names: Vec<_> = want.keys().chain(have.keys()).collect();
                names.sort_unstable();
                names.dedup();
                for name in names {
                    if NOT_OURS.contains(&name.as_str()) || also_skipped.contains(&name.as_str()) {
                        continue;
                    }
                    let (want, have) = (&expected[name], &got[name]);
                    self.json(&format!("{path}.{name}"), want, have, also_skipped);
                }
            }
            (Value::Array(want), Value::Array(have)) if want.len() == have.len() => {
                for (index, (want, have)) in want.iter().zip(have).enumerate() {
                    self.json(&format!("{path}[{index}]"), want, have, also_skipped);
                }
            }
            (Value::String(want), Value::String(have)) if is_same(want, have) => {}
            _ => self.equal(path, expected, got),
        }
    }

    /// Compares two values as they are.
    pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(
        &mut self,
        field: &str,
        expected: &T,
        got: &T,
    ) {
        self.compared += 1;
        if expected != got {
            let (want, have) = (short(expected), short(got));
            self.lines.push(format!(
                "{field}\n        expected {want}\n        got      {have}"
            ));
        }
    }
}

fn is_same(want: &str, have: &str) -> bool {
    want == have
        || want == ZERO_BLOOM && have.trim_start_matches("0x").bytes().all(|b| b == b'0')
        // addresses may carry a checksum
        || want.len() == 42 && want.eq_ignore_ascii_case(have)
}

fn short(value: &impl std::fmt::Debug) -> String {
    const KEPT: usize = 700;
    let text = format!("{value:?}");
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{} .. ({} characters)", &text[..end], text.len()),
        None => text,
    }
}
