//! What an L1 transaction sent to L2, read from its receipt.
//! Always holds: a message's bytes are the ones whose hash the Bridge took in; a ticket's id follows from them and the L2
//! chain's id alone, so that it is known before L2 has seen anything (Nitro, ArbitrumSubmitRetryableTx).

use alloy::{
    primitives::{Address, B256, Bytes, Log, U256, keccak256},
    sol_types::{SolCall as _, SolEvent as _},
};
use alloy_rlp::{BufMut, Encodable, Header};

use super::bridge::{ArbRetryableTx, Bridge, Inbox};

/// The kind of message that makes a ticket.
const SUBMIT_RETRYABLE: u8 = 9;
/// The type of the L2 transaction it becomes.
const TRANSACTION_TYPE: u8 = 0x69;
/// Words before a ticket's data.
const FIXED_WORDS: usize = 9;

/// A ticket as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Number of the message in the Bridge.
    pub number: U256,
    /// Who sent it, as L2 sees it: the L1 sender's alias.
    pub sender: Address,
    /// L1's base fee when it was sent, in wei; the submission fee follows from it.
    pub l1_base_fee: U256,
    /// Wei that came with it.
    pub deposit: U256,
    /// Whom it calls on L2; nobody if it creates a contract.
    pub to: Option<Address>,
    /// Wei that the call brings.
    pub call_value: U256,
    /// Most wei for keeping it.
    pub max_submission_cost: U256,
    /// Gets what fees leave over.
    pub excess_fee_refund: Address,
    /// Gets the call value if it expires or is cancelled, and may cancel it.
    pub beneficiary: Address,
    /// Gas for the first attempt.
    pub gas_limit: u64,
    /// Most wei a unit of gas.
    pub max_fee_per_gas: U256,
    /// Calldata.
    pub data: Bytes,
}

/// Why a receipt's messages cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// The Bridge took in a message whose bytes are not in the receipt.
    #[error(
        "message {number} was delivered without its data; only messages of an Inbox can be read"
    )]
    NoData {
        /// The message.
        number: U256,
    },
    /// The bytes are not those that the Bridge took in.
    #[error("the data of message {number} is not what the bridge took in")]
    OtherData {
        /// The message.
        number: U256,
    },
    /// The bytes are no ticket.
    #[error("message {number} says that it is a ticket and is none")]
    Malformed {
        /// The message.
        number: U256,
    },
}

/// The tickets that a transaction's logs tell of, in order; other messages are left out.
///
/// # Errors
/// See [`MessageError`].
pub fn tickets(logs: &[Log]) -> Result<Vec<Ticket>, MessageError> {
    let mut tickets = Vec::new();
    for log in logs {
        let Ok(delivered) = Bridge::MessageDelivered::decode_log(log) else {
            continue;
        };
        if delivered.kind != SUBMIT_RETRYABLE {
            continue;
        }
        let number = delivered.messageIndex;
        let data = logs
            .iter()
            .filter(|log| log.address == delivered.inbox)
            .filter_map(|log| Inbox::InboxMessageDelivered::decode_log(log).ok())
            .find(|message| message.messageNum == number)
            .ok_or(MessageError::NoData { number })?;
        if keccak256(&data.data.data) != delivered.messageDataHash {
            return Err(MessageError::OtherData { number });
        }
        tickets.push(Ticket::decode(&delivered, &data.data.data)?);
    }
    Ok(tickets)
}

impl Ticket {
    fn decode(message: &Bridge::MessageDelivered, payload: &Bytes) -> Result<Self, MessageError> {
        let number = message.messageIndex;
        let malformed = MessageError::Malformed { number };
        let Some((fixed, data)) = payload.split_at_checked(32 * FIXED_WORDS) else {
            return Err(malformed);
        };
        let word = |index: usize| U256::from_be_slice(&fixed[32 * index..32 * (index + 1)]);
        let address = |index: usize| Address::from_word(word(index).into());
        let gas_limit = u64::try_from(word(6)).map_err(|_| malformed.clone())?;
        // Nitro reads as many bytes as the length word says and leaves the rest; fewer are an error.
        let length = usize::try_from(word(8)).map_err(|_| malformed.clone())?;
        let data = data.get(..length).ok_or(malformed)?;
        Ok(Self {
            number,
            sender: message.sender,
            l1_base_fee: message.baseFeeL1,
            to: some(address(0)),
            call_value: word(1),
            deposit: word(2),
            max_submission_cost: word(3),
            excess_fee_refund: address(4),
            beneficiary: address(5),
            gas_limit,
            max_fee_per_gas: word(7),
            data: Bytes::copy_from_slice(data),
        })
    }

    /// The ticket as L2's own transaction tells of it; `sender` is that transaction's.
    #[must_use]
    pub fn from_submission(sender: Address, input: &[u8]) -> Option<Self> {
        let call = ArbRetryableTx::submitRetryableCall::abi_decode(input).ok()?;
        Some(Self {
            number: call.requestId.into(),
            sender,
            l1_base_fee: call.l1BaseFee,
            deposit: call.deposit,
            to: some(call.retryTo),
            call_value: call.callvalue,
            max_submission_cost: call.maxSubmissionFee,
            excess_fee_refund: call.feeRefundAddress,
            beneficiary: call.beneficiary,
            gas_limit: call.gasLimit,
            max_fee_per_gas: call.gasFeeCap,
            data: call.retryData,
        })
    }

