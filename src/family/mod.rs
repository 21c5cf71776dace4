//! The family's data, and every change that can happen to it.
//!
//! One state, one reducer: a [`Change`] is a named event, [`Family::apply`] a pure function. Only what
//! happened is stored; what is believed of a child is derived from it, so a better engine makes better use of
//! the same history.

mod age;
mod child;
mod circumstances;
mod day;
mod history;
mod named;
mod settings;
mod text;

pub use age::{AgeMonths, AgeProblem};
pub use child::{Child, ChildId};
pub use circumstances::{
    Circumstances, Company, Declined, Energy, MessAllowed, Planned, Reason, Response, Whereabouts,
};
pub use day::Day;
pub use history::{Answered, Enjoyed, Happening, Report};
use just_right_catalogue::content::Sense;
use just_right_catalogue::Id;
use just_right_engine::safety::{Allergen, Limit};
pub use settings::{Mood, Motion, TextSize, Theme};
pub use text::{Nickname, Note};

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Family {
    /// The children, in the order in which they were added.
    pub children: Vec<Child>,
    /// Which one the page is about.
    pub active: Option<ChildId>,
    /// How the page looks.
    pub theme: Theme,
    /// How hard today may be.
    pub mood: Mood,
    /// What today's picks have to fit into.
    pub circumstances: Circumstances,
    /// Language tag of the texts; `None`: as the page says.
    pub language: Option<String>,
    /// How large the text is.
    pub text_size: TextSize,
    /// Whether things move.
    pub motion: Motion,
    /// Whether a timer may ring.
    pub sounds: bool,
    /// The day of the last export.
    pub exported: Option<Day>,
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
    /// What was taken back happened after all, at this place of the history.
    PutBack(ChildId, usize, Happening),
    /// Whether a report's activity was enjoyed, and what to remember of it. The report is named as it was before.
    Remarked(ChildId, Report, Option<Enjoyed>, Option<Note>),
    /// How a child takes in a channel of the senses; `None`: not said.
    SenseSet(ChildId, Sense, Option<Response>),
    /// An activity is not wanted.
    Declined(ChildId, Declined),
    /// An activity is wanted again.
    Welcomed(ChildId, String),
    /// An activity is kept at hand, or not any more.
    SavedSet(ChildId, String, bool),
    /// A child's plan from a day on, in the stead of what was planned from then on.
    PlanSet(ChildId, Day, Vec<Planned>),
    /// A day of a child is kept free of plans, or not any more.
    FreeSet(ChildId, Day, bool),
    /// What today's picks have to fit into.
    CircumstancesSet(Circumstances),
    /// Language of the texts; `None`: as the page says.
    LanguageSet(Option<String>),
    /// How large the text is.
    TextSizeSet(TextSize),
    /// Whether things move.
    MotionSet(Motion),
    /// Whether a timer may ring.
    SoundsSet(bool),
    /// All was saved as a file on this day.
    Exported(Day),
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
                    family.children.push(Child::new(id, nickname.clone(), *age, *on));
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
            Change::PutBack(id, place, happening) => family.with_child(*id, |child| {
                if child.history.len() < Family::MOST_HAPPENINGS {
                    let place = child.history.len().min(*place);
                    child.history.insert(place, happening.clone());
                }
            }),
            Change::Remarked(id, report, enjoyed, note) => family.with_child(*id, |child| {
                let mut was = Happening::Reported(report.clone());
                was.round();
                if let Some(Happening::Reported(report)) = child.history.iter_mut().rfind(|one| **one == was)
                {
                    report.enjoyed = *enjoyed;
                    report.note.clone_from(note);
                }
            }),
            Change::SenseSet(id, sense, response) => family.with_child(*id, |child| {
                child.senses.retain(|(known, _)| known.0 != *sense);
                child
                    .senses
                    .extend(response.map(|response| (Id(*sense), response)));
            }),
            Change::Declined(id, declined) => family.with_child(*id, |child| {
                child.declined.retain(|one| one.activity != declined.activity);
                child.declined.push(declined.clone());
            }),
            Change::Welcomed(id, activity) => family.with_child(*id, |child| {
                child.declined.retain(|one| one.activity != *activity);
            }),
            Change::SavedSet(id, activity, saved) => family.with_child(*id, |child| {
                child.saved.retain(|one| one != activity);
                if *saved {
                    child.saved.push(activity.clone());
                }
            }),
            Change::PlanSet(id, from, planned) => family.with_child(*id, |child| {
                child.plan.retain(|one| one.on < *from);
                child
                    .plan
                    .extend(planned.iter().filter(|one| one.on >= *from).cloned());
                child.plan.sort_by_key(|one| one.on);
                let too_many = child.plan.len().saturating_sub(Child::MOST_PLANNED);
                child.plan.drain(..too_many);
            }),
            Change::FreeSet(id, day, free) => family.with_child(*id, |child| {
                child.free.retain(|one| one != day);
                child.free.extend(free.then_some(*day));
                let too_many = child.free.len().saturating_sub(Child::MOST_FREE);
                child.free.drain(..too_many);
            }),
            Change::CircumstancesSet(circumstances) => family.circumstances.clone_from(circumstances),
            Change::LanguageSet(language) => family.language.clone_from(language),
            Change::TextSizeSet(size) => family.text_size = *size,
            Change::MotionSet(motion) => family.motion = *motion,
            Change::SoundsSet(sounds) => family.sounds = *sounds,
            Change::Exported(day) => family.exported = Some(*day),
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
