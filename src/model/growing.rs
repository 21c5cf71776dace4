//! How a child grows: what went well, how the belief of each area came about, and everything that was told.

use just_right_engine::area::Area;
use just_right_engine::report::Level;

use super::looking_back::{looking_back, LookingBack};
use super::{picks, Present};
use crate::child_model::{self, Moment, Seen};
use crate::family::{Child, Day, Enjoyed, Happening, Report};
use crate::knowledge::Knowledge;
use crate::words::{self, capital, key, DateStyle};

/// The whole screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Growing {
    /// What went well lately, in sentences.
    pub wins: Vec<String>,
    /// The areas of which something was told. They keep their order, so that each is found again where it was.
    pub charts: Vec<Chart>,
    /// The areas of which nothing was told yet, in a sentence; empty where there is none.
    pub untold: String,
    /// How often what should have gone well did.
    pub back: Option<LookingBack>,
    /// What was told, the latest day first.
    pub days: Vec<Told>,
    /// Whether there is more before them.
    pub more: bool,
}

/// One area over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Which.
    pub area: Area,
    /// What it is called, with a capital.
    pub name: String,
    /// What the line says, in a sentence.
    pub said: String,
    /// From the first moment to today.
    pub points: Vec<Point>,
}

/// A moment of one area. Places lie between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The day in words.
    pub day: String,
    /// Where it lies between the first moment and today.
    pub x: f64,
    /// The best guess, from a little to a lot.
    pub y: f64,
    /// The middle 80 % of what it may be.
    pub band: (f64, f64),
    /// Whether it is still no more than a first guess.
    pub unsure: bool,
}

/// What was told on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The day.
    pub day: Day,
    /// In words.
    pub said: String,
    /// What was done, the latest first.
    pub reports: Vec<Entry>,
    /// What was answered, the latest first.
    pub answers: Vec<Entry>,
}

/// One thing that was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the history.
    pub place: usize,
    /// The activity, or the question.
    pub title: String,
    /// How it went, and which version it was.
    pub how: String,
    /// The level, of a report.
    pub level: Option<Level>,
    /// Whether it was enjoyed.
    pub enjoyed: Option<Enjoyed>,
    /// What is to be remembered.
    pub note: Option<String>,
}

/// So many days are “lately”.
const LATELY: i32 = 28;

/// The most wins of one kind, and of all.
const MOST_OF_A_KIND: usize = 2;
const MOST_WINS: usize = 5;

/// From such a rise on an area is said to have grown, in logits: what could be done half of the time is then done in four of
/// seven. Age alone brings a rise, and so does time, in which what we saw fades: so there must be more than age explains, and so
/// many times in which it went well.
const GROWN: f64 = 0.3;
const MORE_THAN_AGE: f64 = 0.1;
const WENT_WELL: usize = 2;

/// The middle 80 % of a bell curve lies within so many standard deviations.
const MIDDLE: f64 = 1.28;

/// A chart is at least so many logits high, so that a small step looks small.
const LEAST_HEIGHT: f64 = 4.0;

/// The screen with so many lines of history. `None` where nothing was told yet.
pub fn growing(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    today: Day,
    lines: usize,
) -> Option<Growing> {
    if child.history.is_empty() {
        return None;
    }
    let moments = child_model::course(child, today);
    let (known, untold): (Vec<Area>, Vec<Area>) =
        Area::ALL.iter().partition(|&&area| is_told_of(child, area));
    let untold: Vec<&str> = untold.into_iter().map(words::area).collect();
    let mut found = Growing {
        wins: wins(knowledge, present, child, today, &moments, &known),
        charts: known
            .iter()
            .map(|&area| chart(present, child, area, &moments, today))
            .collect(),
        untold: if untold.is_empty() {
            String::new()
        } else {
            key::GROWING_UNTOLD.with(&[("areas", &words::list(&untold))])
        },
        back: looking_back(present, child),
        days: Vec::new(),
        more: false,
    };
    found.show(knowledge, child, today, lines);
    Some(found)
}

/// Whether anything was told of an area.
fn is_told_of(child: &Child, area: Area) -> bool {
    child.history.iter().any(|happening| match happening {
        Happening::Answered(answered) => answered.area.0 == area && answered.answer.is_some(),
        Happening::Reported(report) => report.asked.iter().any(|(asked, _)| asked.0 == area),
    })
}

