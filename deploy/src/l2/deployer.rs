//! The StylusDeployer: creates a program, activates it and calls its constructor in one transaction, so that nobody can
//! construct it in between. It is the same contract at the same address on every chain; where it is missing (fresh
//! development chains) it is put there in the way everybody does, through the deterministic-deployment proxy.

use alloy::{
    hex,
    primitives::{Address, U256, address},
    sol,
};

use super::L2;
use crate::client::ClientError;

/// Its address on every chain.
pub const STYLUS_DEPLOYER: Address = address!("0xcEcba2F1DC234f70Dd89F2041029807F8D03A990");

/// The deterministic-deployment proxy: creates whatever follows the 32 bytes of salt in its calldata, by CREATE2.
pub const FACTORY: Address = address!("0x4e59b44847b379578588920cA78FbF26c0B4956C");
/// Who deployed it on every chain, in an only transaction that is signed for all of them.
const FACTORY_SENDER: Address = address!("0x3fAB184622Dc19b6109349B94811493BF2a45362");
const FACTORY_TRANSACTION: [u8; 167] = hex!(
    "f8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b80"
    "82525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a0"
    "2222222222222222222222222222222222222222222222222222222222222222"
);
/// What that transaction may cost: 100,000 gas at 100 gwei.
const FACTORY_COST_WEI: u64 = 10_000_000_000_000_000;
/// Creation code of the one StylusDeployer that has this address (as in crate stylus-tools 0.10.10, MIT OR Apache-2.0).
const DEPLOYER_CODE: &str = include_str!("data/stylus-deployer.hex");

sol! {
    #[derive(Debug)]
    interface StylusDeployer {
        event ContractDeployed(address deployedContract);

        error EmptyBytecode();
        error ContractDeploymentError(bytes bytecode);
        error ContractInitializationError(address newContract, bytes data);
        error InitValueButNotInitData();
        error RefundExcessValueError(uint256 excessValue);

        function deploy(bytes bytecode, bytes initData, uint256 initValue, bytes32 salt) external payable returns (address);
    }
}

/// Makes sure that the StylusDeployer is there; says whether it had to be put there.
///
/// # Errors
/// If it is missing and cannot be deployed, for instance because the chain refuses the proxy's old-style transaction.
pub async fn ensure_deployer(l2: &L2) -> Result<bool, ClientError> {
    if !l2.code(STYLUS_DEPLOYER).await?.is_empty() {
        return Ok(false);
    }
    ensure_factory(l2).await?;
    let mut salt_and_code = vec![0; 32];
    salt_and_code.extend(deployer_code()?);
    l2.send(
        "deploying the StylusDeployer",
        Some(FACTORY),
        salt_and_code.into(),
        U256::ZERO,
    )
    .await?;
    Ok(true)
}

/// Makes sure that the deterministic-deployment proxy is there; says whether it had to be put there.
///
/// # Errors
/// If it is missing and the chain refuses its old-style transaction.
pub async fn ensure_factory(l2: &L2) -> Result<bool, ClientError> {
    if !l2.code(FACTORY).await?.is_empty() {
        return Ok(false);
    }
    let cost = U256::from(FACTORY_COST_WEI);
    let has = l2.balance(FACTORY_SENDER).await?;
    if has < cost {
        let missing = cost - has;
        let what = "funding the deployment proxy's deployer";
        l2.send(what, Some(FACTORY_SENDER), hex!("").into(), missing)
            .await?;
    }
    l2.send_raw("deploying the deployment proxy", &FACTORY_TRANSACTION)
        .await?;
    Ok(true)
}

fn deployer_code() -> Result<Vec<u8>, ClientError> {
    hex::decode(DEPLOYER_CODE.trim()).map_err(|error| ClientError::Answer {
        what: "the StylusDeployer's code".to_owned(),
        side: "L2",
        why: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use alloy::primitives::{B256, b256, keccak256};

    use super::*;

    #[test]
    fn the_deployers_code_leads_to_its_address() {
        let code = deployer_code().expect("hex");
        assert_eq!(
            keccak256(&code),
            b256!("0x9456aa09c997a5383f5fd54c3b54543dea5584ef3e0f3e21be093f2a25e912b5")
        );
        assert_eq!(
            FACTORY.create2_from_code(B256::ZERO, &code),
            STYLUS_DEPLOYER
        );
    }

    #[test]
    fn the_proxys_transaction_is_the_well_known_one() {
        assert_eq!(
            keccak256(FACTORY_TRANSACTION),
            b256!("0xeddf9e61fb9d8f5111840daef55e5fde0041f5702856532cdbb5a02998033d26")
        );
        assert_eq!(FACTORY_SENDER.create(0), FACTORY);
    }
}
