//! What ArbOS remembers of an activated program: one word, keyed by code hash.
//!
//! Always holds: `version == 0` means "never activated". Time is kept in whole hours since Nitro's
//! start of time, so ages are only as fine as that.

use thiserror::Error;

use super::params::StylusParams;

/// Nitro counts activation hours from this Unix time.
pub const ARBITRUM_START: u64 = 1_421_388_000;
const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;
const U24_MAX: u64 = (1 << 24) - 1;

/// An activated program's record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgramRecord {
    /// Stylus version of the activation, 0 = never activated.
    pub version: u16,
    /// Init cost in gas before the scalar.
    pub init_cost: u16,
    /// Init cost when cached, in gas before the scalar.
    pub cached_cost: u16,
    /// WASM pages the program starts with.
    pub footprint: u16,
    /// Hours since [`ARBITRUM_START`], 24 bits.
    pub activated_at_hours: u32,
    /// Estimated size of the native code in KiB, 24 bits.
    pub asm_estimate_kib: u32,
    /// Kept hot by a cache manager.
    pub cached: bool,
}

/// Why a program cannot be called, or its record not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotCallable {
    /// Nobody has activated this code.
    #[error("ProgramNotActivated()")]
    NotActivated,
    /// Activated under another stylus version.
    #[error("ProgramNeedsUpgrade({version}, {current})")]
    NeedsUpgrade {
        /// Version of the activation.
        version: u16,
        /// The chain's version.
        current: u16,
    },
    /// The activation is too old.
    #[error("ProgramExpired({age_seconds})")]
    Expired {
        /// Seconds since the activation.
        age_seconds: u64,
    },
}

impl ProgramRecord {
    /// Activation hour of a block time, saturated to the record's 24 bits.
    pub fn hours_at(timestamp: u64) -> u32 {
        let hours = timestamp.saturating_sub(ARBITRUM_START) / HOUR;
        hours.min(U24_MAX) as u32
    }

    /// Seconds since activation.
    pub fn age_seconds(&self, timestamp: u64) -> u64 {
        timestamp.saturating_sub(ARBITRUM_START + u64::from(self.activated_at_hours) * HOUR)
    }

    /// True when the activation has outlived the chain's expiry.
    pub fn is_expired(&self, params: &StylusParams, timestamp: u64) -> bool {
        self.age_seconds(timestamp) > u64::from(params.expiry_days) * DAY
    }

    /// True when the activation is too fresh to be extended.
    pub fn is_too_fresh_to_keep_alive(&self, params: &StylusParams, timestamp: u64) -> bool {
        self.age_seconds(timestamp) < u64::from(params.keepalive_days) * DAY
    }

    /// Seconds until expiry, saturated.
    pub fn time_left(&self, params: &StylusParams, timestamp: u64) -> u64 {
        (u64::from(params.expiry_days) * DAY).saturating_sub(self.age_seconds(timestamp))
    }

    /// Estimated native code size in bytes, as the data fee of an extension counts it.
    pub fn asm_size(&self) -> u32 {
        self.asm_estimate_kib.saturating_mul(1024)
    }

    /// Checks that the program may run now, in Nitro's order.
    ///
    /// # Errors
    /// [`NotCallable`]: never activated, other version, expired.
    pub fn check_callable(&self, params: &StylusParams, timestamp: u64) -> Result<(), NotCallable> {
        if self.version == 0 {
            return Err(NotCallable::NotActivated);
        }
        if self.version != params.version {
            return Err(NotCallable::NeedsUpgrade {
                version: self.version,
                current: params.version,
            });
        }
        if self.is_expired(params, timestamp) {
            return Err(NotCallable::Expired {
                age_seconds: self.age_seconds(timestamp),
            });
        }
        Ok(())
    }

    /// Packs into the storage word.
    pub fn to_word(self) -> [u8; 32] {
        let mut word = [0; 32];
        word[0..2].copy_from_slice(&self.version.to_be_bytes());
        word[2..4].copy_from_slice(&self.init_cost.to_be_bytes());
        word[4..6].copy_from_slice(&self.cached_cost.to_be_bytes());
        word[6..8].copy_from_slice(&self.footprint.to_be_bytes());
        word[8..11].copy_from_slice(&self.activated_at_hours.to_be_bytes()[1..]);
        word[11..14].copy_from_slice(&self.asm_estimate_kib.to_be_bytes()[1..]);
        word[14] = u8::from(self.cached);
        word
    }

    /// Unpacks the storage word.
    pub fn from_word(word: &[u8; 32]) -> Self {
        let u16_at = |at: usize| u16::from_be_bytes([word[at], word[at + 1]]);
        let u24_at = |at: usize| u32::from_be_bytes([0, word[at], word[at + 1], word[at + 2]]);
        Self {
            version: u16_at(0),
            init_cost: u16_at(2),
            cached_cost: u16_at(4),
            footprint: u16_at(6),
            activated_at_hours: u24_at(8),
            asm_estimate_kib: u24_at(11),
            cached: word[14] != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ARBITRUM_START, NotCallable, ProgramRecord};
    use crate::stylus::params::StylusParams;

    fn record() -> ProgramRecord {
        ProgramRecord {
            version: 2,
            init_cost: 0x1122,
            cached_cost: 0x3344,
            footprint: 5,
            activated_at_hours: 0x01_02_03,
            asm_estimate_kib: 0x04_05_06,
            cached: true,
        }
    }

    #[test]
    fn record_packs_into_fifteen_bytes_and_back() {
        let word = record().to_word();
        assert_eq!(hex::encode(&word[..16]), "00021122334400050102030405060100");
        assert_eq!(ProgramRecord::from_word(&word), record());
    }

    #[test]
    fn a_program_is_callable_until_its_365th_day_has_passed() {
        let params = StylusParams::genesis(40);
        let record = record();
        let born = ARBITRUM_START + 0x01_02_03 * 3_600;
        assert_eq!(record.check_callable(&params, born + 365 * 86_400), Ok(()));
        assert_eq!(
            record.check_callable(&params, born + 365 * 86_400 + 1),
            Err(NotCallable::Expired {
                age_seconds: 365 * 86_400 + 1
            })
        );
    }

    #[test]
    fn unknown_and_outdated_programs_are_told_apart() {
        let params = StylusParams::genesis(60);
        assert_eq!(
            ProgramRecord::default().check_callable(&params, 0),
            Err(NotCallable::NotActivated)
        );
        assert_eq!(
            record().check_callable(&params, 0),
            Err(NotCallable::NeedsUpgrade {
                version: 2,
                current: 3
            })
        );
    }
}
