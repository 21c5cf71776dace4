//! Reading the source files. Parsing never panics and never half-applies: a folder becomes whole [`Content`]
//! or a list of [`Problem`]s, and a problem names file, line, what is wrong, why it matters and how to mend
//! it.

mod activity;
pub mod anchors;
mod danger;
mod drawing;
pub(crate) mod entry;
pub mod facts;
mod locale;
mod phrases;
mod problem;
mod reading;
mod shared;
mod things;
mod translation;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use just_right_engine::area::Area;

pub use locale::{read_locale, Message, Said};
pub use problem::Problem;
pub use translation::{read_languages, tables, Language};

use crate::compact::Part as _;
use crate::content::{Catalogue, Content, Drawings, Occupation, Texts};
use crate::id::Id;
use facts::Survey;
use problem::Problems;
use things::Kinds;

/// The least that the catalogue holds.
const FEWEST_ACTIVITIES: usize = 24;
const FEWEST_QUESTIONS: usize = 8;
/// The first question of an area is for the youngest, the last for the oldest, and between two is no long way: in months,
/// and as a factor.
const FIRST_QUESTION: f32 = 18.0;
const LAST_QUESTION: f32 = 120.0;
const LONGEST_WAY: f32 = 1.8;

/// Reads all content below `assets`.
///
/// # Errors
/// All problems at once, in the order of files and lines.
pub fn read(assets: &Path) -> Result<Content, Vec<Problem>> {
    let look = look(assets);
    if look.problems.is_empty() {
        Ok(look.content)
    } else {
        Err(look.problems)
    }
}

/// All that can be understood of the content, for its authors. Only [`read`] gives content to build from.
pub struct Look {
    /// What could be read, whether or not there is something to mend in it.
    pub content: Content,
    /// What authors want to know and the app does not.
    pub survey: Survey,
    /// What there is to mend, in the order of files and lines.
    pub problems: Vec<Problem>,
}

/// Looks at all content below `assets`, whole or not.
pub fn look(assets: &Path) -> Look {
    let mut problems = Problems::default();
    let mut catalogue = Catalogue {
        levers: read_file(&assets.join("levers.toml"), &mut problems)
            .map_or_else(Vec::new, |file| shared::levers(&file, &mut problems)),
        gates: read_file(&assets.join("gates.toml"), &mut problems)
            .map_or_else(Vec::new, |file| shared::gates(&file, &mut problems)),
        ..Catalogue::default()
    };
    let mut kinds = read_file(&assets.join("things.toml"), &mut problems)
        .map_or_else(Kinds::default, |file| things::read(file, &mut problems));
    folders(&assets.join("activities"), &mut problems);
    let mut activities = Vec::new();
    for occupation in Occupation::ALL {
        for file in files(
            &assets.join("activities").join(occupation.id()),
            "toml",
            &mut problems,
        ) {
            activities.extend(activity::read(
                &file,
                occupation,
                &catalogue,
                &mut kinds,
                &mut problems,
            ));
        }
    }
    catalogue.things = kinds.finish(&mut problems);
    activities.sort_by(|a, b| a.activity.id.cmp(&b.activity.id));
    let mut texts = Texts::default();
    let mut survey = Survey::default();
    for activity::Whole {
        activity,
        text,
        facts,
    } in activities
    {
        catalogue.activities.push(activity);
        texts.activities.push(text);
        survey.activities.push(facts);
    }
    let mut asked = Vec::new();
    for file in files(&assets.join("questions"), "toml", &mut problems) {
        if let Some((area, why, questions)) = shared::questions(&file, &mut problems) {
            survey.grades.extend(shared::grades(&questions));
            texts.whys.insert(Id(area), why);
            asked.extend(questions);
        }
    }
    asked.sort_by(|(a, _), (b, _)| {
        a.area
            .cmp(&b.area)
            .then(a.months.total_cmp(&b.months))
            .then(a.id.cmp(&b.id))
    });
    (catalogue.questions, texts.questions) = asked.into_iter().unzip();
    for file in files(&assets.join("advice"), "toml", &mut problems) {
        if let Some(page) = shared::page(&file, &mut problems) {
            survey
                .grades
                .extend(shared::grade_of_page(&page).map(|grade| (page.id.clone(), grade)));
            texts.advice.push(page);
        }
    }
    if let Some(file) = read_file(&assets.join("channels.toml"), &mut problems) {
        texts.channels = shared::channels(&file, &catalogue, &mut problems);
        let eases = texts.channels.iter().map(|channel| channel.avoids.levers.clone());
        catalogue.eases = eases.collect();
    }
    let mut drawings = Drawings::default();
    for file in files(&assets.join("pictures"), "svg", &mut problems) {
        drawings.0.extend(drawing::read(&file, &mut problems));
    }
    let content = Content {
        catalogue,
        texts,
        drawings,
    };
    check_whole(&content, assets, &mut problems);
    survey.check_reading(&mut problems);
    Look {
        content,
        survey,
        problems: problems.sorted(),
    }
}

/// All that the app fetches after its start, as files with their names: words and drawings, and for each language beside
/// English its speech and its words.
pub fn later(content: &Content, languages: &[Language]) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![
        ("texts".to_owned(), content.texts.to_bytes()),
        ("drawings".to_owned(), content.drawings.to_bytes()),
    ];
    for language in languages {
        parts.push((format!("speech-{}", language.tag), language.speech().to_bytes()));
        parts.push((
            format!("texts-{}", language.tag),
            language.content.texts.to_bytes(),
        ));
    }
    let named = |(part, bytes): (String, Vec<u8>)| (file_name(&part, &bytes), bytes);
    parts.into_iter().map(named).collect()
}

