//! What `migrate` is told, and what follows where it is not told: the key's own account, the same address on L2, the next nonce.
//! Always holds: with somebody's signature nothing is filled in, since only what was signed is good.

use std::path::PathBuf;

use alloy::primitives::{Address, Bytes, U256, utils::format_ether};
use confluence_abi::IL1Migrator;

use super::Job;
use crate::{
    cli::{
        CliError,
        authorize::parse_lpt,
        chains::{Chains, Keys, Migrator, Password},
    },
    client::L1,
    keys::KeyError,
    migrate::{MigrateError, Order, Sides, TICKET_DAYS},
    sign::{Authorization, Move, Verifier, What},
    ticket::Buffers,
};

/// How long an own message is good for where nothing is said.
const A_DAY: u64 = 86_400;

/// Options that every kind takes.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Common {
    /// The account on L1; the key's own if not given
    #[arg(long, value_name = "ADDRESS")]
    l1_addr: Option<Address>,
    /// The account on L2 that gets what is moved; the same address if not given
    #[arg(long, value_name = "ADDRESS")]
    l2_addr: Option<Address>,
    #[command(flatten)]
    migrator: Migrator,
    /// The account's signature, when another one sends and pays
    #[arg(long, value_name = "HEX", conflicts_with_all = ["authorization", "safe_json"])]
    signature: Option<Bytes>,
    /// What `confluence authorize --out` wrote, when another one sends and pays
    #[arg(long, value_name = "FILE", conflicts_with = "safe_json")]
    authorization: Option<PathBuf>,
    /// Write a file for Safe's Transaction Builder instead of sending; --l1-addr is the wallet
    #[arg(long, value_name = "FILE", requires = "l1_addr")]
    pub(super) safe_json: Option<PathBuf>,
    /// Minutes to wait for L2 before the exit code is 3
    #[arg(long, value_name = "MINUTES", default_value_t = 30)]
    pub(super) wait: u64,
    /// Send without asking
    #[arg(long, short)]
    pub(super) yes: bool,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// Which part of a stake.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Part {
    /// LPT to move
    #[arg(
        long,
        value_name = "LPT",
        value_parser = parse_lpt,
        required_unless_present = "authorization"
    )]
    lpt: Option<U256>,
    /// The account's nonce in L1Migrator; its next one if not given
    #[arg(long)]
    nonce: Option<U256>,
    /// Unix seconds after which L1Migrator refuses; a day from now if not given
    #[arg(long, value_name = "SECONDS")]
    deadline: Option<u64>,
}

/// What is to be moved.
#[derive(Debug)]
pub(super) enum Asked {
    Delegator,
    Sender,
    Locks(Vec<U256>),
    Amount(Part),
}

impl Common {
    /// The first L1 block in which a ticket that can still run may have been sent.
    pub(super) async fn since(&self, l1: &L1) -> Result<u64, CliError> {
        let seconds = self.chains.network()?.l1.block_seconds.get();
        let head = l1.head().await?.number;
        Ok(head.saturating_sub(TICKET_DAYS * 86_400 / seconds))
    }

