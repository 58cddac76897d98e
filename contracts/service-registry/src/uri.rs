//! Writing and reading an address of service.

use crate::events::ServiceURIUpdate;
use crate::storage::{HEAD, PART, State};
use alloc::vec::Vec;
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
    let mut head = s.heads.edit(&who);
    let parts = parts_of(uri.len().max(head.len as usize));
    head.len = uri.len() as u32;
    head.text = chunk(uri, 0);
    head.store();
    // As many as the longer text took: what the old one leaves is cleared.
    for i in 0..parts {
        let mut part = s.parts.edit((&who, i as u32));
        part.text = chunk(uri, HEAD + i * PART);
        part.store();
    }
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
pub fn get(s: &State, who: &Address) -> Result<Vec<u8>> {
    let head = s.heads.get(who);
    let len = head.len as usize;
    let mut uri = Vec::with_capacity(HEAD + parts_of(len) * PART);
    uri.extend_from_slice(&head.text);
    for i in 0..parts_of(len) {
        uri.extend_from_slice(&s.parts.get((who, i as u32)).text);
    }
    uri.truncate(len);
    Ok(uri)
}

/// Slots that a text of `len` bytes takes behind its head.
fn parts_of(len: usize) -> usize {
    len.saturating_sub(HEAD).div_ceil(PART)
}

/// `N` bytes of `text` from `from` on, zeros behind its end.
fn chunk<const N: usize>(text: &[u8], from: usize) -> [u8; N] {
    let mut bytes = [0; N];
    for (to, byte) in bytes.iter_mut().zip(text.iter().skip(from)) {
        *to = *byte;
    }
    bytes
}
