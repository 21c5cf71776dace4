//! The content in other languages. Its road is that of the interface: `assets/locales/<tag>.toml` holds what the interface
//! says, and beside it, in `assets/locales/<tag>/`, stand tables of sentences, English on the left:
//!
//! ```toml
//! "They lift the lid." = "Tu peque levanta la tapa."
//! ```
//!
//! A table stands on a *shelf*: one file for each activity, one for each thing that activities share. English is the key, so
//! a sentence that was changed is found at once on both sides: it is missing, and the old one is stale.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::locale::{compare, messages, Message};
use super::problem::{line_of, Problems};
use super::{files, Problem};
use crate::content::{Content, Page, Response, Source, Speech};

/// A language beside English, whole.
pub struct Language {
    /// BCP 47 tag: the name of its file.
    pub tag: String,
    /// The texts of the interface, in the order of English's keys.
    pub interface: Vec<Message>,
    /// The content in its words.
    pub content: Content,
    /// Ids of activities that are not translated: their words are English.
    pub in_english: Vec<String>,
}

impl Language {
    /// What the app fetches of it before the first pick.
    pub fn speech(&self) -> Speech {
        let places = (0u16..).zip(&self.content.catalogue.activities);
        Speech {
            interface: self.interface.iter().map(|one| one.said.carried()).collect(),
            catalogue: self.content.catalogue.clone(),
            pictures: self
                .content
                .drawings
                .0
                .iter()
                .map(|one| one.title.clone())
                .collect(),
            in_english: places
                .filter(|(_, activity)| self.in_english.contains(&activity.id))
                .map(|(place, _)| place)
                .collect(),
        }
    }

    /// Its name in its own words.
    pub fn name(&self) -> String {
        let name = self.interface.iter().find(|one| one.key == "language.name");
        name.map_or_else(|| self.tag.clone(), |name| name.said.carried())
    }
}

/// Reads all languages beside English.
///
/// # Errors
/// What is missing, stale or cannot be read, in the order of files and lines.
pub fn read_languages(
    assets: &Path,
    english: &[Message],
    content: &Content,
) -> Result<Vec<Language>, Vec<Problem>> {
    let locales = assets.join("locales");
    let mut problems = Problems::default();
    let mut languages = Vec::new();
    for file in files(&locales, "toml", &mut problems) {
        if file.stem == "en" {
            continue;
        }
        let interface = messages(&file, &mut problems);
        compare(&file, english, &interface, &mut problems);
        let mut shelves = Shelves::read(&locales.join(&file.stem), &mut problems);
        let mut own = content.clone();
        each_text(&mut own, &mut |shelf, text| shelves.translate(shelf, text));
        shelves.tell(&mut problems);
        languages.push(Language {
            tag: file.stem,
            interface,
            content: own,
            in_english: shelves.without.into_iter().collect(),
        });
    }
    problems.or(languages)
}

/// The tables of a language for translators, as they should stand now: what is translated stays, what is new has an empty
/// right side, what is stale is gone. Names are below the folder of the language.
pub fn tables(assets: &Path, tag: &str, content: &Content) -> Vec<(String, String)> {
    let mut problems = Problems::default();
    let known = Shelves::read(&assets.join("locales").join(tag), &mut problems);
    let mut own = content.clone();
    let mut shelves: BTreeMap<String, Vec<String>> = BTreeMap::new();
    each_text(&mut own, &mut |shelf, text| {
        let texts = shelves.entry(shelf.to_owned()).or_default();
        if !text.is_empty() && !texts.contains(text) {
            texts.push(text.clone());
        }
    });
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let table = |(shelf, texts): (String, Vec<String>)| {
        let mut table = String::new();
        for text in &texts {
            let own = known.said(&shelf, text).unwrap_or_default();
            let _ = writeln!(table, "{} = {}", quoted(text), quoted(own));
        }
        (format!("{shelf}.toml"), table)
    };
    shelves.into_iter().map(table).collect()
}

const ACTIVITIES: &str = "activities";

/// The tables of one language.
struct Shelves {
    tables: BTreeMap<String, Shelf>,
    /// Texts that have no translation on a shelf that is there, or that has to be.
    missing: Vec<(String, String)>,
    /// Activities without a table.
    without: BTreeSet<String>,
    folder: String,
}

struct Shelf {
    file: super::File,
    texts: BTreeMap<String, String>,
    used: BTreeSet<String>,
}

impl Shelves {
    fn read(folder: &Path, problems: &mut Problems) -> Shelves {
        let mut tables = BTreeMap::new();
        let beside = files(folder, "toml", problems).into_iter().map(|file| ("", file));
        let of_activities = files(&folder.join(ACTIVITIES), "toml", problems);
        let of_activities = of_activities.into_iter().map(|file| ("activities/", file));
        for (before, file) in beside.chain(of_activities).collect::<Vec<_>>() {
            match toml::from_str::<BTreeMap<String, String>>(&file.text) {
                Ok(texts) => {
                    let name = format!("{before}{}", file.stem);
                    let used = BTreeSet::new();
                    tables.insert(name, Shelf { file, texts, used });
                }
                Err(error) => problems.add_toml(&file.path, &file.text, &error),
            }
        }
        Shelves {
            tables,
            missing: Vec::new(),
            without: BTreeSet::new(),
            folder: super::display(folder),
        }
    }

