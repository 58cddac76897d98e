//! `ArbDebug` (0xff): for tests of whatever deals with precompiles; debug chains only.

use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::Call,
    errors::Custom,
    fault::Fault,
    method::{Answer, Gate, Precompile, give, nothing, payable, pure, view, write},
};
use crate::arbos::{address::ARB_DEBUG, state::fields};

sol! {
    /// An indexed field and one that is not.
    event Basic(bool flag, bytes32 indexed value);
    /// Both kinds in turn.
    event Mixed(bool indexed flag, bool not, bytes32 indexed value, address conn, address indexed caller);
}

const CUSTOM_TEXT: &str = r"This spider family wards off bugs: /\oo/\ //\(oo)//\ /\oo/\";

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_DEBUG,
    &[
        write("becomeChainOwner()", become_owner),
        payable("events(bool,bytes32)", |call, args| {
            events(call, args.bool(0), args.hash(1))?;
            give(&(call.frame.caller, call.frame.value))
        }),
        view("eventsView()", |call, _| {
            events(call, true, B256::ZERO)?;
            nothing()
        }),
        pure("customRevert(uint64)", |_, args| {
            Err(Fault::solidity(&Custom {
                number: args.u64(0),
                text: CUSTOM_TEXT.to_owned(),
                flag: true,
            }))
        }),
        write("panic()", |_, _| {
            Err(Fault::Fatal(
                "called ArbDebug's debug-only Panic method".to_owned(),
            ))
        }),
        pure("legacyError()", |_, _| {
            Err(Fault::Plain("example legacy error"))
        }),
        write("overwriteContractCode(address,bytes)", overwrite_code).since(50),
    ],
)
.gate(Gate::Debug);

fn become_owner(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    let caller = call.frame.caller;
    fields::CHAIN_OWNERS.add(call, caller)?;
    nothing()
}

fn events(call: &mut Call<'_, '_>, flag: bool, value: B256) -> Result<(), Fault> {
    let (conn, caller): (Address, Address) = (call.frame.precompile, call.frame.caller);
    call.emit(&Basic { flag: !flag, value })?;
    call.emit(&Mixed {
        flag,
        not: !flag,
        value,
        conn,
        caller,
    })
}

fn overwrite_code(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let target = args.address(0);
    let old: Bytes = call.host.code(target);
    call.host.set_code(target, args.bytes(1).to_vec().into());
    give(&(old,))
}
