//! Whom the Minter calls, and who may call it.

use confluence_kit::abi::id;
use confluence_kit::{Address, B256, Result, ensure, interface, manager, msg, peers};

interface! {
    /// Says how much is bonded, and asks for rewards and payments.
    BondingManager {
        view getTotalBonded() -> u128;
    }
    /// Begins rounds.
    RoundsManager {}
    /// Deposits and withdraws broadcasters' ether.
    TicketBroker {}
    /// LPT.
    Token {
        view totalSupply() -> u128;
        view balanceOf(who: Address) -> u128;
        exec transfer(to: Address, amount: u128) -> bool;
        exec mint(to: Address, amount: u128);
        exec burn(amount: u128);
    }
    /// Knows the supply that is on L1.
    DataCache {
        view l1CirculatingSupply() -> u128;
    }
    /// Another Minter.
    Minter {
        view getController() -> Address;
        payable depositETH() -> bool;
    }
}

peers! {
    bonding_manager: BondingManager = "BondingManager";
    rounds_manager: RoundsManager = "RoundsManager";
    ticket_broker: TicketBroker = "JobsManager";
    token: Token = "LivepeerToken";
    data_cache: DataCache = "L2LPTDataCache";
}

/// The Minter that the registry knows; asked anew, since only rare calls need it.
pub fn registered_minter() -> Result<Address> {
    const ID: B256 = B256::new(id("Minter"));
    manager::controller().getContract(&ID)
}

/// "msg.sender not BondingManager", "system is paused".
#[inline(never)]
pub fn only_bonding_manager() -> Result {
    ensure!(
        msg::sender() == bonding_manager().0,
        "msg.sender not BondingManager"
    );
    manager::not_paused()
}
