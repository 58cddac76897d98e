//! The transaction that stands in for a call or an estimate when its L1 share is measured: what Nitro makes up where nobody has
//! signed anything yet. Its odd numbers are Nitro's, chosen not to compress.

use alloy_primitives::{Bytes, U256, keccak256};
use alloy_rlp::{Encodable, Header};

use crate::chain::Message;

const TYPE: u8 = 2;
const NONCE: u64 = 12_125_040_168_863_184_969;
const TIP: u64 = 968_523_046;
const FEE_CAP: u64 = 4_054_464_639;
const GAS: u64 = 3_091_729_570;
const V: u64 = 126_483;

/// The stand-in for a message, as bytes. With a gas limit in a call; without one in an estimate, whose every try would cost
/// something else.
pub(crate) fn encode(message: &Message, gas: Option<u64>) -> Bytes {
    let or = |value: u128, other: u64| if value == 0 { u128::from(other) } else { value };
    let (r, s) = (
        U256::from_be_bytes(keccak256("R").0),
        U256::from_be_bytes(keccak256("S").0),
    );
    let to: Bytes = message.to.map(|to| to.to_vec().into()).unwrap_or_default();
    let list: [&dyn Encodable; 12] = [
        &0_u64,
        &or(message.nonce.unwrap_or_default().into(), NONCE),
        &or(message.tip.unwrap_or_default(), TIP),
        &or(message.fee_cap.unwrap_or_default(), FEE_CAP),
        &gas.filter(|gas| *gas != 0).unwrap_or(GAS),
        &to,
        &message.value,
        &message.input,
        &message.access_list.clone().unwrap_or_default(),
        &V,
        &r,
        &s,
    ];
    let payload_length = list.iter().map(alloy_rlp::Encodable::length).sum();
    let mut out = vec![TYPE];
    Header {
        list: true,
        payload_length,
    }
    .encode(&mut out);
    for field in list {
        field.encode(&mut out);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_message_leaves_open_is_made_up() {
        let bytes = encode(&Message::default(), None);
        // type, list of 0x66 bytes, chain id 0, then the nonce as eight bytes
        assert_eq!(
            hex::encode(&bytes[..12]),
            format!("02f8{:02x}8088{NONCE:016x}", bytes.len() - 3)[..24]
        );
        let given = encode(
            &Message {
                nonce: Some(1),
                fee_cap: Some(2),
                ..Message::default()
            },
            None,
        );
        assert_eq!(given[4], 1);
        assert!(given.len() < bytes.len());
    }
}
