//! The broker in a small world: Controller, RoundsManager, BondingManager and Minter are played, and a test says what they answer.
//! Always holds: only the broker's own rules are under test; the played Minter really holds the ether.
#![allow(dead_code, unreachable_pub)]

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{Revert as Text, SolCall, SolError, SolValue};
use confluence_abi::ITicketBroker::*;
use confluence_abi::{IBondingManager, IController, IMinter, IRoundsManager};
use confluence_kit::sim::{Callee, Receipt, Revert, World};
use confluence_ticket_broker::PROGRAM;
use k256::ecdsa::SigningKey;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the played contracts answer and were told.
#[derive(Debug, Default)]
pub struct Peers {
    pub owner: Address,
    pub paused: bool,
    pub round: u32,
    pub initialized: bool,
    pub hashes: BTreeMap<u32, B256>,
    /// Orchestrators that work in this round.
    pub active: BTreeSet<Address>,
    /// Candidates for the next.
    pub pool_size: u64,
    /// Recipients, wei, creation round.
    pub fees: Vec<(Address, U256, U256)>,
    /// What BondingManager reverts with when it gets fees.
    pub refuses_fees: Option<&'static str>,
}

pub struct Stage {
    pub world: World,
    pub broker: Address,
    pub controller: Address,
    pub minter: Address,
    pub owner: Address,
    pub peers: Rc<RefCell<Peers>>,
}

/// Somebody with a key.
pub struct Signer {
    key: SigningKey,
    pub address: Address,
}

/// How a ticket is made; the rest of it follows.
pub struct Draft {
    pub recipient: Address,
    pub sender: Address,
    pub face_value: U256,
    pub win_prob: U256,
    pub nonce: u64,
    pub rand: U256,
    pub round: u32,
    pub block_hash: B256,
}

pub fn hash_of_round(round: u32) -> B256 {
    keccak256(round.to_be_bytes())
}

fn text(message: &str) -> Vec<u8> {
    Text::from(String::from(message)).abi_encode()
}

fn answer<T: SolValue>(value: &T) -> Result<Vec<u8>, Vec<u8>> {
    Ok(value.abi_encode())
}

impl Peers {
    fn controller(
        &self,
        call: &Callee<'_>,
        registry: &BTreeMap<B256, Address>,
    ) -> Result<Vec<u8>, Vec<u8>> {
        match call.data.first_chunk() {
            Some(&IController::ownerCall::SELECTOR) => answer(&self.owner),
            Some(&IController::pausedCall::SELECTOR) => answer(&self.paused),
            Some(&IController::getContractCall::SELECTOR) => {
                let id = B256::from_slice(&call.data[4..36]);
                answer(&registry.get(&id).copied().unwrap_or_default())
            }
            _ => Err(text("controller: not played")),
        }
    }

    fn rounds(&self, call: &Callee<'_>) -> Result<Vec<u8>, Vec<u8>> {
        match call.data.first_chunk() {
            Some(&IRoundsManager::roundStateCall::SELECTOR) => {
                Ok((U256::from(self.round), self.initialized, false).abi_encode_params())
            }
            Some(&IRoundsManager::blockHashForRoundCall::SELECTOR) => {
                let asked = U256::from_be_slice(&call.data[4..36]);
                let known = u32::try_from(asked)
                    .ok()
                    .and_then(|round| self.hashes.get(&round));
                answer(&known.copied().unwrap_or_default())
            }
            _ => Err(text("rounds: not played")),
        }
    }

    fn bonding(&mut self, call: &Callee<'_>, broker: Address) -> Result<Vec<u8>, Vec<u8>> {
        match call.data.first_chunk() {
            Some(&IBondingManager::activeSetCall::SELECTOR) => {
                let who = Address::from_slice(&call.data[16..36]);
                assert_eq!(
                    U256::from_be_slice(&call.data[36..68]),
                    U256::from(self.round)
                );
                let size = U256::from(self.active.len());
                Ok((self.active.contains(&who), size).abi_encode_params())
            }
            Some(&IBondingManager::getTranscoderPoolSizeCall::SELECTOR) => {
                answer(&U256::from(self.pool_size))
            }
            Some(&IBondingManager::updateTranscoderWithFeesCall::SELECTOR) => {
                assert_eq!(call.sender, broker);
                if let Some(message) = self.refuses_fees {
                    return Err(text(message));
                }
                let it = IBondingManager::updateTranscoderWithFeesCall::abi_decode(call.data)
                    .map_err(|_| vec![])?;
                self.fees.push((it.transcoder, it.fees, it.round));
                Ok(vec![])
            }
            _ => Err(text("bonding: not played")),
        }
    }
}

