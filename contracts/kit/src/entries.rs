//! The entry table: name, typed arguments, what answers it. Selectors are made from it at compile time.
//! Always holds: only `payable` entries take value, only `reentrant` ones are served while another call into the same
//! contract is running, a `view` cannot write (it gets a shared `State`), and malformed calldata reverts without data.

use crate::abi::{Ty, selector};
use crate::{Result, buffer, fault, host};

/// One entry, as the ABI test sees it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// Its arguments' types.
    pub args: &'static [Ty],
    /// Its arguments' names.
    pub names: &'static [&'static str],
    /// What it may do.
    pub kind: Kind,
    /// Whether it is served while another call is running.
    pub reentrant: bool,
    /// The first four bytes of the calldata that reaches it.
    pub selector: u32,
}

/// The sections of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)]
pub enum Kind {
    /// Reads and writes.
    exec,
    /// Reads.
    view,
    /// Neither.
    pure,
    /// Reads, writes and takes wei.
    payable,
    /// The constructor.
    once,
    /// Plain ether.
    ether,
}

impl Kind {
    /// The selector of an entry of this kind. A constructor's is what cargo-stylus and the StylusDeployer call, whatever
    /// its arguments are.
    pub const fn selector(self, name: &str, args: &[Ty]) -> u32 {
        match self {
            Kind::once => selector("stylus_constructor", &[]),
            Kind::ether => 0,
            _ => selector(name, args),
        }
    }
}

/// Entries that a rule of the table does not hold for.
#[derive(Clone, Copy, Debug)]
pub enum List {
    /// May be sent value.
    Payable,
    /// May be served while another call is running.
    Reentrant,
}

const fn is_listed(entry: &Entry, list: List) -> bool {
    match list {
        List::Payable => matches!(entry.kind, Kind::payable),
        List::Reentrant => entry.reentrant,
    }
}

/// How many entries are on `list`.
pub const fn count(entries: &[Entry], list: List) -> usize {
    let (mut n, mut i) = (0, 0);
    while i < entries.len() {
        n += is_listed(&entries[i], list) as usize;
        i += 1;
    }
    n
}

/// Their selectors, as they lie in memory.
pub const fn listed<const N: usize>(entries: &[Entry], list: List) -> [u32; N] {
    let (mut selectors, mut n, mut i) = ([0; N], 0, 0);
    while i < entries.len() {
        if is_listed(&entries[i], list) {
            selectors[n] = entries[i].selector.swap_bytes();
            n += 1;
        }
        i += 1;
    }
    selectors
}

