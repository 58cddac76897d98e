//! A scenario: what happened before, and the one transaction that is measured.
//! Always holds: each transaction of a group starts from the same state, which the group prepares once and no other group sees.

use alloy::primitives::{Address, Bytes, U256};

use super::{GasError, report::Measured, stage::Stage};

/// A transaction.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) data: Bytes,
    pub(super) value: U256,
}

type Prepare = fn(&Stage) -> Result<(), GasError>;
type Measure = fn(&Stage) -> Result<Act, GasError>;

/// Transactions measured from one state.
pub(super) struct Group {
    /// The pools it makes sense for.
    pub(super) pools: &'static [usize],
    /// Brings B(N), the state in which the pool is set up, to where the transactions start.
    pub(super) prepare: Prepare,
    /// Id (`N*` stands for `N10`, `N100`) and transaction.
    pub(super) acts: &'static [(&'static str, Measure)],
}

impl Group {
    /// Whether it has anything that is wanted.
    pub(super) fn has(&self, pool: usize, wanted: &dyn Fn(&str) -> bool) -> bool {
        let of_pool = self.pools.contains(&pool);
        of_pool && self.acts.iter().any(|(id, _)| wanted(&named(id, pool)))
    }

    /// Measures what is wanted.
    pub(super) fn run(
        &self,
        stage: &Stage,
        wanted: &dyn Fn(&str) -> bool,
        into: &mut Vec<(String, Measured)>,
    ) -> Result<(), GasError> {
        let pool = stage.pool();
        stage.aside(|| {
            (self.prepare)(stage)?;
            for (id, act) in self.acts {
                let id = named(id, pool);
                if wanted(&id) {
                    let measured = stage.measure(&act(stage)?, &id)?;
                    into.push((id, measured));
                }
            }
            Ok(())
        })
    }
}

fn named(id: &str, pool: usize) -> String {
    id.replace("N*", &format!("N{pool}"))
}
