//! Addresses that ArbOS gives a meaning, and the aliasing of L1 senders.

use alloy_primitives::{Address, B256, U256, address, keccak256};

/// Account whose storage holds the ArbOS state.
pub const ARBOS_STATE: Address = address!("A4B05FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
/// Sender and recipient of internal transactions, and a precompile that refuses everybody else.
pub const ARBOS: Address = address!("00000000000000000000000000000000000A4B05");
/// Poster of sequenced messages, hence the coinbase of ordinary blocks.
pub const SEQUENCER: Address = address!("A4B000000000000000000073657175656e636572");
/// Holds what users paid for L1 data until batch posters are reimbursed.
pub const L1_PRICER_FUNDS: Address = address!("A4B00000000000000000000000000000000000f6");
/// EIP-2935 history contract.
pub const BLOCK_HISTORY: Address = address!("0000F90827F1C53a10cb7A02335B175320002935");

/// `ArbSys`.
pub const ARB_SYS: Address = low(0x64);
/// `ArbInfo`.
pub const ARB_INFO: Address = low(0x65);
/// `ArbAddressTable`.
pub const ARB_ADDRESS_TABLE: Address = low(0x66);
/// `ArbBLS`, without methods.
pub const ARB_BLS: Address = low(0x67);
/// `ArbFunctionTable`.
pub const ARB_FUNCTION_TABLE: Address = low(0x68);
/// `ArbosTest`.
pub const ARBOS_TEST: Address = low(0x69);
/// `ArbOwnerPublic`.
pub const ARB_OWNER_PUBLIC: Address = low(0x6b);
/// `ArbGasInfo`.
pub const ARB_GAS_INFO: Address = low(0x6c);
/// `ArbAggregator`.
pub const ARB_AGGREGATOR: Address = low(0x6d);
/// `ArbRetryableTx`.
pub const ARB_RETRYABLE_TX: Address = low(0x6e);
/// `ArbStatistics`.
pub const ARB_STATISTICS: Address = low(0x6f);
/// `ArbOwner`.
pub const ARB_OWNER: Address = low(0x70);
/// `ArbWasm`.
pub const ARB_WASM: Address = low(0x71);
/// `ArbWasmCache`.
pub const ARB_WASM_CACHE: Address = low(0x72);
/// `ArbNativeTokenManager`.
pub const ARB_NATIVE_TOKEN_MANAGER: Address = low(0x73);
/// `ArbFilteredTransactionsManager`.
pub const ARB_FILTERED_TRANSACTIONS_MANAGER: Address = low(0x74);
/// `NodeInterface`, which exists over RPC only.
pub const NODE_INTERFACE: Address = low(0xc8);
/// `NodeInterfaceDebug`, which exists over RPC only.
pub const NODE_INTERFACE_DEBUG: Address = low(0xc9);
/// `ArbDebug`.
pub const ARB_DEBUG: Address = low(0xff);

const fn low(byte: u8) -> Address {
    let mut bytes = [0; 20];
    bytes[19] = byte;
    Address::new(bytes)
}

const ALIAS_OFFSET: Address = address!("1111000000000000000000000000000000001111");

/// The address under which an L1 sender acts on L2.
pub fn alias(l1: Address) -> Address {
    from_number(number(l1).wrapping_add(number(ALIAS_OFFSET)))
}

/// The L1 sender behind an aliased address.
pub fn unalias(l2: Address) -> Address {
    from_number(number(l2).wrapping_sub(number(ALIAS_OFFSET)))
}

/// Where a ticket's call value waits for its redeem.
pub fn escrow(ticket: B256) -> Address {
    let mut preimage = b"retryable escrow".to_vec();
    preimage.extend_from_slice(ticket.as_slice());
    Address::from_word(keccak256(preimage))
}

fn number(address: Address) -> U256 {
    U256::from_be_slice(address.as_slice())
}

/// The low 20 bytes, so that sums wrap at 2^160.
fn from_number(n: U256) -> Address {
    Address::from_word(B256::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_adds_the_offset_and_wraps_at_160_bits() {
        let dev = address!("3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E");
        let wraps = address!("eeeeffffffffffffffffffffffffffffffffeee4");
        assert_eq!(
            alias(dev),
            address!("502fae7d46d88f08fc2f8ed27fcb2ab183eb3e1f")
        );
        assert_eq!(
            alias(wraps),
            address!("fffffffffffffffffffffffffffffffffffffff5")
        );
        let high = address!("ffffffffffffffffffffffffffffffffffffffff");
        assert_eq!(unalias(alias(high)), high);
    }
}
