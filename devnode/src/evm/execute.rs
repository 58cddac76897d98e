//! Executing a transaction of the chain, of whatever type.

use alloy_primitives::Address;

use super::{
    job::{Job, Scene},
    trace::Tracer,
    transact::{Executed, transact},
};
use crate::chain::{Tx, TxError};

/// Executes a transaction sent by `from`.
pub(crate) fn execute(
    scene: Scene<'_>,
    tx: &Tx,
    from: Address,
    tracer: Option<&mut dyn Tracer>,
) -> Result<Executed, TxError> {
    match tx {
        Tx::Ethereum(tx) => transact(scene, &Job::signed(tx, from), tracer),
        Tx::Arbitrum(_) => Err(TxError::TypeNotSupported),
    }
}
