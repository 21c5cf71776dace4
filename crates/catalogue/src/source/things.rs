//! Things that a household may not have at hand, and how a line of materials tells of them.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::entry::MaterialEntry;
use super::problem::{line_of, Problems};
use super::{words, File};
use crate::content::Thing;

/// The most kinds: an activity keeps those that it needs as places in a number, and a family looks through all of them.
const MOST_KINDS: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingFile {
    things: Vec<ThingEntry>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingEntry {
    id: String,
    name: String,
    /// Words by which a line of materials speaks of it.
    words: Vec<String>,
    /// What holds such a word and is something else.
    #[serde(default)]
    not: Vec<String>,
}

/// All kinds of things, and which of them any activity needs.
#[derive(Default)]
pub(crate) struct Kinds {
    file: Option<File>,
    entries: Vec<ThingEntry>,
    met: BTreeSet<usize>,
}

/// Reads the kinds of things.
pub(crate) fn read(file: File, problems: &mut Problems) -> Kinds {
    let entries = match toml::from_str::<ThingFile>(&file.text) {
        Ok(found) => found.things,
        Err(error) => {
            problems.add_toml(&file.path, &file.text, &error);
            Vec::new()
        }
    };
    let names = entries.iter().map(|one| &one.name);
    words::check_all(&file.path, &file.text, names, problems);
    let mut known = BTreeSet::new();
    for one in &entries {
        if !known.insert(&one.id) {
            problems.add(
                &file.path,
                line_of(&file.text, &format!("\"{}\"", one.id)),
                format!("the thing `{}` stands here twice", one.id),
                "families keep by its id what is not at hand",
                "rename one of the two, or join them",
            );
        }
    }
    if entries.len() > MOST_KINDS {
        problems.add(
            &file.path,
            None,
            format!("there are {} kinds of things", entries.len()),
            "nobody looks through so many",
            format!("keep at most {MOST_KINDS}"),
        );
    }
    Kinds {
        file: Some(file),
        entries,
        met: BTreeSet::new(),
    }
}

impl Kinds {
    /// What an activity does not go without, as places in the list.
    pub(crate) fn needed(&mut self, materials: &[MaterialEntry]) -> Vec<u8> {
        let lines = materials.iter().map(|line| {
            let needs = self.of(&line.what);
            match &line.instead {
                Some(instead) => &needs & &self.of(instead),
                None => needs,
            }
        });
        let needed: BTreeSet<usize> = lines.flatten().collect();
        self.met.extend(&needed);
        needed
            .into_iter()
            .filter_map(|one| u8::try_from(one).ok())
            .collect()
    }

    /// What is needed for a text: everything that it lists, and of "this or that" what both need.
    fn of(&self, text: &str) -> BTreeSet<usize> {
        let text = text.to_lowercase().replace(", or ", " or ");
        let listed = text
            .split([',', ';', ':', '(', ')'])
            .flat_map(|part| part.split(" and "));
        let either = listed.map(|part| {
            let ways = part.split(" or ").map(|way| self.spoken_of(way));
            ways.reduce(|one, other| &one & &other).unwrap_or_default()
        });
        either.flatten().collect()
    }

    fn spoken_of(&self, text: &str) -> BTreeSet<usize> {
        let said = spaced(text);
        let speaks = |one: &ThingEntry| {
            let put_aside = one
                .not
                .iter()
                .fold(said.clone(), |said, not| said.replace(&spaced(not), " "));
            one.words.iter().any(|word| put_aside.contains(&spaced(word)))
        };
        let found = self.entries.iter().enumerate().filter(|(_, one)| speaks(one));
        found.map(|(place, _)| place).collect()
    }

    /// The kinds as the app knows them; one that no activity needs is named.
    pub(crate) fn finish(self, problems: &mut Problems) -> Vec<Thing> {
        for (place, one) in self.entries.iter().enumerate() {
            if let Some(file) = self.file.as_ref().filter(|_| !self.met.contains(&place)) {
                problems.add(
                    &file.path,
                    line_of(&file.text, &format!("\"{}\"", one.id)),
                    format!("no activity needs `{}`", one.id),
                    "whoever says that it is not at hand is told that it matters",
                    "mend the words by which materials speak of it, or take it out",
                );
            }
        }
        let known = self.entries.into_iter();
        known
            .map(|one| Thing {
                id: one.id,
                name: one.name,
            })
            .collect()
    }
}

/// A text as words, each with a space on either side.
fn spaced(text: &str) -> String {
    let letters = |c: char| !c.is_alphanumeric() && c != '-';
    let words = text.split(letters).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |all, word| all + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds() -> Kinds {
        let entry = |id: &str, words: &[&str], not: &[&str]| ThingEntry {
            id: id.into(),
            name: id.into(),
            words: words.iter().map(ToString::to_string).collect(),
            not: not.iter().map(ToString::to_string).collect(),
        };
        Kinds {
            entries: vec![
                entry("ball", &["ball", "balls"], &["sock ball"]),
                entry("paper", &["paper"], &["paper tape"]),
                entry("tape", &["tape"], &[]),
            ],
            ..Kinds::default()
        }
    }

    fn needed(what: &str, instead: Option<&str>) -> Vec<u8> {
        kinds().needed(&[MaterialEntry {
            what: what.into(),
            instead: instead.map(str::to_owned),
        }])
    }

    #[test]
    fn what_is_listed_is_needed_and_what_a_household_has_instead_is_not() {
        assert_eq!(needed("Paper, a tennis ball", None), [0, 1]);
        assert_eq!(needed("Paper and tape", None), [1, 2]);
        assert_eq!(needed("A ball", Some("Rolled socks")), [0_u8; 0]);
        assert_eq!(needed("A ball", Some("A ball of paper")), [0]);
    }

    #[test]
    fn of_this_or_that_neither_is_needed_and_other_things_are_no_such_thing() {
        assert_eq!(needed("Chalk or tape, paper", None), [1]);
        assert_eq!(needed("A sock ball", None), [0_u8; 0]);
        assert_eq!(needed("Paper tape", None), [2]);
    }
}
