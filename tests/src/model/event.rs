//! Every event of the staking contracts, and its log: who emits it, topics, data.

use super::Round;
use super::number::N;
use alloy_primitives::{Address, B256, keccak256};

/// Who emits an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contract {
    /// Stakes.
    BondingManager,
    /// The clock.
    RoundsManager,
    /// Inflation and custody.
    Minter,
    /// LPT.
    LivepeerToken,
    /// Pause and registry.
    Controller,
}

/// A log as a receipt shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Who emitted it.
    pub contract: Contract,
    /// The signature's hash and the indexed arguments.
    pub topics: Vec<B256>,
    /// The other arguments.
    pub data: Vec<u8>,
}

enum Word {
    Number(N),
    Account(Address),
    Bytes(B256),
}

impl Word {
    fn bytes(&self) -> B256 {
        match self {
            Word::Number(v) => {
                let bytes = v.to_bytes_be();
                B256::left_padding_from(&bytes)
            }
            Word::Account(a) => a.into_word(),
            Word::Bytes(b) => *b,
        }
    }
}

impl From<&N> for Word {
    fn from(v: &N) -> Self {
        Word::Number(v.clone())
    }
}
impl From<&Round> for Word {
    fn from(v: &Round) -> Self {
        Word::Number(N::from(*v))
    }
}
impl From<&Address> for Word {
    fn from(a: &Address) -> Self {
        Word::Account(*a)
    }
}
impl From<&B256> for Word {
    fn from(b: &B256) -> Self {
        Word::Bytes(*b)
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $contract:ident $name:ident
        ($($topic:ident: $topic_ty:ident $topic_abi:literal),*; $($arg:ident: $arg_ty:ident $arg_abi:literal),*);)*) => {
        /// An event. Indexed arguments come first in each, as they do in all of Livepeer's.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Event { $($(#[$doc])* $name { $($topic: $topic_ty,)* $($arg: $arg_ty,)* },)*
            /// A parameter was set; its name is the only argument.
            ParameterUpdate { contract: Contract, param: &'static str },
        }
        impl Event {
            /// Its name.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Event::$name { .. } => stringify!($name),)*
                    Event::ParameterUpdate { .. } => "ParameterUpdate",
                }
            }

            /// The log it makes.
            pub fn log(&self) -> Log {
                match self {
                    $(Event::$name { $($topic,)* $($arg,)* } => {
                        let types: &[&str] = &[$($topic_abi,)* $($arg_abi,)*];
                        let signature = format!("{}({})", stringify!($name), types.join(","));
                        let mut topics = vec![keccak256(signature)];
                        topics.extend([$(Word::from($topic).bytes()),*] as [B256; count!($($topic)*)]);
                        let words: [B256; count!($($arg)*)] = [$(Word::from($arg).bytes()),*];
                        Log { contract: Contract::$contract, topics, data: words.concat() }
                    })*
                    Event::ParameterUpdate { contract, param } => parameter_update(*contract, param),
                }
            }
        }
    };
}
macro_rules! count {
    () => { 0 };
    ($one:ident $($rest:ident)*) => { 1 + count!($($rest)*) };
}

fn parameter_update(contract: Contract, param: &str) -> Log {
    let mut data = Word::from(&32).bytes().to_vec();
    data.extend(Word::from(&(param.len() as Round)).bytes());
    data.extend(param.as_bytes());
    data.resize(64 + param.len().next_multiple_of(32), 0);
    Log {
        contract,
        topics: vec![keccak256("ParameterUpdate(string)")],
        data,
    }
}

events! {
    BondingManager Bond(new_delegate: Address "address", old_delegate: Address "address", delegator: Address "address";
        additional: N "uint256", bonded: N "uint256");
    BondingManager EarningsClaimed(delegate: Address "address", delegator: Address "address";
        rewards: N "uint256", fees: N "uint256", start_round: Round "uint256", end_round: Round "uint256");
    BondingManager Rebond(delegate: Address "address", delegator: Address "address"; lock: Round "uint256", amount: N "uint256");
    BondingManager Reward(transcoder: Address "address"; amount: N "uint256");
    BondingManager TranscoderActivated(transcoder: Address "address"; round: Round "uint256");
    BondingManager TranscoderDeactivated(transcoder: Address "address"; round: Round "uint256");
    BondingManager TranscoderSlashed(transcoder: Address "address";
        finder: Address "address", penalty: N "uint256", finder_reward: N "uint256");
    BondingManager TranscoderUpdate(transcoder: Address "address"; reward_cut: N "uint256", fee_share: N "uint256");
    BondingManager TransferBond(from: Address "address", to: Address "address";
        old_lock: Round "uint256", new_lock: Round "uint256", amount: N "uint256");
    BondingManager Unbond(delegate: Address "address", delegator: Address "address";
        lock: Round "uint256", amount: N "uint256", withdraw_round: Round "uint256");
    BondingManager WithdrawFees(delegator: Address "address"; recipient: Address "address", amount: N "uint256");
    BondingManager WithdrawStake(delegator: Address "address";
        lock: Round "uint256", amount: N "uint256", withdraw_round: Round "uint256");
    RoundsManager NewRound(round: Round "uint256"; block_hash: B256 "bytes32");
    Minter SetCurrentRewardTokens(; mintable: N "uint256", inflation: N "uint256");
    LivepeerToken Transfer(from: Address "address", to: Address "address"; amount: N "uint256");
    LivepeerToken Approval(owner: Address "address", spender: Address "address"; amount: N "uint256");
    LivepeerToken Mint(to: Address "address"; amount: N "uint256");
    LivepeerToken Burn(burner: Address "address"; amount: N "uint256");
    Controller Pause(;);
    Controller Unpause(;);
}
