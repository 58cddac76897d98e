//! A connection to one chain, and one account that sends from it.
//! Always holds: L1 and L2 clients are two types, so a call meant for one cannot go to the other; the chain at the
//! other end is the one that was expected; only standard RPC methods are used.

mod at;
mod bulk;
mod look;
mod query;
mod revert;
mod send;

use std::{fmt, marker::PhantomData, num::NonZeroU64};

use alloy::{
    network::{AnyNetwork, TransactionBuilder as _},
    primitives::{Address, B256, Bytes, U256, keccak256},
    providers::{DynProvider, Provider as _, ProviderBuilder},
    rpc::types::{BlockId, TransactionRequest, state::StateOverridesBuilder},
    serde::WithOtherFields,
    sol_types::{SolCall, SolError},
    transports::{RpcError, TransportErrorKind},
};

pub use at::BlockMark;
pub use bulk::Order;
pub use look::Logged;
pub use query::{Found, Head, Receipt, Sent};
pub use revert::Revert;
pub use send::Mined;

use crate::keys::Account;

/// Which of the two chains a client is for.
pub trait Side: fmt::Debug + Clone + Send + Sync + 'static {
    /// What the user calls it.
    const NAME: &'static str;
}

/// Ethereum.
#[derive(Debug, Clone, Copy)]
pub enum Ethereum {}

/// Arbitrum.
#[derive(Debug, Clone, Copy)]
pub enum Arbitrum {}

impl Side for Ethereum {
    const NAME: &'static str = "L1";
}

impl Side for Arbitrum {
    const NAME: &'static str = "L2";
}

/// A client of the L1 chain.
pub type L1 = Client<Ethereum>;
/// A client of the L2 chain.
pub type L2 = Client<Arbitrum>;

/// A connection to the chain of one side.
#[derive(Debug, Clone)]
pub struct Client<S> {
    provider: DynProvider<AnyNetwork>,
    from: Option<Address>,
    chain_id: u64,
    side: PhantomData<S>,
}

/// Why a chain did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The address is no URL.
    #[error("{url:?} is not the URL of an RPC endpoint: {why}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nobody answers, or not as an Ethereum node does.
    #[error("cannot reach the {side} node: {why}")]
    Unreachable {
        /// Which chain.
        side: &'static str,
        /// What happened.
        why: String,
    },
    /// Another chain than expected.
    #[error(
        "the {side} node is on chain {found}, expected chain {expected}; check the RPC URL and the network"
    )]
    WrongChain {
        /// Which chain.
        side: &'static str,
        /// Chain id that was expected.
        expected: u64,
        /// Chain id of the node.
        found: u64,
    },
    /// The chain refused to run a call.
    #[error("{what} would fail on {side}: {reason}{}", reason.advice())]
    Reverted {
        /// What was called.
        what: String,
        /// Which chain.
        side: &'static str,
        /// Why, as far as the chain says.
        reason: Revert,
    },
    /// A transaction was mined and failed.
    #[error("{what} failed on {side} in transaction {hash}")]
    Failed {
        /// What was sent.
        what: String,
        /// Which chain.
        side: &'static str,
        /// The transaction.
        hash: alloy::primitives::TxHash,
    },
    /// A transaction was sent and not mined in time.
    #[error("{what} is not mined yet: transaction {hash} on {side}; look again later")]
    Pending {
        /// What was sent.
        what: String,
        /// Which chain.
        side: &'static str,
        /// The transaction.
        hash: alloy::primitives::TxHash,
    },
    /// The account cannot pay.
    #[error(
        "{} has too little ETH on {side} for {what}: {why}; send it some first",
        from.map_or_else(|| "the account".to_owned(), |from| from.to_string())
    )]
    TooLittleEther {
        /// What was to be sent.
        what: String,
        /// Which chain.
        side: &'static str,
        /// Who would pay.
        from: Option<Address>,
        /// What the node said.
        why: String,
    },
    /// Transactions of an account wait to be mined.
    #[error(
        "{waiting} transactions of {account} wait to be mined on {side}; look again when they are"
    )]
    Unsettled {
        /// Who sent them.
        account: Address,
        /// Which chain.
        side: &'static str,
        /// How many.
        waiting: u64,
    },
    /// The node answered with an error that is not a revert.
    #[error("{what} was refused by the {side} node: {why}")]
    Refused {
        /// What was asked.
        what: String,
        /// Which chain.
        side: &'static str,
        /// What the node said.
        why: String,
    },
    /// An answer that is not what the call returns.
    #[error("{what} on {side} answered something else than it should: {why}")]
    Answer {
        /// What was called.
        what: String,
        /// Which chain.
        side: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A client without an account was asked to send.
    #[error("{what} needs an account that pays for it; none was given")]
    NoAccount {
        /// What was to be sent.
        what: String,
    },
}

