//! One activity at one grade: everything that its page says.

use just_right_catalogue::content::{Activity, ActivityText, Sense, Source};
use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::grading::{self, Change, Plan, Refusal, StepBy};
use just_right_engine::repertoire::Grade;
use just_right_engine::report::Level;
use just_right_engine::safety::{Danger, Supervision};

use super::track::{self, Track};
use super::{circumstances, picks, Present};
use crate::family::{Day, Report, Response};
use crate::knowledge::Knowledge;
use crate::words::{self, key, Key};

/// The page of advice on how a child leads the thinking, and from which age on it is named.
pub const PROMPTS: &str = "goal-plan-do-check";
const PROMPTS_FROM: f64 = 84.0;

/// An activity's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Id.
    pub id: String,
    /// The grade, as a token.
    pub grade: String,
    /// Title.
    pub title: String,
    /// What the child gets to do.
    pub promise: String,
    /// Name of the drawing.
    pub picture: String,
    /// Where it stands.
    pub track: Track,
    /// Name of the rung.
    pub rung: String,
    /// "For Mia: you loosen the lid. With your steadying hand."
    pub for_child: String,
    /// Minutes: to get ready, to do, to clear away.
    pub minutes: [u16; 3],
    /// What was changed for this child.
    pub changes: Vec<ChangeSaid>,
    /// Why it fits.
    pub why: Vec<String>,
    /// What one needs, each with what a household has instead.
    pub materials: Vec<(String, Option<String>)>,
    /// What to get ready.
    pub set_up: Vec<String>,
    /// What to do.
    pub steps: Vec<String>,
    /// The title of [`PROMPTS`], for a child who is old enough to lead the thinking.
    pub prompts: Option<String>,
    /// How near the adult stays.
    pub supervision: &'static str,
    /// What to keep in mind for safety.
    pub safety: Vec<String>,
    /// All rungs by name; which one this is.
    pub ladder: Vec<String>,
    /// Index into the ladder.
    pub on: usize,
    /// The neighbouring grades.
    pub easier: Option<Neighbour>,
    /// Harder.
    pub harder: Option<Neighbour>,
    /// Signs to go easier right now.
    pub easier_when: Vec<String>,
    /// Signs to go harder.
    pub harder_when: Vec<String>,
    /// Signs to ask somebody about.
    pub ask_someone: Vec<String>,
    /// For professionals: codes, and where the number is from.
    pub professional: Vec<String>,
    /// The plan itself, for what is recorded.
    pub plan: Plan,
}

impl Page {
    /// What is recorded when this grade went so.
    pub fn report(&self, level: Level, on: Day) -> Report {
        let demands = self.plan.demands;
        Report {
            activity: self.id.clone(),
            grade: self.grade.clone(),
            asked: demands.iter().map(|(area, at)| (Id(area), at.get())).collect(),
            spread: demands.spread(),
            expected: self.plan.outlook.success,
            level: Id(level),
            enjoyed: None,
            note: None,
            on,
        }
    }
}

impl Page {
    /// The activity for somebody else: what it is, what one needs and what to do. The child is not in it.
    pub fn to_share(&self) -> String {
        let mut lines = vec![
            self.title.clone(),
            self.promise.clone(),
            String::new(),
            self.rung.clone(),
            self.supervision.to_owned(),
        ];
        lines.extend(self.materials.iter().map(|(what, _)| format!("• {what}")));
        lines.push(String::new());
        let steps = self.set_up.iter().chain(&self.steps).enumerate();
        lines.extend(steps.map(|(index, step)| format!("{}. {step}", index + 1)));
        lines.extend(self.safety.iter().map(|note| format!("! {note}")));
        lines.join("\n")
    }
}

/// One change, as the page says it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSaid {
    /// Its name.
    pub name: String,
    /// What the adult does.
    pub words: String,
    /// What it asks less of, and what it does to the chance of success; empty where it is a support.
    pub effect: String,
}

/// A neighbouring grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// As a token.
    pub grade: String,
    /// What changes on the way there.
    pub by: String,
}

/// A rung of the ladder, as one gets there.
#[derive(Clone, Debug, PartialEq)]
pub struct RungSaid {
    /// Its name.
    pub name: String,
    /// The grade at its best levers; `None` where it is not offered to this child at all.
    pub grade: Option<String>,
    /// Why it is not proposed, in a word; empty where it could be.
    pub word: &'static str,
}

/// An activity to do before another one.
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    /// Id.
    pub id: String,
    /// “First try “Dough shapes””
    pub said: String,
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq)]
pub enum NoPage {
    /// The words are still on their way.
    Coming,
    /// No activity or grade of this name.
    Unknown,
    /// It is not offered to this child now.
    Refused {
        /// Why.
        why: String,
        /// What leads up to it and is possible now.
        first: Option<First>,
    },
}

