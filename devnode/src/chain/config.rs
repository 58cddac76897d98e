//! What a chain is started with. The defaults are those of a Nitro `--dev` chain (chain id 412346), except that the
//! L1 part of the gas price starts at zero, which is what nitro-devnode sets it to first of all.

use std::time::Duration;

use alloy_primitives::{Address, U256, address};

/// The account a Nitro dev chain funds, and the first chain owner.
pub const DEV_ACCOUNT: Address = address!("3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E");

/// One ether in wei.
pub const ETHER: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);

/// ArbOS versions a chain can start with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u64)]
pub enum ArbosVersion {
    /// Cancun opcodes with EIP-7702, stylus version 2.
    V40 = 40,
    /// Osaka opcodes, a WebAssembly stack of 22,000 words.
    V51 = 51,
    /// Stylus version 3, fragments, a program cache per block.
    #[default]
    V60 = 60,
}

impl ArbosVersion {
    /// The number, as in the block header.
    pub const fn number(self) -> u64 {
        self as u64
    }

    /// The version of that number, where a chain can start with it.
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            40 => Some(Self::V40),
            51 => Some(Self::V51),
            60 => Some(Self::V60),
            _ => None,
        }
    }
}

/// What the `NUMBER` opcode follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockNumberMode {
    /// The L1 block number as ArbOS knows it (Nitro): only the [L1 clock](super::Chain::set_l1_block) moves it.
    #[default]
    L1Clock,
    /// The L2 height, as tests written for hardhat expect.
    L2Height,
}

/// When pending transactions become a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mining {
    /// One block for each transaction, before its submission returns.
    #[default]
    Auto,
    /// A block each time this passes, also without transactions.
    Interval(Duration),
    /// Only on demand.
    Manual,
}

/// Where block timestamps come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeSource {
    /// The machine's clock plus whatever time was added.
    #[default]
    Wall,
    /// A clock that stands at this second until it is moved; for tests.
    Fixed(u64),
}

/// What a chain is started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// L2 chain id.
    pub chain_id: u64,
    /// ArbOS version at genesis.
    pub arbos: ArbosVersion,
    /// Accounts with their balance in wei at genesis.
    pub accounts: Vec<(Address, U256)>,
    /// First chain owner, who also gets the network's fees; the zero address on a dev chain.
    pub chain_owner: Address,
    /// Further chain owners (Nitro adds the dev account).
    pub owners: Vec<Address>,
    /// Where block timestamps come from.
    pub time: TimeSource,
    /// What the `NUMBER` opcode follows.
    pub block_number: BlockNumberMode,
    /// When pending transactions become a block.
    pub mining: Mining,
    /// L1 price in wei per data unit at genesis: zero leaves out the L1 part of the gas, Nitro's own dev genesis has 50 gwei.
    pub l1_price_per_unit: U256,
    /// Gas an `eth_call` may use, and its default.
    pub call_gas_cap: u64,
    /// Largest contract in bytes (EIP-170); init code may be twice as long.
    pub max_code_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            chain_id: 412_346,
            arbos: ArbosVersion::default(),
            accounts: vec![(DEV_ACCOUNT, U256::from(1000) * ETHER)],
            chain_owner: Address::ZERO,
            owners: vec![DEV_ACCOUNT],
            time: TimeSource::default(),
            block_number: BlockNumberMode::default(),
            mining: Mining::default(),
            l1_price_per_unit: U256::ZERO,
            call_gas_cap: 50_000_000,
            max_code_size: 24_576,
        }
    }
}
