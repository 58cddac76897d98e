//! Retryable tickets and the queue in which they expire.
//!
//! Always holds: a ticket exists while its timeout is not zero; every ticket has one entry in the queue, and one
//! more for each window of a week it was kept alive for; deleted tickets leave their entries behind.

use alloy_primitives::{Address, B256, TxKind, U256};

use super::{Blob, Cell, Meter, Space, State, words};
use crate::arbos::address::escrow;

/// Seconds a ticket lives, and by which it is kept alive.
pub(crate) const LIFETIME: u64 = 7 * 24 * 60 * 60;
/// Gas paid ahead for taking one more entry off the queue.
const REAP_GAS: u64 = 58_000;
/// From here on, the weeks a ticket was kept alive for count before the queue has reached it.
const WINDOWS_COUNT_FROM: u64 = 60;

const TRIES: u64 = 0;
const FROM: u64 = 1;
const TO: u64 = 2;
const VALUE: u64 = 3;
const BENEFICIARY: u64 = 4;
const TIMEOUT: u64 = 5;
const WINDOWS_LEFT: u64 = 6;
const DATA: u64 = 7;

/// Places in the queue, counted from its beginning for ever.
const QUEUE_END: Cell<u64> = Cell::at(Space::TicketQueue, 0);
const QUEUE_START: Cell<u64> = Cell::at(Space::TicketQueue, 1);

const fn queued(place: u64) -> Cell<B256> {
    Cell::at(Space::TicketQueue, 2 + place)
}

/// What a ticket was created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewTicket<'a> {
    pub(crate) from: Address,
    pub(crate) to: TxKind,
    pub(crate) value: U256,
    pub(crate) beneficiary: Address,
    pub(crate) data: &'a [u8],
}

/// What a retry runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) from: Address,
    pub(crate) to: TxKind,
    pub(crate) value: U256,
    pub(crate) data: Vec<u8>,
}

/// Why a ticket was not kept alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotExtended {
    /// No such ticket.
    Unknown,
    /// It has more than a week left.
    TooEarly,
}

/// A ticket that exists and has not expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket(B256);

impl Ticket {
    fn cell<T>(self, index: u64) -> Cell<T> {
        Cell::keyed(Space::Tickets, self.0, index)
    }

    const fn data(self) -> Blob {
        Blob::new(Space::Tickets, self.0, DATA)
    }

    /// Writes a new ticket that expires a week after `now`, and queues it.
    pub(crate) fn create<M: Meter>(
        state: &mut State<'_, M>,
        id: B256,
        now: u64,
        new: &NewTicket<'_>,
    ) -> Result<(), M::Error> {
        let ticket = Self(id);
        state.set(ticket.cell(TRIES), 0_u64)?;
        state.set(ticket.cell(FROM), new.from)?;
        state.set(ticket.cell(TO), new.to)?;
        state.set(ticket.cell(VALUE), new.value)?;
        state.set(ticket.cell(BENEFICIARY), new.beneficiary)?;
        ticket.data().write(state, new.data)?;
        state.set(ticket.cell(TIMEOUT), now.saturating_add(LIFETIME))?;
        state.set(ticket.cell(WINDOWS_LEFT), 0_u64)?;
        enqueue(state, id)
    }

    /// The ticket, if it exists and is still alive at `now`.
    pub(crate) fn open<M: Meter>(
        state: &mut State<'_, M>,
        id: B256,
        now: u64,
    ) -> Result<Option<Self>, M::Error> {
        let ticket = Self(id);
        let mut timeout: u64 = state.get(ticket.cell(TIMEOUT))?;
        if timeout == 0 {
            return Ok(None);
        }
        if timeout < now && state.version() >= WINDOWS_COUNT_FROM {
            timeout = timeout.saturating_add(ticket.windows_left(state)?.saturating_mul(LIFETIME));
        }
        Ok((timeout >= now).then_some(ticket))
    }