/// The page of an activity, at a grade or at the one that suits best.
pub fn page(knowledge: &Knowledge, present: &Present, id: &str, grade: Option<&str>) -> Result<Page, NoPage> {
    let (index, content) = knowledge.activity(id).ok_or(NoPage::Unknown)?;
    let activity = knowledge
        .repertoire
        .activities
        .get(index)
        .ok_or(NoPage::Unknown)?;
    let request = present.request();
    let plan = match grade {
        Some(token) => {
            let grade = knowledge
                .repertoire
                .grade(activity, token)
                .ok_or(NoPage::Unknown)?;
            grading::at(&knowledge.repertoire, activity, grade, &request)
        }
        None => grading::best(&knowledge.repertoire, activity, &request)
            .map(|plan| circumstances::with_wishes(knowledge, present, index, plan, &request)),
    };
    let plan = plan.map_err(|refusal| NoPage::Refused {
        why: refused(knowledge, present, &refusal),
        first: first(knowledge, present, index, &refusal),
    })?;
    let text = knowledge.text(index).ok_or(NoPage::Coming)?;
    said(knowledge, present, content, text, plan).ok_or(NoPage::Unknown)
}

/// All rungs of an activity, easiest first, each at the levers that suit this child best there. A rung that is only too hard
/// or too easy can be looked at all the same; what safety or a gate forbids cannot.
pub fn ladder(knowledge: &Knowledge, present: &Present, id: &str) -> Vec<RungSaid> {
    let Some((index, activity)) = knowledge
        .activity(id)
        .and_then(|(index, _)| Some((index, knowledge.repertoire.activities.get(index)?)))
    else {
        return Vec::new();
    };
    let mut alone = activity.clone();
    let mut all = Vec::new();
    for (rung, authored) in (0..=u8::MAX).zip(&activity.rungs) {
        // The engine is asked for the best grade of an activity that has this rung only.
        alone.rungs = vec![authored.clone()];
        let found = grading::best(&knowledge.repertoire, &alone, &present.request());
        let (grade, word) = match found.map(|plan| plan.grade) {
            Ok(grade) => (Some(grade), ""),
            Err(Refusal::TooHard { grade, .. }) => (Some(grade), key::RUNG_AHEAD.say()),
            Err(Refusal::TooEasy { grade, .. }) => (Some(grade), key::RUNG_BEHIND.say()),
            Err(Refusal::Unsafe(Danger::Hazard(_))) => (None, key::RUNG_HAZARD.say()),
            Err(Refusal::Unsafe(Danger::Allergen(_))) => (None, key::RUNG_ALLERGEN.say()),
            Err(Refusal::Unsafe(Danger::Limit(_))) => (None, key::RUNG_LIMIT.say()),
            Err(_) => (None, key::RUNG_NOT_TODAY.say()),
        };
        all.push(RungSaid {
            name: knowledge
                .rung_name(index, usize::from(rung))
                .unwrap_or_default()
                .to_owned(),
            grade: grade.map(|grade| knowledge.repertoire.token(&Grade { rung, ..grade })),
            word,
        });
    }
    all
}

fn said(
    knowledge: &Knowledge,
    present: &Present,
    content: &Activity,
    text: &ActivityText,
    plan: Plan,
) -> Option<Page> {
    let on = usize::from(plan.grade.rung);
    let rung = text.rungs.get(on)?;
    Some(Page {
        id: content.id.clone(),
        grade: knowledge.repertoire.token(&plan.grade),
        title: content.title.clone(),
        promise: text.promise.clone(),
        picture: content.picture.clone(),
        track: Track::of(&plan.outlook).between([plan.easier, plan.harder].map(|step| Some(step?.success))),
        rung: rung.name.clone(),
        for_child: picks::for_child(knowledge, present, &rung.name, &plan),
        minutes: content.minutes,
        changes: {
            let mut changes = changes(knowledge, text, &plan);
            sensed(knowledge, present, content, &mut changes);
            changes
        },
        why: {
            let mut why = why(present, &plan);
            why.extend(circumstances::why(knowledge, present, content));
            why
        },
        materials: text
            .materials
            .iter()
            .map(|one| (one.what.clone(), one.instead.clone()))
            .collect(),
        set_up: rung.set_up.clone(),
        steps: rung.steps.clone(),
        prompts: knowledge
            .page(PROMPTS)
            .filter(|_| present.profile.age().get() >= PROMPTS_FROM)
            .map(|page| page.title.clone()),
        supervision: supervision(plan.supervision),
        safety: text.safety_notes.clone(),
        ladder: text.rungs.iter().map(|rung| rung.name.clone()).collect(),
        on,
        easier: plan
            .easier
            .map(|step| neighbour(knowledge, text, step.grade, step.by)),
        harder: plan
            .harder
            .map(|step| neighbour(knowledge, text, step.grade, step.by)),
        easier_when: text.easier_when.clone(),
        harder_when: text.harder_when.clone(),
        ask_someone: text.ask_someone.clone(),
        professional: professional(content, text, on),
        plan,
    })
}

