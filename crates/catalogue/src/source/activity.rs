//! Reading and checking one activity.

use std::collections::BTreeSet;

use just_right_engine::demand::MAX_LOADED;
use just_right_engine::growth;
use just_right_engine::safety::{least_supervision, Allergen, Hazard};
use just_right_engine::unit::{Logit, Months};

use super::anchors::{Anchor, Effect, ANCHORS};
use super::danger::{self, Peril};
use super::entry::{ActivityFile, MaterialEntry, MinutesEntry, RungEntry, SafetyEntry};
use super::facts::Facts;
use super::problem::{line_of, line_with, nth_line_with, Problems};
use super::things::Kinds;
use super::{reading, words, File};
use crate::compact;
use crate::content::{
    Activity, ActivityText, Catalogue, Kitchen, Material, Occupation, Rung, RungText, Source,
};
use crate::id::Id;

/// The least difference between two rungs, in logits. Nothing below deserves to be called a new level.
const LEAST_DIFFERENCE: f64 = 0.4;

/// How far a rung may lie from the anchor that it names without a reason, in logits.
const NEAR_ANCHOR: f64 = 1.0;

/// One activity as it was read.
pub(crate) struct Whole {
    pub(crate) activity: Activity,
    pub(crate) text: ActivityText,
    pub(crate) facts: Facts,
}

/// Reads one activity; `None` where it could not be understood at all. Problems that were found stand in
/// `problems`.
pub(crate) fn read(
    file: &File,
    occupation: Occupation,
    known: &Catalogue,
    kinds: &mut Kinds,
    problems: &mut Problems,
) -> Option<Whole> {
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
    check.dangers(&entry);
    let facts = Facts::of(file, occupation, &entry);
    check.reading(&facts);
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
        gates: gates
            .iter()
            .map(|&(gate, _)| gate)
            .collect::<BTreeSet<u8>>()
            .into_iter()
            .collect(),
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
        place: entry.needs.place,
        partners: entry.needs.partners,
        noise: entry.needs.noise,
        mess: entry.needs.mess,
        movement: entry.needs.movement,
        senses: joined(&entry.needs.senses, &[]),
        things: kinds.needed(&entry.needs.materials),
    };
    let told = |rung: RungEntry| RungText {
        name: rung.name,
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
        before: entry.links.before,
    };
    Some(Whole {
        activity,
        text,
        facts,
    })
}

