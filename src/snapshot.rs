//! The stored and the exported form of the family's data.
//!
//! Both are one JSON text with the same head. Reading is checked to the end before anything is replaced: a
//! text becomes a whole [`Family`] or a [`ReadError`] that says what is wrong.
//!
//! | version | what changed |
//! |---|---|
//! | 1 | children carried their age in `age_months` without the day on which it was said, and reports had no `spread` |
//! | 2 | `age` and `age_on`; reports carry `spread` |
//! | 3 | `senses`, `declined`, `saved`, `plan` and `free` of a child; `enjoyed` and `note` of a report; `circumstances`, `language`, `text_size`,
//! |   | `motion`, `sounds` and `exported` of the family. What an earlier version did not know was not said |

use std::ops::RangeInclusive;

use serde::Deserialize;
use serde_json::value::RawValue;

use just_right_catalogue::content::Sense;
use just_right_catalogue::Id;

use crate::family::{Child, Circumstances, Day, Family, Happening, Response};

/// The version that this release writes.
pub const VERSION: u32 = 3;

/// What stands in every file of ours.
const FORMAT: &str = "just-right";

/// The largest text that is read, in bytes. A family of ten with a report a day for ten years stays below.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// The days that the clock of a browser can show, however wrong it is.
const DAYS: RangeInclusive<i32> = -100_000_000..=100_000_000;

/// What a demand can be, and how unsure of it one can be.
const LOGITS: RangeInclusive<f64> = -40.0..=40.0;
const SPREADS: RangeInclusive<f64> = 0.0..=40.0;

/// The longest name of an activity, a grade or a thing, in bytes, and the most activities that a child can have put aside.
const LONGEST_NAME: usize = 200;
const MOST_NAMED: usize = 2_000;

/// Why a text is not a family's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Larger than [`LARGEST`].
    TooLarge,
    /// No JSON, or one that ends too early.
    Broken,
    /// JSON, but not ours.
    NotOurs,
    /// Written by a newer release.
    Newer,
    /// Ours, but a value is impossible.
    Invalid,
    /// Ours and whole in form, but not what was written: the checksum differs.
    Damaged,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The data.
    pub family: Family,
    /// How many times it had been written. Of two, the higher is the later.
    pub sequence: u64,
    /// The version in which it was written.
    pub version: u32,
}

#[derive(Deserialize)]
struct Head<'a> {
    format: Option<String>,
    version: Option<u32>,
    sequence: Option<u64>,
    checksum: Option<String>,
    #[serde(borrow)]
    family: Option<&'a RawValue>,
}

/// The text to store: with a sequence number and a checksum.
pub fn to_store(family: &Family, sequence: u64) -> String {
    let family = serde_json::to_string(family).unwrap_or_default();
    let checksum = checksum(VERSION, sequence, &family);
    format!(
        r#"{{"format":"{FORMAT}","version":{VERSION},"sequence":{sequence},"checksum":"{checksum}","family":{family}}}"#
    )
}

/// The text to export: the same without what only the store needs.
pub fn to_export(family: &Family) -> String {
    let family = serde_json::to_string(family).unwrap_or_default();
    format!(r#"{{"format":"{FORMAT}","version":{VERSION},"family":{family}}}"#)
}

/// Reads a stored or an exported text.
///
/// # Errors
/// See [`ReadError`]. Nothing is half-read.
pub fn read(text: &str, today: Day) -> Result<Snapshot, ReadError> {
    if text.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}');
    let head: Head = serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            ReadError::NotOurs
        } else {
            ReadError::Broken
        }
    })?;
    if head.format.as_deref() != Some(FORMAT) {
        return Err(ReadError::NotOurs);
    }
    let version = head.version.ok_or(ReadError::NotOurs)?;
    if version > VERSION {
        return Err(ReadError::Newer);
    }
    let raw = head.family.ok_or(ReadError::Invalid)?;
    let sequence = head.sequence.unwrap_or_default();
    if head
        .checksum
        .is_some_and(|written| written != checksum(version, sequence, raw.get()))
    {
        return Err(ReadError::Damaged);
    }
    if version == 0 {
        return Err(ReadError::NotOurs);
    }
    let mut family: Family = serde_json::from_str(raw.get()).map_err(|_| ReadError::Invalid)?;
    if version == 1 {
        from_version_1(&mut family, today);
    }
    check(&family)?;
    family
        .children
        .iter_mut()
        .flat_map(|child| &mut child.history)
        .for_each(Happening::round);
    Ok(Snapshot {
        family,
        sequence,
        version,
    })
}

