//! A table for people: aligned for a terminal, or as Markdown for a page.
//! Always holds: both have the same cells; the first column is text and stands left, the others are figures and stand right.

use std::{
    fmt::{self, Write as _},
    io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    build::{BuildError, Workspace},
    whole_file,
};

/// Rows under a title, with what has to be said about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Cells; as many in each row as there are columns.
    pub rows: Vec<Vec<String>>,
    /// What the figures are and are not.
    pub notes: Vec<String>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            title: title.into(),
            columns: columns.iter().map(|&head| head.to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a remark.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Writes it as a page under `preface` into a file of the checkout around `folder`; which one. `failed` says what is an error then.
    pub(super) fn write<E: From<BuildError>>(
        &self,
        folder: &Path,
        file: &str,
        preface: &str,
        failed: fn(PathBuf, io::Error) -> E,
    ) -> Result<PathBuf, E> {
        let path = Workspace::around(folder, None)?.root().join(file);
        let page = format!("{preface}\n{}", self.markdown());
        match whole_file::replace(&path, page.as_bytes()) {
            Ok(()) => Ok(path),
            Err(source) => Err(failed(path, source)),
        }
    }

    /// The table as Markdown, under a heading of the second rank.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut page = format!("## {}\n\n", self.title);
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        page.push_str(&line(&self.columns));
        let rule = (0..self.columns.len()).map(|column| if column == 0 { "---" } else { "--:" });
        // writing into a string cannot fail
        let _ = writeln!(page, "|{}|", rule.collect::<Vec<_>>().join("|"));
        for row in &self.rows {
            page.push_str(&line(row));
        }
        for note in &self.notes {
            let _ = write!(page, "\n{note}\n");
        }
        page
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = || std::iter::once(&self.columns).chain(&self.rows);
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                let cells = lines().filter_map(|line| line.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        writeln!(f, "{}", self.title)?;
        for line in lines() {
            let mut text = String::from(" ");
            for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let _ = match column {
                    0 => write!(text, " {cell:<width$}"),
                    _ => write!(text, "  {cell:>width$}"),
                };
            }
            writeln!(f, "{}", text.trim_end())?;
        }
        for note in &self.notes {
            writeln!(f, "  * {note}")?;
        }
        Ok(())
    }
}

/// A number with a comma after each three digits.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Table {
        let mut table = Table::new("Heights", &["hill", "m"]);
        table.row(["Low".to_owned(), "9".to_owned()]);
        table.row(["Higher".to_owned(), "123".to_owned()]);
        table.note("measured by eye");
        table
    }

    #[test]
    fn a_terminal_gets_aligned_columns() {
        let text = "Heights\n  hill      m\n  Low       9\n  Higher  123\n  * measured by eye\n";
        assert_eq!(example().to_string(), text);
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ];
        for (number, text) in cases {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn a_page_gets_the_same_cells() {
        let text = "## Heights\n\n| hill | m |\n|---|--:|\n| Low | 9 |\n| Higher | 123 |\n\nmeasured by eye\n";
        assert_eq!(example().markdown(), text);
    }
}
