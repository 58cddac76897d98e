//! Claiming on L2 what the snapshot says an account had on L1, with its proof.
//! Always holds: a claim that L2 would refuse is not sent, and the reason names what to do; the proof was held against the root
//! that is published on L2, not against one from a file.

mod governance;

use alloy::{
    primitives::{Address, B256, Bytes, U256, utils::format_ether},
    sol_types::SolCall as _,
};
use confluence_abi::{IController, IL2Migrator, IMerkleSnapshot};
use serde::Serialize;

pub use governance::{Advance, Review, SEVEN_DAYS, enable, publish, review};

use crate::{
    client::{ClientError, L2, Mined},
    migrate::{MigrateError, Neighbours, Standings},
    payments::{PaymentError, registered},
    poll::decimal,
    snapshot::Proof,
};

/// Why nothing was claimed, published or enabled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// The chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A contract is missing.
    #[error(transparent)]
    Registry(#[from] PaymentError),
    /// The candidates could not be read.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// Another account's proof.
    #[error(
        "the proof is {delegator}'s, and the key is {account}'s; only {delegator} can claim with it"
    )]
    NotTheOwner {
        /// Whose proof it is.
        delegator: Address,
        /// Whose key it is.
        account: Address,
    },
    /// Claims are closed.
    #[error(
        "claims are not enabled on L2Migrator {l2_migrator} yet: the list is under review for seven days after its root was published. Run the same command again then"
    )]
    Disabled {
        /// Where.
        l2_migrator: Address,
    },
    /// The system is paused.
    #[error(
        "the system of Controller {controller} on L2 is paused; run the same command again once it is not"
    )]
    Paused {
        /// Its registry.
        controller: Address,
    },
    /// The proof is for another list.
    #[error(
        "the proof leads to {found}, and the root published on L2 is {published}: it was made from another list; make it again with `confluence snapshot prove` from the published one"
    )]
    OtherRoot {
        /// Where the proof leads.
        found: B256,
        /// What L2 has.
        published: B256,
    },
    /// No root is there.
    #[error(
        "no root of {migration} is published on L2 (MerkleSnapshot {at}); publish it with `confluence snapshot publish`"
    )]
    Unpublished {
        /// The migration.
        migration: String,
        /// Where.
        at: Address,
    },
    /// It has claimed or migrated.
    #[error("{delegator} has got its stake on L2 already: it claimed, or migrated from L1")]
    Done {
        /// Whose.
        delegator: Address,
    },
    /// L2 would refuse.
    #[error("L2 would refuse the claim: {why}. Nothing was sent; {advice}")]
    WouldFail {
        /// What it says.
        why: String,
        /// What to do.
        advice: &'static str,
    },
    /// It cannot pay.
    #[error(
        "{account} has {has} ETH on L2 and needs about {needs} ETH for gas; send it some first",
        has = format_ether(*has),
        needs = format_ether(*needs)
    )]
    TooLittleEther {
        /// Who pays.
        account: Address,
        /// Wei.
        has: U256,
        /// Wei.
        needs: U256,
    },
    /// Somebody who cannot decide.
    #[error(
        "{account} does not own the Governor {governor}; its owner is {owner}; sign with that account"
    )]
    NotGovernor {
        /// Whose key it is.
        account: Address,
        /// The Governor.
        governor: Address,
        /// Who may.
        owner: Address,
    },
    /// The Controller is somebody else's.
    #[error(
        "the Controller {controller} belongs to {owner}, which is no Governor; only its owner can decide this"
    )]
    NoGovernor {
        /// The registry.
        controller: Address,
        /// Its owner.
        owner: Address,
    },
    /// The week of review is not over.
    #[error(
        "the root was published {} ago, and seven days of review are the rule: {} are left (until {until}, Unix seconds). Nothing was sent",
        days(*age),
        days(until.saturating_sub(*now))
    )]
    UnderReview {
        /// Seconds since.
        age: u64,
        /// L2's time.
        now: u64,
        /// When it ends.
        until: u64,
    },
    /// Nobody knows when it was published.
    #[error(
        "when the root {root} was published cannot be told: the Governor {governor} logged no update that set it. The seven days of review cannot be checked, so nothing was sent"
    )]
    Undated {
        /// The root.
        root: B256,
        /// Who should have.
        governor: Address,
    },
    /// L2 has another root.
    #[error(
        "L2 has the root {published}, not {expected}; publish the right one first, and let it be reviewed"
    )]
    WrongRoot {
        /// What it has.
        published: B256,
        /// What it should have.
        expected: B256,
    },
}