impl Stage {
    /// Round 7 runs, rounds 5 to 7 have hashes; unlocking takes 2 rounds, a ticket is good for 2.
    pub fn new() -> Self {
        let world = World::new();
        let owner = world.account(0);
        let peers = Rc::new(RefCell::new(Peers {
            owner,
            round: 7,
            initialized: true,
            hashes: (5..=7).map(|round| (round, hash_of_round(round))).collect(),
            ..Peers::default()
        }));
        let registry = Rc::new(RefCell::new(BTreeMap::new()));
        let (p, r) = (peers.clone(), registry.clone());
        let controller = world.play(move |call| p.borrow().controller(call, &r.borrow()));
        let broker = world
            .behind_proxy(
                &PROGRAM,
                owner,
                &initializeCall {
                    controller_: controller,
                },
            )
            .unwrap();
        let p = peers.clone();
        let rounds = world.play(move |call| p.borrow().rounds(call));
        let p = peers.clone();
        let bonding = world.play(move |call| p.borrow_mut().bonding(call, broker));
        let minter = world.play(move |call| match call.data.first_chunk() {
            Some(&IMinter::depositETHCall::SELECTOR) => {
                assert_eq!(call.sender, broker);
                answer(&true)
            }
            Some(&IMinter::trustedWithdrawETHCall::SELECTOR) => {
                assert_eq!(call.sender, broker);
                let (to, amount) = (
                    Address::from_slice(&call.data[16..36]),
                    U256::from_be_slice(&call.data[36..68]),
                );
                World::nested(call.address, to, amount, vec![]).map_err(|revert| revert.0)
            }
            _ => Err(text("minter: not played")),
        });
        for (name, at) in [
            ("RoundsManager", rounds),
            ("BondingManager", bonding),
            ("Minter", minter),
        ] {
            registry.borrow_mut().insert(keccak256(name), at);
        }
        world
            .send(owner, broker, &syncControllerContractsCall {})
            .unwrap();
        let stage = Stage {
            world,
            broker,
            controller,
            minter,
            owner,
            peers,
        };
        stage.set_unlock_period(U256::from(2)).unwrap();
        stage.set_validity(U256::from(2)).unwrap();
        stage
    }

    pub fn set_unlock_period(&self, rounds: U256) -> Receipt<setUnlockPeriodReturn> {
        self.world.send(
            self.owner,
            self.broker,
            &setUnlockPeriodCall {
                unlockPeriod_: rounds,
            },
        )
    }

    pub fn set_validity(&self, rounds: U256) -> Receipt<setTicketValidityPeriodReturn> {
        let call = setTicketValidityPeriodCall {
            ticketValidityPeriod_: rounds,
        };
        self.world.send(self.owner, self.broker, &call)
    }

    pub fn set_original_rules(&self, on: bool) {
        self.world
            .send(self.owner, self.broker, &setOriginalRulesCall { on })
            .unwrap();
    }

    /// The next rounds begin and are initialised.
    pub fn pass_rounds(&self, rounds: u32) {
        let mut peers = self.peers.borrow_mut();
        for _ in 0..rounds {
            peers.round += 1;
            let round = peers.round;
            peers.hashes.insert(round, hash_of_round(round));
        }
    }

    /// Somebody who signs, with ether; the same for the same `seed`.
    pub fn signer(&self, seed: u8, wei: u128) -> Signer {
        let it = Signer::new(seed);
        self.world.fund(it.address, U256::from(wei));
        it
    }

    /// An orchestrator that is active in this round, and a candidate for the next.
    pub fn orchestrator(&self) -> Address {
        let it = self.world.account(0);
        let mut peers = self.peers.borrow_mut();
        peers.active.insert(it);
        peers.pool_size += 1;
        it
    }

    /// `from` pays for the deposit and reserve of `who`.
    pub fn fund(
        &self,
        from: Address,
        who: Address,
        deposit: u128,
        reserve: u128,
    ) -> Receipt<fundDepositAndReserveForReturn> {
        let call = fundDepositAndReserveForCall {
            addr: who,
            depositAmount: U256::from(deposit),
            reserveAmount: U256::from(reserve),
        };
        self.world
            .pay(from, self.broker, U256::from(deposit + reserve), &call)
    }

