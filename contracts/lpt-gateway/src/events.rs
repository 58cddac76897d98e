//! L2LPTGateway's own events, as the original has them; those of roles, pausing and messages are the kit's.

use confluence_kit::{Address, U256, events};

events! {
    /// LPT came from L1.
    DepositFinalized(indexed _l1Token: Address, indexed _from: Address, indexed _to: Address, _amount: U256);
    /// LPT is on its way to L1.
    WithdrawalInitiated(
        _l1Token: Address,
        indexed _from: Address,
        indexed _to: Address,
        indexed _l2ToL1Id: U256,
        _exitNum: u32,
        _amount: U256
    );
    /// The L1 side was set.
    L1CounterpartUpdate(_l1Counterpart: Address);
}
