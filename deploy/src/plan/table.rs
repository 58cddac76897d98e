//! The L2 contracts in the order in which they are deployed, as data.
//! Always holds: whatever a row's arguments name stands above it.

use alloy::primitives::{Address, U256};

use super::{
    contract::{Book, Contract, NotDeployed},
    l1::OnL1,
    parameters::{Parameters, People},
};

/// One contract.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) contract: Contract,
    pub(super) kind: Kind,
    /// Constructor or initializer arguments.
    pub(super) arguments: &'static [Word],
    /// Whether the Controller's registry has it under its name.
    pub(super) registered: bool,
    /// Whether it has a counterpart on L1, without which there is none.
    pub(super) faces_l1: bool,
    /// Another name under which the registry has it.
    pub(super) alias: Option<&'static str>,
    /// Ids of the contracts whose addresses it keeps, in its own order.
    pub(super) peers: &'static [&'static str],
}

/// How it comes on chain.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// An EVM contract, by its artifact's name.
    Evm(&'static str),
    /// A program with a constructor.
    Direct(&'static str),
    /// A program without one, of which clones are made.
    Cloned(&'static str),
    /// A program behind a proxy, initialised by this function.
    Proxied(&'static str, &'static str),
}

/// A 32-byte argument.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    At(Contract),
    Deployer,
    GovernorOwner,
    Number(fn(&Parameters) -> U256),
    L1(fn(&OnL1) -> Address),
}

const CONTROLLER: &[Word] = &[Word::At(Contract::Controller)];
const INITIALIZE: &str = "initialize(address)";

pub(super) const L2: &[Row] = &[
    Row::new(Contract::BlockHash, Kind::Evm("BlockHash"), &[]).unregistered(),
    Row::new(
        Contract::Governor,
        Kind::Direct("governor"),
        &[Word::GovernorOwner],
    )
    .unregistered(),
    Row::new(
        Contract::Controller,
        Kind::Direct("controller"),
        &[Word::Deployer],
    )
    .unregistered(),
    Row::new(
        Contract::LivepeerToken,
        Kind::Direct("livepeer-token"),
        &[Word::Deployer],
    ),
    Row::new(
        Contract::Minter,
        Kind::Direct("minter"),
        &[
            Word::At(Contract::Controller),
            Word::Number(|p| U256::from(p.inflation_ppb)),
            Word::Number(|p| U256::from(p.inflation_change_ppb)),
            Word::Number(|p| U256::from(p.target_bonding_rate_ppb)),
        ],
    )
    .keeping(&[
        "BondingManager",
        "RoundsManager",
        "JobsManager",
        "LivepeerToken",
        "L2LPTDataCache",
    ]),
    Row::new(
        Contract::TicketBroker,
        Kind::Proxied("ticket-broker", INITIALIZE),
        CONTROLLER,
    )
    .also("JobsManager")
    .keeping(&["RoundsManager", "BondingManager", "Minter"]),
    Row::new(
        Contract::BondingManager,
        Kind::Proxied("bonding-manager", INITIALIZE),
        CONTROLLER,
    )
    .keeping(&[
        "RoundsManager",
        "Minter",
        "LivepeerToken",
        "TicketBroker",
        "L2Migrator",
        "Verifier",
    ]),
    Row::new(
        Contract::RoundsManager,
        Kind::Proxied("rounds-manager", "initialize(address,address)"),
        &[
            Word::At(Contract::Controller),
            Word::At(Contract::BlockHash),
        ],
    )
    .keeping(&["BondingManager", "Minter"]),
    Row::new(
        Contract::ServiceRegistry,
        Kind::Proxied("service-registry", INITIALIZE),
        CONTROLLER,
    ),
    Row::new(
        Contract::MerkleSnapshot,
        Kind::Direct("merkle-snapshot"),
        CONTROLLER,
    ),
    Row::new(
        Contract::L2LPTDataCache,
        Kind::Direct("lpt-data-cache"),
        &[Word::Deployer],
    )
    .facing_l1(),
    Row::new(
        Contract::L2LPTGateway,
        Kind::Direct("lpt-gateway"),
        &[
            Word::L1(|l1| l1.l2_router),
            Word::L1(|l1| l1.token),
            Word::At(Contract::LivepeerToken),
            Word::At(Contract::L2LPTDataCache),
            Word::Deployer,
        ],
    )
    .facing_l1()
    .unregistered(),
    Row::new(Contract::DelegatorPool, Kind::Cloned("delegator-pool"), &[])
        .facing_l1()
        .unregistered(),
    Row::new(
        Contract::L2Migrator,
        Kind::Proxied("l2-migrator", INITIALIZE),
        CONTROLLER,
    )
    .facing_l1()
    .keeping(&[
        "BondingManager",
        "TicketBroker",
        "MerkleSnapshot",
        "LivepeerToken",
    ]),
    Row::new(
        Contract::L2SwitchOver,
        Kind::Direct("switch-over"),
        &[
            Word::At(Contract::Controller),
            Word::L1(|l1| l1.side.switch_over),
            Word::At(Contract::Governor),
        ],
    )
    .facing_l1()
    .unregistered(),
    Row::new(
        Contract::PollCreator,
        Kind::Direct("poll"),
        &[Word::At(Contract::BondingManager)],
    ),
    Row::new(
        Contract::LivepeerTokenFaucet,
        Kind::Direct("faucet"),
        &[
            Word::Deployer,
            Word::At(Contract::LivepeerToken),
            Word::Number(|p| p.faucet.as_ref().map_or(U256::ZERO, super::Faucet::amount)),
            Word::Number(|p| {
                let hours = p.faucet.as_ref().map_or(0, |faucet| faucet.wait_hours);
                U256::from(hours)
            }),
        ],
    ),
];

impl Row {
    const fn new(contract: Contract, kind: Kind, arguments: &'static [Word]) -> Self {
        Self {
            contract,
            kind,
            arguments,
            registered: true,
            faces_l1: false,
            alias: None,
            peers: &[],
        }
    }

    const fn unregistered(mut self) -> Self {
        self.registered = false;
        self
    }

    const fn facing_l1(mut self) -> Self {
        self.faces_l1 = true;
        self
    }

    const fn also(mut self, alias: &'static str) -> Self {
        self.alias = Some(alias);
        self
    }

    const fn keeping(mut self, peers: &'static [&'static str]) -> Self {
        self.peers = peers;
        self
    }

    /// Whether a deployment with these parameters, and with or without L1, has it.
    pub(super) fn is_wanted(&self, parameters: &Parameters, has_l1: bool) -> bool {
        let faucet = self.contract != Contract::LivepeerTokenFaucet || parameters.faucet.is_some();
        faucet && (has_l1 || !self.faces_l1)
    }

    /// The row's arguments, ABI-encoded.
    pub(super) fn encoded(
        &self,
        book: &Book,
        people: &People,
        parameters: &Parameters,
        l1: Option<&OnL1>,
    ) -> Result<Vec<u8>, NotDeployed> {
        let mut bytes = Vec::with_capacity(32 * self.arguments.len());
        for word in self.arguments {
            let word = match word {
                Word::At(contract) => padded(book.at(*contract)?),
                Word::Deployer => padded(people.deployer),
                Word::GovernorOwner => padded(people.governor_owner),
                Word::Number(of) => of(parameters),
                Word::L1(of) => padded(l1.map(of).ok_or(NotDeployed(self.contract))?),
            };
            bytes.extend(word.to_be_bytes::<32>());
        }
        Ok(bytes)
    }
}

fn padded(address: Address) -> U256 {
    U256::from_be_slice(address.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rows_arguments_stand_above_it() {
        for (index, row) in L2.iter().enumerate() {
            for word in row.arguments {
                if let Word::At(contract) = word {
                    let above = L2[..index].iter().any(|above| above.contract == *contract);
                    assert!(above, "{} needs {contract}", row.contract);
                }
            }
        }
    }
}
