//! What a test may do to messages on their way. Only what can happen between Ethereum and Arbitrum: messages wait, all
//! behind the first; a ticket is not redeemed by itself; somebody redeems it later, after others that came behind it.

use alloy_primitives::B256;

/// Settings of a test. The default lets everything pass at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Controls {
    /// Messages wait until they are released.
    pub(super) hold: bool,
    /// Messages released while the others are held.
    pub(super) released: u64,
    /// Seconds a message waits after its L1 block.
    pub(super) delay_seconds: u64,
    /// Tickets to come that are not redeemed by themselves.
    pub(super) failing: u64,
    /// Tickets to come that are redeemed only later, and how many seconds later.
    pub(super) late: (u64, u64),
    /// Tickets created and redeemed later.
    pub(super) redeems: Vec<LateRedeem>,
    /// Roots are not posted to L1.
    pub(super) hold_roots: bool,
}

/// A ticket that somebody will redeem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LateRedeem {
    pub(super) ticket: B256,
    /// Seconds since 1970.
    pub(super) at: u64,
}

/// How a ticket is to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Creation {
    /// As its sender meant it.
    Normal,
    /// Without an auto-redeem.
    Failing,
    /// Without an auto-redeem, and redeemed so many seconds later.
    Late(u64),
}

impl Controls {
    /// Whether a message of that L1 timestamp may be read now.
    pub(super) const fn lets_pass(&self, timestamp: u64, now: u64) -> bool {
        let released = !self.hold || self.released > 0;
        released && timestamp.saturating_add(self.delay_seconds) <= now
    }

    /// Counts a message that passed.
    pub(super) const fn passed(&mut self) {
        self.released = self.released.saturating_sub(1);
    }

    /// How the next ticket is to be created; counts it.
    pub(super) const fn next_creation(&mut self) -> Creation {
        let (late, seconds) = self.late;
        if self.failing > 0 {
            self.failing = self.failing.saturating_sub(1);
            Creation::Failing
        } else if late > 0 {
            self.late.0 = late - 1;
            Creation::Late(seconds)
        } else {
            Creation::Normal
        }
    }

    /// Takes out the tickets to be redeemed by now, earliest first.
    pub(super) fn take_due(&mut self, now: u64) -> Vec<B256> {
        let (mut due, later): (Vec<_>, Vec<_>) = self
            .redeems
            .iter()
            .copied()
            .partition(|redeem| redeem.at <= now);
        due.sort_by_key(|redeem| redeem.at);
        self.redeems = later;
        due.into_iter().map(|redeem| redeem.ticket).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_messages_pass_by_the_number_released() {
        let mut controls = Controls {
            hold: true,
            released: 1,
            ..Controls::default()
        };
        assert!(controls.lets_pass(5, 5));
        controls.passed();
        assert!(!controls.lets_pass(5, 5));
    }

    #[test]
    fn a_delayed_message_passes_in_the_second_it_is_due() {
        let controls = Controls {
            delay_seconds: 10,
            ..Controls::default()
        };
        assert!(!controls.lets_pass(100, 109));
        assert!(controls.lets_pass(100, 110));
    }

    #[test]
    fn late_redeems_come_in_the_order_of_their_time() {
        let redeem = |byte, at| LateRedeem {
            ticket: B256::repeat_byte(byte),
            at,
        };
        let mut controls = Controls {
            redeems: vec![redeem(1, 30), redeem(2, 20), redeem(3, 40)],
            ..Controls::default()
        };
        let due = controls.take_due(30);
        assert_eq!(due, [B256::repeat_byte(2), B256::repeat_byte(1)]);
        assert_eq!(controls.redeems, [redeem(3, 40)]);
    }

    #[test]
    fn failing_tickets_are_counted_before_late_ones() {
        let mut controls = Controls {
            failing: 1,
            late: (1, 60),
            ..Controls::default()
        };
        let created = [(); 3].map(|()| controls.next_creation());
        assert_eq!(
            created,
            [Creation::Failing, Creation::Late(60), Creation::Normal]
        );
    }
}
