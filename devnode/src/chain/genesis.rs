//! Block zero (Nitro's dev genesis).

use alloy_primitives::U256;

use super::{Chain, commit::commit, seal::Seal, state::Account};
use crate::arbos::{self, Genesis};

/// Base fee of the first block in wei per gas.
const GENESIS_BASE_FEE: u64 = 100_000_000;
/// The message that initialises a chain counts as read.
const INIT_MESSAGES: u64 = 1;

impl Chain {
    pub(crate) fn make_genesis(&mut self) {
        let since = self.state.version();
        self.state.advance();
        for (who, balance) in self.config.accounts.clone() {
            self.state.set_account(
                who,
                Account {
                    balance,
                    ..Account::default()
                },
            );
        }
        let seal = Seal {
            base_fee: U256::from(GENESIS_BASE_FEE),
            delayed_read: INIT_MESSAGES,
            arbos: self.config.arbos.number(),
            ..Seal::default()
        };
        let genesis = Genesis {
            version: seal.arbos,
            chain_id: self.config.chain_id,
            owner: self.config.chain_owner,
            more_owners: self.config.owners.clone(),
            l1_price_per_unit: self.config.l1_price_per_unit,
            ..Genesis::default()
        };
        let around = self.surroundings(&seal);
        let changes = crate::evm::change(&self.state, &around, |host| arbos::begin(host, &genesis));
        commit(&mut self.state, changes);
        self.append_block(&seal, Vec::new(), since);
    }
}
