//! L1's side: the contracts beside Livepeer's staking, wired to their counterparts on L2.
//! Always holds: they are created by the account itself, since their constructors give it the power that it hands over at the
//! end; so their addresses follow from its nonces, are fixed before anything is sent, and another transaction of the
//! account in between is noticed.

mod create;
mod wire;

use alloy::primitives::{Address, keccak256};
use confluence_abi::IController;
use serde::{Deserialize, Serialize};

use super::{
    Artifacts, Book, Contract, NotDeployed, PlanError,
    step::{Action, Step},
};
use crate::client::{L1, Mined};

pub use wire::Wiring;

/// What Livepeer has on L1, or what stands in for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Livepeer {
    /// The registry.
    pub controller: Address,
    /// LPT.
    pub token: Address,
    /// The Minter that last set the inflation.
    pub minter: Address,
    /// Stakes.
    pub bonding_manager: Address,
    /// Deposits and reserves.
    pub ticket_broker: Address,
}

/// The contracts of L1's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct L1Side {
    /// Keeps the LPT that is on L2.
    pub escrow: Address,
    /// Takes LPT to L2 and back.
    pub gateway: Address,
    /// Sends stakes, locks and deposits.
    pub migrator: Address,
    /// Holds the old Minter's funds.
    pub bridge_minter: Address,
    /// Tells L2 the supply.
    pub data_cache: Address,
    /// Sends all that in one action.
    pub switch_over: Address,
}

/// What the contracts on L2 must know of L1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnL1 {
    /// LPT on L1.
    pub token: Address,
    /// Arbitrum's gateway router on L2; null where there is none.
    pub l2_router: Address,
    /// Our contracts.
    pub side: L1Side,
}

/// Where the counterparts are on L2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct L2Counterparts {
    /// LPT.
    pub token: Address,
    /// L2LPTGateway.
    pub gateway: Address,
    /// L2Migrator.
    pub migrator: Address,
    /// L2LPTDataCache.
    pub data_cache: Address,
    /// L2SwitchOver.
    pub switch_over: Address,
}

impl L2Counterparts {
    /// Those of a deployment.
    ///
    /// # Errors
    /// [`NotDeployed`] for one without L1.
    pub fn of(book: &Book) -> Result<Self, NotDeployed> {
        Ok(Self {
            token: book.at(Contract::LivepeerToken)?,
            gateway: book.at(Contract::L2LPTGateway)?,
            migrator: book.at(Contract::L2Migrator)?,
            data_cache: book.at(Contract::L2LPTDataCache)?,
            switch_over: book.at(Contract::L2SwitchOver)?,
        })
    }
}

/// For what, by whom and from which nonce on L1's side is made: all that its addresses and its wiring follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct L1Origin {
    /// L1's chain id.
    pub chain_id: u64,
    /// The L2 chain's delayed inbox.
    pub inbox: Address,
    /// Arbitrum's gateway router; null where there is none.
    pub router: Address,
    /// Its counterpart on L2; null where there is none.
    pub l2_router: Address,
    /// Livepeer's own contracts.
    pub livepeer: Livepeer,
    /// Sends every transaction.
    pub deployer: Address,
    /// Has the power in the end.
    pub owner: Address,
    /// The deployer's nonce at the first creation.
    pub first_nonce: u64,
}

impl L1Origin {
    /// Where everything is or will be.
    #[must_use]
    pub fn side(&self) -> L1Side {
        L1Side::created_by(self.deployer, self.first_nonce)
    }

    /// What the contracts on L2 must know.
    #[must_use]
    pub fn on_l1(&self) -> OnL1 {
        OnL1 {
            token: self.livepeer.token,
            l2_router: self.l2_router,
            side: self.side(),
        }
    }

    /// What is set once everything is there.
    #[must_use]
    pub fn wiring(&self, l2: L2Counterparts) -> Wiring {
        Wiring {
            token: self.livepeer.token,
            l2,
            side: self.side(),
            deployer: self.deployer,
            owner: self.owner,
        }
    }
}

