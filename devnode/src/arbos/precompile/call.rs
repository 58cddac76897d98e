//! A call to a method while it runs: the ArbOS state at the caller's expense, and the frame's facts.

use std::ops::{Deref, DerefMut};

use alloy_primitives::{Address, B256, Log};
use alloy_sol_types::SolEvent;

use super::{
    fault::Fault,
    method::{Method, Purity},
};
use crate::arbos::{
    Frame,
    meter::{Limited, OutOfGas},
    state::State,
};

const LOG_GAS: u64 = 375;
const LOG_TOPIC_GAS: u64 = 375;
const LOG_BYTE_GAS: u64 = 8;
/// Gas for an account's code hash (EIP-2929, always cold).
const CODE_HASH_GAS: u64 = 2_600;
/// Gas per word copied in or out.
pub(crate) const COPY_GAS: u64 = 3;

/// A running call; derefs to the state it works on.
pub(crate) struct Call<'h, 'f> {
    state: State<'h, Limited>,
    pub(crate) frame: &'f Frame<'f>,
    purity: Purity,
}

impl<'h> Deref for Call<'h, '_> {
    type Target = State<'h, Limited>;

    fn deref(&self) -> &State<'h, Limited> {
        &self.state
    }
}

impl DerefMut for Call<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.state
    }
}

impl<'h, 'f> Call<'h, 'f> {
    /// A call of `method`, with the state opened for it.
    pub(crate) const fn new(
        state: State<'h, Limited>,
        frame: &'f Frame<'f>,
        method: &Method,
    ) -> Self {
        Self {
            state,
            frame,
            purity: method.purity,
        }
    }

    /// Gas not yet used.
    pub(crate) const fn gas_left(&self) -> u64 {
        self.state.meter.left()
    }

    /// Block time in seconds.
    pub(crate) fn now(&self) -> u64 {
        self.state.host.block().timestamp
    }

    /// Gas for logging an event.
    pub(crate) fn log_gas<E: SolEvent>(event: &E) -> u64 {
        let data = event.encode_log_data();
        LOG_GAS + LOG_TOPIC_GAS * data.topics().len() as u64 + LOG_BYTE_GAS * data.data.len() as u64
    }

    /// Logs an event of the precompile.
    pub(crate) fn emit<E: SolEvent>(&mut self, event: &E) -> Result<(), Fault> {
        if self.purity <= Purity::View {
            return Err(Fault::Plain("write protection"));
        }
        self.burn(Self::log_gas(event))?;
        self.state.host.log(Log {
            address: self.frame.precompile,
            data: event.encode_log_data(),
        });
        Ok(())
    }

    /// Code hash of an account.
    pub(crate) fn code_hash(&mut self, account: Address) -> Result<B256, OutOfGas> {
        self.burn(CODE_HASH_GAS)?;
        Ok(self.state.host.code_hash(account))
    }
}