/// Whether every entry has a selector of its own.
pub const fn selectors_differ(entries: &[Entry]) -> bool {
    let mut i = 0;
    while i < entries.len() {
        let mut j = 0;
        while j < i {
            if entries[i].selector == entries[j].selector {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

/// Entries as lists compare them: `0xselector name(types) mutability`, without constructor and plain ether.
#[cfg(not(target_arch = "wasm32"))]
pub fn functions(entries: &[Entry]) -> alloc::collections::BTreeSet<alloc::string::String> {
    entries
        .iter()
        .filter_map(|entry| {
            let mutability = match entry.kind {
                Kind::exec => "nonpayable",
                Kind::view => "view",
                Kind::pure => "pure",
                Kind::payable => "payable",
                Kind::once | Kind::ether => return None,
            };
            let args = Ty::Row(entry.args);
            Some(alloc::format!(
                "{:#010x} {}({args}) {mutability}",
                entry.selector,
                entry.name
            ))
        })
        .collect()
}

/// The calldata.
#[doc(hidden)]
#[inline(always)]
pub fn open<'a>(len: usize) -> &'a [u8] {
    let at = buffer::fresh(len);
    // SAFETY: there is room for the calldata, which is `len` bytes.
    unsafe {
        host::pay_for_memory_grow(0);
        host::read_args(at);
        core::slice::from_raw_parts(at, len)
    }
}

/// Refuses value and re-entrance, but for the entries listed.
#[doc(hidden)]
#[inline(always)]
pub fn admit(selector: u32, payable: &'static [u32], reentrant: &'static [u32]) -> Result {
    let mut value = [0u8; 32];
    // SAFETY: a word.
    unsafe { host::msg_value(value.as_mut_ptr()) };
    if (value != [0; 32] && !payable.contains(&selector))
        // SAFETY: no arguments.
        || (unsafe { host::msg_reentrant() } && !reentrant.contains(&selector))
    {
        return fault::empty();
    }
    Ok(())
}

/// Writes what was stored.
#[doc(hidden)]
#[inline(always)]
pub fn close() {
    // SAFETY: no pointers.
    unsafe { host::storage_flush_cache(false) }
}

/// A program as the native world runs it.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The crate's name.
    pub name: &'static str,
    /// Its entry point: takes the calldata's length, answers 0 or 1.
    pub run: fn(usize) -> usize,
    /// Its table.
    pub entries: &'static [Entry],
}

/// Ends a native call: natively a fault arrives here as a value.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub fn finish(done: Result) -> usize {
    match done {
        Ok(()) => 0,
        Err(fault) => {
            let data = fault.data();
            // SAFETY: the data is there.
            unsafe { host::write_result(data.as_ptr(), data.len()) };
            1
        }
    }
}

/// Ends a call on chain, where no fault can arrive.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[inline(always)]
pub fn finish(done: Result) -> usize {
    match done {
        Ok(()) => 0,
        Err(fault) => match fault {},
    }
}

/// The entry table of a program, in sections: `exec`, `view`, `pure`, `payable`, each of them also `reentrant`, and
/// * `once { constructor(..) => ..; }`: what `cargo stylus deploy` calls when it has deployed the program;
/// * `ether { receive() => ..; }`: ether without calldata.
///
/// A rule gets `&mut State` first, a view `&State`, a pure rule neither; then its arguments as [`crate::abi::Abi::As`].
/// What it answers is checked against `-> Answer`, if that is given.
#[macro_export]
#[allow(clippy::crate_in_macro_def)]
macro_rules! entries {
    ($($kind:ident $($mark:ident)? { $($rows:tt)* })*) => {
        $crate::entries!(@table $($kind [$($mark)?] { $($rows)* })*);
    };
    (@table $($kind:ident $mark:tt {
        $($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $answer:ty)? => $rule:path;)*
    })*) => {
        /// Every entry of this program.
        pub const ENTRIES: &[$crate::entries::Entry] = &[$($($crate::entries::Entry {
            name: stringify!($name),
            args: &[$(<$ty as $crate::abi::Abi>::TYPE),*],
            names: &[$(stringify!($arg)),*],
            kind: $crate::entries::Kind::$kind,
            reentrant: $crate::entries!(@marked $mark),
            selector: $crate::entries!(@selector $kind $name [$($ty),*]).swap_bytes(),
        },)*)*];
        const _: () = assert!($crate::entries::selectors_differ(ENTRIES), "two entries have one selector");

        #[inline(always)]
        #[allow(non_snake_case)]
        fn route(len: usize) -> $crate::Result {
            use $crate::entries::{List, count, listed};
            static PAYABLE: [u32; count(ENTRIES, List::Payable)] = listed(ENTRIES, List::Payable);
            static REENTRANT: [u32; count(ENTRIES, List::Reentrant)] = listed(ENTRIES, List::Reentrant);

            let data = $crate::entries::open(len);
            let Some((selector, data)) = data.split_first_chunk::<4>() else {
                $($($crate::entries!(@ether $kind data $rule);)*)*
                return $crate::fault::empty();
            };
            // As it lies in memory: constants are turned round instead.
            let selector = u32::from_le_bytes(*selector);
            $crate::entries::admit(selector, &PAYABLE, &REENTRANT)?;
            $($($crate::entries!(@serve $kind selector data $name [$($arg: $ty),*] [$($answer)?] $rule);)*)*
            $crate::fault::empty()
        }

        /// What the host calls with the length of the calldata; 0 is success, 1 a revert.
        #[cfg(target_arch = "wasm32")]
        #[unsafe(no_mangle)]
        pub extern "C" fn user_entrypoint(len: usize) -> usize {
            $crate::entries::finish(route(len))
        }

        /// This program, for a native world.
        #[cfg(not(target_arch = "wasm32"))]
        pub const PROGRAM: $crate::entries::Program = $crate::entries::Program {
            name: env!("CARGO_PKG_NAME"),
            run: |len| $crate::entries::finish(route(len)),
            entries: ENTRIES,
        };
    };
    (@marked []) => { false };
    (@marked [reentrant]) => { true };

    (@ether ether $data:ident $rule:path) => {
        if $data.is_empty() {
            $rule(&mut $crate::entries!(@state))?;
            $crate::entries::close();
            return Ok(());
        }
    };
    (@ether $kind:ident $data:ident $rule:path) => {};
    // Each in a constant of its own: hashing all of a table in one takes the compiler too long for its own lint.
    (@selector $kind:ident $name:ident [$($ty:ty),*]) => {
        const { $crate::entries::Kind::$kind.selector(stringify!($name), &[$(<$ty as $crate::abi::Abi>::TYPE),*]).swap_bytes() }
    };
    // By convention a program's storage is in its `storage.rs`.
    (@state) => { crate::storage::State::new() };

    (@serve ether $($rest:tt)*) => {};
    (@serve $kind:ident $selector:ident $data:ident $name:ident [$($arg:ident: $ty:ty),*] $answer:tt $rule:path) => {
        if $selector == $crate::entries!(@selector $kind $name [$($ty),*]) {
            let from = $crate::abi::Source::new($data, const { 0 $(+ <$ty as $crate::abi::Abi>::WORDS)* })?;
            $(
                let $arg = <$ty as $crate::abi::Abi>::read(from)?;
                let from = from.skip(<$ty as $crate::abi::Abi>::WORDS);
            )*
            let _ = from;
            let answer = $crate::entries!(@call $kind $rule [$($arg),*])?;
            $crate::entries!(@typed $answer answer);
            $crate::abi::Answer::give(answer);
            $crate::entries!(@close $kind);
            return Ok(());
        }
    };
    (@call pure $rule:path [$($arg:ident),*]) => { $rule($($arg),*) };
    (@call view $rule:path [$($arg:ident),*]) => { $rule(&$crate::entries!(@state) $(, $arg)*) };
    (@call $kind:ident $rule:path [$($arg:ident),*]) => { $rule(&mut $crate::entries!(@state) $(, $arg)*) };
    (@close pure) => {};
    (@close view) => {};
    (@close $kind:ident) => { $crate::entries::close() };
    (@typed [] $value:ident) => { let $value: () = $value; };
    (@typed [$answer:ty] $value:ident) => { let $value: $answer = $value; };
}