/// What L1's side is made from.
#[derive(Debug, Clone, Copy)]
pub struct L1Inputs<'a> {
    /// What is deployed.
    pub artifacts: &'a Artifacts,
    /// For what and by whom.
    pub origin: L1Origin,
    /// The other side.
    pub l2: L2Counterparts,
}

impl Livepeer {
    /// Finds it through its registry.
    ///
    /// # Errors
    /// [`PlanError::NotLivepeer`] if the registry lacks one of the contracts.
    pub async fn behind(l1: &L1, controller: Address) -> Result<Self, PlanError> {
        let find = async |name: &'static str| {
            let id = keccak256(name);
            let call = IController::getContractCall { id };
            match l1.read(controller, &call).await? {
                Address::ZERO => Err(PlanError::NotLivepeer { controller, name }),
                at => Ok(at),
            }
        };
        Ok(Self {
            controller,
            token: find("LivepeerToken").await?,
            minter: find("Minter").await?,
            bonding_manager: find("BondingManager").await?,
            ticket_broker: find("TicketBroker").await?,
        })
    }
}

impl L1Side {
    /// All of it, by name.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Address); 6] {
        [
            ("L1Escrow", self.escrow),
            ("L1LPTGateway", self.gateway),
            ("L1Migrator", self.migrator),
            ("BridgeMinter", self.bridge_minter),
            ("L1LPTDataCache", self.data_cache),
            ("L1SwitchOver", self.switch_over),
        ]
    }

    /// Where everything will be if `deployer` creates it from this nonce on.
    #[must_use]
    pub fn created_by(deployer: Address, first_nonce: u64) -> Self {
        let at = |index| deployer.create(first_nonce + index);
        Self {
            escrow: at(0),
            gateway: at(1),
            migrator: at(2),
            bridge_minter: at(3),
            data_cache: at(4),
            switch_over: at(5),
        }
    }
}

/// L1's side: where everything will be, and what to send, in order.
#[derive(Debug, Clone)]
pub struct L1Plan {
    /// Where everything will be.
    pub side: L1Side,
    /// What to send.
    pub steps: Vec<Step>,
}

impl L1Plan {
    /// The migrator paused, the gateway open, everything in the owner's hands.
    ///
    /// # Errors
    /// [`PlanError::Build`] if the artifacts lack one of the contracts.
    pub fn new(inputs: &L1Inputs<'_>) -> Result<Self, PlanError> {
        let wiring = inputs.origin.wiring(inputs.l2);
        let mut steps = create::steps(inputs, &wiring.side)?;
        steps.extend(wiring.steps());
        Ok(Self {
            side: wiring.side,
            steps,
        })
    }

    /// Does what is not done yet; `before` hears of each step's number and the step itself before it is sent.
    ///
    /// # Errors
    /// [`PlanError::NonceUsed`]; whatever the chain refuses. Applying again goes on there.
    pub async fn apply(
        &self,
        l1: &L1,
        mut before: impl FnMut(usize, &Step),
    ) -> Result<Vec<(usize, Mined)>, PlanError> {
        let mut sent = Vec::new();
        // what the owner, or the switch-over, has changed since the last step is not undone
        if self.is_complete(l1).await? {
            return Ok(sent);
        }
        if let Some(account) = l1.from() {
            l1.settled(account).await?;
        }
        for (number, step) in self.steps.iter().enumerate() {
            if step.done.difference(l1).await?.is_some() {
                if let Action::Create { by, nonce, .. } = &step.action {
                    at_nonce(l1, *by, *nonce).await?;
                }
                before(number, step);
                sent.push((number, step.send(l1).await?));
            }
        }
        Ok(sent)
    }

    /// Whether the last step is done.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn is_complete(&self, l1: &L1) -> Result<bool, PlanError> {
        match self.steps.last() {
            Some(last) => Ok(last.done.difference(l1).await?.is_none()),
            None => Ok(true),
        }
    }
}

/// A contract's address follows from its creator's nonce: that must be the planned one.
async fn at_nonce(l1: &L1, account: Address, expected: u64) -> Result<(), PlanError> {
    let found = l1.nonce(account).await?;
    if found != expected {
        return Err(PlanError::NonceUsed {
            account,
            expected,
            found,
        });
    }
    Ok(())
}
