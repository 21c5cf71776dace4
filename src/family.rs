//! The family's data, and every change that can happen to it.
//!
//! One state, one reducer: a [`Change`] is a named event, [`Family::apply`] a pure function. Only what
//! happened is stored; what is believed of a child is derived from it, so a better engine makes better use of
//! the same history.

use serde::{Deserialize, Serialize};

use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::demand::JUDGEMENT_SPREAD;
use just_right_engine::pick::Dial;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergen, Limit};

/// A day, counted from 1 January 1970 in the family's own time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// Days from an earlier day to this one; 0 when the clock went back.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}

/// What a child is called here. 1 to 40 visible characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nickname(String);

impl Nickname {
    /// The longest, in characters.
    pub const LONGEST: usize = 40;

    /// From what somebody typed: control and direction characters are dropped, the rest is cut to length.
    /// `None` where nothing is left.
    pub fn parse(typed: &str) -> Option<Nickname> {
        let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
        let kept: String = visible.trim().chars().take(Nickname::LONGEST).collect();
        let kept = kept.trim_end();
        (!kept.is_empty()).then(|| Nickname(kept.to_owned()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Nickname {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Nickname, Self::Error> {
        Nickname::parse(&text).ok_or("a nickname has at least one visible character")
    }
}

impl From<Nickname> for String {
    fn from(nickname: Nickname) -> String {
        nickname.0
    }
}

/// Control characters, the ones that turn the direction of text, and the ones that show nothing: they would
/// let a file change how a page reads, or a button have no name that can be seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A child's age in whole months, from 12 (one year) to 155 (twelve years, eleven months).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct AgeMonths(u16);

impl AgeMonths {
    /// The youngest, in months.
    pub const YOUNGEST: u16 = 12;
    /// The oldest, in months.
    pub const OLDEST: u16 = 155;

    /// `None` outside 1 to 12 years.
    pub fn new(months: u16) -> Option<AgeMonths> {
        (AgeMonths::YOUNGEST..=AgeMonths::OLDEST)
            .contains(&months)
            .then_some(AgeMonths(months))
    }

    /// The bare number.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for AgeMonths {
    type Error = &'static str;
    fn try_from(months: u16) -> Result<AgeMonths, Self::Error> {
        AgeMonths::new(months).ok_or("an age lies between 12 and 155 months")
    }
}

impl From<AgeMonths> for u16 {
    fn from(age: AgeMonths) -> u16 {
        age.0
    }
}

/// Which field of the age is wrong, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeProblem {
    /// Nothing was typed.
    Empty,
    /// The years are no whole number.
    Years,
    /// The months are no whole number from 0 to 11.
    Months,
    /// Younger than one year.
    TooYoung,
    /// Older than twelve.
    TooOld,
}

impl AgeMonths {
    /// From the two fields as typed. Months may be left empty; so may years when there are months.
    ///
    /// # Errors
    /// The field that is wrong, and how.
    pub fn parse(years: &str, months: &str) -> Result<AgeMonths, AgeProblem> {
        let (years, months) = (years.trim(), months.trim());
        if years.is_empty() && months.is_empty() {
            return Err(AgeProblem::Empty);
        }
        let whole = |text: &str| {
            if text.is_empty() {
                Some(0)
            } else {
                text.parse::<u64>().ok()
            }
        };
        let years = whole(years).ok_or(AgeProblem::Years)?;
        let months = whole(months)
            .filter(|&months| months < 12)
            .ok_or(AgeProblem::Months)?;
        let all =
            u16::try_from(years.saturating_mul(12).saturating_add(months)).map_err(|_| AgeProblem::TooOld)?;
        if all < AgeMonths::YOUNGEST {
            return Err(AgeProblem::TooYoung);
        }
        AgeMonths::new(all).ok_or(AgeProblem::TooOld)
    }
}

/// Which child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChildId(pub u32);

/// One child with all that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Child {
    /// Which.
    pub id: ChildId,
    /// What the family calls the child here.
    pub nickname: Option<Nickname>,
    /// Age on the day that it was said. Snapshots of version 1 call it `age_months`.
    #[serde(alias = "age_months")]
    pub age: AgeMonths,
    /// That day. Snapshots of version 1 do not know it.
    #[serde(default)]
    pub age_on: Day,
    /// Still puts things in the mouth. `None`: not said.
    #[serde(default)]
    pub mouthing: Option<bool>,
    /// Allergies.
    #[serde(default)]
    pub allergens: Vec<Id<Allergen>>,
    /// Medical limits.
    #[serde(default)]
    pub limits: Vec<Id<Limit>>,
    /// What was answered and reported, in the order in which it happened.
    #[serde(default)]
    pub history: Vec<Happening>,
}

impl Child {
    /// Age in whole months on a day.
    pub fn age_at(&self, today: Day) -> u16 {
        let grown = f64::from(today.since(self.age_on)) / 30.4375;
        (f64::from(self.age.get()) + grown) as u16
    }

    /// The reports, oldest first.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.history.iter().filter_map(|happening| match happening {
            Happening::Reported(report) => Some(report),
            Happening::Answered(_) => None,
        })
    }

    /// The answers, oldest first.
    pub fn answers(&self) -> impl Iterator<Item = &Answered> {
        self.history.iter().filter_map(|happening| match happening {
            Happening::Answered(answered) => Some(answered),
            Happening::Reported(_) => None,
        })
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// A question was answered.
    Answered(Answered),
    /// An activity was done.
    Reported(Report),
}