impl ClientError {
    /// Whether the same request may be answered later.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending { .. } | Self::Unsettled { .. })
    }

    /// Whether the contract refused with this typed error.
    #[must_use]
    pub fn is_typed<E: SolError>(&self) -> bool {
        matches!(self, Self::Reverted { reason: Revert::Data(data), .. } if data.starts_with(&E::SELECTOR))
    }

    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Url { .. } | Self::WrongChain { .. } | Self::NoAccount { .. }
        )
    }
}

impl<S: Side> Client<S> {
    /// Connects, and makes sure that the chain is the expected one.
    ///
    /// # Errors
    /// [`ClientError::Url`], [`ClientError::Unreachable`], [`ClientError::WrongChain`].
    pub async fn connect(
        url: &str,
        expected: Option<NonZeroU64>,
        account: Option<&Account>,
    ) -> Result<Self, ClientError> {
        let parsed: alloy::transports::http::reqwest::Url =
            url.parse().map_err(|error| ClientError::Url {
                url: url.to_owned(),
                why: format!("{error}"),
            })?;
        if !matches!(parsed.scheme(), "http" | "https") {
            let why = "expected http:// or https://".to_owned();
            return Err(ClientError::Url {
                url: url.to_owned(),
                why,
            });
        }
        // nonces are asked for each time: a counter would go on after a transaction that was never sent
        let builder = ProviderBuilder::<_, _, AnyNetwork>::default()
            .with_simple_nonce_management()
            .with_gas_estimation()
            .fetch_chain_id();
        let provider = match account.and_then(Account::wallet) {
            Some(wallet) => builder.wallet(wallet).connect_http(parsed).erased(),
            None => builder.connect_http(parsed).erased(),
        };
        let unreachable = |error: RpcError<TransportErrorKind>| ClientError::Unreachable {
            side: S::NAME,
            why: error.to_string(),
        };
        let chain_id = provider.get_chain_id().await.map_err(unreachable)?;
        if let Some(expected) = expected
            && expected.get() != chain_id
        {
            return Err(ClientError::WrongChain {
                side: S::NAME,
                expected: expected.get(),
                found: chain_id,
            });
        }
        let from = account.map(Account::address);
        Ok(Self {
            provider,
            from,
            chain_id,
            side: PhantomData,
        })
    }

    /// The same connection, sending from an account that the node itself holds.
    #[must_use]
    pub fn with_unlocked(&self, from: Address) -> Self {
        Self {
            from: Some(from),
            ..self.clone()
        }
    }

    /// The chain's id.
    #[must_use]
    pub fn chain_id(&self) -> u64 {
        self.chain_id
    }

    /// Who pays for what is sent.
    #[must_use]
    pub fn from(&self) -> Option<Address> {
        self.from
    }

