//! Messages between L1 and L2, as Arbitrum carries them.
//! Always holds: a call from the alias of an L1 contract was caused by that contract, since nobody has the alias's key.

use crate::{Address, Result, U256, address, chain::msg, emit, ensure, events, interface};

interface! {
    /// Arbitrum's precompile for messages to L1.
    ArbSys {
        exec sendTxToL1(to: Address, data: Bytes) -> U256;
    }
}

events! {
    /// A message to L1 was sent in the name of `_from`.
    TxToL1(indexed _from: Address, indexed _to: Address, indexed _id: U256, _data: Bytes);
}
use crate::abi::Bytes;

/// Where ArbSys is.
pub const ARB_SYS: Address = address!("0000000000000000000000000000000000000064");

/// What Arbitrum adds to the address of an L1 contract, modulo 2^160, to name it on L2.
const ALIAS_OFFSET: Address = address!("1111000000000000000000000000000000001111");

/// Who calls on L2 when `l1` sends a ticket.
pub fn alias(l1: &Address) -> Address {
    let (mut sum, mut carry) = ([0u8; 20], 0u16);
    for (to, (a, b)) in sum.iter_mut().zip(l1.iter().zip(ALIAS_OFFSET.iter())).rev() {
        carry += *a as u16 + *b as u16;
        *to = carry as u8;
        carry >>= 8;
    }
    Address::new(sum)
}

/// "ONLY_COUNTERPART_GATEWAY": the caller must be the alias of `l1`.
#[inline(never)]
pub fn only_l1_counterpart(l1: &Address) -> Result {
    ensure!(msg::sender() == alias(l1), "ONLY_COUNTERPART_GATEWAY");
    Ok(())
}

/// Sends `data` to the contract at `to` on L1 and gives the message's number.
///
/// # Events
/// ArbSys's own, `TxToL1`.
#[inline(never)]
pub fn send_to_l1(from: &Address, to: &Address, data: &[u8]) -> Result<U256> {
    let id = ArbSys(ARB_SYS).sendTxToL1(to, data)?;
    emit!(TxToL1 {
        _from: from,
        _to: to,
        _id: id,
        _data: data
    });
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Revert, World};
    use alloy_sol_types::{SolCall, SolEvent, SolValue, sol};
    use std::vec;

    sol! {
        function sendTxToL1(address destination, bytes data) external payable returns (uint256);
        interface Gateway {
            event TxToL1(address indexed _from, address indexed _to, uint256 indexed _id, bytes _data);
        }
    }

    #[test]
    fn an_alias_is_the_sum_modulo_2_to_the_160() {
        for (l1, l2) in [
            (Address::ZERO, ALIAS_OFFSET),
            (
                address!("00000000000000000000000000000000000000ff"),
                address!("1111000000000000000000000000000000001210"),
            ),
            (
                address!("eeeeffffffffffffffffffffffffffffffffeeef"),
                address!("0000000000000000000000000000000000000000"),
            ),
            (
                Address::repeat_byte(0xff),
                address!("1111000000000000000000000000000000001110"),
            ),
        ] {
            assert_eq!(alias(&l1), l2, "{l1}");
        }
    }

    #[test]
    fn only_the_alias_is_the_counterpart() {
        let world = World::new();
        let (here, l1) = (world.address(), world.address());
        let call = |from| world.inside(here, from, || only_l1_counterpart(&l1));
        assert_eq!(call(alias(&l1)), Ok(()));
        for other in [l1, here, Address::ZERO, alias(&Address::ZERO)] {
            let refused = call(other).expect_err("not the alias");
            assert_eq!(
                Revert(refused.data()),
                Revert::text("ONLY_COUNTERPART_GATEWAY")
            );
        }
    }

    #[test]
    fn a_message_to_l1_goes_through_arbsys_and_is_logged() {
        let world = World::new();
        let [here, from, to] = core::array::from_fn(|_| world.address());
        let (sent, number) = (vec![1, 2, 3], U256::from(7));
        let expected = (to, sent.clone());
        world.play_at(ARB_SYS, move |call| {
            let it = sendTxToL1Call::abi_decode(call.data).expect("sendTxToL1");
            assert_eq!((it.destination, it.data.to_vec()), expected);
            assert_eq!(call.sender, here);
            Ok(number.abi_encode())
        });
        let id = world.inside(here, from, || {
            let id = send_to_l1(&from, &to, &sent)?;
            Ok(id)
        });
        assert_eq!(id, Ok(number));
        assert_eq!(TxToL1::EVENT.name, "TxToL1");
        assert_eq!(
            crate::B256::new(crate::abi::signature("TxToL1", TxToL1::EVENT.args)),
            Gateway::TxToL1::SIGNATURE_HASH
        );
    }
}