impl Happening {
    /// When.
    pub fn day(&self) -> Day {
        match self {
            Happening::Answered(answered) => answered.on,
            Happening::Reported(report) => report.on,
        }
    }

    /// Rounds its numbers to the millionth. Nothing is known so finely, and such a number is the same after writing and reading; one of
    /// sixteen digits is not.
    pub fn round(&mut self) {
        let round = |number: &mut f64| *number = (*number * 1e6).round() / 1e6;
        match self {
            Happening::Answered(answered) => [&mut answered.at, &mut answered.spread]
                .into_iter()
                .for_each(round),
            Happening::Reported(report) => {
                let asked = report.asked.iter_mut().map(|(_, at)| at);
                asked
                    .chain([&mut report.spread, &mut report.expected])
                    .for_each(round);
            }
        }
    }
}

/// An answer of the questionnaire. It carries what was asked, so that it keeps its meaning when the question
/// changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// Id of the question.
    pub question: String,
    /// Its area.
    pub area: Id<Area>,
    /// Its difficulty, in logits.
    pub at: f64,
    /// How unsure that was, in logits.
    pub spread: f64,
    /// The answer; `None`: no chance to try, which tells nothing.
    pub answer: Option<Id<Answer>>,
    /// When.
    pub on: Day,
}

/// How an activity went. It carries what was asked, so that it keeps its meaning when the catalogue changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Id of the activity.
    pub activity: String,
    /// The grade, as the engine's token.
    pub grade: String,
    /// What the grade asked: area and logit.
    pub asked: Vec<(Id<Area>, f64)>,
    /// How unsure that was, in logits. Snapshots of version 1 do not know it: they were all judgement.
    #[serde(default = "judgement")]
    pub spread: f64,
    /// The chance of success that was expected.
    pub expected: f64,
    /// How it went.
    pub level: Id<Level>,
    /// When.
    pub on: Day,
}

fn judgement() -> f64 {
    JUDGEMENT_SPREAD
}

/// How the page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];
}

/// How hard today may be: the engine's dial, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    /// A hard day.
    Easier,
    /// As usual.
    #[default]
    JustRight,
    /// Up for a challenge.
    Stretch,
}

impl Mood {
    /// All of them.
    pub const ALL: [Mood; 3] = [Mood::Easier, Mood::JustRight, Mood::Stretch];

    /// As the engine's dial.
    pub fn dial(self) -> Dial {
        match self {
            Mood::Easier => Dial::Easier,
            Mood::JustRight => Dial::JustRight,
            Mood::Stretch => Dial::Stretch,
        }
    }
}

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Family {
    /// The children, in the order in which they were added.
    pub children: Vec<Child>,
    /// Which one the page is about.
    pub active: Option<ChildId>,
    /// How the page looks.
    #[serde(default)]
    pub theme: Theme,
    /// How hard today may be.
    #[serde(default)]
    pub mood: Mood,
}

