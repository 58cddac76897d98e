//! What ArbOS needs of its surroundings: the journaled world state, the block and the transaction.
//!
//! Always holds: every write made through a [`Host`] is undone when the frame or transaction that made it
//! reverts; no method here costs gas or warms an address or slot unless it says so (Nitro reaches the state
//! database beneath the EVM's access list); none of them fails: a host whose database can fail remembers the
//! error and reports it when the transaction ends.

use alloy_primitives::{Address, B256, Bytes, Log, U256};

/// Facts of the block being made, or of the block an `eth_call` runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockFacts {
    /// Chain id of the L2.
    pub chain_id: u64,
    /// L2 block number (not what the `NUMBER` opcode shows).
    pub number: u64,
    /// Header timestamp in seconds.
    pub timestamp: u64,
    /// What `BASEFEE` shows in wei: zero in an `eth_call` without a gas price.
    pub base_fee: U256,
    /// Base fee of the header in wei, also where [`base_fee`](Self::base_fee) is zero.
    pub header_base_fee: U256,
    /// Poster of the message the block is made from.
    pub coinbase: Address,
    /// Whether the chain configuration allows debug precompiles; true on a dev chain.
    pub debug: bool,
}

/// Why a transaction is executed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunMode {
    /// It becomes part of a block.
    #[default]
    Commit,
    /// `eth_call` and the like.
    Call,
    /// `eth_estimateGas`.
    Estimate,
}

impl RunMode {
    /// Whether the result is kept.
    pub const fn is_on_chain(self) -> bool {
        matches!(self, Self::Commit)
    }
}

/// The ticket that a running type 0x68 transaction redeems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redeeming {
    /// Id of the running ticket.
    pub ticket: B256,
    /// Who gets the refunds: `ArbRetryableTx.getCurrentRedeemer`.
    pub refund_to: Address,
}

/// Facts of the transaction being executed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TxFacts {
    /// `ORIGIN`: the aliased L1 sender in messages from L1.
    pub origin: Address,
    /// EIP-2718 type of the top-level transaction; 0 for a legacy transaction and for calls.
    pub kind: u8,
    /// Wei paid for L1 data, `posterGas * baseFee`.
    pub poster_fee: U256,
    /// Set while a type 0x68 transaction runs.
    pub redeeming: Option<Redeeming>,
    /// Whether this is a transaction, a call or an estimate.
    pub mode: RunMode,
}

/// One call to a precompile.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Address whose code is called: selects the precompile.
    pub precompile: Address,
    /// Acting address; differs from `precompile` in DELEGATECALL and CALLCODE.
    pub acting: Address,
    /// `CALLER` as the precompile sees it.
    pub caller: Address,
    /// `CALLER` of the frame that made this call; zero when a transaction calls the precompile directly.
    pub callers_caller: Address,
    /// Value sent along, already moved to `acting`.
    pub value: U256,
    /// Whether the frame is static.
    pub read_only: bool,
    /// 1 when the transaction calls the precompile directly, one more for every frame in between.
    pub depth: usize,
    /// Calldata with its selector.
    pub input: &'a [u8],
    /// Gas given to the frame.
    pub gas: u64,
}

/// The chain beneath ArbOS.
pub trait Host {
    /// Facts of the current block.
    fn block(&self) -> BlockFacts;
    /// Facts of the current transaction.
    fn tx(&self) -> TxFacts;
    /// Hash of an L2 block among the last 256 before the current one; zero for others.
    fn block_hash(&mut self, number: u64) -> B256;

    /// Value of a storage slot, without warming it.
    fn load(&mut self, account: Address, slot: U256) -> U256;
    /// Sets a storage slot, without warming it and without a refund.
    fn store(&mut self, account: Address, slot: U256, value: U256);

    /// Balance in wei.
    fn balance(&mut self, account: Address) -> U256;
    /// Creates `amount` wei at `account`.
    fn mint(&mut self, account: Address, amount: U256);
    /// Destroys `amount` wei of `account`; false, without effect, when it has less.
    #[must_use]
    fn burn(&mut self, account: Address, amount: U256) -> bool;
    /// Moves wei without running code; false, without effect, when `from` has less.
    #[must_use]
    fn transfer(&mut self, from: Address, to: Address, amount: U256) -> bool {
        let moved = self.burn(from, amount);
        if moved {
            self.mint(to, amount);
        }
        moved
    }

    /// Raw code, with a Stylus prefix where it has one; empty for accounts without code.
    fn code(&mut self, account: Address) -> Bytes;
    /// Code hash; zero for an account that does not exist, the hash of nothing for one without code.
    fn code_hash(&mut self, account: Address) -> B256;
    /// Replaces the code of an account (genesis, upgrades, `ArbDebug.overwriteContractCode`).
    fn set_code(&mut self, account: Address, code: Bytes);
    /// Nonce of an account.
    fn nonce(&mut self, account: Address) -> u64;
    /// Replaces the nonce of an account.
    fn set_nonce(&mut self, account: Address, nonce: u64);
    /// Whether the account has self-destructed in this transaction.
    fn is_destroyed(&mut self, account: Address) -> bool;
    /// Makes the address warm; returns whether it was so before.
    fn warm(&mut self, account: Address) -> bool;

    /// Appends a log to the running transaction.
    fn log(&mut self, log: Log);
    /// WASM pages open now in this transaction (memory of running programs).
    fn open_pages(&self) -> u16;
}
