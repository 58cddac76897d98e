//! What deployed code is: EVM bytecode, or one of Nitro's Stylus formats.

/// First bytes of a program in one piece (since ArbOS 30).
const CLASSIC: [u8; 3] = [0xef, 0xf0, 0x00];
/// First bytes of a fragment (since ArbOS 60): data, not executable.
const FRAGMENT: [u8; 3] = [0xef, 0xf0, 0x01];
/// First bytes of a program in fragments (since ArbOS 60).
const ROOT: [u8; 3] = [0xef, 0xf0, 0x02];
/// ArbOS version that brought fragments.
const FRAGMENTS_SINCE: u64 = 60;

/// Whether a message to an account with this code runs a program.
pub(crate) fn is_program(code: &[u8], arbos: u64) -> bool {
    (code.starts_with(&CLASSIC) && code.len() > CLASSIC.len())
        || (arbos >= FRAGMENTS_SINCE && code.starts_with(&ROOT))
}

/// Whether code may be deployed in spite of its first byte 0xEF (EIP-3541).
pub(crate) fn may_deploy(code: &[u8], arbos: u64) -> bool {
    code.first() != Some(&0xef)
        || is_program(code, arbos)
        || (arbos >= FRAGMENTS_SINCE && code.starts_with(&FRAGMENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_prefix_is_no_program_and_may_not_be_deployed() {
        assert!(!is_program(&[0xef, 0xf0, 0x00], 60));
        assert!(!may_deploy(&[0xef, 0xf0, 0x00], 60));
        assert!(is_program(&[0xef, 0xf0, 0x00, 0x00], 40));
    }

    #[test]
    fn fragments_exist_from_arbos_60_and_do_not_run() {
        for prefix in [FRAGMENT, ROOT] {
            assert!(!may_deploy(&prefix, 51));
            assert!(may_deploy(&prefix, 60));
        }
        assert!(is_program(&ROOT, 60));
        assert!(!is_program(&FRAGMENT, 60));
    }
}
