//! Reading and checking one activity.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use just_right_engine::area::Area;
use just_right_engine::demand::MAX_LOADED;
use just_right_engine::growth;
use just_right_engine::safety::{least_supervision, Allergen, Hazard, Limit, Supervision};
use just_right_engine::unit::Months;

use super::problem::{line_of, line_with, nth_line_with, Problems};
use super::{words, File};
use crate::content::{
    Activity, ActivityText, Catalogue, Kitchen, Material, Occupation, Rung, RungText, Source, Suit,
};
use crate::id::Id;

/// The least difference between two rungs, in logits. Nothing below deserves to be called a new level.
const LEAST_DIFFERENCE: f64 = 0.4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityFile {
    title: String,
    promise: String,
    picture: String,
    also_practised: Vec<Id<Area>>,
    icf: Vec<String>,
    chaining: Option<Chaining>,
    #[serde(default)]
    suits: Vec<Id<Suit>>,
    #[serde(default)]
    kitchen: Vec<Id<Kitchen>>,
    needs: Needs,
    safety: SafetyEntry,
    #[serde(default)]
    gates: Vec<GateEntry>,
    rungs: Vec<RungEntry>,
    #[serde(default)]
    levers: LeverEntry,
    watch: Watch,
    #[serde(default)]
    links: Links,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Chaining {
    Forward,
    Backward,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    materials: Vec<MaterialEntry>,
    #[serde(rename = "bought")]
    _bought: bool,
    minutes: MinutesEntry,
    #[serde(rename = "place")]
    _place: Place,
    #[serde(rename = "partners")]
    _partners: u8,
    #[serde(rename = "noise")]
    _noise: Noise,
    #[serde(rename = "mess")]
    _mess: Mess,
    #[serde(rename = "movement")]
    _movement: Movement,
    #[serde(rename = "senses")]
    _senses: Vec<Sense>,
}

macro_rules! words_of_a_file {
    ($($name:ident { $($variant:ident),* })*) => {
        $(#[derive(Deserialize)] #[serde(rename_all = "kebab-case")] enum $name { $($variant),* })*
    };
}
words_of_a_file! {
    Place { Table, Floor, Kitchen, Bathroom, OpenSpace, Outdoors, Anywhere }
    Noise { Quiet, Some, Loud }
    Mess { None, Some, Messy }
    Movement { Still, Some, Lots }
    Sense { Touch, Sound, Movement, TasteSmell, Light }
    Change { Material, Steps, Precision, Form, Amount, Distance, Speed, Thinking, Company }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaterialEntry {
    what: String,
    instead: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct MinutesEntry {
    prepare: u16,
    r#do: u16,
    clear: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SafetyEntry {
    supervision: Id<Supervision>,
    hazards: Vec<Id<Hazard>>,
    allergens: Vec<Id<Allergen>>,
    limits: Vec<Id<Limit>>,
    notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GateEntry {
    gate: String,
    support: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RungEntry {
    name: String,
    #[serde(rename = "change")]
    _change: Change,
    demands: BTreeMap<Id<Area>, f32>,
    source: String,
    spread: Option<f32>,
    #[serde(default)]
    hazards: Vec<Id<Hazard>>,
    #[serde(default)]
    allergens: Vec<Id<Allergen>>,
    set_up: Vec<String>,
    steps: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeverEntry {
    #[serde(default)]
    off: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Watch {
    easier_when: Vec<String>,
    harder_when: Vec<String>,
    ask_someone: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Links {
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    similar: Vec<String>,
    #[serde(default)]
    next: Vec<String>,
}

/// Reads one activity; `None` where it could not be understood at all. Problems that were found stand in
/// `problems`.
pub(crate) fn read(
    file: &File,
    occupation: Occupation,
    known: &Catalogue,
    problems: &mut Problems,
) -> Option<(Activity, ActivityText)> {
    let entry: ActivityFile = match toml::from_str(&file.text) {
        Ok(entry) => entry,
        Err(error) => {
            problems.add_toml(&file.path, &file.text, &error);
            return None;
        }
    };
    let mut check = Check { file, problems };
    check.id();
    check.whole(&entry);
    for (index, rung) in entry.rungs.iter().enumerate() {
        check.rung(index, rung, &entry.safety);
    }
    check.ladder(&entry.rungs);
    check.texts(&entry);
    let gates: Vec<(u8, Option<String>)> = entry
        .gates
        .iter()
        .filter_map(|gate| Some((check.gate(&gate.gate, known)?, gate.support.clone())))
        .collect();
    check.levers_off(&entry.levers.off, known);
    let words = entry
        .levers
        .words
        .iter()
        .filter_map(|(key, text)| check.lever_words(key, text, known))
        .collect();
    let off: BTreeSet<&str> = entry.levers.off.iter().map(String::as_str).collect();
    let activity = Activity {
        id: file.stem.clone(),
        title: entry.title,
        occupation: Id(occupation),
        picture: entry.picture,
        minutes: [
            entry.needs.minutes.prepare,
            entry.needs.minutes.r#do,
            entry.needs.minutes.clear,
        ],
        gates: gates.iter().map(|&(gate, _)| gate).collect(),
        rungs: entry
            .rungs
            .iter()
            .map(|rung| ranked(rung, &entry.safety))
            .collect(),
        levers: (0u8..)
            .zip(&known.levers)
            .filter(|(_, lever)| !off.contains(lever.id.as_str()))
            .map(|(index, _)| index)
            .collect(),
    };
    let told = |rung: RungEntry| RungText {
        source: source(&rung.source).unwrap_or(Source::Judgement),
        set_up: rung.set_up,
        steps: rung.steps,
    };
    let material = |one: MaterialEntry| Material {
        what: one.what,
        instead: one.instead,
    };
    let text = ActivityText {
        promise: entry.promise,
        also_practised: entry.also_practised,
        icf: entry.icf,
        suits: joined(&entry.suits, &[]),
        kitchen: joined(&entry.kitchen, &[]),
        materials: entry.needs.materials.into_iter().map(material).collect(),
        safety_notes: entry.safety.notes,
        rungs: entry.rungs.into_iter().map(told).collect(),
        words,
        supports: gates
            .into_iter()
            .filter_map(|(gate, own)| Some((gate, own?)))
            .collect(),
        easier_when: entry.watch.easier_when,
        harder_when: entry.watch.harder_when,
        ask_someone: entry.watch.ask_someone,
    };
    Some((activity, text))
}

/// What ranking needs of a rung, the safety of its activity included.
fn ranked(rung: &RungEntry, safety: &SafetyEntry) -> Rung {
    let spread = source(&rung.source).unwrap_or(Source::Judgement).spread();
    Rung {
        name: rung.name.clone(),
        months: rung.demands.clone(),
        spread: rung.spread.unwrap_or(spread),
        hazards: joined(&safety.hazards, &rung.hazards),
        allergens: joined(&safety.allergens, &rung.allergens),
        limits: safety.limits.clone(),
        supervision: safety.supervision,
    }
}

/// Checks that every link leads to an activity.
pub(crate) fn check_links(file: &File, ids: &BTreeSet<&str>, problems: &mut Problems) {
    let Ok(entry) = toml::from_str::<ActivityFile>(&file.text) else {
        return;
    };
    for link in [&entry.links.before, &entry.links.similar, &entry.links.next]
        .into_iter()
        .flatten()
    {
        if !ids.contains(link.as_str()) || *link == file.stem {
            problems.add(
                &file.path,
                line_of_link(&file.text, link),
                format!("links to `{link}`, which is no other activity"),
                "a link leads a family on",
                "use the file name of an activity without its ending, or remove the link",
            );
        }
    }
}

/// The line of a link, wherever else its id stands.
fn line_of_link(text: &str, link: &str) -> Option<usize> {
    let quoted = format!("\"{link}\"");
    let before = line_with(text, "[links]").map_or(0, |line| line - 1);
    let mut lines = text.lines().enumerate().skip(before);
    lines
        .find(|(_, line)| line.contains(&quoted))
        .map(|(index, _)| index + 1)
}

/// Reads `data …`, `list …` or `judgement`.
pub(crate) fn source(text: &str) -> Option<Source> {
    match text.split_once(' ') {
        Some(("data", name)) => Some(Source::Data(name.trim().into())),
        Some(("list", name)) => Some(Source::List(name.trim().into())),
        None if text == "judgement" => Some(Source::Judgement),
        _ => None,
    }
}

fn joined<T: Copy + Ord>(one: &[T], other: &[T]) -> Vec<T> {
    one.iter()
        .chain(other)
        .copied()
        .collect::<BTreeSet<T>>()
        .into_iter()
        .collect()
}

struct Check<'a> {
    file: &'a File,
    problems: &'a mut Problems,
}

impl Check<'_> {
    fn say(
        &mut self,
        line: Option<usize>,
        what: impl Into<String>,
        why: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.problems.add(&self.file.path, line, what, why, mend);
    }

    fn line(&self, needle: &str) -> Option<usize> {
        line_of(&self.file.text, needle)
    }

    fn id(&mut self) {
        let fine = !self.file.stem.is_empty()
            && self
                .file
                .stem
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !fine {
            self.say(
                None,
                "the file's name is no id",
                "reports and links use it",
                "use small letters, digits and hyphens only",
            );
        }
    }

    fn whole(&mut self, entry: &ActivityFile) {
        if !(4..=8).contains(&entry.rungs.len()) {
            self.say(
                line_with(&self.file.text, "[[rungs]]"),
                format!("has {} rungs", entry.rungs.len()),
                "fewer than four leave children out, more than eight nobody reads",
                "write 4 to 8, from easiest to hardest",
            );
        }
        let MinutesEntry { prepare, r#do, clear } = entry.needs.minutes;
        let total = [prepare, r#do, clear].into_iter().map(u32::from).sum::<u32>();
        if r#do == 0 || total > 90 {
            self.say(
                line_with(&self.file.text, "minutes"),
                format!("takes {total} minutes"),
                "families choose by time",
                "say honest minutes, at most 90 in all",
            );
        }
        for code in &entry.icf {
            let mut letters = code.chars();
            let fine = matches!(letters.next(), Some('b' | 'd' | 'e' | 's'))
                && code.len() >= 4
                && letters.all(|c| c.is_ascii_digit());
            if !fine {
                self.say(
                    self.line(&format!("\"{code}\"")),
                    format!("`{code}` is no ICF code"),
                    "professionals look it up",
                    "write a letter b, d, e or s and digits, as in d440",
                );
            }
        }
        if entry.kitchen.contains(&Id(Kitchen::Any)) && entry.kitchen.len() > 1 {
            self.say(
                line_with(&self.file.text, "kitchen"),
                "names `any` kitchen and others beside it",
                "shares of kitchens are counted, and a family may look for its own",
                "write [\"any\"] alone, or only the kitchens in which its things are at home",
            );
        }
        if entry.watch.easier_when.is_empty() || entry.watch.harder_when.is_empty() {
            self.say(
                line_with(&self.file.text, "[watch]"),
                "does not say when to go easier or harder",
                "the adult grades by what they see",
                "write at least one sign for each",
            );
        }
        // A word in the materials or steps that is a hazard must be one in the data too.
        for (word, hazard) in [
            ("scissors", Hazard::Sharp),
            ("knife", Hazard::Sharp),
            ("oven", Hazard::Heat),
            ("kettle", Hazard::Heat),
            ("balloon", Hazard::LatexBalloon),
            ("bead", Hazard::SmallParts),
        ] {
            let named = |text: &str| {
                text.to_lowercase()
                    .split(|c: char| !c.is_alphabetic())
                    .any(|one| one == word || one.strip_suffix('s') == Some(word))
            };
            let declared = entry.safety.hazards.contains(&Id(hazard));
            for (index, rung) in entry.rungs.iter().enumerate() {
                if !declared
                    && !rung.hazards.contains(&Id(hazard))
                    && rung.steps.iter().chain(&rung.set_up).any(|text| named(text))
                {
                    self.say(
                        nth_line_with(&self.file.text, "[[rungs]]", index),
                        format!("“{}” speaks of a {word} but has no hazard `{}`", rung.name, hazard.id()),
                        "the engine enforces only what the data says",
                        format!("add hazards = [\"{}\"] to the rung, or reword it where none is used (“blunt” tools have another name)", hazard.id()),
                    );
                }
            }
        }
        let text = self.file.text.to_ascii_lowercase();
        for forbidden in ["button batter", "water bead", "loose magnet"] {
            if text.contains(forbidden) {
                self.say(
                    line_of(&text, forbidden),
                    format!("speaks of a {forbidden}…"),
                    "it can kill when swallowed",
                    "use something else",
                );
            }
        }
    }

    fn rung(&mut self, index: usize, rung: &RungEntry, safety: &SafetyEntry) {
        let line = nth_line_with(&self.file.text, "[[rungs]]", index);
        if rung.demands.is_empty() || rung.demands.len() > MAX_LOADED {
            self.say(
                line,
                format!("“{}” loads {} areas", rung.name, rung.demands.len()),
                "what loads everything explains nothing",
                format!("name 1 to {MAX_LOADED} areas that can really stop the child"),
            );
        }
        for (area, &months) in &rung.demands {
            if !(6.0..=216.0).contains(&months) {
                self.say(
                    line,
                    format!(
                        "“{}” asks {} of a child of {months} months",
                        rung.name,
                        area.0.id()
                    ),
                    "demands are ages in months",
                    "use 6 to 216",
                );
            }
        }
        if source(&rung.source).is_none() {
            self.say(
                line,
                format!("“{}” has the source “{}”", rung.name, rung.source),
                "every number says where it is from",
                "write `data NAME`, `list WHICH` or `judgement`",
            );
        }
        if rung.spread.is_some_and(|spread| !(0.1..=3.0).contains(&spread)) {
            self.say(
                line,
                format!("“{}” has an odd spread", rung.name),
                "it is in logits",
                "use 0.1 to 3",
            );
        }
        if rung.set_up.is_empty() || rung.steps.len() < 2 {
            self.say(
                line,
                format!("“{}” lacks set-up or steps", rung.name),
                "a parent does exactly what it says",
                "write at least one set-up line and two steps",
            );
        }
        // The age that decides about supervision is the youngest to whom this rung would be offered: half
        // manage it at `age`.
        let age = rung
            .demands
            .values()
            .fold(0.0f32, |most, &months| most.max(months));
        for hazard in joined(&safety.hazards, &rung.hazards) {
            let least = least_supervision(hazard.0, Months::saturating(f64::from(age) * 0.8));
            if safety.supervision.0 < least {
                self.say(
                    line_with(&self.file.text, "supervision"),
                    format!(
                        "supervision `{}` with the hazard `{}` in “{}”",
                        safety.supervision.0.id(),
                        hazard.0.id(),
                        rung.name
                    ),
                    "the page must say what the engine enforces",
                    format!("write supervision = \"{}\"", least.id()),
                );
            }
        }
    }

    fn ladder(&mut self, rungs: &[RungEntry]) {
        let level = |rung: &RungEntry| {
            let months = rung
                .demands
                .values()
                .fold(0.0f32, |most, &months| most.max(months));
            growth::typical(Months::saturating(months.into())).get()
        };
        for (index, pair) in rungs.windows(2).enumerate() {
            let step = level(&pair[1]) - level(&pair[0]);
            // A rung that asks nothing at all is told of already.
            let both_ask = pair.iter().all(|rung| !rung.demands.is_empty());
            if both_ask && step < LEAST_DIFFERENCE - 0.005 {
                self.say(
                    nth_line_with(&self.file.text, "[[rungs]]", index + 1),
                    format!("“{}” is {step:.2} logit harder than “{}”", pair[1].name, pair[0].name),
                    "a parent must be able to see the difference",
                    format!("rungs go up by at least {LEAST_DIFFERENCE} logit in the area that asks most: move its age, or merge the two"),
                );
            }
        }
    }

    fn texts(&mut self, entry: &ActivityFile) {
        let mut texts: Vec<&String> = vec![&entry.title, &entry.promise];
        texts.extend(
            entry
                .needs
                .materials
                .iter()
                .flat_map(|material| [Some(&material.what), material.instead.as_ref()])
                .flatten(),
        );
        texts.extend(&entry.safety.notes);
        texts.extend(
            entry
                .rungs
                .iter()
                .flat_map(|rung| [&rung.name].into_iter().chain(&rung.set_up).chain(&rung.steps)),
        );
        texts.extend(entry.levers.words.values());
        texts.extend(entry.gates.iter().filter_map(|gate| gate.support.as_ref()));
        texts.extend(
            [
                &entry.watch.easier_when,
                &entry.watch.harder_when,
                &entry.watch.ask_someone,
            ]
            .into_iter()
            .flatten(),
        );
        words::check_all(&self.file.path, &self.file.text, texts, self.problems);
        match entry.chaining {
            None | Some(Chaining::Forward | Chaining::Backward) => {}
        }
    }

    fn gate(&mut self, id: &str, known: &Catalogue) -> Option<u8> {
        let place = known.gates.iter().position(|gate| gate.id == id);
        if place.is_none() {
            self.say(
                self.line(&format!("\"{id}\"")),
                format!("there is no gate `{id}`"),
                "a precondition must be known to be checked",
                "use an id of assets/gates.toml, or add it there",
            );
        }
        place.and_then(|place| u8::try_from(place).ok())
    }

    fn levers_off(&mut self, off: &[String], known: &Catalogue) {
        for id in off {
            if !known.levers.iter().any(|lever| lever.id == *id) {
                self.say(
                    line_with(&self.file.text, "off"),
                    format!("there is no lever `{id}`"),
                    "nothing is switched off by it",
                    "use an id of assets/levers.toml",
                );
            }
        }
    }

    fn lever_words(&mut self, key: &str, text: &str, known: &Catalogue) -> Option<(u8, u8, String)> {
        let found = key.split_once('.').and_then(|(lever, setting)| {
            let lever_place = known.levers.iter().position(|one| one.id == lever)?;
            let setting_place = known.levers[lever_place]
                .settings
                .iter()
                .position(|one| one.id == setting)?;
            Some((
                u8::try_from(lever_place).ok()?,
                u8::try_from(setting_place).ok()?,
                text.to_owned(),
            ))
        });
        if found.is_none() {
            self.say(
                self.line(key),
                format!("there is no setting `{key}`"),
                "its words would never be shown",
                "write \"lever.setting\" with ids of assets/levers.toml",
            );
        }
        found
    }
}
