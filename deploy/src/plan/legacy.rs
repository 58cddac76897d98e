//! LPT and staking as Livepeer had them on L1, for development chains and rehearsals.
//! Always holds: it runs and is empty; whoever rehearses loads its population.

use alloy::{
    primitives::{Address, Bytes, FixedBytes, U256, keccak256},
    sol,
    sol_types::{SolCall, SolValue as _},
};
use confluence_abi::{IController, ILegacyLoaders};

use super::{Artifacts, PlanError, l1::Livepeer};
use crate::client::L1;

sol! {
    /// Setters of the stand-ins, and what governance needs of the originals.
    #[allow(missing_docs)]
    interface ILegacy {
        function setRoundLength(uint256 blocks) external;
        function setRoundLockAmount(uint256 share) external;
        function setUnbondingPeriod(uint64 rounds) external;
        function setUnlockPeriod(uint256 rounds) external;
        function mint(address to, uint256 amount) external returns (bool);
        function transferOwnership(address newOwner) external;
        function setLIPUpgradeRound(uint256 lip, uint256 round) external;
        function migrateToNewMinter(address newMinter) external;
    }
}

/// How the stand-in begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    /// The round it is in.
    pub round: u64,
    /// L1 blocks a round.
    pub round_blocks: u64,
    /// LPT base units that the Minter holds: all stakes and locks to be loaded.
    pub minter_lpt: U256,
    /// LPT base units for the deployer.
    pub own_lpt: U256,
    /// Inflation, parts of 10^9.
    pub inflation_ppb: u64,
}

impl Default for Beginning {
    /// The round of Livepeer's own snapshot.
    fn default() -> Self {
        let lpt = U256::from(10).pow(U256::from(18));
        Self {
            round: 2466,
            round_blocks: 50,
            minter_lpt: U256::from(20_000_000) * lpt,
            own_lpt: U256::from(1_000_000) * lpt,
            inflation_ppb: 218_500,
        }
    }
}

/// Deploys Livepeer's staking, running. Its population is loaded by whoever rehearses.
///
/// # Errors
/// A missing artifact; whatever the chain refuses.
pub async fn deploy_legacy(
    l1: &L1,
    artifacts: &Artifacts,
    deployer: Address,
    beginning: Beginning,
) -> Result<Livepeer, PlanError> {
    let controller = create(l1, artifacts, "LegacyController", Vec::new()).await?;
    let managed = controller.abi_encode();
    let token = create(l1, artifacts, "LegacyLivepeerToken", Vec::new()).await?;
    let inflation = (
        controller,
        U256::from(beginning.inflation_ppb),
        U256::from(500),
        U256::from(500_000_000),
    );
    let minter = create(l1, artifacts, "LegacyMinter", inflation.abi_encode_params()).await?;
    let rounds = create(l1, artifacts, "LegacyRoundsManager", managed.clone()).await?;
    let bonding = create(l1, artifacts, "LegacyBondingManager", managed.clone()).await?;
    let broker = create(l1, artifacts, "LegacyTicketBroker", managed).await?;
    for (name, at) in [
        ("LivepeerToken", token),
        ("Minter", minter),
        ("RoundsManager", rounds),
        ("BondingManager", bonding),
        ("TicketBroker", broker),
        ("JobsManager", broker),
    ] {
        let call = IController::setContractInfoCall {
            id: keccak256(name),
            contractAddress: at,
            gitCommitHash: FixedBytes::ZERO,
        };
        l1.transact(controller, &call, U256::ZERO).await?;
    }
    let calls: [(Address, Bytes); 9] = [
        (
            rounds,
            encoded(&ILegacy::setRoundLengthCall {
                blocks: U256::from(beginning.round_blocks),
            }),
        ),
        (
            rounds,
            encoded(&ILegacy::setRoundLockAmountCall {
                share: U256::from(100_000),
            }),
        ),
        (
            rounds,
            encoded(&ILegacyLoaders::loadRoundCall {
                round: U256::from(beginning.round),
            }),
        ),
        (
            bonding,
            encoded(&ILegacy::setUnbondingPeriodCall { rounds: 7 }),
        ),
        (
            broker,
            encoded(&ILegacy::setUnlockPeriodCall {
                rounds: U256::from(2),
            }),
        ),
        (
            token,
            encoded(&ILegacy::mintCall {
                to: minter,
                amount: beginning.minter_lpt,
            }),
        ),
        (
            token,
            encoded(&ILegacy::mintCall {
                to: deployer,
                amount: beginning.own_lpt,
            }),
        ),
        (
            token,
            encoded(&ILegacy::transferOwnershipCall { newOwner: minter }),
        ),
        (controller, encoded(&IController::unpauseCall {})),
    ];
    for (to, data) in calls {
        l1.send("setting up the staking", Some(to), data, U256::ZERO)
            .await?;
    }
    Ok(Livepeer {
        controller,
        token,
        minter,
        bonding_manager: bonding,
        ticket_broker: broker,
    })
}

fn encoded<C: SolCall>(call: &C) -> Bytes {
    call.abi_encode().into()
}

async fn create(
    l1: &L1,
    artifacts: &Artifacts,
    name: &str,
    arguments: Vec<u8>,
) -> Result<Address, PlanError> {
    let creation = artifacts.creation(name, &arguments)?;
    let mined = l1
        .send(&format!("deploy {name}"), None, creation, U256::ZERO)
        .await?;
    mined
        .created
        .ok_or_else(|| PlanError::NotCreated(name.to_owned()))
}