    /// Its id on the L2 chain: the hash of the transaction it becomes there.
    #[must_use]
    pub fn id(&self, l2_chain_id: u64) -> B256 {
        let request = B256::from(self.number);
        let to: &[u8] = self.to.as_ref().map_or(&[], |to| to.as_slice());
        let fields: [&dyn Encodable; 13] = [
            &l2_chain_id,
            &request,
            &self.sender,
            &self.l1_base_fee,
            &self.deposit,
            &self.max_fee_per_gas,
            &self.gas_limit,
            &to,
            &self.call_value,
            &self.beneficiary,
            &self.max_submission_cost,
            &self.excess_fee_refund,
            &self.data,
        ];
        let list = Header {
            list: true,
            payload_length: fields.iter().map(Encodable::length).sum(),
        };
        let mut bytes = vec![TRANSACTION_TYPE];
        list.encode(&mut bytes as &mut dyn BufMut);
        for field in fields {
            field.encode(&mut bytes);
        }
        keccak256(bytes)
    }

    /// Wei that L2 takes for keeping it for a week: 1,400 and 6 a byte of data, times L1's base fee when it was sent.
    #[must_use]
    pub fn submission_fee(&self) -> U256 {
        self.l1_base_fee * U256::from(1_400 + 6 * self.data.len())
    }

    /// Wei that it needed: submission, gas and call value. Whatever came on top stays with the sender's alias on L2.
    #[must_use]
    pub fn needed(&self) -> U256 {
        let gas = U256::from(self.gas_limit).saturating_mul(self.max_fee_per_gas);
        self.max_submission_cost
            .saturating_add(gas)
            .saturating_add(self.call_value)
    }
}

fn some(address: Address) -> Option<Address> {
    (!address.is_zero()).then_some(address)
}

#[cfg(test)]
mod tests {
    use alloy::{
        hex,
        primitives::{address, b256},
    };

    use super::*;

    /// A ticket of Arbitrum One, with the id that its explorer shows.
    fn mainnet() -> Ticket {
        let mut data = hex!("2e567b36").to_vec();
        let word = |hex: &str| {
            U256::from_str_radix(hex, 16)
                .expect("hex")
                .to_be_bytes::<32>()
        };
        for word in [
            word("c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"),
            word("a2e06c19ee14255889f0ec0ca37f6d0778d06754"),
            word("a2e06c19ee14255889f0ec0ca37f6d0778d06754"),
            word("0853a0d2313c0000"),
            word("a0"),
            word("80"),
            word("40"),
            word("60"),
            word("0"),
            word("0"),
        ] {
            data.extend(word);
        }
        let refund = address!("0xa2e06c19EE14255889f0Ec0cA37f6D0778D06754");
        Ticket {
            number: U256::from(0x504c),
            sender: address!("0xeA3123E9d9911199a6711321d1277285e6d4F3EC"),
            l1_base_fee: U256::from(0x05e0_fc4c58_u64),
            deposit: U256::from(0x0854_e8ab_1802_ca80_u64),
            to: Some(address!("0x6c411aD3E74De3E7Bd422b94A27770f5B86C623B")),
            call_value: U256::from(0x0853_a0d2_313c_0000_u64),
            max_submission_cost: U256::from(0x0001_270f_6740_d880_u64),
            excess_fee_refund: refund,
            beneficiary: refund,
            gas_limit: 0x1d566,
            max_fee_per_gas: U256::from(0x11e1_a300_u64),
            data: data.into(),
        }
    }

    #[test]
    fn a_ticket_of_arbitrum_one_has_the_id_it_has_there() {
        assert_eq!(
            mainnet().id(42_161),
            b256!("0x8ba13904639c7444d8578cc582a230b8501c9f0f7903f5069d276fdd3a7dea44")
        );
    }

    #[test]
    fn its_submission_fee_is_what_was_charged() {
        assert_eq!(
            mainnet().submission_fee(),
            U256::from(84_434_219_253_120_u64)
        );
    }

    #[test]
    fn a_payload_that_is_cut_short_is_no_ticket() {
        let message = Bridge::MessageDelivered {
            messageIndex: U256::from(7),
            beforeInboxAcc: B256::ZERO,
            inbox: Address::ZERO,
            kind: SUBMIT_RETRYABLE,
            sender: Address::ZERO,
            messageDataHash: B256::ZERO,
            baseFeeL1: U256::ZERO,
            timestamp: 0,
        };
        let number = U256::from(7);
        let promises_five_and_has_four = [vec![0; 287], vec![5], vec![0; 4]].concat();
        for payload in [vec![], vec![0; 287], promises_five_and_has_four] {
            let error = Ticket::decode(&message, &payload.into()).expect_err("no ticket");
            assert_eq!(error, MessageError::Malformed { number });
        }
    }
}
