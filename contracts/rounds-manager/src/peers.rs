//! Whom RoundsManager calls.

use confluence_kit::{B256, U256, interface, peers};

interface! {
    /// Takes over the stake that counts in the new round.
    BondingManager {
        exec setCurrentRoundTotalActiveStake();
    }
    /// Decides the new round's inflation.
    Minter {
        exec setCurrentRewardTokens();
    }
    /// BLOCKHASH, lent by an EVM contract.
    BlockHash {
        view blockHash(number: U256) -> B256;
    }
}

peers! {
    bonding_manager: BondingManager = "BondingManager";
    minter: Minter = "Minter";
}
