//! `NodeInterface` (0xc8) and `NodeInterfaceDebug` (0xc9): questions to the node in the form of calls. They exist
//! for `eth_call` and `eth_estimateGas` only; contracts find an empty account there.
//!
//! Always holds: whatever Nitro refuses here is a bare "execution reverted".

use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_sol_types::{SolCall, SolValue, sol};

use super::{
    Host,
    address::{NODE_INTERFACE, NODE_INTERFACE_DEBUG, alias},
    outbox::outbox_proof,
    state::{State, l1_pricing, tickets::Ticket},
    submit::submission_fee,
    tx::SubmitRetryableTx,
};

sol! {
    function estimateRetryableTicket(
        address sender, uint256 deposit, address to, uint256 l2CallValue, address excessFeeRefundAddress,
        address callValueRefundAddress, bytes data
    );
    function gasEstimateComponents(address to, bool contractCreation, bytes data)
        returns (uint64 gasEstimate, uint64 gasEstimateForL1, uint256 baseFee, uint256 l1BaseFeeEstimate);
    function gasEstimateL1Component(address to, bool contractCreation, bytes data)
        returns (uint64 gasEstimateForL1, uint256 baseFee, uint256 l1BaseFeeEstimate);
    function constructOutboxProof(uint64 size, uint64 leaf)
        returns (bytes32 send, bytes32 root, bytes32[] proof);
    function nitroGenesisBlock() returns (uint256);
    function blockL1Num(uint64 l2BlockNum) returns (uint64);
    function l2BlockRangeForL1(uint64 blockNum) returns (uint64 first, uint64 last);
    function findBatchContainingBlock(uint64 blockNum) returns (uint64);
    function getL1Confirmations(bytes32 blockHash) returns (uint64);

    struct RetryableInfo {
        uint64 timeout;
        address from;
        address to;
        uint256 value;
        address beneficiary;
        uint64 tries;
        bytes data;
    }
    function getRetryable(bytes32 ticket) returns (RetryableInfo);
}

/// A message whose gas is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Recipient or creation.
    pub to: TxKind,
    /// Calldata or init code.
    pub data: Bytes,
}

/// What the node knows beyond the ArbOS state.
pub trait Node {
    /// L1 block number in the header of an L2 block, if there is such a block.
    fn l1_number_of(&mut self, l2_block: u64) -> Option<u64>;
    /// Number of the newest block.
    fn head(&mut self) -> u64;
    /// Hashes of all messages to L1, in order.
    fn sends(&mut self) -> Vec<B256>;
    /// `eth_estimateGas` of a message with sender, value and gas of the one being answered.
    fn estimate(&mut self, asked: &Asked) -> Option<u64>;
    /// L2 gas for a message's data on L1, padded as estimates are.
    fn l1_gas(&mut self, asked: &Asked) -> u64;
    /// Base fee in wei of the block the call runs on.
    fn base_fee(&mut self) -> U256;
    /// The ArbOS state the call runs on.
    fn host(&mut self) -> &mut dyn Host;
}

/// The creation of a ticket that an `estimateRetryableTicket` call stands for, with the gas limit and price of the
/// request; `None` for any other call.
pub fn retryable_to_estimate(
    host: &mut dyn Host,
    to: Address,
    input: &[u8],
    gas: u64,
    gas_fee_cap: U256,
) -> Option<SubmitRetryableTx> {
    if to != NODE_INTERFACE {
        return None;
    }
    let call = estimateRetryableTicketCall::abi_decode(input).ok()?;
    let Ok(l1_base_fee) = State::free(host).get(l1_pricing::PRICE_PER_UNIT);
    Some(SubmitRetryableTx {
        chain_id: 0,
        request_id: B256::ZERO,
        from: alias(call.sender),
        l1_base_fee,
        deposit_value: call.deposit,
        gas_fee_cap,
        gas,
        retry_to: if call.to.is_zero() {
            TxKind::Create
        } else {
            TxKind::Call(call.to)
        },
        retry_value: call.l2CallValue,
        beneficiary: call.callValueRefundAddress,
        max_submission_fee: submission_fee(call.data.len(), l1_base_fee),
        fee_refund_address: call.excessFeeRefundAddress,
        retry_data: call.data,
    })
}

