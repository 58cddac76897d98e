//! How long each phase took, and how many had arrived when.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::progress::{Bar, Progress};

/// A phase that is over.
#[derive(Debug, Clone, Serialize)]
pub struct Phase {
    /// What was done.
    pub what: &'static str,
    /// Milliseconds it took.
    pub ms: u64,
}

/// A point of the rehearsal's course.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Point {
    /// Milliseconds since the beginning.
    pub ms: u64,
    /// Moves and claims that have arrived on L2.
    pub arrived: u64,
}

/// See the head of this file.
pub(super) struct Watch<'a> {
    pub(super) progress: &'a Progress,
    begun: Instant,
    pub(super) phases: Vec<Phase>,
    pub(super) course: Vec<Point>,
}

/// A phase that runs; it counts until [`Watch::over`].
pub(super) struct Running {
    what: &'static str,
    since: Instant,
    _bar: Bar,
}

impl<'a> Watch<'a> {
    pub(super) fn start(progress: &'a Progress) -> Self {
        Self {
            progress,
            begun: Instant::now(),
            phases: Vec::new(),
            course: Vec::new(),
        }
    }

    pub(super) fn begin(&self, what: &'static str) -> Running {
        Running {
            what,
            since: Instant::now(),
            _bar: self.progress.spinner(what),
        }
    }

    /// Notes what a phase took; one that was cut short and went on is one phase.
    pub(super) fn over(&mut self, running: Running) {
        let took = running.since.elapsed();
        let seconds = took.as_secs_f64();
        let what = running.what;
        drop(running);
        self.progress.say(format!("{seconds:>7.2} s  {what}"));
        let ms = millis(took);
        match self.phases.iter_mut().find(|phase| phase.what == what) {
            Some(phase) => phase.ms += ms,
            None => self.phases.push(Phase { what, ms }),
        }
    }

    /// Notes that so many more have arrived.
    pub(super) fn arrived(&mut self, more: usize) {
        let so_far = self.course.last().map_or(0, |point| point.arrived);
        self.course.push(Point {
            ms: millis(self.begun.elapsed()),
            arrived: so_far + more as u64,
        });
    }
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
