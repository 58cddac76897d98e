//! What a failed call says, for people.

use std::fmt;

use alloy::{
    primitives::{Bytes, U256},
    rpc::json_rpc::ErrorPayload,
    sol_types::{Panic, Revert as ErrorString, SolError, SolInterface as _},
};

use crate::ticket::bridge::Inbox::InboxErrors;

/// Why a contract refused a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revert {
    /// `Error(string)`: a check with a message.
    Message(String),
    /// `Panic(uint256)`: arithmetic, array bounds, ..
    Panic(U256),
    /// A check without a message, or a call that ran out of gas.
    Empty,
    /// A typed error.
    Data(Bytes),
}

impl Revert {
    /// The reason in a node's answer; `None` if the answer is not about a revert.
    pub(super) fn of(answer: &ErrorPayload) -> Option<Self> {
        match answer.as_revert_data() {
            Some(data) => Some(Self::from_data(data)),
            None if answer.message.contains("revert") => Some(Self::Empty),
            None => None,
        }
    }

    fn from_data(data: Bytes) -> Self {
        if data.is_empty() {
            return Self::Empty;
        }
        if let Ok(error) = ErrorString::abi_decode(&data) {
            return Self::Message(error.reason);
        }
        match Panic::abi_decode(&data) {
            Ok(panic) => Self::Panic(panic.code),
            Err(_) => Self::Data(data),
        }
    }
}

impl Revert {
    /// What to do about it, where the contract's words (Livepeer's) do not say; empty otherwise.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Message(text) => match text.as_str() {
                "system is paused" => {
                    "; it can be sent again once the system runs: `confluence doctor` says why it does not"
                }
                "current round is not initialized" => {
                    "; anyone can begin the round with RoundsManager.initializeRound()"
                }
                _ => "",
            },
            _ => "",
        }
    }
}

impl fmt::Display for Revert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(text) => write!(f, "{text}"),
            Self::Panic(code) => match code.to_string().as_str() {
                "17" => f.write_str("a number is out of its bounds (Panic 0x11)"),
                "18" => f.write_str("division by zero (Panic 0x12)"),
                "50" => f.write_str("an index is out of its array's bounds (Panic 0x32)"),
                _ => write!(f, "Panic {code:#x}"),
            },
            Self::Empty => f.write_str("it reverts without saying why"),
            Self::Data(data) => match of_inbox(data) {
                Some(told) => f.write_str(&told),
                None => write!(f, "it reverts with {data}"),
            },
        }
    }
}

/// What Arbitrum's Inbox means by one of its errors.
fn of_inbox(data: &[u8]) -> Option<String> {
    use InboxErrors as Error;
    Some(match InboxErrors::abi_decode(data).ok()? {
        Error::InsufficientSubmissionCost(error) => format!(
            "keeping the ticket costs {} wei at L1's base fee, and at most {} were offered (InsufficientSubmissionCost); estimate again",
            error.expected, error.actual
        ),
        Error::InsufficientValue(error) => format!(
            "the ticket takes {} wei, and {} came with it (InsufficientValue)",
            error.expected, error.actual
        ),
        Error::GasLimitTooLarge(_) => "the ticket's gas limit is beyond 64 bits (GasLimitTooLarge)".to_owned(),
        Error::DataTooLarge(error) => format!(
            "the message has {} bytes, and the Inbox takes {} (DataTooLarge)",
            error.dataLength, error.maxDataLength
        ),
        Error::NotAllowedOrigin(error) => {
            format!("the Inbox takes nothing from {} (NotAllowedOrigin)", error.origin)
        }
        Error::RetryableData(_) => {
            "a gas limit or price of 1 is how the Inbox is asked for an estimate; nothing is sent (RetryableData)".to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(json: &str) -> Option<Revert> {
        Revert::of(&serde_json::from_str(json).expect("an error object"))
    }

    #[test]
    fn a_reason_is_read_from_the_answers_data() {
        let data = alloy::hex::encode(ErrorString::from("system is paused").abi_encode());
        let text = format!(r#"{{"code":3,"message":"execution reverted: x","data":"0x{data}"}}"#);
        assert_eq!(
            answer(&text),
            Some(Revert::Message("system is paused".to_owned()))
        );
    }

    #[test]
    fn a_panic_is_explained() {
        let data = alloy::hex::encode(
            Panic {
                code: U256::from(0x11),
            }
            .abi_encode(),
        );
        let text = format!(r#"{{"code":3,"message":"execution reverted","data":"0x{data}"}}"#);
        let reason = answer(&text).expect("a revert");
        assert_eq!(
            reason.to_string(),
            "a number is out of its bounds (Panic 0x11)"
        );
    }

    #[test]
    fn a_typed_error_is_shown_as_it_is() {
        let reason = answer(r#"{"code":3,"message":"execution reverted","data":"0x21744a59"}"#);
        assert_eq!(
            reason,
            Some(Revert::Data(Bytes::from_static(&[0x21, 0x74, 0x4a, 0x59])))
        );
    }

    #[test]
    fn what_the_inbox_refuses_is_told_with_its_figures() {
        let data = crate::ticket::bridge::Inbox::InsufficientSubmissionCost {
            expected: U256::from(1_616),
            actual: U256::from(7),
        };
        let told = Revert::Data(data.abi_encode().into()).to_string();
        assert!(
            told.contains("costs 1616 wei") && told.contains("at most 7"),
            "{told}"
        );
    }

    #[test]
    fn a_revert_without_data_is_one_without_reason() {
        assert_eq!(
            answer(r#"{"code":-32000,"message":"execution reverted"}"#),
            Some(Revert::Empty)
        );
    }

    #[test]
    fn another_error_is_no_revert() {
        assert_eq!(answer(r#"{"code":-32000,"message":"nonce too low"}"#), None);
    }
}
