//! The plan as a file for calendars: iCalendar, RFC 5545.
//!
//! It carries what the family has to know on that day, and nothing about the child but the nickname, and that only if the family
//! wants it there: calendars often lie with a company.

use super::dates::{compact, digits};
use super::plan::{Moment, Week};
use super::sentence;
use crate::family::{ChildId, Day};
use crate::words::key;

/// How the plan is put in the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted<'a> {
    /// Whose plan it is: two children's plans do not take each other's place.
    pub child: ChildId,
    /// The nickname, if it may stand there.
    pub name: Option<&'a str>,
    /// The time of day in minutes after midnight; `None`: the whole day.
    pub at: Option<u16>,
    /// Now, in universal time: 20261124T181500Z.
    pub stamp: &'a str,
}

/// What is yet to be done this week, an event each.
pub fn calendar(week: &Week, wanted: &Wanted) -> String {
    let mut text = String::new();
    for said in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Just Right//Just Right//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        line(&mut text, said, "");
    }
    for day in &week.days {
        // Several moments of a day follow each other.
        let mut at = wanted.at;
        for moment in day.moments.iter().filter(|one| !one.done) {
            event(&mut text, moment, at, wanted);
            at = at.map(|at| at.saturating_add(moment.minutes));
        }
    }
    line(&mut text, "END:VCALENDAR", "");
    text
}

fn event(text: &mut String, moment: &Moment, at: Option<u16>, wanted: &Wanted) {
    let day = moment.planned.on;
    line(text, "BEGIN:VEVENT", "");
    let mut uid = String::from("just-right-");
    for part in [
        &wanted.child.0.to_string(),
        &compact(day),
        &moment.planned.activity,
    ] {
        uid.push_str(part);
        uid.push('-');
    }
    uid.push_str("@just-right");
    line(text, "UID:", &uid);
    line(text, "DTSTAMP:", wanted.stamp);
    match at {
        Some(at) => {
            line(text, "DTSTART:", &time(day, at));
            line(text, "DTEND:", &time(day, at.saturating_add(moment.minutes)));
        }
        None => {
            line(text, "DTSTART;VALUE=DATE:", &compact(day));
            line(text, "DTEND;VALUE=DATE:", &compact(Day(day.0.saturating_add(1))));
            // A whole day that is not taken up by it.
            line(text, "TRANSP:", "TRANSPARENT");
        }
    }
    let title = match wanted.name {
        Some(name) => key::PLAN_WITH.with(&[("title", &moment.title), ("name", name)]),
        None => moment.title.clone(),
    };
    line(text, "SUMMARY:", &escaped(&title));
    let about = [
        sentence(&moment.rung),
        key::PLAN_TAKES.with(&[("minutes", &moment.minutes.to_string())]),
        moment.needs.clone(),
        moment.supervision.to_owned(),
    ];
    let about: Vec<String> = about.into_iter().filter(|one| one.len() > 1).collect();
    line(text, "DESCRIPTION:", &escaped(&about.join("\n")));
    line(text, "END:VEVENT", "");
}

/// A time of the family's own clock, wherever it is: 20261124T163000. Past midnight it is the next day's.
fn time(day: Day, at: u16) -> String {
    let at = u32::from(at);
    let mut said = compact(Day(day.0.saturating_add((at / 1_440) as i32)));
    said.push('T');
    digits(&mut said, at / 60 % 24, 2);
    digits(&mut said, at % 60, 2);
    said.push_str("00");
    said
}

/// Text as a value: the signs that mean something there are marked. (RFC 5545, 3.3.11)
fn escaped(text: &str) -> String {
    let mut said = String::new();
    for c in text.chars() {
        match c {
            '\n' => said.push_str("\\n"),
            '\\' | ';' | ',' => {
                said.push('\\');
                said.push(c);
            }
            c if c.is_control() => {}
            c => said.push(c),
        }
    }
    said
}

/// The most octets of a line, its end not counted.
const WIDEST: usize = 75;

/// A line, folded where it is too long and never within a character. (RFC 5545, 3.1)
fn line(text: &mut String, name: &str, value: &str) {
    let mut width = 0;
    for c in name.chars().chain(value.chars()) {
        if width + c.len_utf8() > WIDEST {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// Minutes after midnight, from what a field for a time of day holds: "16:30".
pub fn minutes(typed: &str) -> Option<u16> {
    let (hours, minutes) = typed.split_once(':')?;
    let hours: u16 = hours.parse().ok().filter(|&hours| hours < 24)?;
    let minutes: u16 = minutes.get(..2)?.parse().ok().filter(|&minutes| minutes < 60)?;
    Some(hours * 60 + minutes)
}
