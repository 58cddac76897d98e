//! Reads JSON values the way go-ethereum does, with its words for what is wrong: clients match on them.
//! Nothing here panics or allocates more than the request itself.

use alloy_primitives::{Address, B256, Bytes, U256};
use serde_json::Value;

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not of the Go type; `what` it is instead.
    Kind {
        /// What was found.
        what: String,
        /// The Go type wanted.
        go: &'static str,
        /// The struct field it was meant for.
        field: Option<String>,
    },
    /// Anything else, in go-ethereum's words.
    Text(String),
}

impl Refused {
    pub(crate) fn kind(what: impl Into<String>, go: &'static str) -> Self {
        Self::Kind {
            what: what.into(),
            go,
            field: None,
        }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Names the struct field, as Go's decoder does for the innermost one.
    fn of(self, owner: &str, name: &str) -> Self {
        match self {
            Self::Kind {
                what,
                go,
                field: None,
            } => Self::Kind {
                what,
                go,
                field: Some(format!("{owner}.{name}")),
            },
            other => other,
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kind {
                what,
                go,
                field: None,
            } => {
                write!(
                    f,
                    "json: cannot unmarshal {what} into Go value of type {go}"
                )
            }
            Self::Kind {
                what,
                go,
                field: Some(field),
            } => {
                write!(
                    f,
                    "json: cannot unmarshal {what} into Go struct field {field} of type {go}"
                )
            }
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A value that can be read from a parameter.
pub(crate) trait Read: Sized {
    /// Reads it, or says why not.
    fn read(value: &Value) -> Result<Self, Refused>;
}

/// A field of a JSON object; `None` where it is absent or null.
pub(crate) fn field<T: Read>(
    object: &serde_json::Map<String, Value>,
    owner: &str,
    name: &str,
) -> Result<Option<T>, Refused> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => T::read(value)
            .map(Some)
            .map_err(|refused| refused.of(owner, name)),
    }
}

/// The object a Go struct is read from.
pub(crate) fn object<'a>(
    value: &'a Value,
    go: &'static str,
) -> Result<&'a serde_json::Map<String, Value>, Refused> {
    value
        .as_object()
        .ok_or_else(|| Refused::kind(name_of(value), go))
}

/// Go's name for a JSON value's kind.
pub(crate) const fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn string<'a>(value: &'a Value, go: &'static str) -> Result<&'a str, Refused> {
    value
        .as_str()
        .ok_or_else(|| Refused::kind("non-string", go))
}

/// The digits of a hex string of whole bytes (hexutil's `checkText`).
fn byte_digits(text: &str) -> Result<&str, &'static str> {
    if text.is_empty() {
        return Ok("");
    }
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = digits.ok_or("hex string without 0x prefix")?;
    if digits.len() % 2 != 0 {
        return Err("hex string of odd length");
    }
    Ok(digits)
}

/// The digits of a hex number (hexutil's `checkNumberText`).
fn number_digits(text: &str) -> Result<&str, &'static str> {
    if text.is_empty() {
        return Ok("0");
    }
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = digits.ok_or("hex string without 0x prefix")?;
    if digits.is_empty() {
        return Err("hex string \"0x\"");
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return Err("hex number with leading zero digits");
    }
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err("invalid hex string");
    }
    Ok(digits)
}

fn fixed<const N: usize>(value: &Value, go: &'static str) -> Result<[u8; N], Refused> {
    let digits = byte_digits(string(value, go)?).map_err(|what| Refused::kind(what, go))?;
    if digits.len() != 2 * N {
        let (has, wants) = (digits.len(), 2 * N);
        return Err(Refused::text(format!(
            "hex string has length {has}, want {wants} for {go}"
        )));
    }
    let mut bytes = [0; N];
    alloy_primitives::hex::decode_to_slice(digits, &mut bytes)
        .map_err(|_| Refused::kind("invalid hex string", go))?;
    Ok(bytes)
}

impl Read for Address {
    fn read(value: &Value) -> Result<Self, Refused> {
        fixed::<20>(value, "common.Address").map(Self::from)
    }
}

impl Read for B256 {
    fn read(value: &Value) -> Result<Self, Refused> {
        fixed::<32>(value, "common.Hash").map(Self::from)
    }
}

impl Read for Bytes {
    fn read(value: &Value) -> Result<Self, Refused> {
        const GO: &str = "hexutil.Bytes";
        let digits = byte_digits(string(value, GO)?).map_err(|what| Refused::kind(what, GO))?;
        alloy_primitives::hex::decode(digits)
            .map(Self::from)
            .map_err(|_| Refused::kind("invalid hex string", GO))
    }
}

impl Read for U256 {
    fn read(value: &Value) -> Result<Self, Refused> {
        const GO: &str = "*hexutil.Big";
        let digits = number_digits(string(value, GO)?).map_err(|what| Refused::kind(what, GO))?;
        if digits.len() > 64 {
            return Err(Refused::kind("hex number > 256 bits", GO));
        }
        Self::from_str_radix(digits, 16).map_err(|_| Refused::kind("invalid hex string", GO))
    }
}

