//! Structs of the ABI, and two argument forms that only we have.

use super::{Abi, Source, Target, Ty};
use crate::{Address, Result};

/// Two `address` arguments that belong together: the neighbours between which a list is asked to look.
#[derive(Debug)]
pub enum Hint {}

/// The neighbours of a [`Hint`]; the zero address stands for none.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours<'a> {
    /// The one with more stake.
    pub above: &'a Address,
    /// The one with less.
    pub below: &'a Address,
}

/// No hint.
pub const NO_HINT: Neighbours<'static> = Neighbours {
    above: &Address::ZERO,
    below: &Address::ZERO,
};

impl Abi for Hint {
    const TYPE: Ty = Ty::Row(&[Ty::Plain("address"), Ty::Plain("address")]);
    const WORDS: usize = 2;
    type As<'a> = Neighbours<'a>;

    #[inline(always)]
    fn read<'a>(from: Source<'a>) -> Result<Neighbours<'a>> {
        Ok(Neighbours {
            above: Address::read(from)?,
            below: Address::read(from.skip(1))?,
        })
    }

    #[inline(always)]
    unsafe fn write(v: Neighbours<'_>, to: Target<'_>) {
        let Target { head, base, tail } = to;
        // SAFETY: the caller promises two words.
        unsafe {
            Address::write(v.above, Target { head, base, tail });
            Address::write(
                v.below,
                Target {
                    head: head.wrapping_add(32),
                    base,
                    tail,
                },
            );
        }
    }
}

/// A `uint256` argument that the original takes and does not look at.
#[derive(Clone, Copy, Debug)]
pub struct Ignored;

impl Abi for Ignored {
    const TYPE: Ty = Ty::Plain("uint256");
    type As<'a> = Ignored;

    #[inline(always)]
    fn read<'a>(_: Source<'a>) -> Result<Ignored> {
        Ok(Ignored)
    }

    #[inline(always)]
    unsafe fn write(_: Ignored, to: Target<'_>) {
        super::word::write_number(0, to.head);
    }
}

impl Source<'_> {
    /// The members of a tuple: in place, or where the head word points to if one of them is dynamic.
    #[doc(hidden)]
    #[inline(always)]
    pub fn members(self, dynamic: bool, words: usize) -> Result<Self> {
        if dynamic {
            self.follow(words)
        } else {
            Ok(self)
        }
    }
}

impl<'t> Target<'t> {
    /// Begins a tuple: in place, or in the tail with an offset in the head. Gives its base and where its tails begin.
    #[doc(hidden)]
    #[inline(always)]
    pub fn members(self, dynamic: bool, words: usize) -> (*mut u8, usize, &'t mut usize) {
        if dynamic {
            let tail = *self.tail;
            super::word::write_number(tail as u128, self.head);
            (self.base.wrapping_add(tail), 32 * words, self.tail)
        } else {
            (self.head, 0, self.tail)
        }
    }
}

/// Structs of the ABI: `tuple! { /// .. Ticket of TicketArg { recipient: Address, aux: Bytes } }` makes the argument type
/// `Ticket` for tables and interfaces, and `TicketArg<'a>`, what a rule gets: a plain struct with the same fields.
/// A tuple with a dynamic member says so: `dynamic Ticket of TicketArg { .. }`.
#[macro_export]
macro_rules! tuple {
    ($($(#[$doc:meta])* dynamic $name:ident of $seen:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? })*) => {
        $($crate::tuple!(@one true, [$(#[$doc])*] $name $seen { $($(#[$fdoc])* $field: $ty,)* });)*
    };
    ($($(#[$doc:meta])* $name:ident of $seen:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? })*) => {
        $($crate::tuple!(@one false, [$(#[$doc])*] $name $seen { $($(#[$fdoc])* $field: $ty,)* });)*
    };
    (@one $dynamic:literal, [$(#[$doc:meta])*] $name:ident $seen:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $seen<'a> {
            $($(#[$fdoc])* pub $field: <$ty as $crate::abi::Abi>::As<'a>,)*
            /// Ties the struct to what it was read from, also where no field does.
            pub source: core::marker::PhantomData<&'a ()>,
        }

        impl $crate::abi::Abi for $name {
            const TYPE: $crate::abi::Ty = $crate::abi::Ty::Tuple(&[$(<$ty as $crate::abi::Abi>::TYPE),*]);
            const WORDS: usize = if $dynamic { 1 } else { 0 $(+ <$ty as $crate::abi::Abi>::WORDS)* };
            type As<'a> = $seen<'a>;

            fn read<'a>(from: $crate::abi::Source<'a>) -> $crate::Result<$seen<'a>> {
                let at = from.members($dynamic, 0 $(+ <$ty as $crate::abi::Abi>::WORDS)*)?;
                $(
                    let $field = <$ty as $crate::abi::Abi>::read(at)?;
                    let at = at.skip(<$ty as $crate::abi::Abi>::WORDS);
                )*
                let _ = at;
                Ok($seen { $($field,)* source: core::marker::PhantomData })
            }

            fn tail(v: $seen<'_>) -> usize {
                let own = if $dynamic { 0 $(+ 32 * <$ty as $crate::abi::Abi>::WORDS)* } else { 0 };
                own $(+ <$ty as $crate::abi::Abi>::tail(v.$field))*
            }

            unsafe fn write(v: $seen<'_>, to: $crate::abi::Target<'_>) {
                let (base, mut inner, tail) = to.members($dynamic, 0 $(+ <$ty as $crate::abi::Abi>::WORDS)*);
                let mut head = 0;
                // SAFETY: the caller promises room for the head and for what `tail` counted.
                $(unsafe {
                    <$ty as $crate::abi::Abi>::write(v.$field, $crate::abi::Target::new(base, head, &mut inner));
                    head += <$ty as $crate::abi::Abi>::WORDS;
                })*
                let _ = head;
                if $dynamic {
                    *tail += inner;
                }
            }
        }
    };
}