    fn windows_left<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        state.get(self.cell(WINDOWS_LEFT))
    }

    /// When it expires, in Unix time, if nobody extends it.
    pub(crate) fn timeout<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        let timeout: u64 = state.get(self.cell(TIMEOUT))?;
        let windows = self.windows_left(state)?;
        Ok(timeout.saturating_add(windows.saturating_mul(LIFETIME)))
    }

    pub(crate) fn beneficiary<M: Meter>(
        self,
        state: &mut State<'_, M>,
    ) -> Result<Address, M::Error> {
        state.get(self.cell(BENEFICIARY))
    }

    /// How many tries there were.
    pub(crate) fn tries<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        state.get(self.cell(TRIES))
    }

    /// Counts one more try and returns how many there were before it.
    pub(crate) fn next_try<M: Meter>(self, state: &mut State<'_, M>) -> Result<u64, M::Error> {
        Ok(state.increment(self.cell(TRIES))? - 1)
    }

    pub(crate) fn call<M: Meter>(self, state: &mut State<'_, M>) -> Result<Call, M::Error> {
        Ok(Call {
            from: state.get(self.cell(FROM))?,
            to: state.get(self.cell(TO))?,
            value: state.get(self.cell(VALUE))?,
            data: self.data().read(state)?,
        })
    }
}

/// Length in words by which keeping and redeeming a ticket are priced; `None` for a ticket that is not there.
pub(crate) fn size_words<M: Meter>(
    state: &mut State<'_, M>,
    id: B256,
    now: u64,
) -> Result<Option<u64>, M::Error> {
    let Some(ticket) = Ticket::open(state, id, now)? else {
        return Ok(None);
    };
    let data = ticket.data().size(state)?;
    Ok(Some(7 + words(data as usize)))
}

/// Extends a ticket by a week and returns its new timeout.
pub(crate) fn keep_alive<M: Meter>(
    state: &mut State<'_, M>,
    id: B256,
    now: u64,
) -> Result<Result<u64, NotExtended>, M::Error> {
    let Some(ticket) = Ticket::open(state, id, now)? else {
        return Ok(Err(NotExtended::Unknown));
    };
    let timeout = ticket.timeout(state)?;
    if timeout > now.saturating_add(LIFETIME) {
        return Ok(Err(NotExtended::TooEarly));
    }
    enqueue(state, id)?;
    state.increment(ticket.cell(WINDOWS_LEFT))?;
    state.burn(REAP_GAS)?;
    Ok(Ok(timeout.saturating_add(LIFETIME)))
}

/// Deletes a ticket, whatever its age; what its escrow holds goes to the beneficiary. False when there is none.
pub(crate) fn delete<M: Meter>(state: &mut State<'_, M>, id: B256) -> Result<bool, M::Error> {
    let ticket = Ticket(id);
    let timeout: u64 = state.get(ticket.cell(TIMEOUT))?;
    if timeout == 0 {
        return Ok(false);
    }
    let beneficiary = ticket.beneficiary(state)?;
    let escrow = escrow(id);
    let held = state.host.balance(escrow);
    // The escrow has what it holds, so this cannot fail.
    let _ = state.host.transfer(escrow, beneficiary, held);
    for index in [TRIES, FROM, TO, VALUE, BENEFICIARY, TIMEOUT, WINDOWS_LEFT] {
        state.clear::<U256>(ticket.cell(index))?;
    }
    ticket.data().clear(state)?;
    Ok(true)
}

/// Looks at the head of the queue once: drops it if its ticket is gone, deletes or renews the ticket if it is due.
pub(crate) fn reap_one<M: Meter>(state: &mut State<'_, M>, now: u64) -> Result<(), M::Error> {
    let (start, end) = (state.get(QUEUE_START)?, state.get(QUEUE_END)?);
    if start == end {
        return Ok(());
    }
    let id = state.get(queued(start))?;
    let ticket = Ticket(id);
    let timeout: u64 = state.get(ticket.cell(TIMEOUT))?;
    if timeout >= now && timeout != 0 {
        return Ok(());
    }
    state.clear(queued(start))?;
    state.set(QUEUE_START, start + 1)?;
    if timeout == 0 {
        return Ok(());
    }
    let windows = ticket.windows_left(state)?;
    if windows == 0 {
        delete(state, id)?;
        return Ok(());
    }
    state.set(ticket.cell(TIMEOUT), timeout.saturating_add(LIFETIME))?;
    state.set(ticket.cell(WINDOWS_LEFT), windows - 1)
}

fn enqueue<M: Meter>(state: &mut State<'_, M>, id: B256) -> Result<(), M::Error> {
    let place = state.increment(QUEUE_END)? - 1;
    state.set(queued(place), id)
}
