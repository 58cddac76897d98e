//! Neighbours among L2's candidates after a change (deviation X10): with them L2 needs no walk through the list, up to half a
//! million gas in one of a hundred.
//! Always holds: a hint changes what a call costs, never what it does; one that is outdated only costs the walk.

use alloy::primitives::{Address, U256};
use confluence_abi::{IBondingManager, IL1Migrator, IL2Migrator};

use super::{Brings, MigrateError, Sides};
use crate::{
    client::{ClientError, L2},
    sign::Move,
};

/// Two neighbours; null where there is none, or where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// With more stake.
    pub above: Address,
    /// With less.
    pub below: Address,
}

/// The candidates with their stakes, largest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standings(Vec<(Address, U256)>);

impl Standings {
    /// Reads L2's list.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn read(l2: &L2, bonding: Address) -> Result<Self, ClientError> {
        let first = l2.read(bonding, &IBondingManager::getFirstTranscoderInPoolCall {});
        let (mut at, mut found) = (first.await?, Vec::new());
        // a list that changes while it is read could otherwise lead round in circles
        let size = l2.read(bonding, &IBondingManager::getTranscoderPoolSizeCall {});
        let size: usize = size.await?.saturating_to();
        while !at.is_zero() && found.len() < size {
            found.push(at);
            let next = IBondingManager::getNextTranscoderInPoolCall { transcoder: at };
            at = l2.read(bonding, &next).await?;
        }
        let block = l2.head().await?.number;
        let calls: Vec<_> = found
            .iter()
            .map(|who| IBondingManager::transcoderTotalStakeCall { transcoder: *who })
            .collect();
        let stakes = match calls.is_empty() {
            true => Vec::new(),
            false => l2.read_each_at(bonding, &calls, block).await?,
        };
        Ok(Self(found.into_iter().zip(stakes).collect()))
    }

    /// A list from what is known.
    #[must_use]
    pub fn of(list: Vec<(Address, U256)>) -> Self {
        Self(list)
    }

    /// What is delegated to somebody; 0 if it is no candidate.
    #[must_use]
    pub fn stake(&self, who: Address) -> U256 {
        let found = self.0.iter().find(|(other, _)| *other == who);
        found.map_or(U256::ZERO, |(_, stake)| *stake)
    }

    /// Moves somebody to where `stake` belongs, and tells its neighbours there.
    pub fn place(&mut self, who: Address, stake: U256) -> Neighbours {
        self.0.retain(|(other, _)| *other != who);
        let above = |(_, other): &(Address, U256)| *other > stake;
        let at = self.0.iter().position(|entry| !above(entry));
        let at = at.unwrap_or(self.0.len());
        let neighbour = |index: Option<usize>| {
            let found = index.and_then(|index| self.0.get(index));
            found.map_or(Address::ZERO, |(who, _)| *who)
        };
        let found = Neighbours {
            above: neighbour(at.checked_sub(1)),
            below: neighbour(Some(at)),
        };
        self.0.insert(at, (who, stake));
        found
    }

    /// Moves `stake` from the orchestrator of a pool, if it is in one, to a delegate; tells the neighbours of the delegate and of the
    /// orchestrator afterwards, in the order in which L2Migrator makes the changes.
    pub fn claimed(
        &mut self,
        pool_of: Option<Address>,
        to: Address,
        stake: U256,
    ) -> (Neighbours, Neighbours) {
        let mut old = Neighbours::default();
        if let Some(orchestrator) = pool_of {
            let left = self.stake(orchestrator).saturating_sub(stake);
            old = self.place(orchestrator, left);
        }
        let has = self.stake(to);
        // the place of somebody who is no candidate is of no use
        match has.is_zero() {
            true => (Neighbours::default(), old),
            false => (self.place(to, has + stake), old),
        }
    }
}

/// Nothing known.
pub(super) fn none() -> IL1Migrator::Hints {
    hints(Neighbours::default(), Neighbours::default())
}

fn hints(own: Neighbours, pool: Neighbours) -> IL1Migrator::Hints {
    IL1Migrator::Hints {
        selfPrev: own.above,
        selfNext: own.below,
        poolPrev: pool.above,
        poolNext: pool.below,
    }
}