/// A compiled part as a file: its name carries a hash of what is in it, so that it never meets an app of
/// another version.
pub fn file_name(part: &str, bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{part}-{hash:016x}.bin")
}

/// One source file with its text.
pub(crate) struct File {
    /// As the author knows it: below the assets folder.
    path: String,
    /// File name without its ending.
    stem: String,
    text: String,
}

fn read_file(path: &Path, problems: &mut Problems) -> Option<File> {
    let shown = display(path);
    let why = "the content is not whole without it";
    let bytes = std::fs::read(path)
        .map_err(|error| {
            problems.add(
                &shown,
                None,
                format!("cannot be read: {error}"),
                why,
                "restore the file",
            )
        })
        .ok()?;
    let text = String::from_utf8(bytes)
        .map_err(|error| {
            let line = problem::line_at(error.as_bytes(), error.utf8_error().valid_up_to());
            problems.add(
                &shown,
                Some(line),
                "is no UTF-8 text",
                why,
                "save the file again with the encoding UTF-8",
            );
        })
        .ok()?;
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    Some(File {
        path: shown,
        stem,
        text,
    })
}

/// Checks that no activity stands where nobody looks.
fn folders(activities: &Path, problems: &mut Problems) {
    for entry in std::fs::read_dir(activities).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.');
        if !hidden && Occupation::ALL.iter().all(|occupation| occupation.id() != name) {
            problems.add(
                &display(&entry.path()),
                None,
                format!("`{name}` is no occupation"),
                "what stands there is not read",
                format!(
                    "move it into one of {}",
                    Occupation::ALL.map(Occupation::id).join(", ")
                ),
            );
        }
    }
}

fn files(folder: &Path, ending: &str, problems: &mut Problems) -> Vec<File> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| read_file(path, problems))
        .collect()
}

/// The part of a path from `assets` on, which is how authors speak of it.
fn display(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let start = parts.iter().rposition(|part| part == "assets").unwrap_or(0);
    parts[start..].join("/")
}

/// What can only be seen with everything at hand: links, drawings, ids, coverage.
fn check_whole(content: &Content, assets: &Path, problems: &mut Problems) {
    let catalogue = &content.catalogue;
    let ids: BTreeSet<&str> = catalogue
        .activities
        .iter()
        .map(|activity| activity.id.as_str())
        .collect();
    if ids.len() < catalogue.activities.len() {
        problems.add(
            "assets/activities",
            None,
            "two activities have the same id",
            "reports are stored by id",
            "rename one of the files",
        );
    }
    for activity in &catalogue.activities {
        let folder = assets.join("activities").join(activity.occupation.0.id());
        let Some(file) = read_file(&folder.join(format!("{}.toml", activity.id)), problems) else {
            continue;
        };
        if content.drawings.picture(&activity.picture).is_none() {
            problems.add(
                &file.path,
                problem::line_with(&file.text, "picture"),
                format!("there is no drawing `{}`", activity.picture),
                "every activity has its own drawing",
                format!(
                    "draw assets/pictures/{}.svg (docs/CONTENT-FORMAT.md says how)",
                    activity.picture
                ),
            );
        }
        activity::check_links(&file, &ids, problems);
    }
    let mut asked: BTreeMap<Area, Vec<f32>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for question in &catalogue.questions {
        asked.entry(question.area.0).or_default().push(question.months);
        if !seen.insert(question.id.as_str()) {
            problems.add(
                "assets/questions",
                None,
                format!("the id `{}` is used twice", question.id),
                "answers are stored by id",
                "rename one of the two",
            );
        }
    }
    for area in Area::ALL {
        let questions = asked.remove(&area).unwrap_or_default();
        let file = format!("assets/questions/{}.toml", area.id());
        if questions.len() < FEWEST_QUESTIONS {
            problems.add(
                &file,
                None,
                format!("has {} questions", questions.len()),
                "the questionnaire must be able to ask about every area",
                format!("write at least {FEWEST_QUESTIONS}, spread over ages 1 to 12"),
            );
        } else {
            check_spread(&file, &questions, problems);
        }
        if !catalogue.activities.iter().any(|activity| {
            activity
                .rungs
                .iter()
                .any(|rung| rung.months.contains_key(&Id(area)))
        }) {
            problems.add(
                "assets/activities",
                None,
                format!("no activity asks anything of `{}`", area.id()),
                "an area without activities cannot grow",
                "write one whose rungs have a demand in it",
            );
        }
    }
    if catalogue.activities.len() < FEWEST_ACTIVITIES {
        problems.add(
            "assets/activities",
            None,
            format!("there are {} activities", catalogue.activities.len()),
            "families come back for variety",
            format!("at least {FEWEST_ACTIVITIES} are promised"),
        );
    }
}

/// Questions stand in the order of age; this checks that a child of any age meets one that tells something.
fn check_spread(file: &str, months: &[f32], problems: &mut Problems) {
    let mut hole = |from: f32, to: f32| {
        problems.add(
            file,
            None,
            format!("has no question between {from} and {to} months"),
            "a question far from what a child can do tells nothing of them",
            "write one that half of the children of an age in between do by themselves",
        );
    };
    if months.first().is_some_and(|&first| first > FIRST_QUESTION) {
        hole(12.0, FIRST_QUESTION);
    }
    for pair in months.windows(2) {
        if pair[1] > pair[0] * LONGEST_WAY {
            hole(pair[0], pair[1]);
        }
    }
    if months.last().is_some_and(|&last| last < LAST_QUESTION) {
        hole(LAST_QUESTION, 144.0);
    }
}
