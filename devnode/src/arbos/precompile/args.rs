//! Decoding calldata by a method's signature, with go-ethereum's tolerance.
//!
//! Always holds: the upper bytes of an address are ignored, integers and booleans beyond their type are refused,
//! bytes after the arguments and missing padding are accepted.

use alloy_primitives::{Address, B256, U256};

/// An argument, once decoded.
#[derive(Clone, Copy, Debug)]
enum Arg<'a> {
    Word(U256),
    Bytes(&'a [u8]),
}

/// The arguments of a call.
#[derive(Debug)]
pub(crate) struct Args<'a> {
    data: &'a [u8],
    decoded: Vec<Arg<'a>>,
}

impl<'a> Args<'a> {
    /// Decodes calldata (without its selector); `None` where it does not fit the signature.
    pub(crate) fn decode(signature: &str, data: &'a [u8]) -> Option<Self> {
        let decoded = kinds(signature)
            .enumerate()
            .map(|(index, kind)| decode_one(kind, data, 32 * index))
            .collect::<Option<_>>()?;
        Some(Self { data, decoded })
    }

    /// The whole calldata without the selector, for arguments of composite types.
    pub(crate) const fn data(&self) -> &'a [u8] {
        self.data
    }

    /// A word of any type.
    pub(crate) fn word(&self, index: usize) -> U256 {
        match self.decoded.get(index) {
            Some(Arg::Word(word)) => *word,
            _ => U256::ZERO,
        }
    }

    /// An address.
    pub(crate) fn address(&self, index: usize) -> Address {
        Address::from_word(self.hash(index))
    }

    /// 32 bytes.
    pub(crate) fn hash(&self, index: usize) -> B256 {
        self.word(index).into()
    }

    /// An integer of at most 64 bits.
    pub(crate) fn u64(&self, index: usize) -> u64 {
        self.word(index).saturating_to()
    }

    /// An integer of at most 32 bits.
    pub(crate) fn u32(&self, index: usize) -> u32 {
        self.word(index).saturating_to()
    }

    /// An integer of at most 16 bits.
    pub(crate) fn u16(&self, index: usize) -> u16 {
        self.word(index).saturating_to()
    }

    /// An integer of at most 8 bits.
    pub(crate) fn u8(&self, index: usize) -> u8 {
        self.word(index).saturating_to()
    }

    /// A signed integer of 64 bits.
    pub(crate) fn i64(&self, index: usize) -> i64 {
        self.word(index).as_limbs()[0].cast_signed()
    }

    /// A boolean.
    pub(crate) fn bool(&self, index: usize) -> bool {
        !self.word(index).is_zero()
    }

    /// Bytes or a string.
    pub(crate) fn bytes(&self, index: usize) -> &'a [u8] {
        match self.decoded.get(index) {
            Some(Arg::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }
}

/// The argument types of a signature. Composite ones are a single offset word here.
fn kinds(signature: &str) -> impl Iterator<Item = &str> {
    let list = signature
        .split_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'))
        .unwrap_or_default();
    let mut depth = 0_u32;
    list.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .filter(|kind| !kind.is_empty())
}

fn decode_one<'a>(kind: &str, data: &'a [u8], at: usize) -> Option<Arg<'a>> {
    let word = word_at(data, at)?;
    match kind {
        "bytes" | "string" => {
            let start = usize::try_from(word).ok()?;
            let length = usize::try_from(word_at(data, start)?).ok()?;
            let from = start.checked_add(32)?;
            return data.get(from..from.checked_add(length)?).map(Arg::Bytes);
        }
        "bool" if word > U256::ONE => return None,
        "int64" => {
            let sign = U256::MAX << 63;
            if word & sign != U256::ZERO && word & sign != sign {
                return None;
            }
        }
        _ => {
            let bits = kind.strip_prefix("uint").and_then(|bits| bits.parse().ok());
            if bits.is_some_and(|bits: usize| word.bit_len() > bits) {
                return None;
            }
        }
    }
    Some(Arg::Word(word))
}

fn word_at(data: &[u8], at: usize) -> Option<U256> {
    data.get(at..at.checked_add(32)?).map(U256::from_be_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(values: &[u64]) -> Vec<u8> {
        values
            .iter()
            .flat_map(|v| U256::from(*v).to_be_bytes::<32>())
            .collect()
    }

    #[test]
    fn integers_and_booleans_beyond_their_type_are_refused() {
        assert!(Args::decode("f(uint8)", &words(&[255])).is_some());
        assert!(Args::decode("f(uint8)", &words(&[256])).is_none());
        assert!(Args::decode("f(bool)", &words(&[2])).is_none());
        assert!(Args::decode("f(uint256,uint64)", &words(&[u64::MAX, u64::MAX])).is_some());
        let minus_one = U256::MAX.to_be_bytes::<32>();
        assert_eq!(Args::decode("f(int64)", &minus_one).unwrap().i64(0), -1);
        assert!(Args::decode("f(int64)", &words(&[1 << 63])).is_none());
    }

    #[test]
    fn upper_bytes_of_an_address_and_bytes_after_the_end_are_ignored() {
        let mut data = [0xff; 40];
        data[31] = 1;
        let args = Args::decode("f(address)", &data).unwrap();
        assert_eq!(args.address(0).0[19], 1);
        assert_eq!(args.address(0).0[0], 0xff);
    }

    #[test]
    fn byte_strings_may_lack_padding_but_not_bytes() {
        let mut data = words(&[7, 64, 3]);
        data.extend([1, 2, 3]);
        let args = Args::decode("f(address,bytes)", &data).unwrap();
        assert_eq!(args.bytes(1), [1, 2, 3]);
        data.pop();
        assert!(Args::decode("f(address,bytes)", &data).is_none());
        assert!(Args::decode("f(bytes)", &words(&[u64::MAX])).is_none());
    }

    #[test]
    fn composite_arguments_count_as_one() {
        let signature = "f(((uint8,uint64)[],uint32,uint64)[],bool)";
        assert_eq!(kinds(signature).count(), 2);
        assert_eq!(kinds("f()").count(), 0);
    }
}