/// Answers any other call; `None` is a refusal.
pub fn answer(node: &mut dyn Node, to: Address, input: &[u8]) -> Option<Bytes> {
    let selector: [u8; 4] = *input.first_chunk()?;
    let output = match (to, selector) {
        (NODE_INTERFACE, gasEstimateComponentsCall::SELECTOR) => gas_components(node, input),
        (NODE_INTERFACE, gasEstimateL1ComponentCall::SELECTOR) => l1_component(node, input),
        (NODE_INTERFACE, constructOutboxProofCall::SELECTOR) => {
            let call = constructOutboxProofCall::abi_decode(input).ok()?;
            let proof = outbox_proof(&node.sends(), call.size, call.leaf)?;
            Some((proof.send, proof.root, proof.siblings).abi_encode_params())
        }
        (NODE_INTERFACE, nitroGenesisBlockCall::SELECTOR) => Some(U256::ZERO.abi_encode()),
        (NODE_INTERFACE, blockL1NumCall::SELECTOR) => {
            let call = blockL1NumCall::abi_decode(input).ok()?;
            node.l1_number_of(call.l2BlockNum).map(|n| n.abi_encode())
        }
        (NODE_INTERFACE, l2BlockRangeForL1Call::SELECTOR) => {
            let call = l2BlockRangeForL1Call::abi_decode(input).ok()?;
            block_range(node, call.blockNum).map(|range| range.abi_encode_params())
        }
        // Nothing is in a batch but the first block.
        (NODE_INTERFACE, findBatchContainingBlockCall::SELECTOR) => {
            let call = findBatchContainingBlockCall::abi_decode(input).ok()?;
            (call.blockNum == 0).then(|| 0_u64.abi_encode())
        }
        (NODE_INTERFACE, getL1ConfirmationsCall::SELECTOR) => Some(0_u64.abi_encode()),
        (NODE_INTERFACE_DEBUG, getRetryableCall::SELECTOR) => retryable(node, input),
        _ => None,
    };
    output.map(Into::into)
}

fn target(to: Address, creates: bool) -> TxKind {
    if creates {
        TxKind::Create
    } else {
        TxKind::Call(to)
    }
}

fn l1_price(node: &mut dyn Node) -> U256 {
    let Ok(price) = State::free(node.host()).get(l1_pricing::PRICE_PER_UNIT);
    price
}

fn gas_components(node: &mut dyn Node, input: &[u8]) -> Option<Vec<u8>> {
    let call = gasEstimateComponentsCall::abi_decode(input).ok()?;
    let asked = Asked {
        to: target(call.to, call.contractCreation),
        data: call.data,
    };
    let gas = node.estimate(&asked)?;
    let l1_gas = node.l1_gas(&asked);
    Some((gas, l1_gas, node.base_fee(), l1_price(node)).abi_encode_params())
}

fn l1_component(node: &mut dyn Node, input: &[u8]) -> Option<Vec<u8>> {
    let call = gasEstimateL1ComponentCall::abi_decode(input).ok()?;
    let asked = Asked {
        to: target(call.to, call.contractCreation),
        data: call.data,
    };
    let l1_gas = node.l1_gas(&asked);
    Some((l1_gas, node.base_fee(), l1_price(node)).abi_encode_params())
}

/// First and last L2 block with an L1 block number; L1 numbers never fall from one block to the next.
fn block_range(node: &mut dyn Node, l1_number: u64) -> Option<(u64, u64)> {
    let end = node.head() + 1;
    let first = first_block(node, end, |n| n >= l1_number)?;
    let after = first_block(node, end, |n| n > l1_number)?;
    (first < after).then(|| (first, after - 1))
}

/// The first of the blocks below `end` whose L1 number is such; `end` if there is none.
fn first_block(node: &mut dyn Node, end: u64, is_such: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_such(node.l1_number_of(middle)?) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

fn retryable(node: &mut dyn Node, input: &[u8]) -> Option<Vec<u8>> {
    let id = getRetryableCall::abi_decode(input).ok()?.ticket;
    let host = node.host();
    let now = host.block().timestamp;
    let mut state = State::free(host);
    let Ok(ticket) = Ticket::open(&mut state, id, now);
    let ticket = ticket?;
    let (Ok(timeout), Ok(beneficiary)) =
        (ticket.timeout(&mut state), ticket.beneficiary(&mut state));
    let (Ok(tries), Ok(call)) = (ticket.tries(&mut state), ticket.call(&mut state));
    let info = RetryableInfo {
        timeout,
        from: call.from,
        to: call.to.to().copied().unwrap_or_default(),
        value: call.value,
        beneficiary,
        tries,
        data: call.data.into(),
    };
    Some((info,).abi_encode_params())
}
