//! A family's data out of a tree of JSON values. What is out of bounds makes the whole unreadable; what an earlier version did
//! not know was not said; what is not known here is left aside.

use std::ops::RangeInclusive;

use just_right_catalogue::content::Sense;
use just_right_catalogue::{Id, Named};
use just_right_engine::demand::{JUDGEMENT_SPREAD, MAX_LOADED};
use serde_json::Value;

use crate::family::{
    AgeMonths, Answered, Child, ChildId, Circumstances, Day, Declined, Family, Happening, Mood, Motion,
    Nickname, Note, Planned, Report, TextSize, Theme,
};

/// The days that the clock of a browser can show, however wrong it is.
const DAYS: RangeInclusive<i32> = -100_000_000..=100_000_000;

/// What a demand can be, and how unsure of it one can be.
const LOGITS: RangeInclusive<f64> = -40.0..=40.0;
const SPREADS: RangeInclusive<f64> = 0.0..=40.0;

/// The longest name of an activity, a grade or a thing, in bytes, and the most activities that a child can have put aside.
const LONGEST_NAME: usize = 200;
const MOST_NAMED: usize = 2_000;

/// A family, if all of it is possible. `today` is the day of reading.
pub(super) fn family(value: &Value, today: Day) -> Option<Family> {
    value.as_object()?;
    let children: Vec<Child> = list(value.get("children"), Family::MOST_CHILDREN, &mut |one| {
        child(one, today)
    })?;
    let twice = children
        .iter()
        .enumerate()
        .any(|(index, child)| children[..index].iter().any(|other| other.id == child.id));
    let active = optional(value.get("active"), child_id)?;
    let lost = active.is_some_and(|id| children.iter().all(|child| child.id != id));
    if twice || lost {
        return None;
    }
    Some(Family {
        children,
        active,
        theme: or_usual(value.get("theme"), Theme::default())?,
        mood: or_usual(value.get("mood"), Mood::default())?,
        circumstances: optional(value.get("circumstances"), circumstances)?.unwrap_or_default(),
        language: optional(value.get("language"), name)?,
        text_size: or_usual(value.get("text_size"), TextSize::default())?,
        motion: or_usual(value.get("motion"), Motion::default())?,
        sounds: optional(value.get("sounds"), Value::as_bool)?.unwrap_or_default(),
        exported: optional(value.get("exported"), day)?,
    })
}

fn child(value: &Value, today: Day) -> Option<Child> {
    // Version 1 called the age otherwise, and did not say on which day it was told.
    let age = value.get("age").or_else(|| value.get("age_months"))?;
    let mut child = Child::new(
        child_id(value.get("id")?)?,
        optional(value.get("nickname"), |one| Nickname::parse(one.as_str()?))?,
        AgeMonths::new(whole(age)?)?,
        optional(value.get("age_on"), day)?.unwrap_or(today),
    );
    child.mouthing = optional(value.get("mouthing"), Value::as_bool)?;
    child.allergens = list(value.get("allergens"), MOST_NAMED, &mut id)?;
    child.limits = list(value.get("limits"), MOST_NAMED, &mut id)?;
    child.senses = list(value.get("senses"), Sense::ALL.len(), &mut |one| {
        Some((id(one.get(0)?)?, named(one.get(1)?)?))
    })?;
    child.declined = list(value.get("declined"), MOST_NAMED, &mut |one| {
        Some(Declined {
            activity: name(one.get("activity")?)?,
            reason: named(one.get("reason")?)?,
            on: day(one.get("on")?)?,
        })
    })?;
    child.saved = list(value.get("saved"), MOST_NAMED, &mut name)?;
    child.plan = list(value.get("plan"), Child::MOST_PLANNED, &mut |one| {
        Some(Planned {
            activity: name(one.get("activity")?)?,
            on: day(one.get("on")?)?,
        })
    })?;
    child.history = list(value.get("history"), Family::MOST_HAPPENINGS, &mut happening)?;
    Some(child)
}

fn happening(value: &Value) -> Option<Happening> {
    let mut happening = match (value.get("answered"), value.get("reported")) {
        (Some(one), None) => Happening::Answered(Answered {
            question: one.get("question")?.as_str()?.to_owned(),
            area: id(one.get("area")?)?,
            at: within(one.get("at")?, &LOGITS)?,
            spread: within(one.get("spread")?, &SPREADS)?,
            answer: optional(one.get("answer"), id)?,
            on: day(one.get("on")?)?,
        }),
        (None, Some(one)) => Happening::Reported(Report {
            activity: name(one.get("activity")?)?,
            grade: name(one.get("grade")?)?,
            asked: list(one.get("asked"), MAX_LOADED, &mut |one| {
                Some((id(one.get(0)?)?, within(one.get(1)?, &LOGITS)?))
            })?,
            // Version 1 did not know it: all of its numbers were judgement.
            spread: optional(one.get("spread"), |one| within(one, &SPREADS))?.unwrap_or(JUDGEMENT_SPREAD),
            expected: within(one.get("expected")?, &(0.0..=1.0))?,
            level: id(one.get("level")?)?,
            enjoyed: optional(one.get("enjoyed"), named)?,
            note: optional(one.get("note"), |one| Note::parse(one.as_str()?))?,
            on: day(one.get("on")?)?,
        }),
        _ => return None,
    };
    happening.round();
    Some(happening)
}

fn circumstances(value: &Value) -> Option<Circumstances> {
    value.as_object()?;
    Some(Circumstances {
        minutes: optional(value.get("minutes"), whole)?,
        place: optional(value.get("place"), named)?,
        company: optional(value.get("company"), named)?,
        mess: optional(value.get("mess"), named)?,
        energy: optional(value.get("energy"), |one| {
            Some((named(one.get(0)?)?, day(one.get(1)?)?))
        })?,
        missing: list(value.get("missing"), Circumstances::MOST_MISSING, &mut name)?,
    })
}

/// What may be missing or null, which is nothing said; what is there must be possible.
fn optional<T>(value: Option<&Value>, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// A list of at most so many; a missing one is empty.
fn list<T>(value: Option<&Value>, most: usize, read: &mut dyn FnMut(&Value) -> Option<T>) -> Option<Vec<T>> {
    let Some(value) = value else {
        return Some(Vec::new());
    };
    let all = value.as_array().filter(|all| all.len() <= most)?;
    all.iter().map(read).collect()
}

fn or_usual<T: Named>(value: Option<&Value>, usual: T) -> Option<T> {
    value.map_or(Some(usual), named)
}

fn named<T: Named>(value: &Value) -> Option<T> {
    T::named(value.as_str()?)
}

fn id<T: Named>(value: &Value) -> Option<Id<T>> {
    named(value).map(Id)
}

fn name(value: &Value) -> Option<String> {
    let name = value.as_str().filter(|name| name.len() <= LONGEST_NAME)?;
    Some(name.to_owned())
}

fn whole(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|whole| u16::try_from(whole).ok())
}

fn child_id(value: &Value) -> Option<ChildId> {
    value.as_u64().and_then(|id| u32::try_from(id).ok()).map(ChildId)
}

fn day(value: &Value) -> Option<Day> {
    let day = value.as_i64().and_then(|day| i32::try_from(day).ok())?;
    DAYS.contains(&day).then_some(Day(day))
}

fn within(value: &Value, range: &RangeInclusive<f64>) -> Option<f64> {
    value.as_f64().filter(|number| range.contains(number))
}