/// A change of the family's data.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A child was added, and the page is about that child from now on.
    ChildAdded {
        /// What the child is called.
        nickname: Option<Nickname>,
        /// Age.
        age: AgeMonths,
        /// On the day that it was said.
        on: Day,
    },
    /// Name or age were corrected.
    ChildEdited {
        /// Which.
        id: ChildId,
        /// What the child is called.
        nickname: Option<Nickname>,
        /// Age.
        age: AgeMonths,
        /// On the day that it was said.
        on: Day,
    },
    /// What safety has to know was set.
    ProtectionSet {
        /// Which child.
        id: ChildId,
        /// Still puts things in the mouth.
        mouthing: Option<bool>,
        /// Allergies.
        allergens: Vec<Id<Allergen>>,
        /// Medical limits.
        limits: Vec<Id<Limit>>,
    },
    /// A child was removed with all that happened.
    ChildRemoved(ChildId),
    /// The page is about this child now.
    ChildChosen(ChildId),
    /// Something happened with a child.
    Happened(ChildId, Happening),
    /// Something that happened with a child was taken back. It is named, because another tab may have added to the end.
    TakenBack(ChildId, Happening),
    /// How the page looks.
    ThemeSet(Theme),
    /// How hard today may be.
    MoodSet(Mood),
    /// All was replaced by an import.
    Imported(Box<Family>),
    /// All was erased.
    Erased,
    /// Nothing happened, but what is stored is to be written in today's form.
    Upgraded,
}

impl Family {
    /// The most children that one family may have here.
    pub const MOST_CHILDREN: usize = 100;
    /// The most happenings of one child.
    pub const MOST_HAPPENINGS: usize = 20_000;

    /// The child that the page is about.
    pub fn active_child(&self) -> Option<&Child> {
        self.active
            .and_then(|id| self.child(id))
            .or_else(|| self.children.first())
    }

    /// A child by id.
    pub fn child(&self, id: ChildId) -> Option<&Child> {
        self.children.iter().find(|child| child.id == id)
    }

    /// The family after a change. A change that concerns a child who is not there changes nothing.
    #[must_use]
    pub fn apply(&self, change: &Change) -> Family {
        let mut family = self.clone();
        match change {
            Change::ChildAdded { nickname, age, on } => {
                if family.children.len() < Family::MOST_CHILDREN {
                    let id = family.free_id();
                    family.children.push(Child {
                        id,
                        nickname: nickname.clone(),
                        age: *age,
                        age_on: *on,
                        mouthing: None,
                        allergens: Vec::new(),
                        limits: Vec::new(),
                        history: Vec::new(),
                    });
                    family.active = Some(id);
                }
            }
            Change::ChildEdited {
                id,
                nickname,
                age,
                on,
            } => family.with_child(*id, |child| {
                child.nickname = nickname.clone();
                if child.age_at(*on) != age.get() {
                    (child.age, child.age_on) = (*age, *on);
                }
            }),
            Change::ProtectionSet {
                id,
                mouthing,
                allergens,
                limits,
            } => family.with_child(*id, |child| {
                child.mouthing = *mouthing;
                child.allergens.clone_from(allergens);
                child.limits.clone_from(limits);
            }),
            Change::ChildRemoved(id) => {
                family.children.retain(|child| child.id != *id);
                if family.active == Some(*id) {
                    family.active = family.children.first().map(|child| child.id);
                }
            }
            Change::ChildChosen(id) => {
                if family.child(*id).is_some() {
                    family.active = Some(*id);
                }
            }
            Change::Happened(id, happening) => family.with_child(*id, |child| {
                if child.history.len() < Family::MOST_HAPPENINGS {
                    let mut happening = happening.clone();
                    happening.round();
                    child.history.push(happening);
                }
            }),
            Change::TakenBack(id, happening) => family.with_child(*id, |child| {
                let mut happening = happening.clone();
                happening.round();
                if let Some(place) = child.history.iter().rposition(|one| *one == happening) {
                    child.history.remove(place);
                }
            }),
            Change::ThemeSet(theme) => family.theme = *theme,
            Change::MoodSet(mood) => family.mood = *mood,
            Change::Imported(imported) => family = (**imported).clone(),
            Change::Erased => family = Family::default(),
            Change::Upgraded => {}
        }
        family
    }

    /// One above the highest, so that an id is not given to another child; where there is none above, the
    /// lowest that is free.
    fn free_id(&self) -> ChildId {
        let highest = self
            .children
            .iter()
            .map(|child| child.id.0)
            .max()
            .unwrap_or_default();
        let above = highest.checked_add(1).map(ChildId);
        above.unwrap_or_else(|| {
            (1..)
                .map(ChildId)
                .find(|&id| self.child(id).is_none())
                .unwrap_or_default()
        })
    }

    /// The family after changes, one after the other.
    #[must_use]
    pub fn apply_all(&self, changes: &[Change]) -> Family {
        changes
            .iter()
            .fold(self.clone(), |family, change| family.apply(change))
    }

    fn with_child(&mut self, id: ChildId, act: impl FnOnce(&mut Child)) {
        if let Some(child) = self.children.iter_mut().find(|child| child.id == id) {
            act(child);
        }
    }
}