/// What ranking needs of a rung, the safety of its activity included.
fn ranked(rung: &RungEntry, safety: &SafetyEntry) -> Rung {
    let spread = source(&rung.source).unwrap_or(Source::Judgement).spread();
    Rung {
        months: rung
            .demands
            .iter()
            .map(|(&area, &months)| (area, compact::months::rounded(months)))
            .collect(),
        spread: compact::spread::rounded(rung.spread.unwrap_or(spread)),
        hazards: joined(&safety.hazards, &rung.hazards),
        allergens: joined(&safety.allergens, &rung.allergens),
        limits: joined(&safety.limits, &[]),
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

const FROM_DATA: &str = "a number that says it comes from data can be looked up";

/// What an author may have meant by an unknown anchor.
pub(crate) fn known_anchors(name: &str) -> String {
    let words: Vec<&str> = name
        .split(['_', '.', ' '])
        .filter(|word| word.len() > 2)
        .collect();
    let like: Vec<&str> = ANCHORS
        .iter()
        .map(|anchor| anchor.name)
        .filter(|known| words.iter().any(|word| known.contains(word)))
        .take(6)
        .collect();
    let all = "`cargo xtask content --anchors` lists all; an effect is written as tower_2..tower_8";
    if like.is_empty() {
        all.to_owned()
    } else {
        format!("did you mean {}? {all}", like.join(", "))
    }
}

/// All that answers a word which names a danger.
fn answers(hazards: &[Id<Hazard>], allergens: &[Id<Allergen>], not: &[Peril]) -> Vec<Peril> {
    let hazards = hazards.iter().map(|hazard| Peril::Hazard(hazard.0));
    let allergens = allergens.iter().map(|allergen| Peril::Allergen(allergen.0));
    hazards.chain(allergens).chain(not.iter().copied()).collect()
}

/// The setting that `lever.setting` names, by its places.
pub(crate) fn setting_named(key: &str, known: &Catalogue) -> Option<(u8, u8)> {
    let (lever, setting) = key.split_once('.')?;
    let lever_place = known.levers.iter().position(|one| one.id == lever)?;
    let settings = &known.levers[lever_place].settings;
    let setting_place = settings.iter().position(|one| one.id == setting)?;
    Some((u8::try_from(lever_place).ok()?, u8::try_from(setting_place).ok()?))
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
        self.anchored(line, rung);
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

    /// A rung that names an anchor stands near it, or says why it does not.
    fn anchored(&mut self, line: Option<usize>, rung: &RungEntry) {
        if rung
            .because
            .as_ref()
            .is_some_and(|because| because.split_whitespace().count() < 3)
        {
            self.say(
                line,
                format!("“{}” gives no reason in `because`", rung.name),
                "whoever checks the numbers wants to know",
                "say in a few words what makes it easier or harder than the anchor, or leave the key out",
            );
        }
        let Some(Source::Data(name)) = source(&rung.source) else {
            return;
        };
        let Some(anchor) = Anchor::named(&name) else {
            if Effect::named(&name).is_none() {
                self.say(
                    line,
                    format!("there is no anchor or effect `{name}`"),
                    FROM_DATA,
                    known_anchors(&name),
                );
            }
            return;
        };
        let asked = rung
            .demands
            .iter()
            .filter(|(area, _)| anchor.areas.contains(&area.0));
        let Some(months) = asked.map(|(_, &months)| months).reduce(f32::max) else {
            if rung.because.is_none() {
                let areas: Vec<&str> = anchor.areas.iter().map(|area| area.id()).collect();
                self.say(
                    line,
                    format!(
                        "“{}” names the anchor `{name}` and asks nothing of {}",
                        rung.name,
                        areas.join(" or ")
                    ),
                    FROM_DATA,
                    "add the demand, name another source, or say why: because = \"…\"",
                );
            }
            return;
        };
        let apart = growth::typical(Months::saturating(months.into())).get() - anchor.logit;
        if apart.abs() > NEAR_ANCHOR && rung.because.is_none() {
            let at = |logit: f64| growth::age_of(Logit::saturating(logit)).get();
            self.say(
                line,
                format!(
                    "“{}” stands at {months} months, and its anchor `{name}` ({}) at {:.0}: {:.1} logit apart",
                    rung.name,
                    anchor.what,
                    anchor.months,
                    apart.abs()
                ),
                "a number from data is not moved without a reason",
                format!(
                    "use {:.0} to {:.0} months, write judgement as its source, or say why: because = \"…\"",
                    at(anchor.logit - NEAR_ANCHOR).ceil(),
                    at(anchor.logit + NEAR_ANCHOR).floor()
                ),
            );
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
        words::check_all(&self.file.path, &self.file.text, entry.texts(), self.problems);
    }

    /// A word that names a danger asks for it in the safety data, or for the reason why it is none.
    fn dangers(&mut self, entry: &ActivityFile) {
        let whole = self.dismissed(&entry.safety.not, "[safety]", 0);
        let of_rungs: Vec<Vec<Peril>> = entry
            .rungs
            .iter()
            .enumerate()
            .map(|(index, rung)| self.dismissed(&rung.not, "[[rungs]]", index))
            .collect();
        let everywhere = answers(&entry.safety.hazards, &entry.safety.allergens, &whole);
        let in_rungs: Vec<Vec<Peril>> = entry
            .rungs
            .iter()
            .zip(&of_rungs)
            .map(|(rung, not)| answers(&rung.hazards, &rung.allergens, not))
            .collect();
        let mut told: BTreeSet<&[Peril]> = BTreeSet::new();
        // What speaks of the activity as a whole is answered by any rung: only some of them may use the thing.
        let whole_texts = [&entry.title, &entry.promise]
            .into_iter()
            .chain(
                entry
                    .needs
                    .materials
                    .iter()
                    .flat_map(|thing| [Some(&thing.what), thing.instead.as_ref()])
                    .flatten(),
            )
            .chain(entry.levers.words.values())
            .chain(entry.gates.iter().filter_map(|gate| gate.support.as_ref()));
        let any: Vec<Peril> = in_rungs.iter().flatten().chain(&everywhere).copied().collect();
        for text in whole_texts {
            for (word, asked) in danger::spoken_of(text) {
                if !asked.iter().any(|peril| any.contains(peril)) && told.insert(asked) {
                    self.ask(words::line(&self.file.text, text), word, asked, "[safety]", text);
                }
            }
        }
        for (index, rung) in entry.rungs.iter().enumerate() {
            let here = [&everywhere[..], &in_rungs[index]].concat();
            for text in [&rung.name].into_iter().chain(&rung.set_up).chain(&rung.steps) {
                for (word, asked) in danger::spoken_of(text) {
                    if !asked.iter().any(|peril| here.contains(peril)) && told.insert(asked) {
                        let line = nth_line_with(&self.file.text, "[[rungs]]", index);
                        self.ask(line, word, asked, "the rung", &rung.name);
                    }
                }
            }
        }
    }

    fn ask(&mut self, line: Option<usize>, word: &str, asked: &[Peril], place: &str, text: &str) {
        let Some(first) = asked.first() else {
            return;
        };
        let ids: Vec<&str> = asked.iter().map(|peril| peril.id()).collect();
        self.say(
            line,
            format!(
                "“{text}” speaks of “{word}”, and the safety data has no `{}`",
                ids.join("` or `")
            ),
            "the engine enforces only what the data says",
            format!(
                "add {} = [\"{id}\"] to {place}; where it is none, say why: not = [\"{id}: …\"]",
                first.list(),
                id = first.id()
            ),
        );
    }

    /// The dangers that the author says do not apply, each with a reason.
    fn dismissed(&mut self, not: &[String], table: &str, index: usize) -> Vec<Peril> {
        let line = nth_line_with(&self.file.text, table, index);
        let mut found = Vec::new();
        for entry in not {
            let (id, reason) = entry.split_once(':').unwrap_or((entry, ""));
            let peril = Peril::named(id.trim());
            if peril.is_none() || reason.split_whitespace().count() < 2 {
                self.say(
                    words::line(&self.file.text, entry).or(line),
                    format!("`not` says “{entry}”"),
                    "a danger is only put aside by name and with a reason",
                    "write \"small-parts: the beads are as large as a fist\", with a hazard or allergen before the colon",
                );
            }
            found.extend(peril);
        }
        found
    }

    fn reading(&mut self, facts: &Facts) {
        if facts.grade > reading::HARDEST {
            self.say(
                line_with(&self.file.text, "promise"),
                format!("reads at school year {:.1}", facts.grade),
                "a tired parent, or one who learns English, reads it with a child on the arm",
                format!(
                    "{:.0} is the most for one activity: shorter sentences, shorter words",
                    reading::HARDEST
                ),
            );
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
        let found = setting_named(key, known).map(|(lever, setting)| (lever, setting, text.to_owned()));
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
