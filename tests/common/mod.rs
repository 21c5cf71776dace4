//! What several tests need: the content with its words, and families to try it on.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::Path;
use std::sync::OnceLock;

use just_right::child_model::Memory;
use just_right::family::{AgeMonths, Change, Child, Day, Family, Happening, Nickname, Report};
use just_right::knowledge::Knowledge;
use just_right::model::activity::{self, Page};
use just_right::model::Present;
use just_right_catalogue::{source, Id};
use just_right_engine::report::Level;

/// The day on which the tests take place.
pub const TODAY: Day = Day(20_780);

/// The built-in content, with the words that the app fetches a moment later.
pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let content = source::read(Path::new("assets")).unwrap();
        Knowledge {
            texts: Some(content.texts),
            drawings: Some(content.drawings),
            ..Knowledge::built_in()
        }
    })
}

/// A family with one child of this age, of whom nothing else was said.
pub fn family(months: u16) -> Family {
    Family::default().apply(&added(None, months))
}

/// The change that adds a child.
pub fn added(nickname: Option<&str>, months: u16) -> Change {
    Change::ChildAdded {
        nickname: nickname.and_then(Nickname::parse),
        age: AgeMonths::new(months).unwrap(),
        on: TODAY,
    }
}

/// The child that the page is about.
pub fn child(family: &Family) -> &Child {
    family.active_child().unwrap()
}

/// That child as a screen speaks of it.
pub fn present(family: &Family) -> Present {
    Present::of(family, child(family), TODAY, &mut Memory::default())
}

/// The page of an activity, at a grade or the best one.
pub fn page(family: &Family, id: &str, grade: Option<&str>) -> Page {
    activity::page(knowledge(), &present(family), id, grade).unwrap()
}

/// The report that the app makes when a parent says how this page's grade went.
pub fn reported(page: &Page, level: Level) -> Happening {
    let asked = page.plan.demands;
    Happening::Reported(Report {
        activity: page.id.clone(),
        grade: page.grade.clone(),
        asked: asked.iter().map(|(area, at)| (Id(area), at.get())).collect(),
        spread: asked.spread(),
        expected: page.plan.outlook.success,
        level: Id(level),
        enjoyed: None,
        note: None,
        on: TODAY,
    })
}
