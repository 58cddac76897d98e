//! What guides tell people to type: every line of a `sh` block, in order, as it stands there.

use std::{collections::BTreeMap, path::Path};

/// A line of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// `export NAME=VALUE`.
    Export(String, String),
    /// `confluence ..`, without that word.
    Command(String),
}

/// Lines of a page's `sh` blocks.
pub(crate) fn lines(page: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide");
    let text = std::fs::read_to_string(path.join(page)).expect("the guide");
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => found.push(Line::of(line)),
            _ => {}
        }
    }
    found
}

impl Line {
    fn of(line: &str) -> Self {
        match line.strip_prefix("export ") {
            Some(export) => {
                let (name, value) = export.split_once('=').expect("NAME=VALUE");
                Self::Export(name.to_owned(), value.to_owned())
            }
            None => Self::Command(
                line.strip_prefix("confluence ")
                    .expect("a command")
                    .to_owned(),
            ),
        }
    }

    /// The line with words that stand for the reader's own put in.
    pub(crate) fn with(self, own: &BTreeMap<&str, String>) -> Self {
        let put = |text: String| {
            own.iter()
                .fold(text, |text, (word, value)| text.replace(word, value))
        };
        match self {
            Self::Export(name, value) => Self::Export(name, put(value)),
            Self::Command(words) => Self::Command(put(words)),
        }
    }
}
