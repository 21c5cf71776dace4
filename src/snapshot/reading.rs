//! A family's data out of a tree of JSON values. What is out of bounds makes the whole unreadable; what an earlier version did
//! not know was not said; what is not known here is left aside.

use std::ops::RangeInclusive;

use just_right_catalogue::content::Sense;
use just_right_catalogue::{Id, Named};
use just_right_engine::demand::{JUDGEMENT_SPREAD, MAX_LOADED};
use miniserde::json::{Number, Value};

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
    object(value)?;
    // A family of nobody says so: what names no children at all is no family, and must not take the place of one.
    let children: Vec<Child> = list(Some(get(value, "children")?), Family::MOST_CHILDREN, &mut |one| {
        child(one, today)
    })?;
    let twice = children
        .iter()
        .enumerate()
        .any(|(index, child)| children[..index].iter().any(|other| other.id == child.id));
    let active = optional(get(value, "active"), child_id)?;
    let lost = active.is_some_and(|id| children.iter().all(|child| child.id != id));
    if twice || lost {
        return None;
    }
    Some(Family {
        children,
        active,
        theme: or_usual(get(value, "theme"), Theme::default())?,
        mood: or_usual(get(value, "mood"), Mood::default())?,
        circumstances: optional(get(value, "circumstances"), circumstances)?.unwrap_or_default(),
        language: optional(get(value, "language"), name)?,
        text_size: or_usual(get(value, "text_size"), TextSize::default())?,
        motion: or_usual(get(value, "motion"), Motion::default())?,
        sounds: optional(get(value, "sounds"), truth)?.unwrap_or_default(),
        exported: optional(get(value, "exported"), day)?,
    })
}

fn child(value: &Value, today: Day) -> Option<Child> {
    // Version 1 called the age otherwise, and did not say on which day it was told.
    let age = get(value, "age").or_else(|| get(value, "age_months"))?;
    let mut child = Child::new(
        child_id(get(value, "id")?)?,
        optional(get(value, "nickname"), |one| Nickname::parse(text(one)?))?,
        AgeMonths::new(whole(age)?)?,
        optional(get(value, "age_on"), day)?.unwrap_or(today),
    );
    child.mouthing = optional(get(value, "mouthing"), truth)?;
    child.allergens = list(get(value, "allergens"), MOST_NAMED, &mut id)?;
    child.limits = list(get(value, "limits"), MOST_NAMED, &mut id)?;
    child.senses = list(get(value, "senses"), Sense::ALL.len(), &mut |one| {
        Some((id(at(one, 0)?)?, named(at(one, 1)?)?))
    })?;
    // Were something said twice of one sense, another channel that is told of would be one too many.
    let senses = child.senses.iter().enumerate();
    if senses
        .into_iter()
        .any(|(index, (sense, _))| child.senses[..index].iter().any(|(other, _)| other == sense))
    {
        return None;
    }
    child.declined = list(get(value, "declined"), MOST_NAMED, &mut |one| {
        Some(Declined {
            activity: name(get(one, "activity")?)?,
            reason: named(get(one, "reason")?)?,
            on: day(get(one, "on")?)?,
        })
    })?;
    child.saved = list(get(value, "saved"), MOST_NAMED, &mut name)?;
    child.plan = list(get(value, "plan"), Child::MOST_PLANNED, &mut |one| {
        Some(Planned {
            activity: name(get(one, "activity")?)?,
            on: day(get(one, "on")?)?,
        })
    })?;
    child.free = list(get(value, "free"), Child::MOST_FREE, &mut day)?;
    child.history = list(get(value, "history"), Family::MOST_HAPPENINGS, &mut happening)?;
    Some(child)
}

fn happening(value: &Value) -> Option<Happening> {
    let mut happening = match (get(value, "answered"), get(value, "reported")) {
        (Some(one), None) => Happening::Answered(Answered {
            question: text(get(one, "question")?)?.to_owned(),
            area: id(get(one, "area")?)?,
            at: within(get(one, "at")?, &LOGITS)?,
            spread: within(get(one, "spread")?, &SPREADS)?,
            answer: optional(get(one, "answer"), id)?,
            on: day(get(one, "on")?)?,
        }),
        (None, Some(one)) => Happening::Reported(Report {
            activity: name(get(one, "activity")?)?,
            grade: name(get(one, "grade")?)?,
            asked: list(get(one, "asked"), MAX_LOADED, &mut |one| {
                Some((id(at(one, 0)?)?, within(at(one, 1)?, &LOGITS)?))
            })?,
            // Version 1 did not know it: all of its numbers were judgement.
            spread: optional(get(one, "spread"), |one| within(one, &SPREADS))?.unwrap_or(JUDGEMENT_SPREAD),
            expected: within(get(one, "expected")?, &(0.0..=1.0))?,
            level: id(get(one, "level")?)?,
            enjoyed: optional(get(one, "enjoyed"), named)?,
            note: optional(get(one, "note"), |one| Note::parse(text(one)?))?,
            on: day(get(one, "on")?)?,
        }),
        _ => return None,
    };
    happening.round();
    Some(happening)
}

fn circumstances(value: &Value) -> Option<Circumstances> {
    object(value)?;
    Some(Circumstances {
        minutes: optional(get(value, "minutes"), whole)?,
        place: optional(get(value, "place"), named)?,
        company: optional(get(value, "company"), named)?,
        mess: optional(get(value, "mess"), named)?,
        energy: optional(get(value, "energy"), |one| {
            Some((named(at(one, 0)?)?, day(at(one, 1)?)?))
        })?,
        missing: list(get(value, "missing"), Circumstances::MOST_MISSING, &mut name)?,
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
    match value {
        Value::Array(all) if all.len() <= most => all.iter().map(read).collect(),
        _ => None,
    }
}

fn or_usual<T: Named>(value: Option<&Value>, usual: T) -> Option<T> {
    value.map_or(Some(usual), named)
}

fn named<T: Named>(value: &Value) -> Option<T> {
    T::named(text(value)?)
}

fn id<T: Named>(value: &Value) -> Option<Id<T>> {
    named(value).map(Id)
}

fn name(value: &Value) -> Option<String> {
    let name = text(value).filter(|name| name.len() <= LONGEST_NAME)?;
    Some(name.to_owned())
}

fn child_id(value: &Value) -> Option<ChildId> {
    whole(value).map(ChildId)
}

fn day(value: &Value) -> Option<Day> {
    let day = whole(value)?;
    DAYS.contains(&day).then_some(Day(day))
}

fn within(value: &Value, range: &RangeInclusive<f64>) -> Option<f64> {
    let number = match value {
        Value::Number(Number::F64(number)) => *number,
        Value::Number(Number::U64(number)) => *number as f64,
        Value::Number(Number::I64(number)) => *number as f64,
        _ => return None,
    };
    range.contains(&number).then_some(number)
}

/// A whole number of the kind that is asked for.
pub(super) fn whole<T: TryFrom<i128>>(value: &Value) -> Option<T> {
    let number: i128 = match value {
        Value::Number(Number::U64(number)) => (*number).into(),
        Value::Number(Number::I64(number)) => (*number).into(),
        _ => return None,
    };
    T::try_from(number).ok()
}

pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

fn object(value: &Value) -> Option<&miniserde::json::Object> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

pub(super) fn get<'v>(value: &'v Value, field: &str) -> Option<&'v Value> {
    object(value)?.get(field)
}

fn at(value: &Value, index: usize) -> Option<&Value> {
    match value {
        Value::Array(all) => all.get(index),
        _ => None,
    }
}
