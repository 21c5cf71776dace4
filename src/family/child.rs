//! One child with all that happened.

use just_right_catalogue::content::Sense;
use just_right_catalogue::Id;
use just_right_engine::safety::{Allergen, Limit};

use super::{AgeMonths, Answered, Day, Declined, Happening, Nickname, Planned, Report, Response};

/// Which child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ChildId(pub u32);

/// One child with all that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// Which.
    pub id: ChildId,
    /// What the family calls the child here.
    pub nickname: Option<Nickname>,
    /// Age on the day that it was said. Snapshots of version 1 call it `age_months`.
    pub age: AgeMonths,
    /// That day. Snapshots of version 1 do not know it.
    pub age_on: Day,
    /// Still puts things in the mouth. `None`: not said.
    pub mouthing: Option<bool>,
    /// Allergies.
    pub allergens: Vec<Id<Allergen>>,
    /// Medical limits.
    pub limits: Vec<Id<Limit>>,
    /// How the child takes in the world, channel by channel. A channel of which nothing was said is missing.
    pub senses: Vec<(Id<Sense>, Response)>,
    /// Activities that the family does not want, each with the reason.
    pub declined: Vec<Declined>,
    /// Ids of activities that the family keeps at hand, in the order in which they were saved.
    pub saved: Vec<String>,
    /// What is planned, in the order of days.
    pub plan: Vec<Planned>,
    /// Days on which nothing is to be planned, in the order in which they were crossed out.
    pub free: Vec<Day>,
    /// What was answered and reported, in the order in which it happened.
    pub history: Vec<Happening>,
}

impl Child {
    /// The most planned moments of one child.
    pub const MOST_PLANNED: usize = 500;
    /// The most days that are kept free; the first that were crossed out are forgotten first.
    pub const MOST_FREE: usize = 60;

    /// A child of whom nothing was told but name and age.
    pub fn new(id: ChildId, nickname: Option<Nickname>, age: AgeMonths, on: Day) -> Child {
        Child {
            id,
            nickname,
            age,
            age_on: on,
            mouthing: None,
            allergens: Vec::new(),
            limits: Vec::new(),
            senses: Vec::new(),
            declined: Vec::new(),
            saved: Vec::new(),
            plan: Vec::new(),
            free: Vec::new(),
            history: Vec::new(),
        }
    }

    /// Age in whole months on a day.
    pub fn age_at(&self, today: Day) -> u16 {
        let grown = f64::from(today.since(self.age_on)) / 30.4375;
        (f64::from(self.age.get()) + grown) as u16
    }

    /// What is left out on a day because the family does not want it.
    pub fn declined_on(&self, today: Day) -> impl Iterator<Item = &Declined> {
        self.declined.iter().filter(move |one| one.holds_on(today))
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
