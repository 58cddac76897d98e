//! L1 block numbers and hashes.

use crate::peers::BlockHash;
use crate::storage::State;
use confluence_kit::math::wide;
use confluence_kit::{B256, Result, block, ensure};

/// The L1 block number.
pub fn block_num(_: &State) -> Result<u128> {
    Ok(block::number() as u128)
}

/// The hash of L1 block `number`, as the EVM's BLOCKHASH gives it on Arbitrum.
///
/// # Errors
/// * "can only retrieve past block hashes" - `number` is the current block or later.
/// * "can only retrieve hashes for last 256 blocks".
///
/// # Source
/// RoundsManager.blockHash; deviation: BLOCKHASH is asked of an EVM contract.
pub fn block_hash(s: &State, number: u128) -> Result<B256> {
    let now = block::number() as u128;
    ensure!(number < now, "can only retrieve past block hashes");
    ensure!(
        now < 256 || number >= now - 256,
        "can only retrieve hashes for last 256 blocks"
    );
    BlockHash(s.helper.load().at).blockHash(wide(number))
}

/// The hash that a round remembers; zero for one that was never initialised.
pub fn block_hash_for_round(s: &State, round: u32) -> Result<B256> {
    Ok(s.hashes.get(round).hash)
}
