//! One transaction of a deployment: what it sends, and how to see that it is done.
//! Always holds: a step's effect can be read from the chain, so that whoever was interrupted goes on where they were.

use alloy::{
    hex,
    primitives::{Address, B256, Bytes, U256},
    sol_types::SolCall,
};
use confluence_abi::IController;

use super::verify::Concern;
use crate::{
    client::{Client, ClientError, Mined, Side},
    l2::{FACTORY, STYLUS_DEPLOYER, deployment},
};

/// One transaction.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it does, for people.
    pub what: String,
    /// What is sent.
    pub action: Action,
    /// When it need not be sent (again).
    pub done: Done,
}

/// What a step sends.
#[derive(Debug, Clone)]
pub enum Action {
    /// A Stylus program: created, activated and (where it has a constructor) constructed.
    Program {
        /// Its code on chain.
        code: Vec<u8>,
        /// Constructor arguments.
        constructor: Option<Vec<u8>>,
        /// Part of its address.
        salt: B256,
    },
    /// An EVM contract, through the deterministic-deployment proxy.
    Evm {
        /// Creation code and constructor arguments.
        creation: Bytes,
        /// Part of its address.
        salt: B256,
    },
    /// An EVM contract that the account creates by itself: its address follows from the nonce.
    Create {
        /// Creation code and constructor arguments.
        creation: Bytes,
        /// Who creates it.
        by: Address,
        /// That account's nonce then.
        nonce: u64,
    },
    /// A call.
    Call {
        /// The contract.
        to: Address,
        /// Its calldata.
        data: Bytes,
    },
}

/// What the chain says once a step is done.
#[derive(Debug, Clone)]
pub enum Done {
    /// There is code here.
    Code(Address),
    /// This call answers this.
    Answer {
        /// Whom to ask.
        to: Address,
        /// What to ask.
        data: Bytes,
        /// The answer, or either of them.
        expected: Vec<Bytes>,
    },
    /// These slots hold this.
    Slots {
        /// Whose slots.
        at: Address,
        /// Slots and their values.
        slots: Vec<(U256, B256)>,
    },
}

impl Action {
    /// Whom it calls (nobody, to create a contract), with what.
    pub(super) fn transaction(&self) -> (Option<Address>, Bytes) {
        match self {
            Self::Program {
                code,
                constructor,
                salt,
            } => (
                Some(STYLUS_DEPLOYER),
                deployment(code, constructor.as_deref(), *salt),
            ),
            Self::Evm { creation, salt } => {
                (Some(FACTORY), [salt.as_slice(), creation].concat().into())
            }
            Self::Create { creation, .. } => (None, creation.clone()),
            Self::Call { to, data } => (Some(*to), data.clone()),
        }
    }
}

impl Step {
    pub(super) fn call<C: SolCall>(what: String, to: Address, call: &C, done: Done) -> Self {
        let data = call.abi_encode().into();
        Self {
            what,
            action: Action::Call { to, data },
            done,
        }
    }

    /// Sends it as it is, and waits for it.
    pub(super) async fn send<S: Side>(&self, chain: &Client<S>) -> Result<Mined, ClientError> {
        let (to, data) = self.action.transaction();
        chain.send(&self.what, to, data, U256::ZERO).await
    }
}

impl Done {
    pub(super) fn answer<C: SolCall>(to: Address, call: &C, expected: Vec<u8>) -> Self {
        Self::Answer {
            to,
            data: call.abi_encode().into(),
            expected: vec![expected.into()],
        }
    }

    /// Another answer that will do as well.
    pub(super) fn or(mut self, other: Vec<u8>) -> Self {
        if let Self::Answer { expected, .. } = &mut self {
            expected.push(other.into());
        }
        self
    }

    /// What kind of difference there is while it is not done.
    pub(super) fn concern(&self) -> Concern {
        match self {
            Self::Code(_) => Concern::Code,
            Self::Slots { .. } => Concern::Peer,
            Self::Answer { data, .. } if data.as_ref() == IController::pausedCall::SELECTOR => {
                Concern::Switch
            }
            Self::Answer { .. } => Concern::Setting,
        }
    }

    /// The contract that is there once it is done.
    pub(super) fn place(&self) -> Option<Address> {
        match self {
            Self::Code(at) => Some(*at),
            _ => None,
        }
    }

    /// What the chain says instead; `None` once it is done.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn difference<S: Side>(
        &self,
        chain: &Client<S>,
    ) -> Result<Option<String>, ClientError> {
        match self {
            Self::Code(at) => {
                let missing = chain.code(*at).await?.is_empty();
                Ok(missing.then(|| format!("there is no contract at {at}")))
            }
            Self::Answer { to, data, expected } => match chain.call(*to, data.clone()).await {
                Ok(answer) if expected.contains(&answer) => Ok(None),
                Ok(answer) => Ok(Some(format!(
                    "expected {}, found {}",
                    expected.iter().map(shown).collect::<Vec<_>>().join(" or "),
                    shown(&answer)
                ))),
                // a contract that refuses to answer has not been told yet
                Err(ClientError::Reverted { reason, .. }) => Ok(Some(format!("it says: {reason}"))),
                Err(error) => Err(error),
            },
            Self::Slots { at, slots } => {
                for (slot, expected) in slots {
                    let found = chain.storage(*at, *slot).await?;
                    if found != *expected {
                        let (expected, found) = (peer(*expected), peer(found));
                        return Ok(Some(format!(
                            "it keeps {found} where the registry has {expected}"
                        )));
                    }
                }
                Ok(None)
            }
        }
    }
}

/// The address in a slot in which a program keeps a peer: on its left.
pub(super) fn peer(slot: B256) -> Address {
    Address::from_slice(&slot[..20])
}

/// An ABI word for people: an address, a small number, or hex.
fn shown(answer: &Bytes) -> String {
    let Ok(word) = <[u8; 32]>::try_from(answer.as_ref()) else {
        return match answer.is_empty() {
            true => "nothing".to_owned(),
            false => hex::encode_prefixed(answer),
        };
    };
    let number = U256::from_be_bytes(word);
    match number.bit_len() {
        0..=64 => number.to_string(),
        97..=160 => Address::from_word(word.into()).to_string(),
        _ => B256::from(word).to_string(),
    }
}
