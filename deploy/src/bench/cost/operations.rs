//! The operations whose cost is shown, each as the signed transaction that it is.
//! Always holds: the same bytes on every run, since their compressed size is what L1's part is charged by. They are the same
//! for Livepeer's contracts and for ours: the ABI is one.

use std::iter;

use alloy::{
    consensus::{SignableTransaction as _, TxEip1559},
    eips::Encodable2718 as _,
    primitives::{Address, B256, Bytes, TxKind, U256, keccak256},
    signers::{SignerSync as _, local::PrivateKeySigner},
    sol_types::SolCall,
};
use confluence_abi::{
    IBondingManager as Bonding, IL2Migrator as Migrator, IRoundsManager as Rounds,
    ITicketBroker as Broker,
};
use confluence_devnode::arbos::data_units;
use serde::Serialize;

use super::CostError;

/// Brotli's level by which ArbOS measures, from version 20 on; used for all weeks.
const BROTLI_LEVEL: u64 = 1;
/// Arbitrum One.
const CHAIN: u64 = 42_161;
/// Hashes of a proof in the published list's tree.
const PROOF: u8 = 13;

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs a node, is paid by tickets and rewards.
    Orchestrator,
    /// Stakes with an orchestrator.
    Delegator,
    /// Pays for work with tickets.
    Broadcaster,
}

/// One transaction of the protocol.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Its scenario in the tables of gas.
    pub id: &'static str,
    /// What it does, for people.
    pub what: &'static str,
    /// Who sends it.
    pub role: Role,
    call: fn() -> (U256, Vec<u8>),
}

/// An orchestrator's daily reward, with the hints that the command gives, in a pool of 100.
pub(super) const REWARD: &str = "reward.N100.mid.uninit.hint";
/// A winning ticket paid from the sender's deposit.
pub(super) const REDEEM: &str = "redeem.deposit.secondOfRound.afterReward";
/// A delegator's claim from the snapshot after its orchestrator has moved.
pub(super) const CLAIM: &str = "claimStake.pool.second";
/// All of a stake unbonded, and withdrawn a week later.
pub(super) const LEAVE: [&str; 2] = ["unbond.all.N100.hint", "withdrawStake.N100"];

/// What is shown, by role.
pub const OPERATIONS: [Operation; 14] = [
    Operation {
        id: REWARD,
        what: "reward, with hints",
        role: Role::Orchestrator,
        call: || {
            call(&Bonding::rewardWithHintCall {
                newPosPrev: account("above"),
                newPosNext: account("below"),
            })
        },
    },
    Operation {
        id: "transcoder.existing.N100",
        what: "new reward cut and fee share",
        role: Role::Orchestrator,
        call: || {
            call(&Bonding::transcoderCall {
                rewardCut: U256::from(150_000),
                feeShare: U256::from(600_000),
            })
        },
    },
    Operation {
        id: "initializeRound.N100",
        what: "begin a round",
        role: Role::Orchestrator,
        call: || call(&Rounds::initializeRoundCall {}),
    },
    Operation {
        id: REDEEM,
        what: "redeem a winning ticket",
        role: Role::Orchestrator,
        call: || {
            call(&Broker::redeemWinningTicketCall {
                ticket: ticket(0),
                sig: signature(0),
                recipientRand: random("rand", 0),
            })
        },
    },
    Operation {
        id: "batchRedeem.10",
        what: "redeem ten winning tickets",
        role: Role::Orchestrator,
        call: || {
            call(&Broker::batchRedeemWinningTicketsCall {
                tickets: (0..10).map(ticket).collect(),
                sigs: (0..10).map(signature).collect(),
                recipientRands: (0..10).map(|n| random("rand", n)).collect(),
            })
        },
    },
    Operation {
        id: CLAIM,
        what: "claim from the snapshot, from a pool",
        role: Role::Delegator,
        call: || call(&claim(Address::ZERO)),
    },
    Operation {
        id: "claimStake.bond.N100",
        what: "claim from the snapshot, to a new delegate",
        role: Role::Delegator,
        call: || call(&claim(account("new delegate"))),
    },
    Operation {
        id: "bond.first.N100.rewarded.hint",
        what: "stake for the first time, with hints",
        role: Role::Delegator,
        call: || {
            call(&Bonding::bondWithHintCall {
                amount: whole(10),
                to: account("delegate"),
                oldDelegateNewPosPrev: Address::ZERO,
                oldDelegateNewPosNext: Address::ZERO,
                currDelegateNewPosPrev: account("above"),
                currDelegateNewPosNext: account("below"),
            })
        },
    },
    Operation {
        id: "claimEarnings.k1.N100",
        what: "claim earnings",
        role: Role::Delegator,
        call: || {
            call(&Bonding::claimEarningsCall {
                endRound: U256::from(2_504),
            })
        },
    },
    Operation {
        id: LEAVE[0],
        what: "unbond everything, with hints",
        role: Role::Delegator,
        call: || {
            call(&Bonding::unbondWithHintCall {
                amount: whole(500) + U256::from(123_456_789_012_345_678_u64),
                newPosPrev: account("above"),
                newPosNext: account("below"),
            })
        },
    },
    Operation {
        id: LEAVE[1],
        what: "withdraw unbonded stake",
        role: Role::Delegator,
        call: || {
            call(&Bonding::withdrawStakeCall {
                unbondingLockId: U256::ZERO,
            })
        },
    },
    Operation {
        id: "withdrawFees.claimed.N100",
        what: "withdraw fees",
        role: Role::Delegator,
        call: || {
            call(&Bonding::withdrawFeesCall {
                recipient: account("delegator"),
                amount: U256::from(12_345_678_901_234_567_u64),
            })
        },
    },
    Operation {
        id: "fundDepositAndReserve.new",
        what: "first deposit and reserve",
        role: Role::Broadcaster,
        call: || {
            let (deposit, reserve) = (whole(1), whole(2));
            let (_, data) = call(&Broker::fundDepositAndReserveCall {
                depositAmount: deposit,
                reserveAmount: reserve,
            });
            (deposit + reserve, data)
        },
    },
    Operation {
        id: "fundDeposit.topup",
        what: "add to a deposit",
        role: Role::Broadcaster,
        call: || (whole(1), Broker::fundDepositCall {}.abi_encode()),
    },
];

