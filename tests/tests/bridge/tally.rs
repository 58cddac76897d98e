//! Which parts of the recordings agree. Always holds: nothing changes sides unnoticed: what agreed must go on agreeing, what is
//! known to differ must go on differing, and what holds nothing to compare is named.

use super::compare::Differences;

/// Differing parts shown in full; the rest is only named.
const SHOWN: usize = 12;

/// What is known of a set of recordings.
pub(crate) struct Known {
    /// How many parts agree.
    pub(crate) agree: usize,
    /// File, part, reason: they differ.
    pub(crate) differ: &'static [(&'static str, &'static str, &'static str)],
    /// File, part, reason: there is nothing in them that this node could have made.
    pub(crate) incomparable: &'static [(&'static str, &'static str, &'static str)],
}

/// The parts seen so far, by file and name.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    agree: Vec<String>,
    differ: Vec<(String, Vec<String>)>,
    incomparable: Vec<String>,
}

impl Tally {
    /// Compares a part.
    pub(crate) fn take(&mut self, file: &str, part: &str, compare: impl FnOnce(&mut Differences)) {
        let mut found = Differences::default();
        compare(&mut found);
        let name = format!("{file} {part}");
        match found {
            // Most files have nothing before their first case.
            Differences { compared: 0, .. } if part == "before" => {}
            Differences { compared: 0, .. } => self.incomparable.push(name),
            Differences { lines, .. } if lines.is_empty() => self.agree.push(name),
            Differences { lines, .. } => self.differ.push((name, lines)),
        }
    }

    /// Holds what was seen against what is known; panics where they are not the same.
    pub(crate) fn hold(self, arbos: u64, known: &Known) {
        let mut report = String::new();
        let names = |list: &[(&str, &str, &str)]| -> Vec<String> {
            let named = list.iter().map(|(file, part, _)| format!("{file} {part}"));
            named.collect()
        };
        let (differ, incomparable) = (names(known.differ), names(known.incomparable));
        let news = self
            .differ
            .iter()
            .filter(|(name, _)| !differ.contains(name));
        for (index, (name, lines)) in news.enumerate() {
            report += &format!("  {name} differs\n");
            if index < SHOWN {
                report += &format!("      {}\n", lines.join("\n      "));
            }
        }
        for name in &differ {
            if !self.differ.iter().any(|(other, _)| other == name) {
                report += &format!("  {name} is listed as differing and does not differ\n");
            }
        }
        if self.incomparable != incomparable {
            let seen = self.incomparable.join("\n    ");
            report += &format!("  nothing to compare in\n    {seen}\n");
        }
        let agree = self.agree.len();
        if agree != known.agree {
            report += &format!("  {agree} parts agree, {} are known to\n", known.agree);
        }
        assert!(report.is_empty(), "ArbOS {arbos}:\n{report}");
    }
}
