//! How scenarios send stakes from L1 to L2: L1Migrator's four messages, by whoever pays, and what becomes of their tickets.
//! Always holds: a message is sent with exactly what its ticket costs; what is asked about has been read by L2 first.

use std::time::Duration;

use alloy::{
    primitives::{Address, B256, Bytes, U256},
    providers::{Provider as _, ProviderBuilder},
    signers::{SignerSync as _, local::PrivateKeySigner},
    sol_types::SolCall,
};
use confluence::plan::Contract;
use confluence::{
    client::{ClientError, L1, Mined},
    sign::{Move, Verifier, What},
    ticket::{self, State, bridge::Inbox},
};
use confluence_abi::{IL1Migrator, IRoundsManager};

use crate::{
    cast::Holder,
    stage::{ROUND_BLOCKS, Stage},
};

/// Gas for a message's run on L2, where a scenario does not want it to fail.
pub(crate) const ENOUGH_GAS: u64 = 3_000_000;
/// Between two looks at a live chain.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Ten minutes are usual on Arbitrum.
const LOOKS: usize = 360;

/// A message of L1Migrator, not sent yet.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) moved: Move,
    /// Empty for an account that sends its own message.
    pub(crate) signature: Bytes,
    pub(crate) gas: u64,
}

/// A message that is on its way.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) id: B256,
}

/// "Move `what` of `holder` to `to`."
pub(crate) fn message(holder: &Holder, to: Address, what: What) -> Message {
    Message {
        moved: Move {
            l1_addr: holder.address,
            l2_addr: to,
            what,
        },
        signature: Bytes::new(),
        gas: ENOUGH_GAS,
    }
}

impl Stage {
    /// Signs a message with a key.
    pub(crate) fn signed(&self, mut message: Message, key: &PrivateKeySigner) -> Message {
        let verifier = Verifier {
            chain_id: self.l1.chain_id(),
            l1_migrator: self.system.l1.migrator,
        };
        let digest = message.moved.hashes(&verifier).digest;
        let signature = key.sign_hash_sync(&digest).expect("signs");
        message.signature = signature.as_bytes().into();
        message
    }

    /// The call of L1Migrator that sends a message, and the wei it takes.
    pub(crate) fn call(&self, message: &Message) -> (Vec<u8>, u128) {
        let moved = &message.moved;
        let (l1, l2, sig) = (moved.l1_addr, moved.l2_addr, message.signature.clone());
        let length = match &moved.what {
            What::Locks { ids } => 300 + 32 * ids.len(),
            _ => 500,
        };
        let (gas, price) = (U256::from(message.gas), self.gas_price_bid());
        let most = self.submission_cost(length);
        let data = match &moved.what {
            What::Delegator => IL1Migrator::migrateDelegatorCall {
                l1Addr: l1,
                l2Addr: l2,
                sig,
                maxGas: gas,
                gasPriceBid: price,
                maxSubmissionCost: most,
            }
            .abi_encode(),
            What::Locks { ids } => {
                let ids = ids.clone();
                IL1Migrator::migrateUnbondingLocksCall {
                    l1Addr: l1,
                    l2Addr: l2,
                    unbondingLockIds: ids,
                    sig,
                    maxGas: gas,
                    gasPriceBid: price,
                    maxSubmissionCost: most,
                }
                .abi_encode()
            }
            What::Sender => IL1Migrator::migrateSenderCall {
                l1Addr: l1,
                l2Addr: l2,
                sig,
                maxGas: gas,
                gasPriceBid: price,
                maxSubmissionCost: most,
            }
            .abi_encode(),
            What::Amount {
                amount,
                nonce,
                deadline,
            } => {
                let (amount, nonce, deadline) = (*amount, *nonce, U256::from(*deadline));
                let message = IL1Migrator::MigrateMsg {
                    l1Addr: l1,
                    l2Addr: l2,
                    amount,
                    nonce,
                    deadline,
                };
                let nobody = Address::ZERO;
                let hints = IL1Migrator::Hints {
                    selfPrev: nobody,
                    selfNext: nobody,
                    poolPrev: nobody,
                    poolNext: nobody,
                };
                IL1Migrator::migrateCall {
                    message,
                    hints,
                    sig,
                    maxGas: gas,
                    gasPriceBid: price,
                    maxSubmissionCost: most,
                }
                .abi_encode()
            }
        };
        let cost = most + gas * price;
        (data, cost.to())
    }

    /// Sends a message; `from` pays.
    pub(crate) fn submit(&self, from: &L1, message: &Message) -> Result<Sent, ClientError> {
        let (data, value) = self.call(message);
        let to = Some(self.system.l1.migrator);
        let sent = from.send("a message", to, data.into(), U256::from(value));
        let sent = self.runtime.block_on(sent)?;
        let tickets = self.tickets(&sent);
        assert_eq!(tickets.len(), 1);
        Ok(Sent { id: tickets[0] })
    }

