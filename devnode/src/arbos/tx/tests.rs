use alloy_primitives::{address, b256, hex};

use super::*;
use crate::arbos::address::escrow;

/// The mainnet retryable of L1 block 15500657, published with Arbitrum's SDK.
fn mainnet_ticket() -> SubmitRetryableTx {
    let receiver = "000000000000000000000000a2e06c19ee14255889f0ec0ca37f6d0778d06754";
    let words = [
        "000000000000000000000000c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
        receiver,
        receiver,
        "0000000000000000000000000000000000000000000000000853a0d2313c0000",
        "00000000000000000000000000000000000000000000000000000000000000a0",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000040",
        "0000000000000000000000000000000000000000000000000000000000000060",
        &"0".repeat(64),
        &"0".repeat(64),
    ];
    let refund = address!("a2e06c19EE14255889f0Ec0cA37f6D0778D06754");
    SubmitRetryableTx {
        chain_id: 42161,
        request_id: B256::from(U256::from(0x504c)),
        from: address!("eA3123E9d9911199a6711321d1277285e6d4F3EC"),
        l1_base_fee: U256::from(0x05_e0fc_4c58_u64),
        deposit_value: U256::from(0x0854_e8ab_1802_ca80_u64),
        gas_fee_cap: U256::from(0x11e1_a300_u64),
        gas: 0x01_d566,
        retry_to: address!("6c411aD3E74De3E7Bd422b94A27770f5B86C623B").into(),
        retry_value: U256::from(0x0853_a0d2_313c_0000_u64),
        beneficiary: refund,
        max_submission_fee: U256::from(0x0001_270f_6740_d880_u64),
        fee_refund_address: refund,
        retry_data: hex::decode(format!("2e567b36{}", words.concat()))
            .unwrap()
            .into(),
    }
}

#[test]
fn ticket_id_redeem_hash_and_escrow_are_those_of_mainnet() {
    let submit = mainnet_ticket();
    let ticket_id = ArbTx::SubmitRetryable(submit.clone()).hash();
    assert_eq!(
        ticket_id,
        b256!("8ba13904639c7444d8578cc582a230b8501c9f0f7903f5069d276fdd3a7dea44")
    );
    assert_eq!(
        escrow(ticket_id),
        address!("9aada7af1f9d52c304e0212672ec3e1492d97ba6")
    );
    let retry = RetryTx {
        chain_id: submit.chain_id,
        nonce: 0,
        from: submit.from,
        gas_fee_cap: U256::from(100_000_000),
        gas: submit.gas,
        to: submit.retry_to,
        value: submit.retry_value,
        data: submit.retry_data,
        ticket_id,
        refund_to: submit.fee_refund_address,
        max_refund: U256::from(96_450_819_253_120_u64),
        submission_fee_refund: U256::from(84_434_219_253_120_u64),
    };
    assert_eq!(
        ArbTx::Retry(retry).hash(),
        b256!("13db521f353cc2cf48537d303477b65c60abf97ec36c65dd5546c33af61ad3e9")
    );
}

#[test]
fn deposit_and_internal_hashes_agree_with_nitro() {
    let deposit = ArbTx::Deposit(DepositTx {
        chain_id: 412_346,
        request_id: B256::ZERO,
        from: address!("1111000000000000000000000000000000001111"),
        to: address!("3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E"),
        value: U256::from(1_000_000_000_000_000_000_u64),
    });
    assert_eq!(
        deposit.hash(),
        b256!("a47f2371781724a0ffb7577258e630fb803011ed07d4c0113127a8736afd5a35")
    );
    assert_eq!(deposit.encode()[..7], hex!("64f85883064aba"));
    let start = ArbTx::Internal(InternalTx::start_block(412_346, U256::ZERO, 0, 1, 0));
    assert_eq!(
        start.hash(),
        b256!("6efa4c871a28aaa8607013d5500c2942fac2c3df503466c3126918244a3bcc1d")
    );
}

#[test]
fn every_type_is_decoded_as_it_was_encoded() {
    let submit = mainnet_ticket();
    let data = submit.retry_data.clone();
    let all = [
        ArbTx::Deposit(DepositTx {
            chain_id: 1,
            request_id: B256::repeat_byte(2),
            from: Address::repeat_byte(3),
            to: Address::ZERO,
            value: U256::ZERO,
        }),
        ArbTx::Unsigned(UnsignedTx {
            chain_id: 1,
            from: Address::repeat_byte(3),
            nonce: 0,
            gas_fee_cap: U256::MAX,
            gas: u64::MAX,
            to: TxKind::Create,
            value: U256::from(5),
            data: data.clone(),
        }),
        ArbTx::Contract(ContractTx {
            chain_id: 1,
            request_id: B256::ZERO,
            from: Address::repeat_byte(3),
            gas_fee_cap: U256::from(7),
            gas: 21000,
            to: TxKind::Call(Address::repeat_byte(9)),
            value: U256::ZERO,
            data,
        }),
        ArbTx::SubmitRetryable(submit),
        ArbTx::Internal(InternalTx {
            chain_id: 1,
            data: Bytes::new(),
        }),
    ];
    for tx in all {
        let mut bytes = tx.encode();
        assert_eq!(ArbTx::decode(&bytes).as_ref(), Ok(&tx));
        bytes.push(0);
        assert_eq!(ArbTx::decode(&bytes), Err(DecodeError::Trailing));
    }
    assert_eq!(ArbTx::decode(&[0x67, 0xc0]), Err(DecodeError::Kind));
    assert_eq!(ArbTx::decode(&[]), Err(DecodeError::Kind));
}

#[test]
fn a_creation_shows_the_call_of_arb_retryable_tx() {
    let call = mainnet_ticket().call();
    assert_eq!(call[..4], hex!("c9f95d32"));
    assert_eq!(call.len(), 4 + 11 * 32 + 32 + 352);
}
