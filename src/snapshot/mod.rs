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

mod reading;
mod writing;

use miniserde::json::Value;

use crate::family::{Day, Family};

/// The version that this release writes.
pub const VERSION: u32 = 3;

/// What stands in every file of ours.
const FORMAT: &str = "just-right";

/// The largest text that is read, in bytes. A family of ten with a report a day for ten years stays below.
pub const LARGEST: usize = 8 * 1024 * 1024;

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

/// The text to store: with a sequence number and a checksum.
pub fn to_store(family: &Family, sequence: u64) -> String {
    let family = writing::family(family);
    let checksum = checksum(VERSION, sequence, &family);
    format!(
        r#"{{"format":"{FORMAT}","version":{VERSION},"sequence":{sequence},"checksum":"{checksum}","family":{family}}}"#
    )
}

/// The text to export: the same without what only the store needs.
pub fn to_export(family: &Family) -> String {
    let family = writing::family(family);
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
    let whole: Value = miniserde::json::from_str(text).map_err(|_| ReadError::Broken)?;
    let field = |name| reading::get(&whole, name);
    if field("format").and_then(reading::text) != Some(FORMAT) {
        return Err(ReadError::NotOurs);
    }
    let version: u32 = field("version")
        .and_then(reading::whole)
        .filter(|version| *version > 0)
        .ok_or(ReadError::NotOurs)?;
    if version > VERSION {
        return Err(ReadError::Newer);
    }
    let told = field("family").ok_or(ReadError::Invalid)?;
    let sequence: u64 = match field("sequence") {
        None => 0,
        Some(sequence) => reading::whole(sequence).ok_or(ReadError::Invalid)?,
    };
    let whole_and_sound = match field("checksum") {
        None => true,
        Some(written) => {
            let raw = raw_family(text).ok_or(ReadError::Damaged)?;
            reading::text(written) == Some(checksum(version, sequence, raw).as_str())
        }
    };
    if !whole_and_sound {
        return Err(ReadError::Damaged);
    }
    let family = reading::family(told, today).ok_or(ReadError::Invalid)?;
    Ok(Snapshot {
        family,
        sequence,
        version,
    })
}

/// The family's part of a text that we stored: it is the last field, and nothing of ours stands behind it but the brace.
fn raw_family(text: &str) -> Option<&str> {
    let (_, from) = text.split_once(r#""family":"#)?;
    from.trim_end().strip_suffix('}')
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
