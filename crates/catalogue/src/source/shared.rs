//! Reading what activities share: levers and gates, questions, advice.

use std::collections::BTreeMap;

use serde::{de::DeserializeOwned, Deserialize};

use just_right_engine::area::Area;
use just_right_engine::growth;
use just_right_engine::repertoire::MAX_LEVERS;
use just_right_engine::unit::Months;

use super::activity::{known_anchors, setting_named, source};
use super::anchors::Anchor;
use super::problem::{line_of, line_with, Problems};
use super::{reading, words, File};
use crate::compact;
use crate::content::{
    Catalogue, Channel, Gate, Lever, Page, Question, Response, Section, Sense, Setting, Source,
};
use crate::id::Id;

fn parse<T: DeserializeOwned>(file: &File, problems: &mut Problems) -> Option<T> {
    toml::from_str(&file.text)
        .map_err(|error| problems.add_toml(&file.path, &file.text, &error))
        .ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeverFile {
    levers: Vec<LeverEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeverEntry {
    id: String,
    name: String,
    settings: Vec<SettingEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingEntry {
    id: String,
    name: String,
    short: String,
    words: String,
    shift: BTreeMap<String, f32>,
    intrusion: f32,
    #[serde(default)]
    therapist_only: bool,
}

/// Reads the general levers.
pub(crate) fn levers(file: &File, problems: &mut Problems) -> Vec<Lever> {
    let Some(entries) = parse::<LeverFile>(file, problems) else {
        return Vec::new();
    };
    if entries.levers.len() > MAX_LEVERS {
        problems.add(
            &file.path,
            None,
            "there are too many levers",
            "a grade has a place for each",
            format!("keep at most {MAX_LEVERS}"),
        );
    }
    entries
        .levers
        .into_iter()
        .map(|lever| Lever {
            settings: lever
                .settings
                .into_iter()
                .enumerate()
                .map(|(index, one)| setting(file, index, one, problems))
                .collect(),
            id: lever.id,
            name: lever.name,
        })
        .collect()
}

fn setting(file: &File, index: usize, entry: SettingEntry, problems: &mut Problems) -> Setting {
    words::check_all(
        &file.path,
        &file.text,
        [&entry.name, &entry.short, &entry.words],
        problems,
    );
    let line = line_of(&file.text, &entry.words);
    for (area, shift) in &entry.shift {
        if area != "all" && Area::from_id(area).is_none() {
            problems.add(
                &file.path,
                line,
                format!("`{area}` is no area"),
                "its shift would be lost",
                "use an area's id, or `all`",
            );
        }
        if !(-6.0..=6.0).contains(shift) {
            problems.add(
                &file.path,
                line,
                format!("a shift of {shift} logits"),
                "no lever moves so much",
                "use −6 to 6",
            );
        }
    }
    if !(0.0..=10.0).contains(&entry.intrusion) {
        problems.add(
            &file.path,
            line,
            format!("an intrusion of {}", entry.intrusion),
            "grades are compared by it",
            "use 0 to 10: the more it takes over, the higher",
        );
    }
    if index == 0 && !entry.shift.is_empty() {
        problems.add(
            &file.path,
            line,
            "the first setting shifts something",
            "it is the usual one: rungs are written for it",
            "write shift = {}",
        );
    }
    let all = entry.shift.get("all").copied().unwrap_or_default();
    Setting {
        shift: Area::ALL
            .iter()
            .map(|area| entry.shift.get(area.id()).copied().unwrap_or(all))
            .map(compact::logits::rounded)
            .collect(),
        id: entry.id,
        name: entry.name,
        short: entry.short,
        words: entry.words,
        intrusion: compact::logits::rounded(entry.intrusion),
        therapist_only: entry.therapist_only,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GateFile {
    gates: Vec<GateEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GateEntry {
    id: String,
    area: Id<Area>,
    at: f32,
    source: String,
    because: Option<String>,
    supports: Vec<String>,
}

/// Reads the gates.
pub(crate) fn gates(file: &File, problems: &mut Problems) -> Vec<Gate> {
    let Some(entries) = parse::<GateFile>(file, problems) else {
        return Vec::new();
    };
    for gate in &entries.gates {
        words::check_all(&file.path, &file.text, &gate.supports, problems);
        let anchored = Anchored {
            what: &gate.id,
            source: &gate.source,
            because: gate.because.as_ref(),
            logit: gate.at.into(),
        };
        anchored.check(file, line_of(&file.text, &format!("\"{}\"", gate.id)), problems);
        if source(&gate.source).is_none() {
            problems.add(
                &file.path,
                line_of(&file.text, &format!("\"{}\"", gate.id)),
                format!("the gate `{}` has the source “{}”", gate.id, gate.source),
                "every number says where it is from",
                "write `data NAME`, `list WHICH` or `judgement`",
            );
        }
    }
    entries
        .gates
        .into_iter()
        .map(|gate| Gate {
            id: gate.id,
            area: gate.area,
            at: compact::logits::rounded(gate.at),
            supports: gate.supports,
        })
        .collect()
}

/// A number of a question or gate with where it comes from.
struct Anchored<'a> {
    what: &'a str,
    source: &'a str,
    because: Option<&'a String>,
    logit: f64,
}

impl Anchored<'_> {
    fn check(&self, file: &File, line: Option<usize>, problems: &mut Problems) {
        let Some(Source::Data(name)) = source(self.source) else {
            return;
        };
        match Anchor::named(&name) {
            None => problems.add(
                &file.path,
                line,
                format!("`{}` names the anchor `{name}`, and there is none", self.what),
                "a number that says it comes from data can be looked up",
                known_anchors(&name),
            ),
            Some(anchor) if (self.logit - anchor.logit).abs() > 1.0 && self.because.is_none() => problems
                .add(
                    &file.path,
                    line,
                    format!(
                        "`{}` lies {:.1} logit from its anchor `{name}` ({:.1} months, {:.1} logit)",
                        self.what,
                        (self.logit - anchor.logit).abs(),
                        anchor.months,
                        anchor.logit
                    ),
                    "a number from data is not moved without a reason",
                    "move it, write judgement as its source, or say why: because = \"…\"",
                ),
            Some(_) => {}
        }
    }
}

/// A question with what is asked.
pub(crate) type Asked = (Question, String);

/// How hard each question is to read.
pub(crate) fn grades(questions: &[Asked]) -> impl Iterator<Item = (String, f64)> + '_ {
    questions
        .iter()
        .filter_map(|(question, text)| Some((question.id.clone(), reading::grade([text.as_str()])?)))
}

/// How hard a page of advice is to read.
pub(crate) fn grade_of_page(page: &Page) -> Option<f64> {
    let sections = page
        .sections
        .iter()
        .flat_map(|section| section.text.iter().chain(&section.list));
    reading::grade([&page.intro].into_iter().chain(sections).map(String::as_str))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    area: Id<Area>,
    why: String,
    questions: Vec<QuestionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionEntry {
    id: String,
    text: String,
    months: f32,
    source: String,
    because: Option<String>,
    spread: Option<f32>,
}

/// Reads the questions of one area, each with what is asked.
pub(crate) fn questions(file: &File, problems: &mut Problems) -> Option<(Area, String, Vec<Asked>)> {
    let entries: QuestionFile = parse(file, problems)?;
    if entries.area.0.id() != file.stem {
        problems.add(
            &file.path,
            line_with(&file.text, "area"),
            "the area is not the file's name",
            "authors look for it by name",
            "rename one of the two",
        );
    }
    words::check(&file.path, &file.text, &entries.why, problems);
    let mut last = 0.0;
    for question in &entries.questions {
        let line = line_of(&file.text, &format!("\"{}\"", question.id));
        words::check(&file.path, &file.text, &question.text, problems);
        if !(6.0..=216.0).contains(&question.months) || question.months < last {
            problems.add(
                &file.path,
                line,
                format!("`{}` stands at {} months", question.id, question.months),
                "questions are ages in months, in order",
                "use 6 to 216, youngest first",
            );
        }
        last = question.months;
        let anchored = Anchored {
            what: &question.id,
            source: &question.source,
            because: question.because.as_ref(),
            logit: growth::typical(Months::saturating(question.months.into())).get(),
        };
        anchored.check(file, line, problems);
        let grade = reading::grade([question.text.as_str()]);
        if let Some(grade) = grade.filter(|&grade| grade > reading::HARDEST) {
            problems.add(
                &file.path,
                line,
                format!("`{}` reads at school year {grade:.1}", question.id),
                "a question is answered in a moment or not at all",
                format!("{:.0} is the most: shorter words", reading::HARDEST),
            );
        }
        if source(&question.source).is_none() {
            problems.add(
                &file.path,
                line,
                format!("`{}` has the source “{}”", question.id, question.source),
                "every number says where it is from",
                "write `data NAME`, `list WHICH` or `judgement`",
            );
        }
    }
    let area = entries.area;
    let read = |entry: QuestionEntry| {
        let question = Question {
            spread: compact::spread::rounded(
                entry
                    .spread
                    .unwrap_or_else(|| source(&entry.source).unwrap_or(Source::Judgement).spread()),
            ),
            id: entry.id,
            area,
            months: compact::months::rounded(entry.months),
        };
        (question, entry.text)
    };
    Some((
        area.0,
        entries.why,
        entries.questions.into_iter().map(read).collect(),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageFile {
    title: String,
    intro: String,
    sections: Vec<Section>,
}

/// Reads a page of advice.
pub(crate) fn page(file: &File, problems: &mut Problems) -> Option<Page> {
    let entry: PageFile = parse(file, problems)?;
    words::check_all(&file.path, &file.text, [&entry.title, &entry.intro], problems);
    for section in &entry.sections {
        words::check(&file.path, &file.text, &section.heading, problems);
        words::check_all(
            &file.path,
            &file.text,
            section.text.iter().chain(&section.list),
            problems,
        );
    }
    let page = Page {
        id: file.stem.clone(),
        title: entry.title,
        intro: entry.intro,
        sections: entry.sections,
    };
    if let Some(grade) = grade_of_page(&page).filter(|&grade| grade > reading::HARDEST) {
        problems.add(
            &file.path,
            None,
            format!("reads at school year {grade:.1}"),
            "advice is for every family",
            format!(
                "{:.0} is the most for one page: shorter sentences, shorter words",
                reading::HARDEST
            ),
        );
    }
    Some(page)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFile {
    channels: Vec<ChannelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ChannelEntry {
    sense: Id<Sense>,
    ask: String,
    avoids: ResponseEntry,
    fine: ResponseEntry,
    looks_for: ResponseEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseEntry {
    name: String,
    levers: Vec<String>,
    words: String,
}

/// Reads the channels of the senses.
pub(crate) fn channels(file: &File, known: &Catalogue, problems: &mut Problems) -> Vec<Channel> {
    let Some(entries) = parse::<ChannelFile>(file, problems) else {
        return Vec::new();
    };
    let asked: Vec<Sense> = entries.channels.iter().map(|channel| channel.sense.0).collect();
    if asked != Sense::ALL {
        problems.add(
            &file.path,
            line_with(&file.text, "[[channels]]"),
            "does not have each channel once, in order",
            "a sense that is not asked about is not cared for",
            format!("write {}", Sense::ALL.map(Sense::id).join(", ")),
        );
    }
    let mut response = |entry: ResponseEntry| {
        words::check(&file.path, &file.text, &entry.name, problems);
        let words = Some(entry.words).filter(|words| !words.is_empty());
        words
            .iter()
            .for_each(|text| words::check(&file.path, &file.text, text, problems));
        let mut levers = Vec::new();
        for key in &entry.levers {
            let setting = setting_named(key, known);
            if setting.is_none() {
                problems.add(
                    &file.path,
                    line_of(&file.text, &format!("\"{key}\"")),
                    format!("there is no setting `{key}`"),
                    "it would never be chosen",
                    "write \"lever.setting\" with ids of assets/levers.toml",
                );
            }
            levers.extend(setting);
        }
        Response {
            name: entry.name,
            levers,
            words,
        }
    };
    let channels: Vec<Channel> = entries
        .channels
        .into_iter()
        .map(|channel| Channel {
            sense: channel.sense,
            ask: channel.ask,
            avoids: response(channel.avoids),
            fine: response(channel.fine),
            looks_for: response(channel.looks_for),
        })
        .collect();
    let asks = channels.iter().map(|channel| &channel.ask);
    words::check_all(&file.path, &file.text, asks, problems);
    channels
}