    /// Deposit, withdraw round, reserve, drawn of it in this round.
    pub fn sender(&self, who: Address) -> [u128; 4] {
        let it = self
            .world
            .read(self.broker, &getSenderInfoCall { sender_: who });
        [
            it.sender.deposit.to(),
            it.sender.withdrawRound.to(),
            it.reserve.fundsRemaining.to(),
            it.reserve.claimedInCurrentRound.to(),
        ]
    }

    pub fn claimable(&self, holder: Address, claimant: Address) -> Receipt<U256> {
        self.world.view(
            self.broker,
            &claimableReserveCall {
                reserveHolder: holder,
                claimant,
            },
        )
    }

    pub fn claimed(&self, holder: Address, claimant: Address) -> U256 {
        self.world.read(
            self.broker,
            &claimedReserveCall {
                reserveHolder: holder,
                claimant,
            },
        )
    }

    /// A ticket of this round that surely wins.
    pub fn draft(&self, sender: &Signer, recipient: Address, face_value: u128) -> Draft {
        let round = self.peers.borrow().round;
        Draft {
            recipient,
            sender: sender.address,
            face_value: U256::from(face_value),
            win_prob: U256::MAX,
            nonce: 1,
            rand: U256::from(123_456_789),
            round,
            block_hash: hash_of_round(round),
        }
    }

    /// The sender signs and anyone redeems.
    pub fn redeem(&self, draft: &Draft, signer: &Signer) -> Receipt<redeemWinningTicketReturn> {
        self.redeem_signed(draft, signer.sign(&draft.ticket()))
    }

    pub fn redeem_signed(&self, draft: &Draft, sig: Vec<u8>) -> Receipt<redeemWinningTicketReturn> {
        let anyone = Address::with_last_byte(0xee);
        self.world.send(anyone, self.broker, &draft.call(sig))
    }
}

impl Draft {
    pub fn ticket(&self) -> Ticket {
        Ticket {
            recipient: self.recipient,
            sender: self.sender,
            faceValue: self.face_value,
            winProb: self.win_prob,
            senderNonce: U256::from(self.nonce),
            recipientRandHash: keccak256(self.rand.to_be_bytes::<32>()),
            auxData: [B256::from(U256::from(self.round)), self.block_hash]
                .concat()
                .into(),
        }
    }

    pub fn call(&self, sig: Vec<u8>) -> redeemWinningTicketCall {
        redeemWinningTicketCall {
            ticket: self.ticket(),
            sig: sig.into(),
            recipientRand: self.rand,
        }
    }
}

/// A ticket's hash, told independently of the program.
pub fn hash(ticket: &Ticket) -> B256 {
    keccak256(
        [
            ticket.recipient.as_slice(),
            ticket.sender.as_slice(),
            &ticket.faceValue.to_be_bytes::<32>(),
            &ticket.winProb.to_be_bytes::<32>(),
            &ticket.senderNonce.to_be_bytes::<32>(),
            ticket.recipientRandHash.as_slice(),
            &ticket.auxData,
        ]
        .concat(),
    )
}

/// The number that decides whether a ticket won.
pub fn draw(sig: &[u8], rand: U256) -> U256 {
    U256::from_be_bytes(keccak256([sig, &rand.to_be_bytes::<32>()].concat()).0)
}

impl Signer {
    pub fn new(seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).expect("a small number is a key");
        let address = Address::from_public_key(key.verifying_key());
        Signer { key, address }
    }

    /// 65 bytes, as a wallet signs a personal message.
    pub fn sign(&self, ticket: &Ticket) -> Vec<u8> {
        let message = [
            b"\x19Ethereum Signed Message:\n32".as_slice(),
            hash(ticket).as_slice(),
        ]
        .concat();
        let (signature, id) = self
            .key
            .sign_prehash_recoverable(keccak256(message).as_slice())
            .expect("a hash can be signed");
        [&signature.to_bytes()[..], &[27 + id.to_byte()]].concat()
    }
}

/// A batch of what was drafted and signed.
pub fn batch(tickets: &[(&Draft, Vec<u8>)]) -> batchRedeemWinningTicketsCall {
    batchRedeemWinningTicketsCall {
        tickets: tickets.iter().map(|(draft, _)| draft.ticket()).collect(),
        sigs: tickets
            .iter()
            .map(|(_, sig)| Bytes::from(sig.clone()))
            .collect(),
        recipientRands: tickets.iter().map(|(draft, _)| draft.rand).collect(),
    }
}

pub fn says(text: &str) -> Revert {
    Revert::text(text)
}