/// What the types alone do not say: ids once each, counts in bounds, numbers finite.
fn check(family: &Family) -> Result<(), ReadError> {
    let children = &family.children;
    if children.len() > Family::MOST_CHILDREN {
        return Err(ReadError::Invalid);
    }
    let twice = children
        .iter()
        .enumerate()
        .any(|(index, child)| children[..index].iter().any(|other| other.id == child.id));
    let too_many = children
        .iter()
        .any(|child| child.history.len() > Family::MOST_HAPPENINGS);
    let told = &family.circumstances;
    let long = |text: &String| text.len() > LONGEST_NAME;
    let odd = told.missing.len() > Circumstances::MOST_MISSING
        || told.missing.iter().any(long)
        || family.language.as_ref().is_some_and(long)
        || told.energy.is_some_and(|(_, on)| !DAYS.contains(&on.0))
        || family.exported.is_some_and(|on| !DAYS.contains(&on.0))
        || children.iter().any(|child| {
            let days = child.plan.iter().map(|one| one.on);
            let mut days = days
                .chain(child.declined.iter().map(|one| one.on))
                .chain(child.free.iter().copied());
            let planned = child.plan.iter().map(|one| &one.activity);
            let declined = child.declined.iter().map(|one| &one.activity);
            child.plan.len() > Child::MOST_PLANNED
                || child.free.len() > Child::MOST_FREE
                || child.declined.len().max(child.saved.len()) > MOST_NAMED
                || told_twice(&child.senses)
                || days.any(|on| !DAYS.contains(&on.0))
                || planned.chain(declined).chain(&child.saved).any(long)
        });
    let lost = family.active.is_some_and(|id| family.child(id).is_none());
    let impossible = children.iter().any(|child| {
        let mut days = child.history.iter().map(Happening::day).chain([child.age_on]);
        days.any(|day| !DAYS.contains(&day.0))
            || child
                .answers()
                .any(|answered| !LOGITS.contains(&answered.at) || !SPREADS.contains(&answered.spread))
            || child.reports().any(|report| {
                report.asked.len() > 4
                    || report.asked.iter().any(|(_, at)| !LOGITS.contains(at))
                    || !SPREADS.contains(&report.spread)
                    || !(0.0..=1.0).contains(&report.expected)
                    || report.activity.len() > LONGEST_NAME
                    || report.grade.len() > LONGEST_NAME
            })
    });
    if twice || too_many || lost || impossible || odd {
        return Err(ReadError::Invalid);
    }
    Ok(())
}

/// Whether something is said twice of one sense: another channel that is told of would then be one too many.
fn told_twice(senses: &[(Id<Sense>, Response)]) -> bool {
    let mut told = senses.iter().enumerate();
    told.any(|(index, (sense, _))| senses[..index].iter().any(|(other, _)| other == sense))
}

/// Version 1 → 2. The other names and the missing spread are read by `family`'s own defaults; what version 1
/// did not know at all, the day on which an age was said, is the day of reading.
fn from_version_1(family: &mut Family, today: Day) {
    family.children.iter_mut().for_each(|child| child.age_on = today);
}

/// FNV-1a over version, sequence and data, as 16 hexadecimal digits: against bits that fell over, not against
/// an enemy.
fn checksum(version: u32, sequence: u64, family: &str) -> String {
    let head = format!("{version} {sequence} ");
    let hash = head
        .bytes()
        .chain(family.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}
