//! How long each phase took, and how many had arrived when.
//! Always holds: both are in the diary, so that a rehearsal that was cut short tells of all of it.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::{
    RehearseError,
    diary::{Diary, Notes},
};
use crate::progress::{Bar, Progress};

/// A phase that is over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phase {
    /// What was done.
    pub what: String,
    /// Milliseconds it took.
    pub ms: u64,
}

/// A point of the rehearsal's course.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Point {
    /// Milliseconds since the beginning, without those between two runs.
    pub ms: u64,
    /// Moves and claims that have arrived on L2.
    pub arrived: u64,
}

/// See the head of this file.
pub(super) struct Watch<'a> {
    pub(super) progress: &'a Progress,
    pub(super) diary: Diary,
    /// Milliseconds of the runs before.
    before: u64,
    begun: Instant,
}

/// A phase that runs; it counts when it is [`Running::over`].
pub(super) struct Running<'a> {
    what: &'static str,
    since: Instant,
    progress: &'a Progress,
    _bar: Bar,
}

impl<'a> Running<'a> {
    pub(super) fn begin(progress: &'a Progress, what: &'static str) -> Self {
        Self {
            what,
            since: Instant::now(),
            progress,
            _bar: progress.spinner(what),
        }
    }

    /// What it took.
    pub(super) fn over(self) -> Phase {
        let took = self.since.elapsed();
        let (seconds, what) = (took.as_secs_f64(), self.what);
        self.progress.say(format!("{seconds:>7.2} s  {what}"));
        Phase {
            what: what.to_owned(),
            ms: millis(took),
        }
    }
}

impl<'a> Watch<'a> {
    /// Goes on with a diary; these phases came before it.
    pub(super) fn start(
        progress: &'a Progress,
        mut diary: Diary,
        so_far: Vec<Phase>,
    ) -> Result<Self, RehearseError> {
        diary.note(|notes| so_far.into_iter().for_each(|phase| add(notes, phase)))?;
        Ok(Self {
            progress,
            before: diary.notes().ms,
            diary,
            begun: Instant::now(),
        })
    }

    pub(super) fn begin(&self, what: &'static str) -> Running<'a> {
        Running::begin(self.progress, what)
    }

    /// Notes what a phase took; one that was cut short and went on is one phase.
    pub(super) fn over(&mut self, running: Running<'_>) -> Result<(), RehearseError> {
        let (phase, ms) = (running.over(), self.ms());
        self.diary.note(|notes| {
            add(notes, phase);
            notes.ms = ms;
        })
    }

    /// Notes that so many have arrived.
    pub(super) fn arrived(&mut self, all: usize) -> Result<(), RehearseError> {
        let point = Point {
            ms: self.ms(),
            arrived: all as u64,
        };
        self.diary.note(|notes| {
            notes.ms = point.ms;
            notes.course.push(point);
        })
    }

    fn ms(&self) -> u64 {
        self.before + millis(self.begun.elapsed())
    }
}

fn add(notes: &mut Notes, phase: Phase) {
    let same = |it: &&mut Phase| it.what == phase.what;
    match notes.phases.iter_mut().find(same) {
        Some(there) => there.ms += phase.ms,
        None => notes.phases.push(phase),
    }
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