/// The hints for a part of a stake, in the order in which L2Migrator makes the changes.
pub(super) async fn of_part(
    l2: &L2,
    sides: &Sides,
    moved: &Move,
    brings: &Brings,
    standings: &Standings,
) -> Result<IL1Migrator::Hints, MigrateError> {
    let mut standings = standings.clone();
    if brings.delegate == moved.l1_addr {
        let to = delegate_on_l2(l2, sides.l2_bonding, moved.l2_addr, moved.l2_addr).await?;
        let stake = standings.stake(to) + brings.stake;
        let own = standings.place(to, stake);
        let to = moved.l2_addr;
        let stake = standings.stake(to) + brings.pool;
        let pool = standings.place(to, stake);
        return Ok(hints(own, pool));
    }
    let pool = IL2Migrator::delegatorPoolsCall {
        l1Addr: brings.delegate,
    };
    let pool = l2.read(sides.l2_migrator, &pool).await?;
    let (own, old) = places_of_claim(
        l2,
        sides.l2_bonding,
        pool,
        (moved.l2_addr, brings.stake),
        None,
        brings.delegate,
        standings,
    )
    .await?;
    Ok(hints(own, old))
}

/// Where the delegate that gets `stake` and the orchestrator of the pool that it leaves stand afterwards. The delegate is `chosen`,
/// or whom `owner` has on L2, or the pool's orchestrator, or `delegate`.
pub(crate) async fn places_of_claim(
    l2: &L2,
    bonding: Address,
    pool: Address,
    (owner, stake): (Address, U256),
    chosen: Option<Address>,
    delegate: Address,
    mut standings: Standings,
) -> Result<(Neighbours, Neighbours), MigrateError> {
    let mut pool_of = None;
    if !pool.is_zero() {
        let call = IBondingManager::getDelegatorCall { delegator: pool };
        pool_of = Some(l2.read(bonding, &call).await?.delegateAddress);
    }
    let to = match chosen {
        Some(chosen) => chosen,
        None => delegate_on_l2(l2, bonding, owner, pool_of.unwrap_or(delegate)).await?,
    };
    Ok(standings.claimed(pool_of, to, stake))
}

/// Whom somebody's stake goes to: the delegate that it has chosen on L2, or else `otherwise`.
async fn delegate_on_l2(
    l2: &L2,
    bonding: Address,
    who: Address,
    otherwise: Address,
) -> Result<Address, ClientError> {
    let call = IBondingManager::getDelegatorCall { delegator: who };
    let found = l2.read(bonding, &call).await?;
    Ok(match found.bondedAmount.is_zero() {
        true => otherwise,
        false => found.delegateAddress,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn who(byte: u8) -> Address {
        Address::repeat_byte(byte)
    }

    fn standings() -> Standings {
        let list = [(1, 90), (2, 50), (3, 50), (4, 10)];
        Standings::of(
            list.map(|(id, stake)| (who(id), U256::from(stake)))
                .to_vec(),
        )
    }

    #[test]
    fn a_newcomer_stands_between_those_with_more_and_those_with_no_more() {
        for (stake, above, below) in [
            (100, None, Some(1)),
            (50, Some(1), Some(2)),
            (1, Some(4), None),
        ] {
            let neighbour = |id: Option<u8>| id.map_or(Address::ZERO, who);
            let expected = Neighbours {
                above: neighbour(above),
                below: neighbour(below),
            };
            assert_eq!(
                standings().place(who(9), U256::from(stake)),
                expected,
                "{stake}"
            );
        }
    }

    #[test]
    fn somebody_who_moves_is_not_its_own_neighbour() {
        let mut list = standings();
        let found = list.place(who(4), U256::from(60));
        assert_eq!(
            found,
            Neighbours {
                above: who(1),
                below: who(2)
            }
        );
        assert_eq!(list.stake(who(4)), U256::from(60));
    }

    #[test]
    fn the_only_candidate_has_no_neighbours() {
        let mut list = Standings::default();
        assert_eq!(list.place(who(1), U256::from(1)), Neighbours::default());
        assert_eq!(list.place(who(1), U256::from(2)), Neighbours::default());
    }
}
