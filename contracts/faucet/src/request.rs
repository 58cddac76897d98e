//! Asking for LPT.

use crate::events::Request;
use crate::storage::State;
use confluence_kit::math::{mul, narrow, wide};
use confluence_kit::{Address, Checked, Result, U256, block, deploy, emit, ensure, interface, msg};

interface! {
    /// LPT.
    Token {
        exec transfer(to: Address, amount: U256) -> bool;
    }
}

const SECONDS_AN_HOUR: u128 = 3_600;

/// Sets who owns the faucet and what it gives.
///
/// # Arguments
/// * `amount` - LPT base units a request.
/// * `wait` - hours between two requests.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
///
/// # Source
/// LivepeerTokenFaucet's constructor; deviation: the owner is an argument, since the StylusDeployer calls.
pub fn construct(
    s: &mut State,
    owner: &Address,
    token: &Address,
    amount: U256,
    wait: U256,
) -> Result {
    deploy::constructing()?;
    let mut owned = s.owner.open();
    owned.who = *owner;
    owned.store();
    let mut terms = s.terms.open();
    terms.token = *token;
    terms.amount = amount;
    terms.wait = wait;
    terms.store();
    Ok(())
}

/// Gives the caller LPT.
///
/// # Errors
/// * empty - the caller asked less than the set hours ago and is not whitelisted.
/// * `Panic(0x11)` - the wait leads beyond all time.
/// * whatever the token answers.
///
/// # Events
/// The token's `Transfer`, `Request`.
///
/// # Source
/// LivepeerTokenFaucet.request; deviation: none.
pub fn request(s: &mut State) -> Result {
    let (to, now) = (msg::sender(), block::timestamp() as u128);
    let terms = s.terms.load();
    let mut asker = s.askers.edit(&to);
    ensure!(asker.whitelisted.get() || now >= asker.next);
    if !asker.whitelisted.get() {
        let wait = narrow(&mul(&terms.wait, &wide(SECONDS_AN_HOUR))?)?;
        asker.next = now.plus(wait)?;
        asker.store();
    }
    Token(terms.token).transfer(&to, terms.amount)?;
    emit!(Request {
        to: &to,
        amount: terms.amount
    });
    Ok(())
}

/// What it gives.
pub fn token(s: &State) -> Result<Address> {
    Ok(s.terms.load().token)
}

/// LPT base units a request.
pub fn amount(s: &State) -> Result<U256> {
    Ok(s.terms.load().amount)
}

/// Hours between two requests.
pub fn wait(s: &State) -> Result<U256> {
    Ok(s.terms.load().wait)
}

/// Seconds since 1970 from which an account may ask again; 0 if it never asked.
pub fn next_valid_request(s: &State, who: &Address) -> Result<U256> {
    Ok(wide(s.askers.get(who).next))
}
