//! What a long step tells the person who waits for it, on stderr.
//! Always holds: nothing here reaches stdout, and a silent `Progress` writes nothing at all.

use std::{fmt::Display, io::IsTerminal as _, time::Duration};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Where progress goes: a terminal gets bars, a log file gets one line a step, `--quiet` gets nothing.
#[derive(Debug, Clone)]
pub struct Progress {
    bars: MultiProgress,
    mode: Mode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Silent,
    Lines,
    Bars,
}

impl Progress {
    /// Says nothing; for tests and `--quiet`.
    #[must_use]
    pub fn silent() -> Self {
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        Self {
            bars,
            mode: Mode::Silent,
        }
    }

    /// Bars where stderr is a terminal, plain lines where it is not.
    #[must_use]
    pub fn to_stderr() -> Self {
        let mode = if std::io::stderr().is_terminal() {
            Mode::Bars
        } else {
            Mode::Lines
        };
        Self {
            bars: MultiProgress::new(),
            mode,
        }
    }

    /// Whether nothing is written at all.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.mode == Mode::Silent
    }

    /// One finished or started step, as a line that stays.
    pub fn say(&self, what: impl Display) {
        match self.mode {
            Mode::Silent => {}
            Mode::Lines => eprintln!("{what}"),
            Mode::Bars => self.bars.suspend(|| eprintln!("{what}")),
        }
    }

    /// A step of `total` pieces; the bar disappears when it is dropped.
    #[must_use]
    pub fn bar(&self, total: u64, what: &'static str) -> Bar {
        if self.mode == Mode::Lines {
            eprintln!("{what} ({total})");
        }
        let bar = match self.mode {
            Mode::Bars => self.bars.add(ProgressBar::new(total)),
            Mode::Silent | Mode::Lines => ProgressBar::hidden(),
        };
        if let Ok(style) =
            ProgressStyle::with_template("{msg:<28} [{bar:32}] {pos}/{len} {elapsed}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(what);
        Bar(bar)
    }

    /// A step of unknown length; shows that something still happens.
    #[must_use]
    pub fn spinner(&self, what: &'static str) -> Bar {
        if self.mode == Mode::Lines {
            eprintln!("{what}");
        }
        let bar = match self.mode {
            Mode::Bars => self.bars.add(ProgressBar::new_spinner()),
            Mode::Silent | Mode::Lines => ProgressBar::hidden(),
        };
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(120));
        Bar(bar)
    }
}

/// A running step; dropping it takes it off the screen.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// `n` more pieces are done.
    pub fn advance(&self, n: u64) {
        self.0.inc(n);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
