//! A whole system: Livepeer's staking on L1, the contracts beside it, and everything on L2.
//! Always holds: both sides are deployed by the steps of `deploy apply`; all is paused, and nothing has moved yet.

use alloy::primitives::{Address, B256, Bytes, FixedBytes, U256, keccak256};
use alloy::sol_types::SolCall;
use confluence_abi::IController;

use super::{
    Artifacts, Beginning, Book, Inputs, L1Inputs, L1Origin, L1Plan, L1Side, L2Counterparts,
    Livepeer, Parameters, People, Plan, PlanError, deploy_legacy, legacy::ILegacy,
};
use crate::client::{Client, ClientError, L1, L2, Side};

/// The proposal that ended staking on L1; the legacy RoundsManager knows its round by this number.
const LIP: u64 = 73;

/// What a system is made from.
#[derive(Debug, Clone)]
pub struct SystemInputs<'a> {
    /// What is deployed.
    pub artifacts: &'a Artifacts,
    /// With which parameters on L2.
    pub parameters: &'a Parameters,
    /// The L2 chain's delayed inbox on L1.
    pub inbox: Address,
    /// Livepeer's staking.
    pub staking: Staking,
    /// Has the power on L1 in the end; the deployer if it is the same.
    pub l1_owner: Address,
    /// Owns the Governor on L2.
    pub governor_owner: Address,
    /// Tells deployments of the same code by the same people apart.
    pub salt: B256,
    /// Whether the deployer gives up all power on L2. The switch-over works only if it does.
    pub hand_over: bool,
}

/// Livepeer's staking on L1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staking {
    /// It is there, and the deployment beside it begins, or began, with this nonce of L1's deployer.
    There {
        /// Where.
        livepeer: Livepeer,
        /// The nonce.
        first_nonce: u64,
    },
    /// A stand-in is deployed, owned by the deployer. Its population is loaded with `ILegacyLoaders`.
    StandIn(Beginning),
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// The L2 chain's delayed inbox on L1.
    pub inbox: Address,
    /// Livepeer's staking on L1.
    pub livepeer: Livepeer,
    /// Our contracts on L1.
    pub l1: L1Side,
    /// All contracts on L2.
    pub l2: Book,
}

/// Deploys everything on both chains, wired and paused: what a test or a rehearsal begins with. Where [`Staking::There`] is given,
/// it goes on where it was interrupted.
///
/// `l1` and `l2` send as the deployers ([`Client::with_unlocked`] on development nodes). On a running
/// `confluence_devnode::bridge::TwoChains` the inbox is `pair.contracts().inbox`. What follows, in order: load a population
/// into [`System::livepeer`] (`confluence_abi::ILegacyLoaders`, sent by L1's deployer), [`System::freeze`], the switch-over
/// (`IL1SwitchOver.start` at [`L1Side::switch_over`], sent by the L1 owner), which unpauses L2.
///
/// # Errors
/// A client that has no account; a missing artifact; whatever a chain refuses.
pub async fn deploy_system(
    l1: &L1,
    l2: &L2,
    inputs: &SystemInputs<'_>,
) -> Result<System, PlanError> {
    let (on_l1, on_l2) = (sender(l1)?, sender(l2)?);
    let artifacts = inputs.artifacts;
    let (livepeer, first_nonce) = match inputs.staking {
        Staking::There {
            livepeer,
            first_nonce,
        } => (livepeer, first_nonce),
        Staking::StandIn(beginning) => {
            let livepeer = deploy_legacy(l1, artifacts, on_l1, beginning).await?;
            (livepeer, l1.nonce(on_l1).await?)
        }
    };
    // each side's contracts are made with the other's addresses: L1's follow from the nonce, L2's from the codes
    let origin = L1Origin {
        chain_id: l1.chain_id(),
        inbox: inputs.inbox,
        router: Address::ZERO,
        l2_router: Address::ZERO,
        livepeer,
        deployer: on_l1,
        owner: inputs.l1_owner,
        first_nonce,
    };
    let plan = Plan::l2(&Inputs {
        artifacts,
        parameters: inputs.parameters,
        people: People {
            deployer: on_l2,
            governor_owner: inputs.governor_owner,
        },
        l1: Some(origin.on_l1()),
        salt: inputs.salt,
        commit: FixedBytes::ZERO,
        hand_over: inputs.hand_over,
    })?;
    let beside = L1Plan::new(&L1Inputs {
        artifacts,
        origin,
        l2: L2Counterparts::of(&plan.book)?,
    })?;
    tokio::try_join!(plan.apply(l2, |_, _| ()), beside.apply(l1, |_, _| ()))?;
    Ok(System {
        inbox: inputs.inbox,
        livepeer,
        l1: beside.side,
        l2: plan.book,
    })
}

impl System {
    /// Ends staking on L1 from `round` on, and gives the Minter's LPT and ether to BridgeMinter, as Livepeer's governance
    /// did; the switch-over can begin once that round has come. Sent by the owner of Livepeer's Controller.
    ///
    /// # Errors
    /// Whatever the chain refuses: someone else owns the Controller, or it has happened before.
    pub async fn freeze(&self, l1: &L1, round: u64) -> Result<(), PlanError> {
        for (to, data) in self.freezing(l1, round).await? {
            l1.send("freezing the staking", Some(to), data, U256::ZERO)
                .await?;
        }
        Ok(())
    }

    /// The calls of [`System::freeze`], in their order.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn freezing(&self, l1: &L1, round: u64) -> Result<[(Address, Bytes); 5], PlanError> {
        let controller = self.livepeer.controller;
        let rounds = IController::getContractCall {
            id: keccak256("RoundsManager"),
        };
        let rounds = l1.read(controller, &rounds).await?;
        let bridge_minter = self.l1.bridge_minter;
        Ok([
            (
                rounds,
                ILegacy::setLIPUpgradeRoundCall {
                    lip: U256::from(LIP),
                    round: U256::from(round),
                }
                .abi_encode()
                .into(),
            ),
            (controller, IController::pauseCall {}.abi_encode().into()),
            (
                controller,
                IController::setContractInfoCall {
                    id: keccak256("Minter"),
                    contractAddress: bridge_minter,
                    gitCommitHash: FixedBytes::ZERO,
                }
                .abi_encode()
                .into(),
            ),
            (
                self.livepeer.minter,
                ILegacy::migrateToNewMinterCall {
                    newMinter: bridge_minter,
                }
                .abi_encode()
                .into(),
            ),
            (controller, IController::unpauseCall {}.abi_encode().into()),
        ])
    }
}

/// Who a client sends as.
fn sender<S: Side>(client: &Client<S>) -> Result<Address, ClientError> {
    client.from().ok_or_else(|| ClientError::NoAccount {
        what: "deploying".to_owned(),
    })
}
