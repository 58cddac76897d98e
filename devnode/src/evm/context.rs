//! What revm carries through an execution: its own context, and beside it what only Arbitrum has.

use alloy_primitives::{Address, B256, U256, map::AddressMap};
use revm::{
    Journal,
    context::{BlockEnv, CfgEnv, LocalContext, TxEnv},
    context_interface::context::ContextError,
};

use crate::{
    arbos::TxFacts,
    chain::view::View,
    stylus::{OpenPages, RecentPrograms},
};

/// revm's context over one version of the state.
pub(crate) type Context<'a> =
    revm::Context<BlockEnv, TxEnv, CfgEnv, View<'a>, Journal<View<'a>>, Arbitrum<'a>>;

/// Answers to questions about earlier L2 blocks.
pub(crate) type BlockHashes<'a> = &'a dyn Fn(u64) -> B256;

/// What only Arbitrum has: facts of the block and transaction beyond Ethereum's, and counters of the transaction.
pub(crate) struct Arbitrum<'a> {
    /// ArbOS version in force.
    pub(crate) arbos: u64,
    /// L2 block number; `NUMBER` shows the L1 number.
    pub(crate) l2_number: u64,
    /// Base fee of the header, also where `BASEFEE` shows zero.
    pub(crate) header_base_fee: U256,
    /// Whether `NUMBER` shows the L2 number after all, and `BLOCKHASH` with it.
    pub(crate) shows_l2: bool,
    /// Hashes of earlier L2 blocks.
    pub(crate) hashes: BlockHashes<'a>,
    /// Price that programs see in `tx_gas_price`: with the tip, unlike GASPRICE.
    pub(crate) price_with_tip: U256,
    /// Facts of the transaction that ArbOS asks for.
    pub(crate) facts: TxFacts,
    /// WASM pages open in this transaction; not journaled.
    pub(crate) pages: OpenPages,
    /// How many open frames act on an account, delegate calls left out.
    pub(crate) open: AddressMap<u32>,
    /// Programs run in this block so far.
    pub(crate) recent: RecentPrograms,
    /// Code hashes of programs run in this transaction, by last use.
    pub(crate) ran: Vec<B256>,
    /// Why the innermost frame that just failed did so, where revm's code does not say it.
    pub(crate) failure: Option<String>,
    /// A SELFDESTRUCT that tracers have not been told of: from, to, value.
    pub(crate) destroyed: Option<(Address, Address, U256)>,
}

impl std::fmt::Debug for Arbitrum<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arbitrum")
            .field("arbos", &self.arbos)
            .field("l2_number", &self.l2_number)
            .finish_non_exhaustive()
    }
}

impl Arbitrum<'_> {
    /// Notes that a frame acting on `who` opens.
    pub(crate) fn open_frame(&mut self, who: Address) {
        *self.open.entry(who).or_default() += 1;
    }

    /// Notes that a frame acting on `who` closes.
    pub(crate) fn close_frame(&mut self, who: Address) {
        if let Some(count) = self.open.get_mut(&who) {
            *count = count.saturating_sub(1);
        }
    }

    /// Whether more than one open frame acts on `who`.
    pub(crate) fn is_reentrant(&self, who: Address) -> bool {
        self.open.get(&who).is_some_and(|count| *count > 1)
    }

    /// Notes that a program runs; says whether the block has run it before.
    pub(crate) fn run_program(&mut self, code_hash: B256, capacity: u16) -> bool {
        self.ran.retain(|ran| *ran != code_hash);
        self.ran.push(code_hash);
        self.recent.touch(code_hash, capacity)
    }
}

/// A fresh context: nothing is warm, no counter is set.
pub(crate) fn context<'a>(
    view: View<'a>,
    cfg: CfgEnv,
    block: BlockEnv,
    arbitrum: Arbitrum<'a>,
) -> Context<'a> {
    let mut journaled_state = revm::context_interface::JournalTr::new(view);
    let spec = cfg.spec;
    let journal: &mut Journal<View<'a>> = &mut journaled_state;
    journal.set_spec_id(spec);
    Context {
        block,
        tx: TxEnv::default(),
        cfg,
        journaled_state,
        chain: arbitrum,
        local: LocalContext::default(),
        error: Ok::<(), ContextError<_>>(()),
    }
}