fn wins(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    today: Day,
    moments: &[Moment],
    known: &[Area],
) -> Vec<String> {
    let reports: Vec<&Report> = child.reports().collect();
    let lately = |report: &&Report| today.since(report.on) <= LATELY;
    let mut named: Vec<&str> = Vec::new();
    let mut wins = Vec::new();
    for (index, report) in reports.iter().enumerate().rev() {
        if wins.len() >= MOST_OF_A_KIND || !lately(report) {
            break;
        }
        if named.contains(&report.activity.as_str()) || !moved_up(report, &reports[..index]) {
            continue;
        }
        if let Some(rung) = rung(knowledge, report) {
            named.push(&report.activity);
            wins.push(key::GROWING_WIN_RUNG.with(&[
                ("Name", &present.name_first),
                ("title", &title(knowledge, report)),
                ("rung", rung),
            ]));
        }
    }
    let areas = known.iter().filter(|&&area| grown(child, moments, area));
    wins.extend(
        areas
            .take(MOST_OF_A_KIND)
            .map(|&area| key::GROWING_WIN_AREA.with(&[("Area", &capital(words::area(area)))])),
    );
    for report in reports.iter().rev().take_while(|report| lately(report)) {
        if wins.len() >= MOST_WINS {
            break;
        }
        let said = match report.level.0 {
            Level::Easily => key::GROWING_WIN_EASILY,
            Level::ByThemselves => key::GROWING_WIN_ALONE,
            _ => continue,
        };
        if !named.contains(&report.activity.as_str()) {
            named.push(&report.activity);
            wins.push(said.with(&[("title", &title(knowledge, report))]));
        }
    }
    if wins.is_empty() {
        wins.push(key::GROWING_WIN_TRIED.with(&present.places()));
    }
    wins
}

/// Whether this went well on a rung that is higher, and asked more, than whatever had gone well of this activity before.
fn moved_up(report: &Report, before: &[&Report]) -> bool {
    let asked = |report: &Report| {
        let sum: f64 = report.asked.iter().map(|(_, at)| at).sum();
        sum / report.asked.len().max(1) as f64
    };
    let mut went_well = before
        .iter()
        .filter(|one| one.activity == report.activity && one.level.0.is_success())
        .peekable();
    report.level.0.is_success()
        && went_well.peek().is_some()
        && went_well.all(|one| rung_of(one) < rung_of(report) && asked(one) < asked(report))
}

/// The place of a report's rung, which its grade begins with.
fn rung_of(report: &Report) -> Option<usize> {
    report.grade.split('~').next()?.parse().ok()
}

fn rung<'a>(knowledge: &'a Knowledge, report: &Report) -> Option<&'a str> {
    let (index, _) = knowledge.activity(&report.activity)?;
    knowledge.rung_name(index, rung_of(report)?)
}

fn title(knowledge: &Knowledge, report: &Report) -> String {
    let title = knowledge.title(&report.activity);
    title.unwrap_or(key::GROWING_UNKNOWN.say()).to_owned()
}

/// Whether an area has grown since we knew the child in it. Before that a line moves because we learn, and not the child.
fn grown(child: &Child, moments: &[Moment], area: Area) -> bool {
    let seen = |moment: &Moment| moment.areas[area.index()];
    let mut known = moments.iter().skip(1).filter(|moment| !unsure(&seen(moment)));
    let (Some(first), Some(last)) = (known.next(), moments.last()) else {
        return false;
    };
    let went_well = child.reports().filter(|report| {
        report.on > first.on
            && report.level.0.is_success()
            && report.asked.iter().any(|(asked, _)| asked.0 == area)
    });
    !unsure(&seen(last))
        && seen(last).ability - seen(first).ability >= GROWN
        && seen(last).deviation - seen(first).deviation >= MORE_THAN_AGE
        && went_well.count() >= WENT_WELL
}

fn unsure(seen: &Seen) -> bool {
    seen.spread > picks::UNSURE
}

