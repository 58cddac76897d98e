//! A ticket: what is signed, what it takes to be genuine, whether it won.
//! Always holds: a ticket has one hash and one draw. The draw is made of the signature, so a signature has one form: 65 bytes with a
//! low `s` (a second form of the same signature would be a second draw).

use confluence_kit::abi::{Abi, Source, Target, Ty};
use confluence_kit::crypto::{Join, keccak256, keccak256_of, keccak256_with, recover};
use confluence_kit::{Address, B256, Result, ensure, revert, tuple};

/// A `uint256` that is hashed, compared and logged, but not calculated with: its word stays in the calldata.
#[derive(Debug)]
pub enum Number {}

impl Abi for Number {
    const TYPE: Ty = Ty::Plain("uint256");
    type As<'a> = &'a B256;

    #[inline(always)]
    fn read<'a>(from: Source<'a>) -> Result<&'a B256> {
        B256::read(from)
    }
    #[inline(always)]
    unsafe fn write(word: &B256, to: Target<'_>) {
        // SAFETY: the caller's promise.
        unsafe { B256::write(word, to) }
    }
}

tuple! {
    /// A promise to pay `face_value` wei with the probability `win_prob` / 2^256.
    dynamic Ticket of TicketArg {
        /// The orchestrator it is for.
        recipient: Address,
        /// The broadcaster who pays.
        sender: Address,
        /// Wei.
        face_value: Number,
        /// It wins if its draw is below this.
        win_prob: Number,
        /// Makes tickets with the same recipient's number different.
        sender_nonce: Number,
        /// Keccak-256 of the recipient's number.
        recipient_rand_hash: B256,
        /// [`Creation`] as two words.
        aux_data: Bytes,
    }
}
use confluence_kit::abi::Bytes;

/// The round in which a ticket was made, and that round's block hash, which nobody knew before.
#[derive(Clone, Copy, Debug)]
pub struct Creation<'a> {
    /// A round that does not fit is one that has no hash.
    pub round: u32,
    /// L1 block hash.
    pub block_hash: &'a B256,
}

impl TicketArg<'_> {
    /// What is signed: everything, packed.
    #[inline(never)]
    pub fn hash(&self) -> B256 {
        let numbers = Join(
            *self.face_value,
            Join(
                *self.win_prob,
                Join(*self.sender_nonce, *self.recipient_rand_hash),
            ),
        );
        keccak256_with(
            &Join(*self.recipient, Join(*self.sender, numbers)),
            self.aux_data,
        )
    }

    /// "invalid length for ticket auxData: must be 64 bytes".
    pub fn creation(&self) -> Result<Creation<'_>> {
        ensure!(
            self.aux_data.len() == 64,
            "invalid length for ticket auxData: must be 64 bytes"
        );
        let words = Source::new(self.aux_data, 2)?;
        Ok(Creation {
            round: u32::read(words)?,
            block_hash: B256::read(words.skip(1))?,
        })
    }

    /// The face value; what does not fit 128 bits counts as the largest number that does, which no account has.
    pub fn face_value(&self) -> Result<u128> {
        u128::read(Source::new(self.face_value.as_slice(), 1)?)
    }

    /// Whether the sender signed it and it won.
    ///
    /// # Errors
    /// * "INVALID_SIGNATURE_LENGTH".
    /// * "ECDSA: invalid signature 's' value", "ECDSA: invalid signature 'v' value", "ECDSA: invalid signature".
    /// * "invalid signature over ticket hash".
    /// * "ticket did not win".
    pub fn won(&self, hash: &B256, sig: &[u8], rand: &B256) -> Result {
        let Some((r, s, v)) = parts(sig) else {
            revert!("INVALID_SIGNATURE_LENGTH");
        };
        let message = keccak256_of(&Join(*b"\x19Ethereum Signed Message:\n32", *hash));
        ensure!(
            recover(&message, v, r, s)? == *self.sender,
            "invalid signature over ticket hash"
        );
        let draw = keccak256_of(&Join(*r, Join(*s, Join([v], *rand))));
        ensure!(draw < *self.win_prob, "ticket did not win");
        Ok(())
    }

    /// "recipientRand does not match recipientRandHash": only the recipient knows the number, and only after the sender signed.
    pub fn opened_by(&self, rand: &B256) -> Result {
        ensure!(
            keccak256(rand.as_slice()) == *self.recipient_rand_hash,
            "recipientRand does not match recipientRandHash"
        );
        Ok(())
    }
}

/// `r`, `s`, `v` of a signature of 65 bytes.
fn parts(sig: &[u8]) -> Option<(&B256, &B256, u8)> {
    let (r, rest) = sig.split_first_chunk::<32>()?;
    let (s, rest) = rest.split_first_chunk::<32>()?;
    match rest {
        [v] => Some((r.into(), s.into(), *v)),
        _ => None,
    }
}

/// What a sender signs, as a personal message.
///
/// # Source
/// TicketBroker.getTicketHash; deviation: none.
pub fn get_ticket_hash(ticket: TicketArg<'_>) -> Result<B256> {
    Ok(ticket.hash())
}
