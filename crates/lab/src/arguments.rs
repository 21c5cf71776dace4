//! Options of the command line: `--name value`, or `--name` alone.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Options by name.
#[derive(Debug, Default)]
pub struct Arguments(BTreeMap<String, Option<String>>);

impl Arguments {
    /// From what stands behind the suite's name.
    ///
    /// # Errors
    /// Names what is no option.
    pub fn parse(given: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut options = BTreeMap::new();
        let mut open: Option<String> = None;
        for word in given {
            match (word.strip_prefix("--"), open.take()) {
                (Some(name), before) => {
                    before.map(|name| options.insert(name, None));
                    open = Some(name.to_owned());
                }
                (None, Some(name)) => {
                    options.insert(name, Some(word));
                }
                (None, None) => return Err(format!("“{word}” is no option: options begin with --")),
            }
        }
        open.map(|name| options.insert(name, None));
        Ok(Arguments(options))
    }

    /// These options alone: for a suite that runs as part of another.
    pub fn only(&self, names: &[&str]) -> Arguments {
        let kept = self.0.iter().filter(|(name, _)| names.contains(&name.as_str()));
        Arguments(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// Whether an option was given, with a value or without.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The value of an option.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }

    /// The value of an option that must be there.
    ///
    /// # Errors
    /// Where it is missing.
    pub fn need(&self, name: &str) -> Result<&str, String> {
        self.text(name)
            .ok_or(format!("--{name} is missing: give it with a value behind it"))
    }

    /// A number, or this where the option was not given.
    ///
    /// # Errors
    /// Where the value is no such number.
    pub fn number<T: FromStr>(&self, name: &str, otherwise: T) -> Result<T, String> {
        match self.text(name) {
            None => Ok(otherwise),
            Some(text) => text
                .parse()
                .map_err(|_| format!("--{name} {text}: a number belongs there")),
        }
    }
}
