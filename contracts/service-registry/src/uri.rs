//! Writing and reading an address of service.

use crate::events::ServiceURIUpdate;
use crate::storage::State;
use confluence_kit::{Address, Result, emit, msg};

/// Says where the caller serves.
///
/// # Arguments
/// * `uri` - any text; the protocol does not look at it. Empty for none.
///
/// # Events
/// `ServiceURIUpdate`.
///
/// # Source
/// ServiceRegistry.setServiceURI; deviation: none.
pub fn set(s: &mut State, uri: &[u8]) -> Result {
    let who = msg::sender();
    let mut entry = s.uris.edit(&who);
    let before = entry.text;
    entry.text = entry.replace_blob(&before, uri)?;
    entry.store();
    emit!(ServiceURIUpdate {
        addr: &who,
        serviceURI: uri
    });
    Ok(())
}

/// Where `who` serves; empty if it never said.
///
/// # Source
/// ServiceRegistry.getServiceURI; deviation: none.
pub fn get(s: &State, who: &Address) -> Result<&'static [u8]> {
    Ok(s.uris.blob(who, |uri| &uri.text))
}