fn chart(present: &Present, child: &Child, area: Area, moments: &[Moment], today: Day) -> Chart {
    let seen = |moment: &Moment| moment.areas[area.index()];
    let band = |seen: Seen| {
        let half = MIDDLE * seen.spread;
        (seen.ability - half, seen.ability + half)
    };
    let (lowest, highest) = moments
        .iter()
        .map(|moment| band(seen(moment)))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
            (low.min(one.0), high.max(one.1))
        });
    let height = (highest - lowest).max(LEAST_HEIGHT);
    let bottom = 0.5 * (lowest + highest - height);
    let y = |logit: f64| ((logit - bottom) / height).clamp(0.0, 1.0);
    let first = moments.first().map_or(today, |moment| moment.on);
    let days = today.since(first).max(1);
    let points = moments.iter().map(|moment| {
        let (low, high) = band(seen(moment));
        Point {
            day: if moment.on == first {
                key::GROWING_BEFORE.say().to_owned()
            } else {
                said(moment.on, today)
            },
            x: f64::from(moment.on.since(first)) / f64::from(days),
            y: y(seen(moment).ability),
            band: (y(low), y(high)),
            unsure: unsure(&seen(moment)),
        }
    });
    let text = if moments.last().is_some_and(|moment| unsure(&seen(moment))) {
        key::GROWING_UNSURE
    } else if grown(child, moments, area) {
        key::GROWING_GROWN
    } else {
        key::GROWING_STEADY
    };
    Chart {
        area,
        name: capital(words::area(area)),
        said: text.with(&present.places()),
        points: points.collect(),
    }
}

/// A place between a little and a lot, in words.
pub fn much(y: f64) -> &'static str {
    let words = [
        key::GROWING_LITTLE,
        key::GROWING_SOME,
        key::GROWING_MIDDLE,
        key::GROWING_MUCH,
        key::GROWING_LOT,
    ];
    words[((y * 5.0) as usize).min(4)].say()
}

/// A day as one speaks of it today.
fn said(day: Day, today: Day) -> String {
    match today.0.saturating_sub(day.0) {
        0 => key::GROWING_TODAY.say().to_owned(),
        1 => key::GROWING_YESTERDAY.say().to_owned(),
        _ => words::date(day, DateStyle::InYear),
    }
}

impl Growing {
    /// Shows so many lines of history. The rest stays: to go through a whole history again would take its time.
    pub fn show(&mut self, knowledge: &Knowledge, child: &Child, today: Day, lines: usize) {
        (self.days, self.more) = days(knowledge, child, today, lines);
    }
}

/// What was told last, in about so many lines; whether there is more. The answers of a day are one line.
fn days(knowledge: &Knowledge, child: &Child, today: Day, lines: usize) -> (Vec<Told>, bool) {
    let mut days: Vec<Told> = Vec::new();
    let mut left = lines;
    for (place, happening) in child.history.iter().enumerate().rev() {
        let day = happening.day();
        if days.last().is_none_or(|last| last.day != day) {
            if left == 0 {
                return (days, true);
            }
            days.push(Told {
                day,
                said: said(day, today),
                reports: Vec::new(),
                answers: Vec::new(),
            });
        }
        let Some(last) = days.last_mut() else {
            continue;
        };
        let entry = entry(knowledge, place, happening);
        match happening {
            Happening::Reported(_) => {
                if left == 0 {
                    return (days, true);
                }
                left -= 1;
                last.reports.push(entry);
            }
            Happening::Answered(_) => {
                if last.answers.is_empty() {
                    left = left.saturating_sub(1);
                }
                last.answers.push(entry);
            }
        }
    }
    (days, false)
}

fn entry(knowledge: &Knowledge, place: usize, happening: &Happening) -> Entry {
    let (title, how, level, enjoyed, note) = match happening {
        Happening::Answered(answered) => (
            knowledge
                .asked(&answered.question)
                .map_or_else(|| capital(words::area(answered.area.0)), str::to_owned),
            answered
                .answer
                .map_or(key::ANSWER_NO_CHANCE.say(), |answer| words::answer(answer.0))
                .to_owned(),
            None,
            None,
            None,
        ),
        Happening::Reported(report) => {
            let level = report.level.0;
            let how = match rung(knowledge, report) {
                Some(rung) => key::GROWING_HOW.with(&[("how", words::level(level)), ("rung", rung)]),
                None => words::level(level).to_owned(),
            };
            (
                title(knowledge, report),
                how,
                Some(level),
                report.enjoyed,
                report.note.as_ref().map(|note| note.as_str().to_owned()),
            )
        }
    };
    Entry {
        place,
        title,
        how,
        level,
        enjoyed,
        note,
    }
}