impl Operation {
    /// The operation of a scenario.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|operation| operation.id == id)
    }

    /// The transaction, signed by an account of nobody's.
    ///
    /// # Errors
    /// [`CostError::Signing`], which would be a bug.
    pub fn signed(&self) -> Result<Vec<u8>, CostError> {
        let (value, input) = (self.call)();
        let transaction = TxEip1559 {
            chain_id: CHAIN,
            nonce: 57,
            gas_limit: 1_250_000,
            max_fee_per_gas: 20_000_000,
            max_priority_fee_per_gas: 0,
            to: TxKind::Call(account("contract")),
            value,
            input: Bytes::from(input),
            ..TxEip1559::default()
        };
        let key = PrivateKeySigner::from_bytes(&keccak256("nobody's key"))
            .map_err(|_| CostError::Signing)?;
        let signature = key
            .sign_hash_sync(&transaction.signature_hash())
            .map_err(|_| CostError::Signing)?;
        Ok(transaction.into_signed(signature).encoded_2718())
    }

    /// What ArbOS counts for the transaction's bytes: sixteen for each when compressed.
    ///
    /// # Errors
    /// [`CostError::Signing`].
    pub fn data_units(&self) -> Result<u64, CostError> {
        Ok(data_units(&self.signed()?, BROTLI_LEVEL))
    }
}

/// A call without value.
fn call(call: &impl SolCall) -> (U256, Vec<u8>) {
    (U256::ZERO, call.abi_encode())
}

/// Whole tokens, of LPT or ETH, in base units.
fn whole(amount: u64) -> U256 {
    U256::from(amount) * U256::from(10).pow(U256::from(18))
}

/// An address as random as real ones.
fn account(name: &str) -> Address {
    Address::from_word(keccak256(name))
}

/// A word as random as a real one.
fn random(name: &str, n: u8) -> U256 {
    word(name, n).into()
}

fn word(name: &str, n: u8) -> B256 {
    keccak256([name.as_bytes(), &[n]].concat())
}

fn ticket(n: u8) -> Broker::Ticket {
    // the round it was made in and that round's block hash
    let aux_data = [U256::from(2_504).to_be_bytes::<32>(), *word("block", 0)].concat();
    Broker::Ticket {
        recipient: account("orchestrator"),
        sender: account("broadcaster"),
        faceValue: whole(1),
        winProb: U256::MAX >> 12,
        senderNonce: U256::from(n) + U256::from(1),
        recipientRandHash: word("rand hash", n),
        auxData: aux_data.into(),
    }
}

fn signature(n: u8) -> Bytes {
    let bytes = [word("r", n), word("s", n)].concat();
    bytes.into_iter().chain(iter::once(27)).collect()
}

fn claim(new_delegate: Address) -> Migrator::claimStakeCall {
    Migrator::claimStakeCall {
        delegate: account("delegate"),
        stake: whole(22) + U256::from(423_456_789_012_345_678_u64),
        fees: U256::from(34_912_345_678_901_u64),
        proof: (0..PROOF).map(|n| word("sibling", n)).collect(),
        newDelegate: new_delegate,
    }
}

#[cfg(test)]
mod tests {
    use alloy::{
        consensus::{Transaction as _, TxEnvelope},
        eips::Decodable2718 as _,
    };

    use super::*;

    #[test]
    fn every_operation_is_a_transaction_that_a_node_can_read() {
        for operation in &OPERATIONS {
            let signed = operation.signed().expect("signed");
            let read = TxEnvelope::decode_2718(&mut signed.as_slice()).expect("a transaction");
            assert_eq!(read.chain_id(), Some(CHAIN), "{}", operation.id);
            assert!(read.input().len() >= 4, "{}", operation.id);
        }
    }

    #[test]
    fn random_words_do_not_compress_and_zeros_do() {
        let units = |id| {
            let operation = Operation::of(id).expect("listed");
            let signed = operation.signed().expect("signed").len() as u64;
            (operation.data_units().expect("measured"), 16 * signed)
        };
        // a claim has 13 hashes and a signature of 64 random bytes: 480 bytes that nothing makes smaller
        let (claim, uncompressed) = units(CLAIM);
        assert!(
            (16 * 480..uncompressed).contains(&claim),
            "{claim} of {uncompressed}"
        );
        // ten tickets share recipient, sender, face value and round
        let (one, _) = units(REDEEM);
        let (ten, _) = units("batchRedeem.10");
        assert!(ten < 7 * one, "{ten} against {one}");
    }

    #[test]
    fn a_list_has_each_scenario_once() {
        for operation in &OPERATIONS {
            let same = OPERATIONS.iter().filter(|other| other.id == operation.id);
            assert_eq!(same.count(), 1, "{}", operation.id);
        }
    }
}