/// Seconds in days and hours.
fn days(seconds: u64) -> String {
    let (days, hours) = (seconds / 86_400, seconds % 86_400 / 3_600);
    match (days, hours) {
        (0, 0) => format!("{} minutes", seconds / 60),
        (0, hours) => format!("{hours} hours"),
        (days, hours) => format!("{days} days and {hours} hours"),
    }
}

impl ClaimError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::Registry(error) => error.is_usage(),
            Self::Migrate(error) => error.is_usage(),
            Self::NotTheOwner { .. } | Self::OtherRoot { .. } | Self::NotGovernor { .. } => true,
            _ => false,
        }
    }

    /// Whether the same command may succeed later.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        match self {
            Self::Client(error) => error.is_pending(),
            Self::Disabled { .. } | Self::UnderReview { .. } => true,
            _ => false,
        }
    }
}

/// The contracts of L2 that a claim touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The registry.
    pub controller: Address,
    /// Takes claims.
    pub l2_migrator: Address,
    /// Has the root.
    pub snapshot: Address,
    /// Staking.
    pub bonding: Address,
}

impl Place {
    /// Finds them through the registry.
    ///
    /// # Errors
    /// [`ClaimError::Registry`].
    pub async fn find(l2: &L2, controller: Address) -> Result<Self, ClaimError> {
        Ok(Self {
            controller,
            l2_migrator: registered(l2, controller, "L2Migrator").await?,
            snapshot: registered(l2, controller, "MerkleSnapshot").await?,
            bonding: registered(l2, controller, "BondingManager").await?,
        })
    }

    /// The root that is published for a migration; zero if none is.
    ///
    /// # Errors
    /// [`ClaimError::Client`].
    pub async fn root(&self, l2: &L2, id: B256) -> Result<B256, ClaimError> {
        let call = IMerkleSnapshot::snapshotCall { id };
        Ok(l2.read(self.snapshot, &call).await?)
    }
}

/// A claim that can be signed.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// Who claims.
    pub delegator: Address,
    /// Its delegate on L1.
    pub delegate: Address,
    /// LPT base units that are still to come.
    #[serde(serialize_with = "decimal")]
    pub stake: U256,
    /// Wei that are still to come.
    #[serde(serialize_with = "decimal")]
    pub fees: U256,
    /// Whom the stake goes to, if the account says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_delegate: Option<Address>,
    /// The pool that it comes from, if its orchestrator has migrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<Address>,
    /// Gas it takes.
    pub gas: u64,
    /// L2Migrator.
    #[serde(skip)]
    pub to: Address,
    /// Calldata.
    #[serde(skip)]
    pub data: Bytes,
}

