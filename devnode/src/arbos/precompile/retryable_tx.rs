//! `ArbRetryableTx` (0x6e): redeem, keep alive, cancel and look at tickets.
//!
//! Always holds: a redeem burns all its gas but what it needs to end, and its try runs after the transaction; a
//! ticket that runs cannot redeem or cancel itself.

use alloy_primitives::{B256, U256};
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::{COPY_GAS, Call},
    errors::{NoTicketWithID, NotCallable},
    fault::{Fault, require},
    method::{Answer, Precompile, account, nothing, view, word, write},
};
use crate::arbos::{
    address::ARB_RETRYABLE_TX,
    state::{
        l2_pricing,
        tickets::{self, LIFETIME, NotExtended, Ticket},
    },
    tx::{ArbTx, RetryTx},
};

sol! {
    /// A ticket exists.
    event TicketCreated(bytes32 indexed ticketId);
    /// A try will run after this transaction.
    event RedeemScheduled(
        bytes32 indexed ticketId, bytes32 indexed retryTxHash, uint64 indexed sequenceNum,
        uint64 donatedGas, address gasDonor, uint256 maxRefund, uint256 submissionFeeRefund
    );
    /// A ticket lives a week longer.
    event LifetimeExtended(bytes32 indexed ticketId, uint256 newTimeout);
    /// A ticket is gone.
    event Canceled(bytes32 indexed ticketId);
}

/// A try with less gas than this is refused.
const LEAST_GAS: u64 = 21_000;
/// Gas per word of the ticket for a redeem.
const REDEEM_WORD_GAS: u64 = 50;
/// Gas per word of the ticket for keeping it alive: a hundredth of a storage write.
const KEEP_WORD_GAS: u64 = 200;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_RETRYABLE_TX,
    &[
        write("redeem(bytes32)", redeem),
        view("getLifetime()", |_, _| word(U256::from(LIFETIME))),
        view("getTimeout(bytes32)", |call, args| {
            let timeout = open(call, args.hash(0))?.timeout(call)?;
            word(U256::from(timeout))
        }),
        write("keepalive(bytes32)", keep_alive),
        view("getBeneficiary(bytes32)", |call, args| {
            let beneficiary = open(call, args.hash(0))?.beneficiary(call)?;
            account(beneficiary)
        }),
        write("cancel(bytes32)", cancel),
        view("getCurrentRedeemer()", |call, _| {
            let redeeming = call.host.tx().redeeming;
            account(
                redeeming
                    .map(|running| running.refund_to)
                    .unwrap_or_default(),
            )
        }),
        write(
            "submitRetryable(bytes32,uint256,uint256,uint256,uint256,uint64,uint256,address,address,address,bytes)",
            |_, _| Err(Fault::solidity(&NotCallable {})),
        ),
    ],
);

fn open(call: &mut Call<'_, '_>, id: B256) -> Result<Ticket, Fault> {
    let now = call.now();
    Ticket::open(call, id, now)?.ok_or_else(unknown)
}

fn unknown() -> Fault {
    Fault::solidity(&NoTicketWithID {})
}

fn refuse_running(call: &Call<'_, '_>, id: B256) -> Result<(), Fault> {
    let runs = call
        .host
        .tx()
        .redeeming
        .is_some_and(|running| running.ticket == id);
    require(!runs, "retryable cannot modify itself")
}

fn redeem(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let id = args.hash(0);
    refuse_running(call, id)?;
    let now = call.now();
    // Nitro opens the ticket again to find that an unknown one is not there.
    let words = tickets::size_words(call, id, now)?.unwrap_or(0);
    call.burn(REDEEM_WORD_GAS * words)?;
    let ticket = open(call, id)?;
    let nonce = ticket.next_try(call)?;
    let what = ticket.call(call)?;
    let block = call.host.block();
    let mut retry = RetryTx {
        chain_id: block.chain_id,
        nonce,
        from: what.from,
        gas_fee_cap: block.base_fee,
        gas: 0,
        to: what.to,
        value: what.value,
        data: what.data.into(),
        ticket_id: id,
        refund_to: call.frame.caller,
        max_refund: U256::MAX,
        submission_fee_refund: U256::ZERO,
    };
    let mut event = RedeemScheduled {
        ticketId: id,
        retryTxHash: B256::ZERO,
        sequenceNum: nonce,
        donatedGas: 0,
        gasDonor: retry.refund_to,
        maxRefund: retry.max_refund,
        submissionFeeRefund: retry.submission_fee_refund,
    };

    let give_back = l2_pricing::give_back_price(call)?;
    let to_end = Call::log_gas(&event) + COPY_GAS + give_back;
    let Some(donated) = call.gas_left().checked_sub(to_end) else {
        return Err(Fault::OutOfGas);
    };
    require(donated >= LEAST_GAS, "not enough gas to run redeem attempt")?;
    retry.gas = donated;
    let hash = ArbTx::Retry(retry).hash();
    event.retryTxHash = hash;
    event.donatedGas = donated;
    call.emit(&event)?;
    call.burn(donated)?;
    // The try will count this gas as used; until then nobody has used it.
    l2_pricing::give_back_priced(call, donated)?;
    Ok(hash.to_vec())
}

fn keep_alive(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let (id, now) = (args.hash(0), call.now());
    let words = tickets::size_words(call, id, now)?.ok_or_else(unknown)?;
    call.burn(KEEP_WORD_GAS * words)?;
    let timeout = match tickets::keep_alive(call, id, now)? {
        Ok(timeout) => U256::from(timeout),
        Err(NotExtended::Unknown) => return Err(Fault::Plain("ticketId not found")),
        Err(NotExtended::TooEarly) => return Err(Fault::Plain("timeout too far into the future")),
    };
    call.emit(&LifetimeExtended {
        ticketId: id,
        newTimeout: timeout,
    })?;
    word(timeout)
}

fn cancel(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let id = args.hash(0);
    refuse_running(call, id)?;
    let beneficiary = open(call, id)?.beneficiary(call)?;
    require(
        call.frame.caller == beneficiary,
        "only the beneficiary may cancel a retryable",
    )?;
    tickets::delete(call, id)?;
    call.emit(&Canceled { ticketId: id })?;
    nothing()
}