impl Read for u64 {
    fn read(value: &Value) -> Result<Self, Refused> {
        const GO: &str = "hexutil.Uint64";
        let digits = number_digits(string(value, GO)?).map_err(|what| Refused::kind(what, GO))?;
        if digits.len() > 16 {
            return Err(Refused::kind("hex number > 64 bits", GO));
        }
        Self::from_str_radix(digits, 16).map_err(|_| Refused::kind("invalid hex string", GO))
    }
}

impl Read for bool {
    fn read(value: &Value) -> Result<Self, Refused> {
        value
            .as_bool()
            .ok_or_else(|| Refused::kind(name_of(value), "bool"))
    }
}

impl Read for String {
    fn read(value: &Value) -> Result<Self, Refused> {
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| Refused::kind(name_of(value), "string"))
    }
}

impl Read for Value {
    fn read(value: &Value) -> Result<Self, Refused> {
        Ok(value.clone())
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Result<Self, Refused> {
        let items = value
            .as_array()
            .ok_or_else(|| Refused::kind(name_of(value), "[]interface {}"))?;
        items.iter().map(T::read).collect()
    }
}

/// A number as test tools send it: JSON number, hex (also with leading zeros) or decimal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lenient(pub(crate) U256);

impl Lenient {
    /// As u64, if it is that small.
    pub(crate) fn u64(self) -> Result<u64, Refused> {
        self.0
            .try_into()
            .map_err(|_| Refused::text("number does not fit into 64 bits"))
    }
}

impl Read for Lenient {
    fn read(value: &Value) -> Result<Self, Refused> {
        let refused = || Refused::text(format!("{value} is not a number"));
        match value {
            // A whole number; JavaScript prints some large ones with an exponent.
            Value::Number(number) => match (number.as_u64(), number.as_f64()) {
                (Some(number), _) => Ok(Self(U256::from(number))),
                (None, Some(float)) if float >= 0.0 && float.fract() == 0.0 && float < 1e38 => {
                    Ok(Self(U256::from(float as u128)))
                }
                _ => Err(refused()),
            },
            Value::String(text) => {
                let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
                    Some("") => Ok(U256::ZERO),
                    Some(digits) => U256::from_str_radix(digits, 16),
                    None => U256::from_str_radix(text, 10),
                };
                parsed.map(Self).map_err(|_| refused())
            }
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal<T: Read + std::fmt::Debug>(value: &Value) -> String {
        T::read(value).unwrap_err().to_string()
    }

    #[test]
    fn refusals_read_as_go_ethereums() {
        let cases = [
            (
                refusal::<Address>(&json!(1)),
                "json: cannot unmarshal non-string into Go value of type common.Address",
            ),
            (
                refusal::<Address>(&json!("12")),
                "json: cannot unmarshal hex string without 0x prefix into Go value of type common.Address",
            ),
            (
                refusal::<Address>(&json!("0x123")),
                "json: cannot unmarshal hex string of odd length into Go value of type common.Address",
            ),
            (
                refusal::<Address>(&json!("0x12")),
                "hex string has length 2, want 40 for common.Address",
            ),
            (
                refusal::<B256>(&json!("0xzz")),
                "hex string has length 2, want 64 for common.Hash",
            ),
            (
                refusal::<Bytes>(&json!("0xzz")),
                "json: cannot unmarshal invalid hex string into Go value of type hexutil.Bytes",
            ),
            (
                refusal::<u64>(&json!("0x")),
                "json: cannot unmarshal hex string \"0x\" into Go value of type hexutil.Uint64",
            ),
            (
                refusal::<u64>(&json!("0x01")),
                "json: cannot unmarshal hex number with leading zero digits into Go value of type hexutil.Uint64",
            ),
            (
                refusal::<u64>(&json!("0x12345678901234567")),
                "json: cannot unmarshal hex number > 64 bits into Go value of type hexutil.Uint64",
            ),
            (
                refusal::<bool>(&json!("yes")),
                "json: cannot unmarshal string into Go value of type bool",
            ),
        ];
        for (got, want) in cases {
            assert_eq!(got, want);
        }
    }

    #[test]
    fn a_refused_field_is_named() {
        let value = json!({"gas": "7"});
        let refused =
            field::<u64>(value.as_object().unwrap(), "TransactionArgs", "gas").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"
        );
    }

    #[test]
    fn test_tools_may_send_numbers_in_any_form() {
        for value in [
            json!(256),
            json!("256"),
            json!("0x100"),
            json!("0x0100"),
            json!(2.56e2),
        ] {
            assert_eq!(
                Lenient::read(&value),
                Ok(Lenient(U256::from(256))),
                "{value}"
            );
        }
        assert!(Lenient::read(&json!(-1)).is_err());
        assert!(Lenient::read(&json!("twelve")).is_err());
    }
}