    /// Connects, finds the contracts and puts the order together.
    pub(super) async fn job(&self, kind: &Asked) -> Result<Job, CliError> {
        let network = self.chains.network()?;
        let l1_migrator = self.migrator.of(&network)?;
        let chain_id = network.l1.chain_id.get();
        let account = match (&self.safe_json, self.keys.is_given()) {
            (Some(_), _) => None,
            (None, true) => Some(self.keys.account(&self.password, chain_id).await?),
            (None, false) => return Err(KeyError::None.into()),
        };
        let verifier = Verifier {
            chain_id,
            l1_migrator,
        };
        // what is wrong with a file is said before any node is asked
        let file = match &self.authorization {
            Some(path) => Some(Authorization::read(path)?),
            None => None,
        };
        let from_file = match (&file, &account) {
            (Some(file), Some(account)) => {
                self.agrees(kind, &file.moved)?;
                Some(Order::of_file(file, &verifier, account.address())?)
            }
            _ => None,
        };
        let l1 = self.chains.l1(&network, account.as_ref()).await?;
        let l2 = self.chains.l2(&network, None).await?;
        let sides = Sides::find(&l1, &l2, l1_migrator).await?;
        let order = match from_file {
            Some(order) => order,
            None => {
                let payer = account.as_ref().map(crate::keys::Account::address);
                let payer = payer.or(self.l1_addr).ok_or(KeyError::None)?;
                let l1_addr = self.l1_addr.unwrap_or(payer);
                Order {
                    moved: Move {
                        l1_addr,
                        l2_addr: self.l2_addr.unwrap_or(l1_addr),
                        what: self.what(kind, &l1, &sides, l1_addr).await?,
                    },
                    payer,
                    signature: self.signature.clone(),
                    buffers: Buffers::default(),
                }
            }
        };
        Ok(Job {
            l1,
            l2,
            sides,
            order,
        })
    }

    async fn what(
        &self,
        kind: &Asked,
        l1: &L1,
        sides: &Sides,
        owner: Address,
    ) -> Result<What, CliError> {
        let part = match kind {
            Asked::Delegator => return Ok(What::Delegator),
            Asked::Sender => return Ok(What::Sender),
            Asked::Locks(ids) => return Ok(What::Locks { ids: ids.clone() }),
            Asked::Amount(part) => part,
        };
        let unsaid = |option| MigrateError::Unsaid { option };
        if self.signature.is_some() {
            return Ok(What::Amount {
                amount: part.lpt.ok_or(unsaid("--lpt"))?,
                nonce: part.nonce.ok_or(unsaid("--nonce"))?,
                deadline: part.deadline.ok_or(unsaid("--deadline"))?,
            });
        }
        let nonce = match part.nonce {
            Some(nonce) => nonce,
            None => {
                let call = IL1Migrator::noncesCall { owner };
                l1.read(sides.l1_migrator, &call).await?
            }
        };
        let deadline = match part.deadline {
            Some(deadline) => deadline,
            None => l1.head().await?.timestamp + A_DAY,
        };
        Ok(What::Amount {
            amount: part.lpt.unwrap_or_default(),
            nonce,
            deadline,
        })
    }

    /// Makes sure that the options do not say otherwise than what was signed.
    fn agrees(&self, kind: &Asked, signed: &Move) -> Result<(), MigrateError> {
        let contradicts = |what, signed: String, given: String| match signed == given {
            true => Ok(()),
            false => Err(MigrateError::Contradicts {
                what,
                signed,
                given,
            }),
        };
        for (what, signed, given) in [
            ("--l1-addr", signed.l1_addr, self.l1_addr),
            ("--l2-addr", signed.l2_addr, self.l2_addr),
        ] {
            if let Some(given) = given {
                contradicts(what, signed.to_string(), given.to_string())?;
            }
        }
        match (kind, &signed.what) {
            (Asked::Delegator, What::Delegator) | (Asked::Sender, What::Sender) => Ok(()),
            (Asked::Locks(given), What::Locks { ids }) => match given.is_empty() {
                true => Ok(()),
                false => contradicts("--ids", list(ids), list(given)),
            },
            (
                Asked::Amount(part),
                What::Amount {
                    amount,
                    nonce,
                    deadline,
                },
            ) => {
                if let Some(given) = part.lpt {
                    contradicts("--lpt", format_ether(*amount), format_ether(given))?;
                }
                if let Some(given) = part.nonce {
                    contradicts("--nonce", nonce.to_string(), given.to_string())?;
                }
                match part.deadline {
                    Some(given) => {
                        contradicts("--deadline", deadline.to_string(), given.to_string())
                    }
                    None => Ok(()),
                }
            }
            (_, other) => Err(MigrateError::OtherKind {
                signed: other.name(),
            }),
        }
    }
}

fn list(ids: &[U256]) -> String {
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}
