//! Opening a poll.

use crate::events::PollCreated;
use crate::poll;
use crate::storage::State;
use confluence_kit::{Address, Checked, Result, block, call, deploy, emit, ensure, interface, msg};

/// Of all stake, the millionths that must have voted.
const QUORUM: u32 = 333_300;
/// Of the votes, the millionths that "yes" must exceed.
const QUOTA: u32 = 500_000;
/// L1 blocks that a poll lasts: 8 days of 12 seconds.
const POLL_PERIOD: u64 = 57_600;
/// LPT base units that whoever opens a poll has at stake.
const POLL_CREATION_COST: u128 = 100_000_000_000_000_000_000;

interface! {
    /// Knows the stakes.
    BondingManager {
        view pendingStake(who: Address, until: u32) -> u128;
        view transcoderTotalStake(who: Address) -> u128;
    }
}

/// Sets whom to ask for stakes.
///
/// # Errors
/// * empty - constructed before, or not by the StylusDeployer.
///
/// # Source
/// PollCreator's constructor; deviation: none.
pub fn construct(s: &mut State, bonding_manager: &Address) -> Result {
    deploy::constructing()?;
    let mut bonding = s.bonding.open();
    bonding.at = *bonding_manager;
    bonding.store();
    Ok(())
}

/// Opens a poll on `proposal`, which is usually an IPFS hash. It costs nothing but gas, but takes stake.
///
/// # Errors
/// * "PollCreator#createPoll: INSUFFICIENT_STAKE" - neither the caller's own stake nor what is delegated to it is 100 LPT.
///
/// # Events
/// `PollCreated`.
///
/// # Source
/// PollCreator.createPoll; deviation: X9, the poll's code.
pub fn create_poll(s: &mut State, proposal: &[u8]) -> Result {
    let (caller, bonding) = (msg::sender(), BondingManager(s.bonding.load().at));
    ensure!(
        bonding.pendingStake(&caller, 0)? >= POLL_CREATION_COST
            || bonding.transcoderTotalStake(&caller)? >= POLL_CREATION_COST,
        "PollCreator#createPoll: INSUFFICIENT_STAKE"
    );
    let end_block = block::number().plus(POLL_PERIOD)?;
    let it = call::create(&poll::init_code(end_block));
    ensure!(!it.is_zero());
    emit!(PollCreated {
        poll: &it,
        proposal,
        endBlock: end_block as u128,
        quorum: QUORUM,
        quota: QUOTA
    });
    Ok(())
}

/// Millionths of all stake.
pub fn quorum(_: &State) -> Result<u32> {
    Ok(QUORUM)
}

/// Millionths of the votes.
pub fn quota(_: &State) -> Result<u32> {
    Ok(QUOTA)
}

/// L1 blocks.
pub fn poll_period(_: &State) -> Result<u128> {
    Ok(POLL_PERIOD as u128)
}

/// LPT base units.
pub fn poll_creation_cost(_: &State) -> Result<u128> {
    Ok(POLL_CREATION_COST)
}

/// Who knows the stakes.
pub fn bonding_manager(s: &State) -> Result<Address> {
    Ok(s.bonding.load().at)
}
