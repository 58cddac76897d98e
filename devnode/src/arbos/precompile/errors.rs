//! The precompiles' Solidity errors, and how Nitro's RPC words them.

use alloy_sol_types::{SolError, sol};

sol! {
    /// `ArbSys.arbBlockHash` knows the last 256 blocks only.
    error InvalidBlockNumber(uint256 requested, uint256 current);
    /// No such ticket, or it has expired.
    error NoTicketWithID();
    /// The method exists for explorers only.
    error NotCallable();
    /// ArbOS alone calls these methods.
    error CallerNotArbOS();
    /// What `ArbDebug.customRevert` says.
    error Custom(uint64 number, string text, bool flag);
    /// Never thrown.
    error Unused();
    /// There is no WASM in the account's code.
    error ProgramNotWasm();
    /// Nobody has activated this code.
    error ProgramNotActivated();
    /// Activated for another version of Stylus.
    error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
    /// The activation is too old.
    error ProgramExpired(uint64 ageInSeconds);
    /// There is nothing to activate.
    error ProgramUpToDate();
    /// The activation is too fresh to be extended.
    error ProgramKeepaliveTooSoon(uint64 ageInSeconds);
    /// The call's value does not pay the data fee.
    error ProgramInsufficientValue(uint256 have, uint256 want);
}

/// Revert data of a precompile as Nitro's RPC words it (`error Name(args)`); `None` for other data.
pub fn describe(data: &[u8]) -> Option<String> {
    let selector: [u8; 4] = *data.first_chunk()?;
    /// The text for the error whose selector it is.
    macro_rules! match_errors {
        ($($error:ident ( $($field:ident),* )),* $(,)?) => {
            match selector {
                $($error::SELECTOR => {
                    #[allow(unused_variables)]
                    let error = $error::abi_decode(data).ok()?;
                    let fields: &[String] = &[$(error.$field.to_string()),*];
                    Some(format!("error {}({})", stringify!($error), fields.join(", ")))
                })*
                _ => None,
            }
        };
    }
    match_errors! {
        InvalidBlockNumber(requested, current),
        NoTicketWithID(),
        NotCallable(),
        CallerNotArbOS(),
        Custom(number, text, flag),
        Unused(),
        ProgramNotWasm(),
        ProgramNotActivated(),
        ProgramNeedsUpgrade(version, stylusVersion),
        ProgramExpired(ageInSeconds),
        ProgramUpToDate(),
        ProgramKeepaliveTooSoon(ageInSeconds),
        ProgramInsufficientValue(have, want),
    }
}

#[cfg(test)]
mod tests {
    use alloy_primitives::{U256, hex};

    use super::*;

    #[test]
    fn errors_are_worded_as_nitro_words_them() {
        let want = ProgramInsufficientValue {
            have: U256::ZERO,
            want: U256::from(59_737_286_974_872_u64),
        };
        assert_eq!(
            describe(&want.abi_encode()).as_deref(),
            Some("error ProgramInsufficientValue(0, 59737286974872)")
        );
        assert_eq!(
            describe(&hex!("80698456")).as_deref(),
            Some("error NoTicketWithID()")
        );
        assert_eq!(describe(&hex!("08c379a0")), None);
        assert_eq!(describe(&[]), None);
    }

    #[test]
    fn selectors_are_those_of_nitros_interfaces() {
        assert_eq!(InvalidBlockNumber::SELECTOR, hex!("d5dc642d"));
        assert_eq!(NotCallable::SELECTOR, hex!("902824c1"));
        assert_eq!(CallerNotArbOS::SELECTOR, hex!("f812e656"));
        assert_eq!(ProgramNotWasm::SELECTOR, hex!("27f38212"));
        assert_eq!(ProgramNotActivated::SELECTOR, hex!("6f809c4e"));
        assert_eq!(ProgramNeedsUpgrade::SELECTOR, hex!("637d968f"));
        assert_eq!(ProgramExpired::SELECTOR, hex!("c9b12e52"));
        assert_eq!(ProgramUpToDate::SELECTOR, hex!("cc944bf2"));
        assert_eq!(ProgramKeepaliveTooSoon::SELECTOR, hex!("16bd0cf8"));
        assert_eq!(ProgramInsufficientValue::SELECTOR, hex!("09781ab7"));
    }
}
