//! `ArbAddressTable` (0x66): indices for addresses, so that calldata can name them in fewer bytes.

use alloy_primitives::{Address, U256};
use alloy_rlp::Encodable;

use super::{
    args::Args,
    call::Call,
    fault::{Fault, require},
    method::{Answer, Precompile, account, flag, give, view, word, write},
};
use crate::arbos::{address::ARB_ADDRESS_TABLE, state::address_table as table};

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_ADDRESS_TABLE,
    &[
        view("addressExists(address)", |call, args| {
            flag(table::lookup(call, args.address(0))?.is_some())
        }),
        view("compress(address)", compress),
        view("decompress(bytes,uint256)", decompress),
        view("lookup(address)", lookup),
        view("lookupIndex(uint256)", lookup_index),
        write("register(address)", |call, args| {
            word(U256::from(table::register(call, args.address(0))?))
        }),
        view("size()", |call, _| word(U256::from(table::size(call)?))),
    ],
);

/// RLP of the index, or of the address where it has none.
fn compress(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let address = args.address(0);
    let mut out = Vec::new();
    match table::lookup(call, address)? {
        Some(index) => index.encode(&mut out),
        None => address.encode(&mut out),
    }
    give(&(out,))
}

fn decompress(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let offset = usize::try_from(args.word(1)).ok();
    let data = offset
        .and_then(|offset| args.bytes(0).get(offset..))
        .ok_or(Fault::Plain("invalid offset in ArbAddressTable.Decompress"))?;
    let (item, length) = rlp_string(data).ok_or(Fault::Plain("malformed compressed address"))?;
    let address = if let Ok(address) = <[u8; 20]>::try_from(item) {
        Address::new(address)
    } else {
        let index = canonical_number(item).ok_or(Fault::Plain("malformed index"))?;
        table::at(call, index)?.ok_or(Fault::Plain("invalid index in compressed address"))?
    };
    give(&(address, U256::from(length)))
}

/// The RLP string of at most 20 bytes at the start of `data`, and its length with its header.
fn rlp_string(data: &[u8]) -> Option<(&[u8], usize)> {
    let first = *data.first()?;
    match first {
        0..=0x7f => Some((&data[..1], 1)),
        0x80..=0x94 => {
            let end = 1 + usize::from(first - 0x80);
            let item = data.get(1..end)?;
            let is_canonical = !matches!(item, [0..=0x7f]);
            is_canonical.then_some((item, end))
        }
        _ => None,
    }
}

/// A number of at most 64 bits without leading zeros.
fn canonical_number(bytes: &[u8]) -> Option<u64> {
    if bytes.len() > 8 || bytes.first() == Some(&0) {
        return None;
    }
    Some(
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    )
}

fn lookup(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let index = table::lookup(call, args.address(0))?;
    word(U256::from(index.ok_or(Fault::Plain(
        "address does not exist in AddressTable",
    ))?))
}

fn lookup_index(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let index = u64::try_from(args.word(0));
    require(
        index.is_ok(),
        "invalid index in ArbAddressTable.LookupIndex",
    )?;
    let address = table::at(call, index.unwrap_or_default())?;
    account(address.ok_or(Fault::Plain("index does not exist in AddressTable"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_addresses_must_be_canonical_rlp() {
        assert_eq!(rlp_string(&[0x05, 9]), Some((&[5][..], 1)));
        assert_eq!(rlp_string(&[0x80]), Some((&[][..], 1)));
        assert_eq!(rlp_string(&[0x82, 1, 2, 3]), Some((&[1, 2][..], 3)));
        assert_eq!(rlp_string(&[0x81, 5]), None);
        assert_eq!(rlp_string(&[0x82, 1]), None);
        assert_eq!(rlp_string(&[0x95; 30]), None);
        assert_eq!(rlp_string(&[0xc0]), None);
        assert_eq!(canonical_number(&[1, 0]), Some(256));
        assert_eq!(canonical_number(&[]), Some(0));
        assert_eq!(canonical_number(&[0, 1]), None);
    }
}