fn changes(knowledge: &Knowledge, text: &ActivityText, plan: &Plan) -> Vec<ChangeSaid> {
    let levers = plan.changes.iter().filter_map(|change| {
        let setting = knowledge
            .catalogue
            .levers
            .get(change.lever)?
            .settings
            .get(change.setting)?;
        Some(ChangeSaid {
            name: setting.name.clone(),
            words: words_for(knowledge, text, change.lever, change.setting),
            effect: effect(change, plan.outlook.success),
        })
    });
    let supports = plan.supports.iter().filter_map(|&gate| {
        let own = text
            .supports
            .iter()
            .find(|(of, _)| usize::from(*of) == gate)
            .map(|(_, words)| words);
        let support = own.or_else(|| knowledge.catalogue.gates.get(gate)?.supports.first())?;
        Some(ChangeSaid {
            name: key::ACTIVITY_SUPPORT.say().into(),
            words: support.clone(),
            effect: String::new(),
        })
    });
    levers.chain(supports).collect()
}

/// What the adult does for a child who avoids or looks for what this activity stirs.
fn sensed(knowledge: &Knowledge, present: &Present, content: &Activity, changes: &mut Vec<ChangeSaid>) {
    let channels = knowledge.texts.as_ref().map_or(&[][..], |texts| &texts.channels);
    for (of, response) in &present.senses {
        let channel = channels.iter().find(|channel| channel.sense == *of);
        let Some(channel) = channel.filter(|_| content.senses.contains(of)) else {
            continue;
        };
        let follows = match response {
            Response::Avoids => &channel.avoids,
            Response::Fine => &channel.fine,
            Response::LooksFor => &channel.looks_for,
        };
        if let Some(words) = &follows.words {
            changes.push(ChangeSaid {
                name: sense(of.0).say().to_owned(),
                words: words.clone(),
                effect: String::new(),
            });
        }
    }
}

/// What a family calls a channel of the senses.
pub fn sense(sense: Sense) -> Key {
    match sense {
        Sense::Touch => key::SENSE_TOUCH,
        Sense::Sound => key::SENSE_SOUND,
        Sense::Movement => key::SENSE_MOVEMENT,
        Sense::TasteSmell => key::SENSE_TASTE_SMELL,
        Sense::Light => key::SENSE_LIGHT,
    }
}

/// What a change asks less or more of, and what it does to the chance of success where that can be seen in tenths.
fn effect(change: &Change, after: f64) -> String {
    let areas = |which: fn(f64) -> bool| -> Vec<&'static str> {
        let moved = change.moved.iter().filter(|&&(_, by)| which(by));
        moved.map(|&(area, _)| words::area(area)).collect()
    };
    let moved = |said: Key, areas: Vec<&str>| {
        (!areas.is_empty()).then(|| said.with(&[("areas", &words::list(&areas))]))
    };
    let times = |p: f64| ((p * 10.0).round() as u8).clamp(1, 9);
    let (before, after) = (times(change.success_without), times(after));
    let chance = (before != after).then(|| {
        key::ACTIVITY_EFFECT.with(&[("before", &before.to_string()), ("after", &after.to_string())])
    });
    let eased = moved(key::ACTIVITY_EASES, areas(|by| by < 0.0));
    let hardened = moved(key::ACTIVITY_HARDENS, areas(|by| by > 0.0));
    let all: Vec<String> = [eased, hardened, chance].into_iter().flatten().collect();
    all.join(" ")
}

/// The activity's own words for a setting, or the general ones.
fn words_for(knowledge: &Knowledge, text: &ActivityText, lever: usize, setting: usize) -> String {
    let own = text
        .words
        .iter()
        .find(|(l, s, _)| usize::from(*l) == lever && usize::from(*s) == setting);
    own.map(|(_, _, text)| text.clone())
        .or_else(|| {
            Some(
                knowledge
                    .catalogue
                    .levers
                    .get(lever)?
                    .settings
                    .get(setting)?
                    .words
                    .clone(),
            )
        })
        .unwrap_or_default()
}

