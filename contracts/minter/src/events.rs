//! Minter's own event, as the original has it. `ParameterUpdate` and `SetController` are the Manager's.

use confluence_kit::events;

events! {
    /// A round's inflation was decided.
    SetCurrentRewardTokens(currentMintableTokens: u128, currentInflation: u128);
}
