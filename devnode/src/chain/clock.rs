//! Block time. It follows the machine's clock (or stands still, for tests) plus whatever tests add, and never runs backwards.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{config::TimeSource, error::TimeError};

/// Seconds since 1970 for the next block.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    source: TimeSource,
    /// Seconds added to the source; negative after time was set back.
    offset: i64,
    /// Timestamp of the next block alone.
    next: Option<u64>,
    /// Seconds between blocks, instead of the clock.
    interval: Option<u64>,
}

impl Clock {
    pub(crate) const fn new(source: TimeSource) -> Self {
        Self {
            source,
            offset: 0,
            next: None,
            interval: None,
        }
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> u64 {
        self.reading().saturating_add_signed(self.offset)
    }

    fn reading(&self) -> u64 {
        match self.source {
            TimeSource::Wall => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map(|since| since.as_secs())
                .unwrap_or_default(),
            TimeSource::Fixed(second) => second,
        }
    }

    /// Timestamp a block made now would get.
    pub(crate) fn peek(&self, parent: u64) -> u64 {
        let time = self.next.unwrap_or_else(|| match self.interval {
            Some(interval) => parent.saturating_add(interval),
            None => self.now(),
        });
        time.max(parent)
    }

    /// Timestamp of a block made now; a timestamp set for one block is used up.
    pub(crate) fn take(&mut self, parent: u64) -> u64 {
        let time = self.peek(parent);
        if self.next.take().is_some() {
            // What comes after goes on from there.
            self.set(time);
        }
        time
    }

    /// Adds seconds and returns all that have been added.
    pub(crate) fn increase(&mut self, seconds: u64) -> i64 {
        self.offset = self
            .offset
            .saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX));
        if let Some(next) = &mut self.next {
            *next = next.saturating_add(seconds);
        }
        self.offset
    }

    /// Seconds added to the source.
    pub(crate) const fn offset(&self) -> i64 {
        self.offset
    }

    /// Sets the seconds added to the source.
    pub(crate) const fn set_offset(&mut self, seconds: i64) {
        self.offset = seconds;
    }

    /// Makes the clock show `second` and run on from there.
    pub(crate) fn set(&mut self, second: u64) {
        let reading = self.reading();
        self.offset = i64::try_from(i128::from(second) - i128::from(reading)).unwrap_or(i64::MAX);
    }

    /// Sets the timestamp of the next block.
    pub(crate) const fn set_next(&mut self, second: u64, parent: u64) -> Result<(), TimeError> {
        if second < parent {
            return Err(TimeError {
                wanted: second,
                previous: parent,
            });
        }
        self.next = Some(second);
        Ok(())
    }

    /// Spaces blocks by a fixed number of seconds, or goes back to the clock.
    pub(crate) const fn set_interval(&mut self, seconds: Option<u64>) {
        self.interval = seconds;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_for_one_block_moves_the_clock_and_is_used_up() {
        let mut clock = Clock::new(TimeSource::Fixed(100));
        clock.set_next(500, 100).unwrap();
        assert_eq!(clock.take(100), 500);
        assert_eq!(clock.take(500), 500);
        clock.increase(7);
        assert_eq!(clock.take(500), 507);
    }

    #[test]
    fn time_never_runs_backwards() {
        let mut clock = Clock::new(TimeSource::Fixed(100));
        assert_eq!(clock.take(900), 900);
        assert_eq!(
            clock.set_next(10, 900),
            Err(TimeError {
                wanted: 10,
                previous: 900
            })
        );
        clock.set(50);
        assert_eq!(clock.take(900), 900);
    }

    #[test]
    fn an_interval_replaces_the_clock() {
        let mut clock = Clock::new(TimeSource::Fixed(100));
        clock.set_interval(Some(12));
        assert_eq!(clock.take(100), 112);
        assert_eq!(clock.take(112), 124);
        clock.set_interval(None);
        assert_eq!(clock.peek(50), 100);
    }
}
