//! The state around a running Stylus program, over revm's journal.

use alloy_primitives::{Address, B256, Bytes, Log, U256};
use revm::context_interface::JournalTr;

use super::{
    context::Context,
    trace::{HostCall, Tracer},
};
use crate::stylus::{Access, HostioRecord, OpenPages, SlotWrite, World};

/// The state as the program of one frame sees it.
pub(crate) struct Surface<'c, 'a, 't> {
    pub(crate) cx: &'c mut Context<'a>,
    /// Account whose storage it uses.
    pub(crate) acting: Address,
    pub(crate) depth: usize,
    pub(crate) tracer: Option<&'t mut dyn Tracer>,
}

impl Surface<'_, '_, '_> {
    /// Loads and warms an account.
    fn touch<T>(
        &mut self,
        account: Address,
        read: impl FnOnce(&revm::state::Account) -> T,
    ) -> Access<T> {
        let Ok(load) = self.cx.journaled_state.load_account(account);
        Access {
            was_cold: load.is_cold,
            value: read(load.data),
        }
    }
}

impl World for Surface<'_, '_, '_> {
    fn load_slot(&mut self, key: U256) -> Access<U256> {
        let Ok(load) = self.cx.journaled_state.sload(self.acting, key);
        Access {
            value: load.data,
            was_cold: load.is_cold,
        }
    }

    fn store_slot(&mut self, key: U256, value: U256) -> SlotWrite {
        let Ok(load) = self.cx.journaled_state.sstore(self.acting, key, value);
        SlotWrite {
            original: load.data.original_value,
            current: load.data.present_value,
            was_cold: load.is_cold,
        }
    }

    fn load_transient(&mut self, key: U256) -> U256 {
        self.cx.journaled_state.tload(self.acting, key)
    }

    fn store_transient(&mut self, key: U256, value: U256) {
        self.cx.journaled_state.tstore(self.acting, key, value);
    }

    fn balance(&mut self, account: Address) -> Access<U256> {
        self.touch(account, |account| account.info.balance)
    }

    fn code(&mut self, account: Address) -> Access<Bytes> {
        let Ok(load) = self.cx.journaled_state.load_account_with_code(account);
        let code = load
            .info
            .code
            .as_ref()
            .map(revm::state::Bytecode::original_bytes);
        Access {
            value: code.unwrap_or_default(),
            was_cold: load.is_cold,
        }
    }

    fn code_hash(&mut self, account: Address) -> Access<B256> {
        self.touch(account, |account| {
            if account.is_loaded_as_not_existing_not_touched() {
                B256::ZERO
            } else {
                account.info.code_hash
            }
        })
    }

    fn is_empty(&mut self, account: Address) -> Access<bool> {
        self.touch(account, |account| account.info.is_empty())
    }

    fn log(&mut self, log: Log) {
        JournalTr::log(&mut self.cx.journaled_state, log);
    }

    fn pages(&mut self) -> &mut OpenPages {
        &mut self.cx.chain.pages
    }

    fn is_tracing(&self) -> bool {
        self.tracer
            .as_ref()
            .is_some_and(|tracer| tracer.wants_host_calls())
    }

    fn trace(&mut self, record: HostioRecord) {
        if let Some(tracer) = &mut self.tracer {
            tracer.host_call(&HostCall {
                depth: self.depth,
                name: record.name,
                args: &record.args,
                outs: &record.outs,
                start_ink: record.start_ink,
                end_ink: record.end_ink,
            });
        }
    }
}