impl Claim {
    /// Checks that L2 would take the claim, with hints for its list of candidates.
    ///
    /// # Errors
    /// As [`ClaimError`] lists them.
    pub async fn prepare(
        l2: &L2,
        place: &Place,
        (migration, id): (&str, B256),
        proof: &Proof,
        account: Address,
        new_delegate: Option<Address>,
    ) -> Result<Self, ClaimError> {
        let delegator = proof.delegator;
        if delegator != account {
            return Err(ClaimError::NotTheOwner { delegator, account });
        }
        let published = place.root(l2, id).await?;
        if published.is_zero() {
            return Err(ClaimError::Unpublished {
                migration: migration.to_owned(),
                at: place.snapshot,
            });
        }
        let found = proof.leads_to();
        if found != published {
            return Err(ClaimError::OtherRoot { found, published });
        }
        open(l2, place, delegator).await?;

        let parts = IL2Migrator::migratedPartsCall { l1Addr: delegator };
        let parts = l2.read(place.l2_migrator, &parts).await?;
        let stake = proof.stake.saturating_sub(parts.stake);
        let fees = match parts.fees {
            true => U256::ZERO,
            false => proof.fees,
        };
        let pools = IL2Migrator::delegatorPoolsCall {
            l1Addr: proof.delegate,
        };
        let pool = l2.read(place.l2_migrator, &pools).await?;
        let standings = Standings::read(l2, place.bonding).await?;
        let places = crate::migrate::places_of_claim(
            l2,
            place.bonding,
            pool,
            (delegator, stake),
            new_delegate,
            proof.delegate,
            standings,
        );
        let data = calldata(proof, new_delegate, places.await?);
        let as_account = l2.with_unlocked(account);
        let gas = as_account.estimate(
            "the claim",
            place.l2_migrator,
            data.clone(),
            U256::ZERO,
            None,
        );
        let gas = gas.await.map_err(would_fail)?;
        let has = l2.balance(account).await?;
        let needs = U256::from(2) * U256::from(gas) * l2.gas_price().await?;
        if has < needs {
            return Err(ClaimError::TooLittleEther {
                account,
                has,
                needs,
            });
        }
        Ok(Self {
            delegator,
            delegate: proof.delegate,
            stake,
            fees,
            new_delegate,
            pool: (!pool.is_zero()).then_some(pool),
            gas,
            to: place.l2_migrator,
            data,
        })
    }

    /// Sends it with the client's account.
    ///
    /// # Errors
    /// As [`crate::client::Client::send`].
    pub async fn send(&self, l2: &L2) -> Result<Mined, ClaimError> {
        let sent = l2.send("the claim", Some(self.to), self.data.clone(), U256::ZERO);
        Ok(sent.await?)
    }
}

/// The call that claims with a proof; hints are the neighbours of the delegate and of the pool's orchestrator afterwards.
#[must_use]
pub fn calldata(
    proof: &Proof,
    new_delegate: Option<Address>,
    (own, old): (Neighbours, Neighbours),
) -> Bytes {
    let call = IL2Migrator::claimStakeWithHintsCall {
        delegate: proof.delegate,
        stake: proof.stake,
        fees: proof.fees,
        proof: proof.proof.clone(),
        newDelegate: new_delegate.unwrap_or_default(),
        hints: IL2Migrator::Hints {
            selfPrev: own.above,
            selfNext: own.below,
            poolPrev: old.above,
            poolNext: old.below,
        },
    };
    call.abi_encode().into()
}

async fn open(l2: &L2, place: &Place, delegator: Address) -> Result<(), ClaimError> {
    let l2_migrator = place.l2_migrator;
    let enabled = l2.read(l2_migrator, &IL2Migrator::claimStakeEnabledCall {});
    if !enabled.await? {
        return Err(ClaimError::Disabled { l2_migrator });
    }
    let paused = l2.read(place.controller, &IController::pausedCall {});
    if paused.await? {
        return Err(ClaimError::Paused {
            controller: place.controller,
        });
    }
    let call = IL2Migrator::migratedDelegatorsCall { addr: delegator };
    match l2.read(l2_migrator, &call).await? {
        true => Err(ClaimError::Done { delegator }),
        false => Ok(()),
    }
}

fn would_fail(error: ClientError) -> ClaimError {
    let ClientError::Reverted { reason, .. } = &error else {
        return error.into();
    };
    let why = reason.to_string();
    let advice = match why.as_str() {
        "current round is not initialized" => {
            "somebody has to call initializeRound() of the RoundsManager first; run the same command again then"
        }
        "registered transcoders can't delegate towards other addresses" => {
            "the account is an orchestrator on L2; leave --new-delegate out"
        }
        _ => "run the same command again once that is mended",
    };
    ClaimError::WouldFail { why, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_says_enough() {
        assert_eq!(days(30 * 60), "30 minutes");
        assert_eq!(days(5 * 3_600), "5 hours");
        assert_eq!(days(6 * 86_400 + 7_200), "6 days and 2 hours");
    }
}
