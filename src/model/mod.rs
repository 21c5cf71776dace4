//! View models: what each screen says, as plain data. Pure functions of the family's data, the content and
//! the day; the views only turn them into html.

pub mod activity;
pub mod asking;
pub mod calendar;
pub mod circumstances;
pub mod dates;
pub mod doing;
pub mod growing;
pub mod looking_back;
pub mod picks;
pub mod plan;
pub mod together;
pub mod track;

use just_right_engine::ability::Profile;
use just_right_engine::demand::Band;
use just_right_engine::grading::Request;
use just_right_engine::pick::Done;
use just_right_engine::safety::Protection;

use just_right_catalogue::content::Sense;
use just_right_catalogue::Id;

use crate::child_model::{self, Memory};
use crate::family::{Child, Circumstances, Day, Family, Mood, Response};
use crate::words::{capital, key};

/// A child as a screen speaks of it: name, belief and protection of today.
#[derive(Clone, Debug, PartialEq)]
pub struct Present {
    /// The nickname, or "your child".
    pub name: String,
    /// The same for the start of a sentence.
    pub name_first: String,
    /// What is believed today.
    pub profile: Profile,
    /// What safety has to know.
    pub protection: Protection,
    /// How hard today may be.
    pub mood: Mood,
    /// What was done and reported, the latest last.
    pub done: Vec<Done>,
    /// How the child takes in the channels of the senses.
    pub senses: Vec<(Id<Sense>, Response)>,
    /// Ids of activities that are not wanted at present.
    pub declined: Vec<String>,
    /// What today's picks have to fit into. How the child is stands in it only where that was said today.
    pub circumstances: Circumstances,
    /// Today.
    pub today: Day,
}

impl Present {
    /// Of this child today. What was worked out before is in the memory.
    pub fn of(family: &Family, child: &Child, today: Day, memory: &mut Memory) -> Present {
        let name = name(child);
        Present {
            name_first: capital(&name),
            name,
            profile: memory.profile(child, today),
            protection: child_model::protection(child),
            mood: family.mood,
            done: child.reports().map(child_model::done).collect(),
            senses: child.senses.clone(),
            declined: child.declined_on(today).map(|one| one.activity.clone()).collect(),
            circumstances: Circumstances {
                energy: family
                    .circumstances
                    .energy_on(today)
                    .map(|energy| (energy, today)),
                ..family.circumstances.clone()
            },
            today,
        }
    }

    /// What the engine is asked with.
    pub fn request(&self) -> Request<'_> {
        Request {
            profile: &self.profile,
            protection: &self.protection,
            band: self.band(),
            minutes: None,
            therapist: false,
        }
    }

    fn band(&self) -> Band {
        self.mood.dial().band()
    }

    /// The places of a sentence that a name fills.
    pub fn places(&self) -> [(&str, &str); 2] {
        [("name", &self.name), ("Name", &self.name_first)]
    }
}

/// The nickname, or "your child".
pub fn name(child: &Child) -> String {
    child.nickname.as_ref().map_or_else(
        || key::CHILD_UNNAMED.say().to_owned(),
        |nickname| nickname.as_str().to_owned(),
    )
}

/// The nickname; without one the age tells one child from another.
pub fn label(child: &Child, today: Day) -> String {
    match &child.nickname {
        Some(nickname) => nickname.as_str().to_owned(),
        None => key::CHILD_UNNAMED_AGED.with(&[("age", &age(child.age_at(today)))]),
    }
}

/// An age as people say it: "4 years", "2 years 3 months".
pub fn age(months: u16) -> String {
    let (years, rest) = (months / 12, months % 12);
    let years_said = key::AGE_YEARS.of(usize::from(years));
    let months_said = key::AGE_MONTHS.of(usize::from(rest));
    match (years, rest) {
        (_, 0) => years_said,
        (0, _) => months_said,
        _ => format!("{years_said} {months_said}"),
    }
}

/// So many reports are worth a copy as a file, and so many days after the last one.
const WORTH_A_COPY: usize = 10;
const DAYS_OF_A_COPY: i32 = 30;

/// Whether it is time to remind the family, gently, of a spare copy: browsers may throw away what a page keeps.
pub fn wants_a_copy(family: &Family, today: Day) -> bool {
    let since = |day: &Day| family.exported.is_none_or(|exported| *day >= exported);
    let reports = family.children.iter().flat_map(Child::reports);
    let new = reports.filter(|report| since(&report.on)).count();
    let long_ago = family
        .exported
        .is_none_or(|exported| today.since(exported) >= DAYS_OF_A_COPY);
    long_ago && new >= WORTH_A_COPY
}

/// A sentence made of a part that may end with its own mark.
pub fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '”']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
