//! `ArbSys` (0x64): the L2 as a contract sees it, and messages to L1.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::Call,
    errors::InvalidBlockNumber,
    fault::{Fault, require},
    method::{Answer, Precompile, account, flag, give, payable, pure, view, word},
};
use crate::arbos::{
    address::{ARB_SYS, alias, unalias},
    state::{block_hashes, fields, sends},
    tx::is_aliased,
};

sol! {
    /// An inner node of the send tree is complete; its height is in the topmost 64 bits of `position`.
    event SendMerkleUpdate(uint256 indexed reserved, bytes32 indexed hash, uint256 indexed position);
    /// A message to L1.
    event L2ToL1Tx(
        address caller, address indexed destination, uint256 indexed hash, uint256 indexed position,
        uint256 arbBlockNum, uint256 ethBlockNum, uint256 timestamp, uint256 callvalue, bytes data
    );
}

/// Added to the ArbOS version, because versions before Nitro counted up to it.
const VERSION_OFFSET: u64 = 55;
/// Blocks whose hash is known.
const KNOWN_HASHES: u64 = 256;
/// From here on money cannot leave while the native token has owners.
const TOKEN_OWNERS_FROM: u64 = 41;
/// Height of a node of the send tree, in its position.
const LEVEL_SHIFT: usize = 192;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_SYS,
    &[
        view("arbBlockNumber()", block_number),
        view("arbBlockHash(uint256)", block_hash),
        view("arbChainID()", chain_id),
        view("arbOSVersion()", arbos_version),
        view("getStorageGasAvailable()", |_, _| word(U256::ZERO)),
        view("isTopLevelCall()", |call, _| flag(call.frame.depth <= 2)),
        pure(
            "mapL1SenderContractAddressToL2Alias(address,address)",
            |_, args| account(alias(args.address(0))),
        ),
        view("wasMyCallersAddressAliased()", |call, _| {
            flag(is_callers_caller_aliased(call))
        }),
        view("myCallersAddressWithoutAliasing()", callers_caller),
        payable("withdrawEth(address)", |call, args| {
            send(call, args.address(0), &[])
        }),
        payable("sendTxToL1(address,bytes)", |call, args| {
            send(call, args.address(0), args.bytes(1))
        }),
        view("sendMerkleTreeState()", tree_state),
    ],
);

fn block_number(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    word(U256::from(call.host.block().number))
}

fn block_hash(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let (requested, current) = (args.word(0), call.host.block().number);
    let known = current.saturating_sub(KNOWN_HASHES)..current;
    match u64::try_from(requested) {
        Ok(number) if known.contains(&number) => Ok(call.host.block_hash(number).to_vec()),
        _ => Err(Fault::solidity(&InvalidBlockNumber {
            requested,
            current: U256::from(current),
        })),
    }
}

fn chain_id(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    word(U256::from(call.host.block().chain_id))
}

fn arbos_version(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    word(U256::from(VERSION_OFFSET + call.version()))
}

/// Whether the caller was called by the sender of an L1 message, who shows up under its alias.
fn is_callers_caller_aliased(call: &Call<'_, '_>) -> bool {
    let tx = call.host.tx();
    let is_top_level = call.frame.depth < 2 || tx.origin == call.frame.callers_caller;
    is_top_level && is_aliased(tx.kind)
}

fn callers_caller(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    let who = if call.frame.depth > 1 {
        call.frame.callers_caller
    } else {
        Address::ZERO
    };
    account(if is_callers_caller_aliased(call) {
        unalias(who)
    } else {
        who
    })
}

fn send(call: &mut Call<'_, '_>, destination: Address, data: &[u8]) -> Answer {
    let (caller, value) = (call.frame.caller, call.frame.value);
    if call.version() >= TOKEN_OWNERS_FROM && !value.is_zero() {
        let owners = fields::NATIVE_TOKEN_OWNERS.size(call)?;
        require(
            owners == 0,
            "not allowed to send value when native token owners exist",
        )?;
    }
    let block = call.host.block();
    let Ok(l1_number) = block_hashes::l1_number(&mut call.unmetered());
    let numbers = [block.number, l1_number, block.timestamp].map(U256::from);
    let mut preimage = [caller.as_slice(), destination.as_slice()].concat();
    for number in numbers.into_iter().chain([value]) {
        preimage.extend_from_slice(&number.to_be_bytes::<32>());
    }
    preimage.extend_from_slice(data);
    let hash = call.keccak(&preimage)?;

    let completed = sends::append(call, hash)?;
    let position = U256::from(sends::size(call)? - 1);
    let burned = call.host.burn(ARB_SYS, value);
    require(burned, "the call's value has left this account")?;
    for node in completed {
        call.emit(&SendMerkleUpdate {
            reserved: U256::ZERO,
            hash: node.hash,
            position: (U256::from(node.level) << LEVEL_SHIFT) + U256::from(node.leaf),
        })?;
    }
    let [arb_block, eth_block, timestamp] = numbers;
    call.emit(&L2ToL1Tx {
        caller,
        destination,
        hash: hash.into(),
        position,
        arbBlockNum: arb_block,
        ethBlockNum: eth_block,
        timestamp,
        callvalue: value,
        data: data.to_vec().into(),
    })?;
    word(position)
}

fn tree_state(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    require(
        call.frame.caller.is_zero(),
        "method can only be called by address zero",
    )?;
    let (size, root, partials): (u64, B256, Vec<B256>) = sends::export(call)?;
    give(&(U256::from(size), root, partials))
}
