//! Reading the interface's text: one file for each language, tables of keys and sentences with `{places}` for
//! names and numbers.

use std::path::Path;

use super::problem::Problems;
use super::{read_file, Problem};

/// One text of the interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// `table.key`.
    pub key: String,
    /// The sentence.
    pub text: String,
}

/// Reads one language, in the order of keys.
///
/// # Errors
/// All problems of the file.
pub fn read_locale(path: &Path) -> Result<Vec<Message>, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut messages = Vec::new();
    let Some(file) = read_file(path, &mut problems) else {
        return problems.or(messages);
    };
    match toml::from_str::<toml::Table>(&file.text) {
        Ok(tables) => tables
            .iter()
            .for_each(|(name, value)| collect(&file.path, name, value, &mut messages, &mut problems)),
        Err(error) => problems.add_toml(&file.path, &file.text, &error),
    }
    messages.sort();
    problems.or(messages)
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
            text: text.clone(),
        }),
        toml::Value::Table(table) => {
            table
                .iter()
                .for_each(|(key, value)| collect(file, &format!("{name}.{key}"), value, messages, problems));
        }
        _ => problems.add(
            file,
            None,
            format!("`{name}` is no text"),
            "the interface shows sentences",
            "write it in quotes",
        ),
    }
}
