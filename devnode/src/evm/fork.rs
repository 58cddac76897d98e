//! Which EVM rules an ArbOS version has (Nitro's fork table): opcodes, gas schedule, Ethereum precompiles.

use std::sync::OnceLock;

use revm::{
    precompile::{PrecompileSpecId, Precompiles, secp256r1},
    primitives::hardfork::SpecId,
};

/// ArbOS 40: Prague's transactions on Cancun's precompiles; from 50 on Osaka.
const OSAKA_SINCE: u64 = 50;

/// Opcodes and gas schedule.
pub(crate) const fn spec(arbos: u64) -> SpecId {
    if arbos >= OSAKA_SINCE {
        SpecId::OSAKA
    } else {
        SpecId::PRAGUE
    }
}

/// Ethereum's precompiles. Before ArbOS 50 there is no BLS12-381, but P256VERIFY for 3,450 gas.
pub(crate) fn precompiles(arbos: u64) -> &'static Precompiles {
    static CANCUN_WITH_P256: OnceLock<Precompiles> = OnceLock::new();
    if arbos >= OSAKA_SINCE {
        return Precompiles::new(PrecompileSpecId::OSAKA);
    }
    CANCUN_WITH_P256.get_or_init(|| {
        let mut set = Precompiles::new(PrecompileSpecId::CANCUN).clone();
        set.extend([secp256r1::P256VERIFY]);
        set
    })
}
