//! The positional parameters of a request. Missing, superfluous and unreadable ones are refused in go-ethereum's words.

use serde_json::{Value, value::RawValue};

use super::{
    error::RpcError,
    read::{Read, Refused},
};

/// Parameters in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args(Vec<Value>);

impl Args {
    /// Takes the `params` of a request apart.
    pub(crate) fn parse(params: Option<&RawValue>) -> Result<Self, RpcError> {
        let Some(params) = params else {
            return Ok(Self::default());
        };
        match serde_json::from_str(params.get()) {
            Ok(Value::Null) => Ok(Self::default()),
            Ok(Value::Array(values)) => Ok(Self(values)),
            _ => Err(RpcError::invalid_params("non-array args")),
        }
    }

    /// Refuses more than `wanted` parameters.
    pub(crate) fn at_most(&self, wanted: usize) -> Result<(), RpcError> {
        if self.0.len() > wanted {
            let message = format!("too many arguments, want at most {wanted}");
            return Err(RpcError::invalid_params(message));
        }
        Ok(())
    }

    /// The parameter at `index`.
    pub(crate) fn required<T: Read>(&self, index: usize) -> Result<T, RpcError> {
        self.optional(index)?.ok_or_else(|| {
            RpcError::invalid_params(format!("missing value for required argument {index}"))
        })
    }

    /// The parameter at `index`, unless absent or null.
    pub(crate) fn optional<T: Read>(&self, index: usize) -> Result<Option<T>, RpcError> {
        match self.0.get(index) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::read(value)
                .map(Some)
                .map_err(|refused| invalid(index, &refused)),
        }
    }
}

/// The parameter at `index` cannot be read.
pub(crate) fn invalid(index: usize, refused: &Refused) -> RpcError {
    RpcError::invalid_params(format!("invalid argument {index}: {refused}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(json: &str) -> Args {
        Args::parse(Some(&RawValue::from_string(json.into()).unwrap())).unwrap()
    }

    #[test]
    fn missing_and_superfluous_parameters_are_named() {
        let args = args("[\"0x1\", null]");
        assert_eq!(args.required::<u64>(0), Ok(1));
        assert_eq!(args.optional::<u64>(1), Ok(None));
        let missing = args.required::<u64>(1).unwrap_err();
        assert_eq!(
            (missing.code, missing.message.as_str()),
            (-32602, "missing value for required argument 1")
        );
        let many = args.at_most(1).unwrap_err();
        assert_eq!(many.message, "too many arguments, want at most 1");
    }

    #[test]
    fn parameters_by_name_are_refused() {
        let by_name = RawValue::from_string("{\"a\": 1}".into()).unwrap();
        assert_eq!(
            Args::parse(Some(&by_name)).unwrap_err().message,
            "non-array args"
        );
        assert!(Args::parse(None).unwrap().at_most(0).is_ok());
    }
}