    fn said(&self, shelf: &str, text: &str) -> Option<&str> {
        let found = self.tables.get(shelf)?.texts.get(text)?;
        (!found.is_empty()).then_some(found)
    }

    fn translate(&mut self, shelf: &str, text: &mut String) {
        if text.is_empty() {
            return;
        }
        if let Some(id) = shelf.strip_prefix("activities/") {
            if !self.tables.contains_key(shelf) {
                self.without.insert(id.to_owned());
                return;
            }
        }
        if let Some(table) = self.tables.get_mut(shelf) {
            table.used.insert(text.clone());
        }
        match self.said(shelf, text).map(str::to_owned) {
            Some(said) => *text = said,
            None => self.missing.push((shelf.to_owned(), text.clone())),
        }
    }

    fn tell(&mut self, problems: &mut Problems) {
        for (shelf, text) in std::mem::take(&mut self.missing) {
            let table = self.tables.get(&shelf);
            problems.add(
                &format!("{}/{shelf}.toml", self.folder),
                table.and_then(|table| line_of(&table.file.text, &text)),
                format!("“{text}” is not translated"),
                "a family would meet another language in the middle of a page",
                "write the sentence; `cargo xtask content --translate` makes room for it",
            );
        }
        for table in self.tables.values() {
            for text in table.texts.keys().filter(|text| !table.used.contains(*text)) {
                problems.add(
                    &table.file.path,
                    line_of(&table.file.text, text),
                    format!("“{text}” is stale: the English text is another one now"),
                    "what it translates is not said any more",
                    "translate the new text, and remove this line",
                );
            }
        }
    }
}

/// Every text of the content that people read, with the shelf that it stands on.
fn each_text(content: &mut Content, act: &mut dyn FnMut(&str, &mut String)) {
    let mut pictures: BTreeMap<String, String> = BTreeMap::new();
    let ids: Vec<String> = content
        .catalogue
        .activities
        .iter()
        .map(|activity| format!("activities/{}", activity.id))
        .collect();
    for ((shelf, activity), text) in ids
        .iter()
        .zip(&mut content.catalogue.activities)
        .zip(&mut content.texts.activities)
    {
        pictures
            .entry(activity.picture.clone())
            .or_insert_with(|| shelf.clone());
        let mut act = |text: &mut String| act(shelf, text);
        act(&mut activity.title);
        act(&mut text.promise);
        for material in &mut text.materials {
            act(&mut material.what);
            material.instead.iter_mut().for_each(&mut act);
        }
        text.safety_notes.iter_mut().for_each(&mut act);
        text.supports.iter_mut().for_each(|(_, words)| act(words));
        for rung in &mut text.rungs {
            act(&mut rung.name);
            rung.set_up.iter_mut().chain(&mut rung.steps).for_each(&mut act);
        }
        text.words.iter_mut().for_each(|(_, _, words)| act(words));
        text.easier_when.iter_mut().for_each(&mut act);
        text.harder_when.iter_mut().for_each(&mut act);
        text.ask_someone.iter_mut().for_each(&mut act);
    }
    for picture in &mut content.drawings.0 {
        let shelf = pictures.get(&picture.name).map_or("pictures", String::as_str);
        act(shelf, &mut picture.title);
    }
    for rung in content
        .texts
        .activities
        .iter_mut()
        .flat_map(|text| &mut text.rungs)
    {
        if let Source::List(which) = &mut rung.source {
            act("sources", which);
        }
    }
    for lever in &mut content.catalogue.levers {
        act("levers", &mut lever.name);
        for setting in &mut lever.settings {
            act("levers", &mut setting.name);
            act("levers", &mut setting.short);
            act("levers", &mut setting.words);
        }
    }
    for gate in &mut content.catalogue.gates {
        gate.supports.iter_mut().for_each(|text| act("gates", text));
    }
    for thing in &mut content.catalogue.things {
        act("things", &mut thing.name);
    }
    let asked = content.texts.questions.iter_mut();
    asked
        .chain(content.texts.whys.values_mut())
        .for_each(|text| act("questions", text));
    for channel in &mut content.texts.channels {
        act("channels", &mut channel.ask);
        for Response { name, words, .. } in [&mut channel.avoids, &mut channel.fine, &mut channel.looks_for] {
            act("channels", name);
            words.iter_mut().for_each(|words| act("channels", words));
        }
    }
    for page in &mut content.texts.advice {
        let Page {
            title,
            intro,
            sections,
            ..
        } = page;
        act("advice", title);
        act("advice", intro);
        for section in sections {
            act("advice", &mut section.heading);
            section
                .text
                .iter_mut()
                .chain(&mut section.list)
                .for_each(|text| act("advice", text));
        }
    }
}
