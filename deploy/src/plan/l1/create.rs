//! The creations, in the order of their nonces.
//! Always holds: the order is that of [`L1Side::created_by`].

use alloy::{primitives::Address, sol_types::SolValue as _};

use super::{L1Inputs, L1Origin, L1Side};
use crate::plan::{
    PlanError,
    step::{Action, Done, Step},
};

/// One step a contract.
pub(super) fn steps(inputs: &L1Inputs<'_>, side: &L1Side) -> Result<Vec<Step>, PlanError> {
    let L1Origin {
        inbox,
        router,
        livepeer,
        deployer,
        first_nonce,
        ..
    } = inputs.origin;
    let l2 = inputs.l2;
    let rows: [(&str, Address, Vec<u8>); 6] = [
        ("L1Escrow", side.escrow, Vec::new()),
        (
            "L1LPTGateway",
            side.gateway,
            (router, side.escrow, livepeer.token, l2.token, inbox).abi_encode_params(),
        ),
        (
            "L1Migrator",
            side.migrator,
            (
                inbox,
                livepeer.bonding_manager,
                livepeer.ticket_broker,
                livepeer.token,
                side.gateway,
                l2.migrator,
            )
                .abi_encode_params(),
        ),
        (
            "BridgeMinter",
            side.bridge_minter,
            (livepeer.controller, side.migrator, side.gateway).abi_encode_params(),
        ),
        (
            "L1LPTDataCache",
            side.data_cache,
            (inbox, livepeer.token, l2.data_cache).abi_encode_params(),
        ),
        (
            "L1SwitchOver",
            side.switch_over,
            (
                deployer,
                inbox,
                livepeer.controller,
                livepeer.minter,
                side.migrator,
                side.data_cache,
            )
                .abi_encode_params(),
        ),
    ];
    let nonces = first_nonce..;
    let steps = rows
        .into_iter()
        .zip(nonces)
        .map(|((name, at, arguments), nonce)| {
            Ok(Step {
                what: format!("deploy {name}"),
                action: Action::Create {
                    creation: inputs.artifacts.creation(name, &arguments)?,
                    by: deployer,
                    nonce,
                },
                done: Done::Code(at),
            })
        });
    steps.collect()
}
