//! Putting a Stylus program on chain.
//! Always holds: a program with a constructor is created, activated and constructed in one transaction.

use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    sol_types::SolCall as _,
};

use super::{
    L2,
    deployer::{STYLUS_DEPLOYER, StylusDeployer},
    precompiles::{ARB_WASM, ArbWasm},
};
use crate::client::{ClientError, Mined};

/// Selector of a program's constructor, whatever its arguments: that of `stylus_constructor()`.
const CONSTRUCTOR: [u8; 4] = [0x55, 0x85, 0x25, 0x8d];
/// The fee grows with each activation on the chain; some more is sent and what is left comes back.
const FEE_MARGIN_PERCENT: u64 = 120;

/// A program that is on chain and active.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// Where it is.
    pub address: Address,
    /// Keccak-256 of its code.
    pub code_hash: B256,
    /// Wei that its activation cost; 0 if the same code was active before.
    pub activation_fee: U256,
    /// The transaction.
    pub mined: Mined,
}

/// Creation code that leaves `code` on chain as it is.
#[must_use]
pub fn creation_code(code: &[u8]) -> Bytes {
    // PUSH32 length, DUP1, PUSH1 43, PUSH1 0, CODECOPY, PUSH1 0, RETURN, and a 0 that says "version of this prelude"
    let mut creation = Vec::with_capacity(43 + code.len());
    creation.push(0x7f);
    creation.extend(U256::from(code.len()).to_be_bytes::<32>());
    creation.extend([0x80, 0x60, 0x2b, 0x60, 0x00, 0x39, 0x60, 0x00, 0xf3, 0x00]);
    creation.extend(code);
    creation.into()
}

/// What activating `code` costs now, in wei; 0 if the same code is active already.
///
/// # Errors
/// [`ClientError::Refused`] if ArbOS would not accept the program.
pub async fn activation_fee(l2: &L2, code: &[u8]) -> Result<U256, ClientError> {
    // an address that has no code, and is given this one for the length of a call
    let nowhere = Address::from_word(keccak256(code));
    let call = ArbWasm::activateProgramCall { program: nowhere };
    let value = U256::from(10).pow(U256::from(18));
    match l2.read_as_if(ARB_WASM, &call, value, nowhere, code).await {
        Ok(answer) => Ok(answer.dataFee),
        Err(error) if error.is_typed::<ArbWasm::ProgramUpToDate>() => Ok(U256::ZERO),
        Err(error) => Err(error),
    }
}

/// Creates and activates a program, and calls its constructor with these ABI-encoded arguments.
///
/// # Errors
/// If the StylusDeployer is missing, the program is refused, or its constructor reverts.
pub async fn deploy(l2: &L2, code: &[u8], constructor: &[u8]) -> Result<Deployed, ClientError> {
    deploy_at(l2, code, Some(constructor), B256::ZERO).await
}

/// As [`deploy`], at the address that [`program_address`] tells; a program without constructor is only activated.
///
/// # Errors
/// As [`deploy`]; also if it is there already.
pub async fn deploy_at(
    l2: &L2,
    code: &[u8],
    constructor: Option<&[u8]>,
    salt: B256,
) -> Result<Deployed, ClientError> {
    let fee = activation_fee(l2, code).await?;
    let data = deployment(code, constructor, salt);
    let value = fee * U256::from(FEE_MARGIN_PERCENT) / U256::from(100);
    let mined = l2
        .send("deploy", Some(STYLUS_DEPLOYER), data, value)
        .await?;
    let event = mined.event::<StylusDeployer::ContractDeployed>(STYLUS_DEPLOYER);
    let address = event
        .map(|event| event.deployedContract)
        .ok_or_else(|| ClientError::Answer {
            what: "deploy".to_owned(),
            side: "L2",
            why: "no ContractDeployed event".to_owned(),
        })?;
    let paid = mined
        .event::<ArbWasm::ProgramActivated>(ARB_WASM)
        .map(|event| event.dataFee);
    Ok(Deployed {
        address,
        code_hash: keccak256(code),
        activation_fee: paid.unwrap_or_default(),
        mined,
    })
}

/// What [`deploy_at`] calls the StylusDeployer with.
#[must_use]
pub fn deployment(code: &[u8], constructor: Option<&[u8]>, salt: B256) -> Bytes {
    let call = StylusDeployer::deployCall {
        bytecode: creation_code(code),
        initData: init_data(constructor).into(),
        initValue: U256::ZERO,
        salt,
    };
    call.abi_encode().into()
}

/// Where [`deploy_at`] puts a program: code, constructor arguments and (nonzero) salt decide.
#[must_use]
pub fn program_address(code: &[u8], constructor: Option<&[u8]>, salt: B256) -> Address {
    // the StylusDeployer mixes what the constructor is called with into the salt
    let salt = keccak256([salt.as_slice(), &init_data(constructor)].concat());
    STYLUS_DEPLOYER.create2_from_code(salt, creation_code(code))
}

fn init_data(constructor: Option<&[u8]>) -> Vec<u8> {
    constructor.map_or_else(Vec::new, |arguments| {
        [CONSTRUCTOR.as_slice(), arguments].concat()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creation_code_is_the_prelude_and_the_code() {
        let creation = creation_code(&[0xef, 0xf0, 0, 0, 1]);
        assert_eq!(creation.len(), 43 + 5);
        assert_eq!(creation[..2], [0x7f, 0]);
        assert_eq!(creation[32], 5);
        assert_eq!(creation[43..], [0xef, 0xf0, 0, 0, 1]);
    }

    #[test]
    fn the_constructors_selector_is_that_of_its_name() {
        assert_eq!(keccak256("stylus_constructor()")[..4], CONSTRUCTOR);
    }
}
