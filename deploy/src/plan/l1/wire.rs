//! What is set on L1 once everything is there, and who has the power in the end.
//! Always holds: all of it follows from addresses alone, so that it can be checked without what it was built from.

use alloy::{
    primitives::{Address, B256, U256},
    sol,
    sol_types::{SolCall, SolValue as _},
};
use confluence_abi::{IL1Escrow, IL1LPTGateway, IL1Migrator, IL1SwitchOver};

use super::{L1Side, L2Counterparts};
use crate::plan::step::{Done, Step};

sol! {
    interface IErc20 {
        function allowance(address owner, address spender) external view returns (uint256);
    }
}

/// The role that gives and takes roles.
const ADMIN_ROLE: B256 = B256::ZERO;

/// What is undone once the switch-over is over.
const OPENS: &str = "L1Migrator: let L1SwitchOver open it";

/// Who knows whom on L1.
#[derive(Debug, Clone, Copy)]
pub struct Wiring {
    /// LPT.
    pub token: Address,
    /// The other side.
    pub l2: L2Counterparts,
    /// Our contracts.
    pub side: L1Side,
    /// Sends every transaction.
    pub deployer: Address,
    /// Has the power in the end.
    pub owner: Address,
}

impl Wiring {
    /// In order; whoever can read all of it finds the side as it should be before the switch-over.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = self.lasting();
        // not as the last one: the switch-over undoes it, and what the last step did tells that all was done
        let opens = grant(OPENS, self.side.migrator, self.side.switch_over);
        steps.insert(0, opens);
        if self.owner != self.deployer {
            steps.extend(self.hand_over());
        }
        steps
    }

    /// What a side shows that is as it should be: `over` once the switch-over has started or was aborted, since its contract
    /// has then given up its power.
    #[must_use]
    pub fn checks(&self, over: bool) -> Vec<(String, Done)> {
        let mut steps = self.lasting();
        if self.owner != self.deployer {
            steps.extend(self.hand_over());
        }
        let checks = steps.into_iter().map(|step| (step.what, step.done));
        let mut checks: Vec<_> = checks.collect();
        let at = self.side.migrator;
        let power = has_role(at, self.side.switch_over, !over);
        checks.push((OPENS.to_owned(), power));
        checks
    }

    fn lasting(&self) -> Vec<Step> {
        let Self {
            token, l2, side, ..
        } = *self;
        vec![
            step(
                "L1Escrow: let L1LPTGateway take LPT",
                side.escrow,
                &IL1Escrow::approveCall {
                    token,
                    spender: side.gateway,
                    value: U256::MAX,
                },
                Done::answer(
                    token,
                    &IErc20::allowanceCall {
                        owner: side.escrow,
                        spender: side.gateway,
                    },
                    U256::MAX.abi_encode(),
                ),
            ),
            step(
                "L1LPTGateway: set its counterpart",
                side.gateway,
                &IL1LPTGateway::setCounterpartCall {
                    counterpart: l2.gateway,
                },
                Done::answer(
                    side.gateway,
                    &IL1LPTGateway::l2CounterpartCall {},
                    l2.gateway.abi_encode(),
                ),
            ),
            step(
                "L1LPTGateway: set its minter",
                side.gateway,
                &IL1LPTGateway::setMinterCall {
                    minter_: side.bridge_minter,
                },
                Done::answer(
                    side.gateway,
                    &IL1LPTGateway::minterCall {},
                    side.bridge_minter.abi_encode(),
                ),
            ),
            step(
                "L1LPTGateway: open",
                side.gateway,
                &IL1LPTGateway::unpauseCall {},
                Done::answer(
                    side.gateway,
                    &IL1LPTGateway::pausedCall {},
                    false.abi_encode(),
                ),
            ),
            step(
                "L1Migrator: set BridgeMinter",
                side.migrator,
                &IL1Migrator::setBridgeMinterCall {
                    bridgeMinter: side.bridge_minter,
                },
                Done::answer(
                    side.migrator,
                    &IL1Migrator::bridgeMinterAddrCall {},
                    side.bridge_minter.abi_encode(),
                ),
            ),
            step(
                "L1SwitchOver: set its counterpart",
                side.switch_over,
                &IL1SwitchOver::setL2SwitchOverCall {
                    l2SwitchOver: l2.switch_over,
                },
                Done::answer(
                    side.switch_over,
                    &IL1SwitchOver::l2SwitchOverAddrCall {},
                    l2.switch_over.abi_encode(),
                ),
            ),
        ]
    }

    fn hand_over(&self) -> Vec<Step> {
        let (side, account) = (self.side, self.deployer);
        let mut steps = Vec::new();
        for (name, at) in [
            ("L1Escrow", side.escrow),
            ("L1LPTGateway", side.gateway),
            ("L1Migrator", side.migrator),
        ] {
            let what = format!("{name}: make the owner its admin");
            steps.push(grant(&what, at, self.owner));
            steps.push(step(
                &format!("{name}: give up the deployer's power"),
                at,
                &IL1Migrator::renounceRoleCall {
                    role: ADMIN_ROLE,
                    account,
                },
                has_role(at, account, false),
            ));
        }
        steps.push(step(
            "hand L1SwitchOver over",
            side.switch_over,
            &IL1SwitchOver::transferOwnershipCall {
                newOwner: self.owner,
            },
            Done::answer(
                side.switch_over,
                &IL1SwitchOver::ownerCall {},
                self.owner.abi_encode(),
            ),
        ));
        steps
    }
}

fn step<C: SolCall>(what: &str, to: Address, call: &C, done: Done) -> Step {
    Step::call(what.to_owned(), to, call, done)
}

/// The same functions in every contract that has roles.
fn grant(what: &str, at: Address, account: Address) -> Step {
    let call = IL1Migrator::grantRoleCall {
        role: ADMIN_ROLE,
        account,
    };
    step(what, at, &call, has_role(at, account, true))
}

fn has_role(at: Address, account: Address, expected: bool) -> Done {
    let query = IL1Migrator::hasRoleCall {
        role: ADMIN_ROLE,
        account,
    };
    Done::answer(at, &query, expected.abi_encode())
}
