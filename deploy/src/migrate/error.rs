//! Why a migration is not sent: each reason with what to do about it.

use alloy::primitives::{Address, B256, U256, utils::format_ether};

use crate::{client::ClientError, sign::SignError, ticket::TicketError};

/// Why nothing was sent, or what was sent has not arrived.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A ticket could not be found or priced.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// An authorization is none.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no L1Migrator.
    #[error("{l1_migrator} is no L1Migrator on L1; check --l1-migrator, the network and --l1-rpc")]
    NotAMigrator {
        /// What was given.
        l1_migrator: Address,
    },
    /// L1Migrator sends to nobody.
    #[error(
        "L1Migrator {l1_migrator} sends to {l2_migrator}, where L2 has no contract; check --l2-rpc: it may be another chain's node"
    )]
    NoCounterpart {
        /// On L1.
        l1_migrator: Address,
        /// On L2.
        l2_migrator: Address,
    },
    /// L2Migrator listens to another one.
    #[error(
        "L2Migrator {l2_migrator} listens to {found}, not to {l1_migrator}: nothing that this L1Migrator sends would be taken; use --l1-migrator {found}"
    )]
    OtherMigrator {
        /// On L2.
        l2_migrator: Address,
        /// Whom it listens to.
        found: Address,
        /// Who would send.
        l1_migrator: Address,
    },
    /// A registry lacks a contract.
    #[error("the Controller {controller} on {side} knows no {name}; is the system deployed?")]
    Unregistered {
        /// Which chain.
        side: &'static str,
        /// Its registry.
        controller: Address,
        /// What was looked up.
        name: &'static str,
    },
    /// Migrations are closed.
    #[error(
        "migrations are closed: {what} {at} on {side} is paused; nothing was sent. They open with the switch-over: run the same command again then"
    )]
    Paused {
        /// Which contract.
        what: &'static str,
        /// Where.
        at: Address,
        /// Which chain.
        side: &'static str,
    },
    /// Somebody else's key, and no signature.
    #[error(
        "the key is {payer}'s, and {account} has not agreed: use {account}'s key, or have it run `confluence authorize` and give the file with --authorization"
    )]
    NotTheOwner {
        /// Whose key it is.
        payer: Address,
        /// Whose stake it is.
        account: Address,
    },
    /// The contract wallet does not stand behind the signature.
    #[error(
        "the contract wallet {account} does not accept the signature (ERC-1271 isValidSignature); have its owners sign this very message, or send from the wallet itself with --safe-json FILE"
    )]
    WalletRefuses {
        /// The wallet.
        account: Address,
    },
    /// A wallet that signs nothing.
    #[error(
        "{account} is a contract, so no key can send for it: write a transaction for it with --safe-json FILE, or give the signature that it accepts (ERC-1271) with --signature"
    )]
    NeedsWallet {
        /// The wallet.
        account: Address,
    },
    /// The authorization is for another contract or chain.
    #[error(
        "the authorization is for L1Migrator {signed} on chain {signed_chain}, not for {l1_migrator} on chain {chain}; authorize again with --network and --l1-migrator as here"
    )]
    OtherContract {
        /// Whom it names.
        signed: Address,
        /// Its chain.
        signed_chain: u64,
        /// Who was to take it.
        l1_migrator: Address,
        /// L1.
        chain: u64,
    },
    /// The authorization is for another kind of move.
    #[error(
        "the authorization moves {signed}; run `confluence migrate {signed} --authorization FILE`"
    )]
    OtherKind {
        /// What it moves.
        signed: &'static str,
    },
    /// Options that contradict the authorization.
    #[error(
        "the authorization says {what} {signed}, the command line says {given}; leave the option out, or authorize again"
    )]
    Contradicts {
        /// Which field.
        what: &'static str,
        /// What was signed.
        signed: String,
        /// What was given.
        given: String,
    },
    /// A signature without what it signs.
    #[error(
        "a --signature is good only for the fields that were signed: give {option} as well, or the file of `confluence authorize --out` with --authorization"
    )]
    Unsaid {
        /// The option that is missing.
        option: &'static str,
    },
    /// The file waits for a signature.
    #[error(
        "the authorization has no signature yet; have {account} sign its digest {digest} and give the result with --signature"
    )]
    Unsigned {
        /// Who must sign.
        account: Address,
        /// What.
        digest: B256,
    },
    /// Nothing can go to the null address.
    #[error(
        "the account on L2 is the null address; give the address that is to get what moves with --l2-addr"
    )]
    NullReceiver,
    /// A contract wallet that does not exist on L2.
    #[error(
        "{account} is a contract on L1 and has no code on L2, so nobody could use what arrives there: give an account that you control on L2 with --l2-addr"
    )]
    WalletNotOnL2 {
        /// The wallet.
        account: Address,
    },
    /// Nothing is there.
    #[error("{account} has {what} on L1: there is nothing to move")]
    Nothing {
        /// Whose.
        account: Address,
        /// What is missing.
        what: &'static str,
    },
    /// It has arrived.
    #[error("{what} of {account} on L1 has arrived on L2 already; nothing was sent")]
    Arrived {
        /// Whose.
        account: Address,
        /// What.
        what: String,
    },
    /// More than there is.
    #[error(
        "{account} can still move {left} LPT ({stake} LPT on L1, {arrived} LPT of it has arrived), not {asked} LPT",
        left = format_ether(stake.saturating_sub(*arrived)),
        stake = format_ether(*stake),
        arrived = format_ether(*arrived),
        asked = format_ether(*asked)
    )]
    TooMuch {
        /// Whose.
        account: Address,
        /// LPT base units that were asked for.
        asked: U256,
        /// LPT base units on L1.
        stake: U256,
        /// LPT base units that have arrived.
        arrived: U256,
    },
    /// The message's number is not the next.
    #[error(
        "the authorization has nonce {signed}, and {account}'s next one is {next}; authorize again with --nonce {next}"
    )]
    Nonce {
        /// Whose.
        account: Address,
        /// What was signed.
        signed: U256,
        /// What L1Migrator takes.
        next: U256,
    },
    /// No such lock.
    #[error(
        "{account} has no unbonding lock {id} on L1 (withdrawn, bonded again, or never made); its locks are {has}"
    )]
    NoLock {
        /// Whose.
        account: Address,
        /// Which.
        id: U256,
        /// Those it has.
        has: String,
    },
    /// A lock twice.
    #[error("lock {id} is named twice; name each once")]
    LockTwice {
        /// Which.
        id: U256,
    },
    /// More locks than one ticket may carry.
    #[error(
        "{given} locks are more than the {max} that one ticket can carry; send them in several commands"
    )]
    TooManyLocks {
        /// How many.
        given: usize,
        /// At most.
        max: u64,
    },
    /// The ticket's call would fail.
    #[error("L2 would refuse it: {why}. Nothing was sent; {advice}")]
    WouldFail {
        /// What L2 says.
        why: String,
        /// What to do.
        advice: &'static str,
    },
    /// The payer is too poor.
    #[error(
        "{payer} has {has} ETH on L1 and needs about {needs} ETH ({value} ETH with the ticket, the rest for L1's gas); send it {missing} ETH first",
        has = format_ether(*has),
        needs = format_ether(*needs),
        value = format_ether(*value),
        missing = format_ether(needs.saturating_sub(*has))
    )]
    TooLittleEther {
        /// Who pays.
        payer: Address,
        /// Wei it has.
        has: U256,
        /// Wei it needs.
        needs: U256,
        /// Wei of that for the ticket.
        value: U256,
    },
    /// L1 took the transaction and sent no ticket.
    #[error("transaction {hash} sent no ticket to L2; is {l1_migrator} really an L1Migrator?")]
    NoTicket {
        /// The transaction.
        hash: B256,
        /// What was called.
        l1_migrator: Address,
    },
}

impl MigrateError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::Ticket(error) => error.is_usage(),
            Self::Sign(error) => error.is_usage(),
            Self::File { .. }
            | Self::Paused { .. }
            | Self::WouldFail { .. }
            | Self::TooLittleEther { .. }
            | Self::NoTicket { .. }
            | Self::Arrived { .. } => false,
            _ => true,
        }
    }

    /// Whether the same command may succeed later.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        match self {
            Self::Client(error) | Self::Ticket(TicketError::Client(error)) => error.is_pending(),
            _ => false,
        }
    }
}
