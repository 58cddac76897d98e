//! TicketBroker: how broadcasters pay orchestrators, by lottery tickets that are redeemed only when they win.
//! Always holds: a ticket is redeemed at most once; the sum of all deposits and reserves is what the Minter holds for senders; in
//! one round nobody draws more than an active orchestrator's part of a reserve.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod batch;
pub mod events;
pub mod fund;
pub mod peers;
pub mod redeem;
pub mod reserve;
pub mod settings;
pub mod storage;
pub mod ticket;
pub mod unlock;
pub mod views;
pub mod withdraw;

use confluence_kit::abi::{Array, Bytes, Reply};
use confluence_kit::{Address, B256, U256, entries, manager};
use ticket::{Number, Ticket};

entries! {
    payable {
        fundDeposit() => fund::fund_deposit;
        fundReserve() => fund::fund_reserve;
        fundDepositAndReserve(deposit: U256, reserve: U256) => fund::fund_deposit_and_reserve;
        fundDepositAndReserveFor(who: Address, deposit: U256, reserve: U256) => fund::fund_deposit_and_reserve_for;
    }
    exec {
        unlock() => unlock::unlock;
        cancelUnlock() => unlock::cancel_unlock;
        withdraw() => withdraw::withdraw;
        redeemWinningTicket(ticket: Ticket, sig: Bytes, recipientRand: Number) => redeem::redeem_winning_ticket;
        batchRedeemWinningTickets(tickets: Array<Ticket>, sigs: Array<Bytes>, recipientRands: Array<Number>)
            => batch::batch_redeem_winning_tickets;

        initialize(controller: Address) => manager::initialize;
        setController(controller: Address) => manager::set_controller;
        syncControllerContracts() => peers::sync_controller_contracts;
        setUnlockPeriod(rounds: u128) => settings::set_unlock_period;
        setTicketValidityPeriod(rounds: u128) => settings::set_ticket_validity_period;
        setOriginalRules(on: bool) => settings::set_original_rules;
    }
    exec reentrant {
        redeemInBatch(ticket: Ticket, sig: Bytes, recipientRand: Number, round: u32) => redeem::redeem_in_batch;
    }
    view {
        controller() -> Address => manager::address;
        unlockPeriod() -> u32 => settings::unlock_period;
        ticketValidityPeriod() -> u32 => settings::ticket_validity_period;
        originalRules() -> bool => settings::original_rules;
        usedTickets(hash: B256) -> bool => views::used_tickets;
        isUnlockInProgress(who: Address) -> bool => views::is_unlock_in_progress;
        getSenderInfo(who: Address) -> Reply => views::sender_info;
        getReserveInfo(who: Address) -> Reply => views::reserve_info;
        claimedReserve(holder: Address, claimant: Address) -> u128 => views::claimed_reserve;
        claimableReserve(holder: Address, claimant: Address) -> u128 => views::claimable_reserve;
    }
    pure {
        getTicketHash(ticket: Ticket) -> B256 => ticket::get_ticket_hash;
    }
}