    /// The account signs and the funder pays; L2 runs it at once.
    pub(crate) fn arrives(&self, holder: &Holder, to: Address, what: What) {
        let message = self.signed(message(holder, to, what), &holder.key);
        let sent = self
            .submit(&self.l1, &message)
            .expect("L1 takes the message");
        self.redeemed(sent.id);
    }

    /// A part of a stake, for an hour from now on.
    pub(crate) fn part(&self, amount: u128, nonce: u64) -> What {
        let head = self.runtime.block_on(self.l1.head()).expect("a block");
        What::Amount {
            amount: U256::from(amount),
            nonce: U256::from(nonce),
            deadline: head.timestamp + 3_600,
        }
    }

    /// Ids of the tickets that a transaction sent.
    pub(crate) fn tickets(&self, sent: &Mined) -> Vec<B256> {
        let tickets = ticket::tickets(&sent.logs).expect("messages of the bridge");
        tickets.iter().map(|it| it.id(self.l2.chain_id())).collect()
    }

    /// What has become of a ticket, once L2 has seen it.
    pub(crate) fn state(&self, id: B256) -> State {
        let look = || {
            let found = self.runtime.block_on(ticket::by_hash(None, &self.l2, id));
            found.map(|mut all| all.remove(0).state)
        };
        if let Some(pair) = &self.chains.pair {
            pair.sync().expect("in sync");
            return look().expect("L2 knows the ticket");
        }
        for _ in 0..LOOKS {
            match look() {
                Ok(state) => return state,
                Err(_) => self
                    .runtime
                    .block_on(async { tokio::time::sleep(LOOK_EVERY).await }),
            }
        }
        panic!("L2 has not seen ticket {id} in half an hour")
    }

    /// A ticket's call has succeeded.
    pub(crate) fn redeemed(&self, id: B256) {
        let state = self.state(id);
        assert!(state.is_redeemed(), "{}: {}", state.name(), state.advice());
    }

    /// A ticket waits; what stands in its way.
    pub(crate) fn waits(&self, id: B256) -> String {
        match self.state(id) {
            State::FundsDeposited { why, .. } => why,
            other => panic!("does not wait: {other:?}"),
        }
    }

    /// Wei a unit of L2 gas that tickets offer: three times what it costs now.
    pub(crate) fn gas_price_bid(&self) -> U256 {
        let price = self.runtime.block_on(self.l2.gas_price());
        price.expect("a price") * U256::from(3)
    }

    /// Wei that tickets with so many bytes offer to be kept: four times what it costs now.
    pub(crate) fn submission_cost(&self, bytes: usize) -> U256 {
        let head = self.runtime.block_on(self.l1.head()).expect("a block");
        let call = Inbox::calculateRetryableSubmissionFeeCall {
            dataLength: U256::from(bytes),
            baseFee: U256::from(head.base_fee),
        };
        let fee = self
            .runtime
            .block_on(self.l1.read(self.chains.inbox, &call));
        fee.expect("a fee") * U256::from(4)
    }

    /// Wei that a ticket takes in all.
    pub(crate) fn ticket_cost(&self, gas: u64, bytes: usize) -> U256 {
        self.submission_cost(bytes) + U256::from(gas) * self.gas_price_bid()
    }

    /// Somebody has initialised the round, as keepers do.
    pub(crate) fn ensure_round(&self) {
        let done = self.l2(
            Contract::RoundsManager,
            &IRoundsManager::currentRoundInitializedCall {},
        );
        if !done {
            let at = self.at(Contract::RoundsManager);
            let call = IRoundsManager::initializeRoundCall {};
            self.send(&self.l2, at, &call, 0).expect("a round begins");
        }
    }

    /// Empty blocks on L1, all in one request.
    fn mine_l1(&self, blocks: u64) {
        let url = self.chains.l1_url.parse().expect("a URL");
        let l1 = ProviderBuilder::new().connect_http(url);
        let mined = l1.raw_request::<_, serde_json::Value>("anvil_mine".into(), (blocks,));
        self.runtime.block_on(mined).expect("anvil mines");
    }

    /// Time passes on both chains until the next round, and somebody initialises it.
    pub(crate) fn next_round(&self) {
        let begun = self.l2(
            Contract::RoundsManager,
            &IRoundsManager::currentRoundStartBlockCall {},
        );
        let now = self.l2(Contract::RoundsManager, &IRoundsManager::blockNumCall {});
        // What L1 has mined since L2 last heard of it makes the new round a few blocks old.
        let blocks = ROUND_BLOCKS - (now - begun).to::<u64>();
        self.mine_l1(blocks - 1);
        self.follower()
            .advance(12 * blocks, 1)
            .expect("time passes");
        self.ensure_round();
    }
}
