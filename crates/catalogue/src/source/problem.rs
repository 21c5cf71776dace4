//! What is wrong with a file, said so that its author can mend it.

use std::fmt;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, below the project's root.
    pub file: String,
    /// The line, from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(
            formatter,
            ": {}\n  why: {}\n  mend: {}",
            self.what, self.why, self.mend
        )
    }
}

/// Problems as they are found.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn add(
        &mut self,
        file: &str,
        line: Option<usize>,
        what: impl Into<String>,
        why: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.0.push(Problem {
            file: file.into(),
            line,
            what: what.into(),
            why: why.into(),
            mend: mend.into(),
        });
    }

    /// A TOML error with its place.
    pub(crate) fn add_toml(&mut self, file: &str, text: &str, error: &toml::de::Error) {
        let line = error.span().map(|span| line_at(text.as_bytes(), span.start));
        let what = error.message().replace('\n', " ");
        self.add(
            file,
            line,
            what,
            "a file that is not understood whole is not used at all",
            "compare with docs/CONTENT-FORMAT.md: every key there is needed unless it is called optional, and no other is known",
        );
    }

    pub(crate) fn or<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.0.is_empty() {
            return Ok(value);
        }
        Err(self.sorted())
    }

    /// Each once, in the order of files and lines.
    pub(crate) fn sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

/// The line, from 1, in which this byte stands.
pub(crate) fn line_at(text: &[u8], byte: usize) -> usize {
    text.iter().take(byte).filter(|&&one| one == b'\n').count() + 1
}

/// The line, from 1, on which `needle` first stands.
pub(crate) fn line_of(text: &str, needle: &str) -> Option<usize> {
    text.find(needle).map(|byte| line_at(text.as_bytes(), byte))
}

/// The line, from 1, that begins with `start` for the nth time, from 0: `[table]` or a key.
pub(crate) fn nth_line_with(text: &str, start: &str, nth: usize) -> Option<usize> {
    let begins = |line: &str| {
        let rest = line.trim_start().strip_prefix(start);
        rest.is_some_and(|rest| start.ends_with(']') || rest.trim_start().starts_with('='))
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| begins(line))
        .nth(nth)
        .map(|(index, _)| index + 1)
}

/// The line, from 1, on which this table or key first begins.
pub(crate) fn line_with(text: &str, start: &str) -> Option<usize> {
    nth_line_with(text, start, 0)
}
