//! Canonical signatures and their hashes, at compile time.
//! Always holds: a selector is made from the types a rule is called with, never typed in.

use keccak_const::Keccak256;

/// A type's canonical name, in pieces so that it can be put together in a constant.
#[derive(Clone, Copy, Debug)]
pub enum Ty {
    /// `uint256`, `address`, `bytes`, ..
    Plain(&'static str),
    /// `(..)`
    Tuple(&'static [Ty]),
    /// Several arguments that only Rust takes as one: no parentheses.
    Row(&'static [Ty]),
    /// `..[]`
    Array(&'static Ty),
}

const fn absorb(mut hash: Keccak256, ty: &Ty) -> Keccak256 {
    match ty {
        Ty::Plain(name) => hash.update(name.as_bytes()),
        Ty::Tuple(parts) => absorb_all(hash.update(b"("), parts).update(b")"),
        Ty::Row(parts) => absorb_all(hash, parts),
        Ty::Array(item) => {
            hash = absorb(hash, item);
            hash.update(b"[]")
        }
    }
}

const fn absorb_all(mut hash: Keccak256, parts: &[Ty]) -> Keccak256 {
    let mut i = 0;
    while i < parts.len() {
        if i > 0 {
            hash = hash.update(b",");
        }
        hash = absorb(hash, &parts[i]);
        i += 1;
    }
    hash
}

/// `keccak256("name(types,..)")`: the first topic of an event.
pub const fn signature(name: &str, types: &[Ty]) -> [u8; 32] {
    let hash = Keccak256::new().update(name.as_bytes()).update(b"(");
    absorb_all(hash, types).update(b")").finalize()
}

/// The first four bytes of [`signature`], as a big-endian number.
pub const fn selector(name: &str, types: &[Ty]) -> u32 {
    let hash = signature(name, types);
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

/// `keccak256(name)`: a registry id, a role.
pub const fn id(name: &str) -> [u8; 32] {
    Keccak256::new().update(name.as_bytes()).finalize()
}

#[cfg(not(target_arch = "wasm32"))]
impl core::fmt::Display for Ty {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let list = |f: &mut core::fmt::Formatter<'_>, parts: &[Ty]| {
            parts.iter().enumerate().try_for_each(|(i, part)| {
                f.write_str(if i > 0 { "," } else { "" })?;
                part.fmt(f)
            })
        };
        match self {
            Ty::Plain(name) => f.write_str(name),
            Ty::Tuple(parts) => {
                f.write_str("(")?;
                list(f, parts)?;
                f.write_str(")")
            }
            Ty::Row(parts) => list(f, parts),
            Ty::Array(item) => write!(f, "{item}[]"),
        }
    }
}