fn why(present: &Present, plan: &Plan) -> Vec<String> {
    let easy: Vec<&str> = plan
        .factors
        .iter()
        .skip(1)
        .filter(|(_, chance)| *chance > 0.85)
        .map(|&(area, _)| words::area(area))
        .collect();
    let mut why = vec![picks::why(present, plan)];
    if !easy.is_empty() {
        why.push(key::ACTIVITY_WHY_EASY.with(&[
            ("name", &present.name),
            ("Name", &present.name_first),
            ("areas", &words::list(&easy)),
        ]));
    }
    if plan.outlook.spread > track::UNSURE {
        why.push(key::ACTIVITY_WHY_UNSURE.with(&present.places()));
    }
    why
}

fn neighbour(knowledge: &Knowledge, text: &ActivityText, grade: Grade, by: StepBy) -> Neighbour {
    let by = match by {
        StepBy::Rung(rung) => text
            .rungs
            .get(usize::from(rung))
            .map_or_else(String::new, |rung| rung.name.clone()),
        StepBy::Lever { lever, setting } => knowledge
            .catalogue
            .levers
            .get(lever)
            .and_then(|lever| lever.settings.get(setting))
            .map_or_else(String::new, |setting| words::capital(&setting.short)),
    };
    Neighbour {
        grade: knowledge.repertoire.token(&grade),
        by,
    }
}

/// How near the adult stays, in words.
pub fn supervision(supervision: Supervision) -> &'static str {
    match supervision {
        Supervision::Nearby => key::SUPERVISION_NEARBY,
        Supervision::SameRoom => key::SUPERVISION_SAME_ROOM,
        Supervision::ArmsReach => key::SUPERVISION_ARMS_REACH,
    }
    .say()
}

fn refused(knowledge: &Knowledge, present: &Present, refusal: &Refusal) -> String {
    let growing = |said: Key, area: Area| said.with(&[("area", words::area(area))]);
    let said = match refusal {
        Refusal::Unsafe(Danger::Hazard(_)) => key::REFUSED_HAZARD,
        Refusal::Unsafe(Danger::Allergen(_)) => key::REFUSED_ALLERGEN,
        Refusal::Unsafe(Danger::Limit(_)) => key::REFUSED_LIMIT,
        Refusal::TooHard { area, .. } => return growing(key::REFUSED_TOO_HARD, *area),
        Refusal::Gate(gate) => match knowledge.catalogue.gates.get(*gate) {
            Some(gate) => return growing(key::REFUSED_GATE, gate.area.0),
            None => key::REFUSED_NOW,
        },
        Refusal::TooEasy { .. } => key::REFUSED_TOO_EASY,
        Refusal::TooLong(_) | Refusal::Empty => key::REFUSED_NOW,
    };
    said.with(&present.places())
}

/// What leads up to an activity that is still ahead: the first of those that its author names and that is possible now.
fn first(knowledge: &Knowledge, present: &Present, index: usize, refusal: &Refusal) -> Option<First> {
    let (Refusal::Gate(_) | Refusal::TooHard { .. }) = refusal else {
        return None;
    };
    knowledge.text(index)?.before.iter().find_map(|id| {
        let (place, content) = knowledge.activity(id)?;
        let activity = knowledge.repertoire.activities.get(place)?;
        grading::best(&knowledge.repertoire, activity, &present.request()).ok()?;
        Some(First {
            id: id.clone(),
            said: key::REFUSED_FIRST.with(&[("title", &content.title)]),
        })
    })
}

fn professional(content: &Activity, text: &ActivityText, on: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if !text.icf.is_empty() {
        lines.push(key::ACTIVITY_ICF.with(&[("codes", &text.icf.join(", "))]));
    }
    if !text.also_practised.is_empty() {
        let areas: Vec<&str> = text.also_practised.iter().map(|id| words::area(id.0)).collect();
        lines.push(key::ACTIVITY_ALSO.with(&[("areas", &words::list(&areas))]));
    }
    if let (Some(rung), Some(told)) = (content.rungs.get(on), text.rungs.get(on)) {
        let source = match &told.source {
            Source::Data(name) => key::ACTIVITY_SOURCE_DATA.with(&[("name", &name.replace('_', " "))]),
            Source::List(which) => key::ACTIVITY_SOURCE_LIST.with(&[("which", which)]),
            Source::Judgement => key::ACTIVITY_SOURCE_JUDGEMENT.say().into(),
        };
        let months = (rung.age().get().round() as u16).to_string();
        lines.push(key::ACTIVITY_HALF_AT.with(&[("months", &months), ("source", &source)]));
    }
    lines
}
