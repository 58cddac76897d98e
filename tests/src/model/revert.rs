//! How a transaction fails, as its sender sees it.

/// What every action of the model returns.
pub type Res<T = ()> = Result<T, Revert>;

/// A revert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revert {
    /// `Error(string)`.
    Text(String),
    /// `Panic(uint256)`.
    Panic(u8),
    /// No data at all.
    Empty,
}

impl Revert {
    /// Arithmetic left 256 bits.
    pub const OVERFLOW: Revert = Revert::Panic(0x11);
    /// A division by zero.
    pub const DIVISION_BY_ZERO: Revert = Revert::Panic(0x12);

    /// The revert data.
    pub fn data(&self) -> Vec<u8> {
        let word = |v: usize| {
            let mut word = [0; 32];
            word[24..].copy_from_slice(&(v as u64).to_be_bytes());
            word
        };
        match self {
            Revert::Text(text) => {
                let mut data = vec![0x08, 0xc3, 0x79, 0xa0];
                data.extend(word(32));
                data.extend(word(text.len()));
                data.extend(text.as_bytes());
                data.resize(68 + text.len().next_multiple_of(32), 0);
                data
            }
            Revert::Panic(code) => {
                let mut data = vec![0x4e, 0x48, 0x7b, 0x71];
                data.extend(word(*code as usize));
                data
            }
            Revert::Empty => Vec::new(),
        }
    }
}

/// Fails with `text` unless `holds`.
pub(super) fn require(holds: bool, text: &str) -> Res {
    if holds {
        Ok(())
    } else {
        Err(Revert::Text(text.into()))
    }
}