    /// Accounts that the node signs for; only development nodes have any.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn unlocked(&self) -> Result<Vec<Address>, ClientError> {
        self.provider
            .get_accounts()
            .await
            .map_err(|error| self.refused("listing the node's accounts", &error))
    }

    /// Ether of an account, in wei.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn balance(&self, of: Address) -> Result<U256, ClientError> {
        self.provider
            .get_balance(of)
            .await
            .map_err(|error| self.refused("reading a balance", &error))
    }

    /// Transactions of an account that are mined; the number of its next one.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn nonce(&self, of: Address) -> Result<u64, ClientError> {
        self.provider
            .get_transaction_count(of)
            .await
            .map_err(|error| self.refused("reading a nonce", &error))
    }

    /// Code of an account; empty if it has none.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn code(&self, of: Address) -> Result<Bytes, ClientError> {
        self.provider
            .get_code_at(of)
            .await
            .map_err(|error| self.refused("reading code", &error))
    }

    /// A slot of an account's storage.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    pub async fn storage(&self, of: Address, slot: U256) -> Result<B256, ClientError> {
        self.provider
            .get_storage_at(of, slot)
            .await
            .map(B256::from)
            .map_err(|error| self.refused("reading storage", &error))
    }

    /// As [`Client::read`], with calldata and answer as they are.
    ///
    /// # Errors
    /// [`ClientError::Reverted`] if it refuses.
    pub async fn call(&self, to: Address, data: Bytes) -> Result<Bytes, ClientError> {
        let request = self.request(Some(to), data, U256::ZERO);
        let answer = self.provider.call(request).block(BlockId::latest()).await;
        answer.map_err(|error| self.refused("a call", &error))
    }

    /// As [`Client::call`], bringing `value` wei, as if these accounts had all the ether there is.
    ///
    /// # Errors
    /// [`ClientError::Reverted`] if it refuses.
    pub async fn call_with(
        &self,
        to: Address,
        data: Bytes,
        value: U256,
        rich: &[Address],
    ) -> Result<Bytes, ClientError> {
        let request = self.request(Some(to), data, value);
        let overrides = rich
            .iter()
            .fold(StateOverridesBuilder::default(), |overrides, who| {
                overrides.with_balance(*who, U256::MAX >> 1)
            });
        let answer = self
            .provider
            .call(request)
            .block(BlockId::latest())
            .overrides(overrides.build())
            .await;
        answer.map_err(|error| self.refused("a call", &error))
    }

    /// Asks a contract; nothing is sent.
    ///
    /// # Errors
    /// [`ClientError::Reverted`] if it refuses, [`ClientError::Answer`] if it answers something else.
    pub async fn read<C: SolCall>(&self, to: Address, call: &C) -> Result<C::Return, ClientError> {
        let request = self.request(Some(to), call.abi_encode().into(), U256::ZERO);
        let answer = self.provider.call(request).block(BlockId::latest()).await;
        self.decoded::<C>(answer)
    }

    /// As [`Client::read`], as if `place` had this code, with `value` wei from a rich sender: what would happen.
    ///
    /// # Errors
    /// Those of [`Client::read`].
    pub async fn read_as_if<C: SolCall>(
        &self,
        to: Address,
        call: &C,
        value: U256,
        place: Address,
        code: &[u8],
    ) -> Result<C::Return, ClientError> {
        let rich = Address::from_word(keccak256("a sender that only this call knows"));
        let request = self
            .with_unlocked(rich)
            .request(Some(to), call.abi_encode().into(), value);
        let overrides = StateOverridesBuilder::default()
            .with_balance(rich, U256::MAX)
            .with_code(place, code.to_vec())
            .build();
        let answer = self
            .provider
            .call(request)
            .block(BlockId::latest())
            .overrides(overrides)
            .await;
        self.decoded::<C>(answer)
    }

    fn decoded<C: SolCall>(
        &self,
        answer: Result<Bytes, RpcError<TransportErrorKind>>,
    ) -> Result<C::Return, ClientError> {
        let what = name_of::<C>();
        let answer = answer.map_err(|error| self.refused(what, &error))?;
        C::abi_decode_returns(&answer).map_err(|error| ClientError::Answer {
            what: what.to_owned(),
            side: S::NAME,
            why: match answer.is_empty() {
                true => "nothing (is there a contract?)".to_owned(),
                false => error.to_string(),
            },
        })
    }

    fn request(
        &self,
        to: Option<Address>,
        data: Bytes,
        value: U256,
    ) -> WithOtherFields<TransactionRequest> {
        let mut request = WithOtherFields::new(TransactionRequest::default());
        match to {
            Some(to) => {
                request.set_to(to);
                request.set_input(data);
            }
            None => request.set_deploy_code(data),
        }
        request.set_value(value);
        if let Some(from) = self.from {
            request.set_from(from);
        }
        request
    }

    fn refused(&self, what: &str, error: &RpcError<TransportErrorKind>) -> ClientError {
        let what = what.to_owned();
        match error {
            RpcError::ErrorResp(answer) => match Revert::of(answer) {
                Some(reason) => ClientError::Reverted {
                    what,
                    side: S::NAME,
                    reason,
                },
                None => {
                    let (side, why) = (S::NAME, answer.message.to_string());
                    // geth's and anvil's words
                    match why.to_lowercase().contains("insufficient funds") {
                        true => ClientError::TooLittleEther {
                            what,
                            side,
                            from: self.from,
                            why,
                        },
                        false => ClientError::Refused { what, side, why },
                    }
                }
            },
            RpcError::Transport(_) => ClientError::Unreachable {
                side: S::NAME,
                why: error.to_string(),
            },
            other => ClientError::Refused {
                what,
                side: S::NAME,
                why: other.to_string(),
            },
        }
    }
}

/// The called function's name.
fn name_of<C: SolCall>() -> &'static str {
    C::SIGNATURE.split('(').next().unwrap_or(C::SIGNATURE)
}
