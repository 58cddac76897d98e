//! Events. `events! { Bond(indexed newDelegate: Address, additionalAmount: u128); }` declares one, `emit!(Bond { .. })` logs it.
//! Any argument may be indexed, at most three are; indexed arguments are of one word.

/// Name, argument types with whether each is indexed: an event as the ABI test sees it.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Its name.
    pub name: &'static str,
    /// Types in order.
    pub args: &'static [crate::abi::Ty],
    /// Which are indexed.
    pub indexed: &'static [bool],
}

/// Events as lists compare them: `0xtopic Name(types indexed)`.
#[cfg(not(target_arch = "wasm32"))]
pub fn listed<'a>(
    events: impl IntoIterator<Item = &'a Event>,
) -> alloc::collections::BTreeSet<alloc::string::String> {
    events
        .into_iter()
        .map(|event| {
            let topic = crate::B256::new(crate::abi::signature(event.name, event.args));
            let args: alloc::vec::Vec<_> = event
                .args
                .iter()
                .zip(event.indexed)
                .map(|(ty, indexed)| {
                    alloc::format!("{ty}{}", if *indexed { " indexed" } else { "" })
                })
                .collect();
            alloc::format!("{topic} {}({})", event.name, args.join(","))
        })
        .collect()
}

/// Logs what is in the buffer.
///
/// # Safety
/// `len` bytes at `at` are written, the topics first.
#[doc(hidden)]
#[inline(always)]
pub unsafe fn log(at: *const u8, len: usize, topics: usize) {
    // SAFETY: the caller's promise.
    unsafe { crate::host::emit_log(at, len, topics) }
}

/// Declares events: a struct each, and `EVENTS` with all of them for the ABI test.
#[macro_export]
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident ( $($args:tt)* ) ;)*) => {
        $($crate::events!(@parse [$(#[$doc])*] $name [] $($args)*);)*
        /// Every event of this program.
        #[cfg(not(target_arch = "wasm32"))]
        pub const EVENTS: &[$crate::event::Event] = &[$($name::EVENT),*];
    };
    (@parse $doc:tt $name:ident [$($done:tt)*] indexed $arg:ident : $ty:ty $(, $($rest:tt)*)?) => {
        $crate::events!(@parse $doc $name [$($done)* ($arg, $ty, true)] $($($rest)*)?);
    };
    (@parse $doc:tt $name:ident [$($done:tt)*] $arg:ident : $ty:ty $(, $($rest:tt)*)?) => {
        $crate::events!(@parse $doc $name [$($done)* ($arg, $ty, false)] $($($rest)*)?);
    };
    (@parse [$(#[$doc:meta])*] $name:ident [$(($arg:ident, $ty:ty, $indexed:literal))*]) => {
        $(#[$doc])*
        #[allow(missing_docs, non_snake_case)]
        #[derive(Debug)]
        pub struct $name<'a> {
            $(pub $arg: <$ty as $crate::abi::Abi>::As<'a>,)*
            #[doc(hidden)]
            pub __of: core::marker::PhantomData<&'a ()>,
        }
        impl $name<'_> {
            /// Name, types and what is indexed.
            #[cfg(not(target_arch = "wasm32"))]
            pub const EVENT: $crate::event::Event = $crate::event::Event {
                name: stringify!($name),
                args: &[$(<$ty as $crate::abi::Abi>::TYPE),*],
                indexed: &[$($indexed),*],
            };

            /// Logs it.
            #[inline(always)]
            #[allow(unused_mut, unused_variables, unused_assignments)]
            pub fn emit(self) {
                use $crate::abi::{Abi, Target};
                static TOPIC: [u8; 32] = $crate::abi::signature(stringify!($name), &[$(<$ty as Abi>::TYPE),*]);
                const TOPICS: usize = 1 $(+ $indexed as usize)*;
                const HEAD: usize = 0 $(+ if $indexed { 0 } else { <$ty as Abi>::WORDS })*;
                const { assert!(TOPICS <= 4, "at most three arguments are indexed") };
                $(const { assert!(!$indexed || <$ty as Abi>::WORDS == 1, "an indexed argument is one word") };)*
                let len = 32 * (TOPICS + HEAD) $(+ if $indexed { 0 } else { <$ty as Abi>::tail(self.$arg) })*;
                let at = $crate::buffer::room(len);
                let data = at.wrapping_add(32 * TOPICS);
                let (mut topic, mut head, mut tail) = (1, 0, 32 * HEAD);
                // SAFETY: there is room for topics, head and tails.
                unsafe {
                    $crate::abi::put_word(&TOPIC, at);
                    $(if $indexed {
                        <$ty as Abi>::write(self.$arg, Target::new(at, topic, &mut 0));
                        topic += 1;
                    } else {
                        <$ty as Abi>::write(self.$arg, Target::new(data, head, &mut tail));
                        head += <$ty as Abi>::WORDS;
                    })*
                }
                // SAFETY: just written.
                unsafe { $crate::event::log(at, len, TOPICS) }
            }
        }
    };
}

/// Logs an event: `emit!(Reward { transcoder: &who, amount })`.
#[macro_export]
macro_rules! emit {
    ($($name:ident)::+ { $($body:tt)* }) => {
        $crate::emit!(@fields [$($name)::+] [] $($body)*)
    };
    (@fields [$($path:tt)*] [$($done:tt)*]) => {
        $($path)* { $($done)* __of: core::marker::PhantomData }.emit()
    };
    (@fields [$($path:tt)*] [$($done:tt)*] $field:ident : $value:expr $(, $($rest:tt)*)?) => {
        $crate::emit!(@fields [$($path)*] [$($done)* $field: $value,] $($($rest)*)?)
    };
    (@fields [$($path:tt)*] [$($done:tt)*] $field:ident $(, $($rest:tt)*)?) => {
        $crate::emit!(@fields [$($path)*] [$($done)* $field,] $($($rest)*)?)
    };
}
