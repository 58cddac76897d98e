//! Where the legacy staking is, and the block at which it is read.
//! Always holds: all contracts were found through the Controller at that very block.

use alloy::{
    eips::BlockNumberOrTag,
    primitives::{Address, U256, keccak256},
};
use confluence_abi::{IController, ILegacyRoundsManager};

use super::ChainError;
use crate::client::{BlockMark, L1};

/// The legacy contracts at a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Target {
    /// `eth_chainId`.
    pub chain_id: u64,
    /// The block.
    pub block: BlockMark,
    /// Round of the legacy RoundsManager at that block.
    pub round: U256,
    /// The registry the others were found in.
    pub controller: Address,
    /// The legacy BondingManager.
    pub bonding_manager: Address,
    /// The legacy Minter, which holds what is staked and earned.
    pub minter: Address,
    /// LPT.
    pub token: Address,
}

impl Target {
    /// Finds the contracts at a block.
    ///
    /// # Errors
    /// [`ChainError::NoBlock`], [`ChainError::NotRegistered`], or the chain's own.
    pub async fn at(
        l1: &L1,
        controller: Address,
        block: BlockNumberOrTag,
    ) -> Result<Self, ChainError> {
        let no_block = || ChainError::NoBlock {
            block: block.to_string(),
        };
        let block = l1.block(block).await?.ok_or_else(no_block)?;
        let find = async |name: &'static str| -> Result<Address, ChainError> {
            let call = IController::getContractCall {
                id: keccak256(name),
            };
            match l1.read_at(controller, &call, block.number).await? {
                Address::ZERO => Err(ChainError::NotRegistered {
                    name,
                    controller,
                    block: block.number,
                }),
                found => Ok(found),
            }
        };
        let rounds = find("RoundsManager").await?;
        let round = ILegacyRoundsManager::currentRoundCall {};
        Ok(Self {
            chain_id: l1.chain_id(),
            block,
            round: l1.read_at(rounds, &round, block.number).await?,
            controller,
            bonding_manager: find("BondingManager").await?,
            minter: find("Minter").await?,
            token: find("LivepeerToken").await?,
        })
    }

    /// Makes sure that the block is still the one it was.
    ///
    /// # Errors
    /// [`ChainError::Reorganised`], or the chain's own.
    pub async fn still_there(&self, l1: &L1) -> Result<(), ChainError> {
        let now = l1
            .block(BlockNumberOrTag::Number(self.block.number))
            .await?
            .map(|block| block.hash);
        match now {
            Some(hash) if hash == self.block.hash => Ok(()),
            other => Err(ChainError::Reorganised {
                was: self.block,
                now: other.unwrap_or_default(),
            }),
        }
    }
}
