//! What the usual set-up script of a Nitro dev chain puts on it, for tools that count on it: the deterministic-deployment
//! proxy, the StylusDeployer and a cache manager, at the addresses that they have there. Done by transactions, as the script
//! does it, so the chain starts as a node looks after that script: 7 blocks long, with the dev account at nonce 6.

use alloy_consensus::{TxEip1559, TypedTransaction};
use alloy_eips::BlockId;
use alloy_primitives::{Address, Bytes, TxKind, U256, address, hex, keccak256};
use alloy_sol_types::SolValue as _;

use crate::{
    arbos::address::{ARB_DEBUG, ARB_OWNER},
    chain::{Chain, DEV_ACCOUNT, ETHER, Mining, TxError},
    rpc::Wallet,
};

/// Deploys anything to an address that depends on its code alone.
pub const CREATE2_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");
/// Creates, activates and constructs a program in one transaction.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");
/// Takes bids for the program cache: see `CacheManager.sol`.
pub const CACHE_MANAGER: Address = address!("A6E41fFD769491a42A6e5Ce453259b93983a22EF");

/// The account that can deploy the proxy, and its only transaction, signed for all chains.
const FACTORY_SENDER: Address = address!("3fAB184622Dc19b6109349B94811493BF2a45362");
const FACTORY_TRANSACTION: [u8; 167] = hex!(
    "f8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b80"
    "82525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a0"
    "2222222222222222222222222222222222222222222222222222222222222222"
);
/// Creation code of the one StylusDeployer that has this address (as in crate stylus-tools 0.10.10, MIT OR Apache-2.0).
const STYLUS_DEPLOYER_CODE: &str = include_str!("stylus-deployer.hex");
/// Creation code of `CacheManager.sol` (solc 0.8.37, optimiser at 200 runs, for Paris, no metadata).
const CACHE_MANAGER_CODE: &str = include_str!("cache-manager.hex");

const GAS: u64 = 5_000_000;
const MAX_FEE_PER_GAS: u128 = 10_000_000_000;

/// Why they are not there.
#[derive(Debug, thiserror::Error)]
pub enum PredeployError {
    /// A transaction was refused.
    #[error("a transaction was refused: {0}")]
    Refused(#[from] TxError),
    /// A transaction left no contract behind.
    #[error("nothing was deployed at {0}")]
    Nothing(Address),
    /// The code that this program carries is damaged.
    #[error("its own code is damaged: {0}")]
    Code(#[from] hex::FromHexError),
    /// The dev account cannot sign.
    #[error("the dev account is locked")]
    Locked,
}

/// Puts all of them on a fresh chain.
pub(crate) fn predeploy(chain: &mut Chain, wallet: &Wallet) -> Result<(), PredeployError> {
    let mut script = Script { chain, wallet };
    script.call(ARB_DEBUG, "becomeChainOwner()", &[], U256::ZERO)?;
    // Else the proxy's transaction, whose price is fixed, could not pay for its bytes.
    script.call(
        ARB_OWNER,
        "setL1PricePerUnit(uint256)",
        &U256::ZERO.abi_encode(),
        U256::ZERO,
    )?;
    script.send(TxKind::Call(FACTORY_SENDER), Bytes::new(), ETHER)?;
    script.chain.submit_raw(&FACTORY_TRANSACTION)?;
    script.settle();
    script.send(
        TxKind::Create,
        hex::decode(CACHE_MANAGER_CODE.trim())?.into(),
        U256::ZERO,
    )?;
    let manager = CACHE_MANAGER.abi_encode();
    script.call(
        ARB_OWNER,
        "addWasmCacheManager(address)",
        &manager,
        U256::ZERO,
    )?;
    let salt_and_code = [vec![0; 32], hex::decode(STYLUS_DEPLOYER_CODE.trim())?].concat();
    script.send(
        TxKind::Call(CREATE2_FACTORY),
        salt_and_code.into(),
        U256::ZERO,
    )?;
    for contract in [CREATE2_FACTORY, CACHE_MANAGER, STYLUS_DEPLOYER] {
        let code = chain.code(contract, BlockId::latest()).unwrap_or_default();
        if code.is_empty() {
            return Err(PredeployError::Nothing(contract));
        }
    }
    Ok(())
}

struct Script<'a> {
    chain: &'a mut Chain,
    wallet: &'a Wallet,
}

impl Script<'_> {
    fn call(
        &mut self,
        to: Address,
        signature: &str,
        arguments: &[u8],
        value: U256,
    ) -> Result<(), PredeployError> {
        let input = [&keccak256(signature)[..4], arguments].concat();
        self.send(TxKind::Call(to), input.into(), value)
    }

    fn send(&mut self, to: TxKind, input: Bytes, value: U256) -> Result<(), PredeployError> {
        let tx = TxEip1559 {
            chain_id: self.chain.config().chain_id,
            nonce: self
                .chain
                .nonce(DEV_ACCOUNT, BlockId::latest())
                .unwrap_or_default(),
            gas_limit: GAS,
            max_fee_per_gas: MAX_FEE_PER_GAS,
            to,
            value,
            input,
            ..TxEip1559::default()
        };
        let signed = self
            .wallet
            .sign_transaction(DEV_ACCOUNT, TypedTransaction::from(tx));
        self.chain.submit(signed.ok_or(PredeployError::Locked)?)?;
        self.settle();
        Ok(())
    }

    /// Without automatic mining a transaction waits for its block.
    fn settle(&mut self) {
        if self.chain.config().mining != Mining::Auto {
            self.chain.mine();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        chain::{ArbosVersion, Config},
        rpc::TEST_MNEMONIC,
    };

    fn chain(config: Config) -> Chain {
        let mut chain = Chain::new(config);
        let wallet = Wallet::new(TEST_MNEMONIC, 0).unwrap();
        predeploy(&mut chain, &wallet).unwrap();
        chain
    }

    #[test]
    fn everything_is_where_tools_look_for_it_in_every_version_and_mode() {
        for arbos in [ArbosVersion::V40, ArbosVersion::V51, ArbosVersion::V60] {
            for mining in [
                Mining::Auto,
                Mining::Manual,
                Mining::Interval(Duration::from_secs(9)),
            ] {
                let chain = chain(Config {
                    arbos,
                    mining,
                    ..Config::default()
                });
                assert_eq!(chain.head().number(), 7);
                assert_eq!(chain.nonce(DEV_ACCOUNT, BlockId::latest()).unwrap(), 6);
            }
        }
    }

    #[test]
    fn the_default_price_of_l1_data_is_no_obstacle() {
        let l1_price_per_unit = U256::from(50_000_000_000_u64);
        chain(Config {
            l1_price_per_unit,
            ..Config::default()
        });
    }

    #[test]
    fn the_codes_are_the_ones_that_are_known() {
        let deployer = hex::decode(STYLUS_DEPLOYER_CODE.trim()).unwrap();
        assert_eq!(
            CREATE2_FACTORY.create2_from_code(alloy_primitives::B256::ZERO, &deployer),
            STYLUS_DEPLOYER
        );
        assert_eq!(FACTORY_SENDER.create(0), CREATE2_FACTORY);
        assert_eq!(DEV_ACCOUNT.create(3), CACHE_MANAGER);
    }
}
