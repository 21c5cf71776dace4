//! Reading the interface's text: one file for each language, tables of keys and sentences with `{places}` for
//! names and numbers. English is the first; what another language lacks, or has too much, is named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::problem::{line_with, Problems};
use super::{read_file, File, Problem};

/// One text of the interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// `table.key`.
    pub key: String,
    /// What is said.
    pub said: Said,
}

/// A sentence, or one for each kind of number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// The sentence.
    Always(String),
    /// A sentence for each category of number that the language has (Unicode's names: `one`, `few`, `other`, …), as
    /// `{ one = "1 answer", other = "{n} answers" }`.
    ByNumber(BTreeMap<String, String>),
}

impl Said {
    /// Unicode's categories of number.
    const CATEGORIES: [&'static str; 6] = ["zero", "one", "two", "few", "many", "other"];

    /// As the app carries it: a sentence as it stands; by number, a line for each category, its name first.
    pub fn carried(&self) -> String {
        match self {
            Said::Always(text) => text.clone(),
            Said::ByNumber(forms) => {
                let lines: Vec<String> = forms
                    .iter()
                    .map(|(category, text)| format!("{category} {text}"))
                    .collect();
                lines.join("\n")
            }
        }
    }

    /// The places that a name or number fills. `{name}` and `{Name}` are one: which of them a sentence needs, a language
    /// decides.
    fn places(&self) -> BTreeSet<String> {
        let texts: Vec<&String> = match self {
            Said::Always(text) => vec![text],
            Said::ByNumber(forms) => forms.values().collect(),
        };
        let of = |text: &String| -> Vec<String> {
            let after_each = text.split('{').skip(1);
            after_each
                .filter_map(|rest| rest.split_once('}'))
                .map(|(place, _)| place.to_lowercase())
                .collect()
        };
        texts.into_iter().flat_map(of).collect()
    }
}

/// Reads one language, in the order of keys.
///
/// # Errors
/// All problems of the file.
pub fn read_locale(path: &Path) -> Result<Vec<Message>, Vec<Problem>> {
    let mut problems = Problems::default();
    let messages = read_file(path, &mut problems).map(|file| messages(&file, &mut problems));
    problems.or(messages.unwrap_or_default())
}

/// The texts of a file, in the order of keys.
pub(super) fn messages(file: &File, problems: &mut Problems) -> Vec<Message> {
    let mut messages = Vec::new();
    match toml::from_str::<toml::Table>(&file.text) {
        Ok(tables) => tables
            .iter()
            .for_each(|(name, value)| collect(&file.path, name, value, &mut messages, problems)),
        Err(error) => problems.add_toml(&file.path, &file.text, &error),
    }
    messages.sort();
    messages
}

fn collect(
    file: &str,
    name: &str,
    value: &toml::Value,
    messages: &mut Vec<Message>,
    problems: &mut Problems,
) {
    match value {
        toml::Value::String(text) => messages.push(Message {
            key: name.to_owned(),
            said: Said::Always(text.clone()),
        }),
        toml::Value::Table(table) => match by_number(table) {
            Some(forms) => messages.push(Message {
                key: name.to_owned(),
                said: Said::ByNumber(forms),
            }),
            None => table
                .iter()
                .for_each(|(key, value)| collect(file, &format!("{name}.{key}"), value, messages, problems)),
        },
        _ => problems.add(
            file,
            None,
            format!("`{name}` is no text"),
            "the interface shows sentences",
            "write it in quotes",
        ),
    }
}

/// A table is one text by number where all its keys are categories, `other` among them: that one every language has.
fn by_number(table: &toml::Table) -> Option<BTreeMap<String, String>> {
    let all = table.keys().all(|key| Said::CATEGORIES.contains(&key.as_str()));
    let forms: Option<BTreeMap<String, String>> = table
        .iter()
        .map(|(category, text)| Some((category.clone(), text.as_str()?.to_owned())))
        .collect();
    forms.filter(|forms| all && forms.contains_key("other"))
}

/// Puts a language beside English: every key of the one stands in the other, with the same places to fill.
pub(super) fn compare(file: &File, english: &[Message], found: &[Message], problems: &mut Problems) {
    let line = |key: &str| {
        let last = key.rsplit('.').next().unwrap_or(key);
        line_with(&file.text, last)
    };
    for message in english {
        let Some(own) = found.iter().find(|own| own.key == message.key) else {
            problems.add(
                &file.path,
                None,
                format!("`{}` is missing: “{}”", message.key, message.said.carried()),
                "a language is whole or is not offered",
                format!("write {} in its table", message.key),
            );
            continue;
        };
        let alike = matches!(
            (&own.said, &message.said),
            (Said::Always(_), Said::Always(_)) | (Said::ByNumber(_), Said::ByNumber(_))
        );
        if !alike {
            problems.add(
                &file.path,
                line(&own.key),
                format!("`{}` goes by number in one language only", own.key),
                "the app asks for the one or the other",
                "write it as en.toml does",
            );
        }
        if own.said.places() != message.said.places() {
            problems.add(
                &file.path,
                line(&own.key),
                format!(
                    "`{}` has the places {:?}, and English has {:?}",
                    own.key,
                    own.said.places(),
                    message.said.places()
                ),
                "a name or number would be missing, or a brace be shown",
                "use the same {places} as en.toml",
            );
        }
    }
    for own in found {
        if !english.iter().any(|message| message.key == own.key) {
            problems.add(
                &file.path,
                line(&own.key),
                format!("`{}` is stale: en.toml has no such key", own.key),
                "nobody reads it any more",
                "remove it",
            );
        }
    }
}
