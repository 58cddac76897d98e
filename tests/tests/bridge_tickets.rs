//! Tickets that go wrong, on both chains: what the ticket library says of them, and what it tells people to do.

use std::num::NonZeroU64;

use alloy::{
    primitives::{Address, B256, Bytes, U256, address},
    sol_types::SolCall as _,
};
use confluence::{
    client::{ClientError, L1, L2, Mined},
    ticket::{
        State, Status, TicketError,
        bridge::{Inbox::createRetryableTicketCall as CreateTicket, alias},
        by_hash,
    },
};
use confluence_devnode::{bridge::TwoChains, chain::ETHER};
use tokio::runtime::Runtime;

alloy::sol! {
    function depositEth() external payable returns (uint256);
}

/// Second account of the test mnemonic, whom both nodes hold.
const ALICE: Address = address!("70997970C51812dc3A010C7d01b50e0d17dc79C8");
/// Nobody in particular.
const HEIR: Address = address!("00000000000000000000000000000000000be1f0");
const GWEI: u64 = 1_000_000_000;

/// Both chains and Alice's connections to them.
struct Pair {
    chains: TwoChains,
    l1: L1,
    l2: L2,
    runtime: Runtime,
}

impl Pair {
    fn start() -> Self {
        let chains = TwoChains::start().expect("both chains start");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let id = |id| NonZeroU64::new(id);
        let l1 = runtime.block_on(L1::connect(&chains.l1_url(), id(1337), None));
        let l2 = runtime.block_on(L2::connect(&chains.l2_url(), id(412_346), None));
        let (l1, l2) = (l1.expect("L1"), l2.expect("L2"));
        Self {
            l1: l1.with_unlocked(ALICE),
            l2: l2.with_unlocked(ALICE),
            chains,
            runtime,
        }
    }

    /// Sends a ticket with more ether than it needs by `excess`, and lets it arrive.
    fn send(&self, ticket: &CreateTicket, excess: U256) -> Result<Mined, ClientError> {
        let inbox = self.chains.contracts().inbox;
        let fees = ticket.maxSubmissionCost + ticket.gasLimit * ticket.maxFeePerGas;
        let value = fees + ticket.l2CallValue + excess;
        let sent = self
            .runtime
            .block_on(self.l1.transact(inbox, ticket, value))?;
        self.chains.sync().expect("the message arrives");
        Ok(sent)
    }

    fn ask(&self, hash: B256) -> Result<Vec<Status>, TicketError> {
        let asked = by_hash(Some(&self.l1), &self.l2, hash);
        self.runtime.block_on(asked)
    }
}

/// A ticket that transfers nothing and pays for everything.
fn ticket() -> CreateTicket {
    CreateTicket {
        to: HEIR,
        l2CallValue: U256::ZERO,
        maxSubmissionCost: ETHER,
        excessFeeRefundAddress: HEIR,
        callValueRefundAddress: HEIR,
        gasLimit: U256::from(100_000),
        maxFeePerGas: U256::from(GWEI),
        data: Bytes::new(),
    }
}

#[test]
fn too_little_submission_cost_is_told_with_the_inboxs_figures() {
    let pair = Pair::start();
    let cheap = CreateTicket {
        maxSubmissionCost: U256::from(7),
        ..ticket()
    };
    let error = pair.send(&cheap, U256::ZERO).expect_err("refused");
    let told = error.to_string();
    assert!(matches!(error, ClientError::Reverted { .. }), "{told}");
    assert!(
        told.contains("at most 7 were offered (InsufficientSubmissionCost)"),
        "{told}"
    );
}

#[test]
fn a_price_below_the_base_fee_leaves_a_ticket_that_says_why_it_waits_and_what_to_do() {
    let pair = Pair::start();
    let cheap = CreateTicket {
        maxFeePerGas: U256::from(1000),
        ..ticket()
    };
    let sent = pair.send(&cheap, U256::ZERO).expect("sent");
    let found = pair.ask(sent.hash).expect("a ticket").remove(0);
    assert!(matches!(found.state, State::FundsDeposited { .. }));
    let advice = found.state.advice();
    assert!(
        advice.contains("1000 wei a unit of gas were less than L2's base fee"),
        "{advice}"
    );
    assert!(advice.contains("`confluence redeem`"), "{advice}");
    // The ticket's own id says the same.
    let by_id = pair.ask(found.id).expect("a ticket").remove(0);
    assert_eq!(by_id.state, found.state);
}

#[test]
fn ether_beyond_what_a_ticket_needs_ends_at_the_alias() {
    let pair = Pair::start();
    let balance = || {
        let balance = pair.l2.balance(alias(ALICE));
        pair.runtime.block_on(balance).expect("a balance")
    };
    pair.send(&ticket(), U256::ZERO).expect("sent");
    assert_eq!(
        balance(),
        U256::ZERO,
        "the exact amount leaves nothing there"
    );
    pair.send(&ticket(), ETHER).expect("sent");
    assert_eq!(balance(), ETHER);
}

#[test]
fn a_hash_that_is_no_tickets_says_where_it_was_looked_for_or_found() {
    let pair = Pair::start();
    let error = pair.ask(B256::repeat_byte(7)).expect_err("unknown");
    let told = error.to_string();
    assert!(matches!(error, TicketError::Unknown { .. }), "{told}");
    assert!(
        told.contains("looked on L1 (chain 1337) and L2 (chain 412346)"),
        "{told}"
    );
    assert!(told.contains("check the network"), "{told}");

    let inbox = pair.chains.contracts().inbox;
    let deposit = depositEthCall {}.abi_encode().into();
    let sent = pair.l1.send("a deposit", Some(inbox), deposit, ETHER);
    let sent = pair.runtime.block_on(sent).expect("sent");
    let error = pair.ask(sent.hash).expect_err("no ticket");
    assert!(
        matches!(
            error,
            TicketError::NoTickets {
                succeeded: true,
                ..
            }
        ),
        "{error}"
    );

    let sent = pair
        .l2
        .send("a transfer", Some(HEIR), Bytes::new(), U256::ONE);
    let sent = pair.runtime.block_on(sent).expect("sent");
    let error = pair.ask(sent.hash).expect_err("no ticket");
    assert!(
        matches!(error, TicketError::NotATicket { side: "L2", .. }),
        "{error}"
    );
}
