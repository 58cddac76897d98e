//! Fields of each transaction type, in the order of its RLP list.
//!
//! Always holds: amounts are wei, `request_id` is the number of the L1 message (or derived from it where one
//! message makes several transactions), `to: TxKind::Create` is the empty string in RLP.

use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_rlp::{RlpDecodable, RlpEncodable};
use alloy_sol_types::{SolCall, sol};

sol! {
    /// What a ticket's creation shows as its input.
    function submitRetryable(
        bytes32 requestId, uint256 l1BaseFee, uint256 deposit, uint256 callvalue, uint256 gasFeeCap,
        uint64 gasLimit, uint256 maxSubmissionFee, address feeRefundAddress, address beneficiary,
        address retryTo, bytes retryData
    );
    /// First transaction of every block.
    function startBlock(uint256 l1BaseFee, uint64 l1BlockNumber, uint64 l2BlockNumber, uint64 timePassed);
    /// What a batch cost its poster, below ArbOS 50.
    function batchPostingReport(
        uint256 batchTimestamp, address batchPosterAddress, uint64 batchNumber, uint64 batchDataGas, uint256 l1BaseFeeWei
    );
    /// What a batch cost its poster, from ArbOS 50.
    function batchPostingReportV2(
        uint256 batchTimestamp, address batchPosterAddress, uint64 batchNumber, uint64 batchCalldataLength,
        uint64 batchCalldataNonZeros, uint64 batchExtraGas, uint256 l1BaseFeeWei
    );
}

/// Type 0x64: ETH that arrived from L1.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct DepositTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// L1 message.
    pub request_id: B256,
    /// Aliased L1 sender, credited first.
    pub from: Address,
    /// Receiver.
    pub to: Address,
    /// Wei.
    pub value: U256,
}

/// Type 0x65: a call by an L1 sender under a nonce of its alias.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct UnsignedTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// Aliased L1 sender.
    pub from: Address,
    /// Checked against the alias's nonce.
    pub nonce: u64,
    /// Most wei per gas.
    pub gas_fee_cap: U256,
    /// Gas limit.
    pub gas: u64,
    /// Callee or creation.
    pub to: TxKind,
    /// Wei sent along.
    pub value: U256,
    /// Calldata or init code.
    pub data: Bytes,
}

/// Type 0x66: a call by an L1 sender without a nonce.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct ContractTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// L1 message.
    pub request_id: B256,
    /// Aliased L1 sender.
    pub from: Address,
    /// Most wei per gas.
    pub gas_fee_cap: U256,
    /// Gas limit.
    pub gas: u64,
    /// Callee or creation.
    pub to: TxKind,
    /// Wei sent along.
    pub value: U256,
    /// Calldata or init code.
    pub data: Bytes,
}

/// Type 0x68: one try to run a ticket.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct RetryTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// Number of tries before this one.
    pub nonce: u64,
    /// Sender of the ticket.
    pub from: Address,
    /// Base fee of the block, paid in advance by whoever scheduled the try.
    pub gas_fee_cap: U256,
    /// Gas donated to the try.
    pub gas: u64,
    /// Callee or creation.
    pub to: TxKind,
    /// Call value, out of escrow.
    pub value: U256,
    /// Calldata or init code.
    pub data: Bytes,
    /// The ticket.
    pub ticket_id: B256,
    /// Who gets refunds.
    pub refund_to: Address,
    /// Most wei that `refund_to` may get; what goes beyond is the sender's.
    pub max_refund: U256,
    /// Paid back when the try succeeds.
    pub submission_fee_refund: U256,
}

/// Type 0x69: creation of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct SubmitRetryableTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// L1 message.
    pub request_id: B256,
    /// Aliased L1 sender.
    pub from: Address,
    /// Base fee of the L1 block: price of the submission.
    pub l1_base_fee: U256,
    /// ETH that came along.
    pub deposit_value: U256,
    /// Most wei per gas for the first try.
    pub gas_fee_cap: U256,
    /// Gas for the first try; below 21000 there is none.
    pub gas: u64,
    /// Callee or creation.
    pub retry_to: TxKind,
    /// Call value, put in escrow.
    pub retry_value: U256,
    /// Gets the call value back on expiry and may cancel.
    pub beneficiary: Address,
    /// Most wei the submission may cost.
    pub max_submission_fee: U256,
    /// Gets what is left of the fees.
    pub fee_refund_address: Address,
    /// Calldata or init code.
    pub retry_data: Bytes,
}

impl SubmitRetryableTx {
    /// The call that JSON-RPC shows as this transaction's input.
    pub fn call(&self) -> Bytes {
        submitRetryableCall {
            requestId: self.request_id,
            l1BaseFee: self.l1_base_fee,
            deposit: self.deposit_value,
            callvalue: self.retry_value,
            gasFeeCap: self.gas_fee_cap,
            gasLimit: self.gas,
            maxSubmissionFee: self.max_submission_fee,
            feeRefundAddress: self.fee_refund_address,
            beneficiary: self.beneficiary,
            retryTo: self.retry_to.to().copied().unwrap_or_default(),
            retryData: self.retry_data.clone(),
        }
        .abi_encode()
        .into()
    }
}

/// Type 0x6a: ArbOS's own bookkeeping.
#[derive(Clone, Debug, PartialEq, Eq, RlpEncodable, RlpDecodable)]
pub struct InternalTx {
    /// L2 chain id.
    pub chain_id: u64,
    /// `startBlock` or `batchPostingReport` call.
    pub data: Bytes,
}

impl InternalTx {
    /// The first transaction of a block: `time_passed` seconds after its parent.
    pub fn start_block(
        chain_id: u64,
        l1_base_fee: U256,
        l1_number: u64,
        l2_number: u64,
        time_passed: u64,
    ) -> Self {
        let call = startBlockCall {
            l1BaseFee: l1_base_fee,
            l1BlockNumber: l1_number,
            l2BlockNumber: l2_number,
            timePassed: time_passed,
        };
        Self {
            chain_id,
            data: call.abi_encode().into(),
        }
    }
}
