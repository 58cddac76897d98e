//! `ArbFilteredTransactionsManager` (0x74): accounts that the chain owners chose list transactions that must not
//! run. The list is kept; nothing here filters by it, because no dev chain turns filtering on.

use alloy_primitives::B256;
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::Call,
    fault::Fault,
    method::{Answer, Precompile, flag, nothing, view, write},
};
use crate::arbos::{
    address::ARB_FILTERED_TRANSACTIONS_MANAGER,
    state::{Cell, Space, fields},
};

sol! {
    /// A transaction was listed.
    event FilteredTransactionAdded(bytes32 indexed txHash);
    /// A transaction was taken off the list.
    event FilteredTransactionDeleted(bytes32 indexed txHash);
}

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_FILTERED_TRANSACTIONS_MANAGER,
    &[
        write("addFilteredTransaction(bytes32)", |call, args| {
            let tx = listed_by_filterer(call, args, true)?;
            call.emit(&FilteredTransactionAdded { txHash: tx })?;
            nothing()
        }),
        write("deleteFilteredTransaction(bytes32)", |call, args| {
            let tx = listed_by_filterer(call, args, false)?;
            call.emit(&FilteredTransactionDeleted { txHash: tx })?;
            nothing()
        }),
        view("isTransactionFiltered(bytes32)", is_filtered),
    ],
)
.since(60);

fn entry(tx: B256) -> Cell<bool> {
    Cell::keyed(Space::FilteredTransactions, tx, 0)
}

fn listed_by_filterer(
    call: &mut Call<'_, '_>,
    args: &Args<'_>,
    listed: bool,
) -> Result<B256, Fault> {
    let (caller, tx) = (call.frame.caller, args.hash(0));
    if !fields::TRANSACTION_FILTERERS.contains(call, caller)? {
        return Err(Fault::OutOfGas);
    }
    call.set(entry(tx), listed)?;
    Ok(tx)
}

fn is_filtered(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    flag(call.get(entry(args.hash(0)))?)
}
