//! How the child grows: wins, areas over time, how good our guesses were, and everything that was told.

use yew::prelude::*;

use super::parts::{button, div, el, heading, lines, link, nothing, p, section, sketch, tap, text, with};
use super::told::{hands, remarked};
use super::On;
use crate::app::growing::Act as Told;
use crate::app::{Act, State};
use crate::model::growing::{much, Chart, Entry, Growing, Point, Told as DayTold};
use crate::route::Route;
use crate::words::key;

/// The screen.
pub fn growing(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return nothing();
    };
    let mut all = vec![heading(key::GROWING_TITLE.with(&present.places()))];
    match &state.growing {
        None => {
            all.push(p("lead", key::GROWING_EMPTY.say()));
            all.push(link(
                on,
                &Route::Today,
                "button main",
                text(key::HELLO_FIND.say()),
            ));
        }
        Some(found) => shown(state, found, on, &mut all),
    }
    div("growing", all)
}

fn shown(state: &State, found: &Growing, on: &On, all: &mut Vec<Html>) {
    let own = state
        .present
        .as_ref()
        .map(|present| key::GROWING_OWN.with(&present.places()));
    let act = |act: Told, name: &'static str| button(on, Act::Growing(act), "quiet", name);
    all.push(section(
        "card body wins",
        key::GROWING_WINS.say(),
        vec![lines("plain", &found.wins)],
    ));
    all.push(section(
        "",
        key::GROWING_AREAS.say(),
        vec![
            p("soft", own.unwrap_or_default()),
            div(
                "charts",
                found.charts.iter().map(|one| chart(state, one)).collect(),
            ),
            fold(
                key::GROWING_TABLE.say(),
                div("charts", found.charts.iter().map(table).collect()),
            ),
            p("soft", found.untold.clone()),
        ],
    ));
    if let Some(back) = &found.back {
        let off = back.off.clone().unwrap_or_default();
        let said = vec![
            p("", back.said.clone()),
            p("", off),
            p("soft small-print", key::BACK_COUNTS.say()),
        ];
        all.push(section("", key::BACK_TITLE.say(), said));
    }
    let mut told: Vec<Html> = found.days.iter().map(|day| day_told(state, day, on)).collect();
    if found.more {
        told.push(act(Told::Earlier, key::GROWING_EARLIER.say()));
    } else if state.telling.asked_for_more() {
        // The button that had the focus is gone: here it goes on.
        let end = p("soft", key::GROWING_END.say());
        told.push(with(end, &[("tabindex", "-1"), ("data-end", "1")]));
    }
    all.push(section("", key::GROWING_HISTORY.say(), told));
    all.push(act(Told::Print, key::GROWING_PRINT.say()));
}

fn fold(name: impl Into<AttrValue>, inner: Html) -> Html {
    el("details", "", vec![el("summary", "", vec![text(name)]), inner])
}

/// Width and height of a chart, in its own units: whole ones are fine enough.
const WIDTH: f64 = 3000.0;
const HEIGHT: f64 = 1200.0;

/// A place in a chart, as a path writes it.
fn at(x: f64, y: f64) -> String {
    let whole = |value: f64| (value.round() as i32).to_string();
    [" ", &whole(x * WIDTH), " ", &whole((1.0 - y) * HEIGHT)].concat()
}

/// The line of an area in its band. As long as it is a first guess, it is dotted: there it moves because we learn.
fn chart(state: &State, chart: &Chart) -> Html {
    let band = chart.points.iter().map(|point| at(point.x, point.band.1));
    let back = chart.points.iter().rev().map(|point| at(point.x, point.band.0));
    let band: String = ["M".into()].into_iter().chain(band).chain(back).collect();
    let guessed = chart.points.iter().rposition(|point| point.unsure);
    let known = guessed.map_or(0, |last| (last + 1).min(chart.points.len() - 1));
    let line = |points: &[Point]| {
        let mut line = String::from("M");
        points
            .iter()
            .for_each(|point| line.push_str(&at(point.x, point.y)));
        line
    };
    let first = chart.points.first();
    let last = chart.points.last();
    let word = |point: Option<&Point>| point.map_or("", |point| much(point.y));
    let day = |point: Option<&Point>| text(point.map_or_else(String::new, |point| point.day.clone()));
    let label = key::GROWING_CHART.with(&[("Area", &chart.name), ("from", word(first)), ("to", word(last))]);
    // A line to where it stands, of no length: with round ends it is a dot.
    let now = last.map_or_else(String::new, |point| ["M", &at(point.x, point.y), "h0"].concat());
    let path = |class: &'static str, d: &str| with(el("path", class, Vec::new()), &[("d", d)]);
    let paths = vec![
        path("band", &band),
        path("guess", &line(&chart.points[..=known])),
        path("line", &line(&chart.points[known..])),
        path("now", &now),
    ];
    let drawing = [
        ("viewBox", "-80 -80 3160 1360"),
        ("role", "img"),
        ("aria-label", &label),
    ];
    let title = vec![
        sketch(state, &["area-", chart.area.id()].concat(), "sign"),
        text(chart.name.clone()),
    ];
    let inner = vec![
        el("h3", "", title),
        p("end", key::GROWING_LOT.say()),
        with(el("svg", "", paths), &drawing),
        p("end", key::GROWING_LITTLE.say()),
        el("p", "when", vec![day(first), day(last)]),
        p("soft small-print", chart.said.clone()),
    ];
    let area = chart.area.index().to_string();
    with(div("chart", inner), &[("data-area", &area), ("key", &area)])
}

fn cells(tag: &'static str, all: [&str; 3]) -> Html {
    let cell = |one: &str| el(tag, "", vec![text(one.to_owned())]);
    el("tr", "", all.into_iter().map(cell).collect())
}

/// The same as a chart, in words.
fn table(chart: &Chart) -> Html {
    let mut rows = vec![cells(
        "th",
        [key::GROWING_WHEN, key::GROWING_GUESS, key::GROWING_MAY_BE].map(|said| said.say()),
    )];
    rows.extend(chart.points.iter().map(|point| {
        let (from, to) = (much(point.band.0), much(point.band.1));
        let may_be = key::GROWING_BETWEEN.with(&[("from", from), ("to", to)]);
        cells("td", [&point.day, much(point.y), &may_be])
    }));
    let caption = el("caption", "", vec![text(chart.name.clone())]);
    el("table", "", vec![caption, el("tbody", "", rows)])
}

fn day_told(state: &State, day: &DayTold, on: &On) -> Html {
    let entries = |all: &[Entry]| {
        el(
            "ul",
            "plain",
            all.iter().map(|one| entry(state, one, on)).collect(),
        )
    };
    let mut inner = vec![el("h3", "", vec![text(day.said.clone())]), entries(&day.reports)];
    if !day.answers.is_empty() {
        let name = key::COUNT_ANSWERS.of(day.answers.len());
        inner.push(fold(name, entries(&day.answers)));
    }
    with(div("day", inner), &[("key", &day.day.0.to_string())])
}

fn entry(state: &State, entry: &Entry, on: &On) -> Html {
    let length = state.family.active_child().map_or(0, |child| child.history.len());
    let undo = Act::Growing(Told::TakeBack(entry.place, length));
    let name = key::GROWING_UNDO_OF.with(&[("title", &entry.title)]);
    let mut told = vec![
        el("b", "", vec![text(entry.title.clone())]),
        p("soft", entry.how.clone()),
    ];
    told.extend(remarked(state, entry.enjoyed, entry.note.as_deref()));
    let inner = vec![
        entry.level.map_or_else(nothing, |level| hands(state, level)),
        div("", told),
        tap(
            on,
            undo,
            "button quiet small",
            &[("aria-label", &name)],
            key::LEARNED_TAKE_BACK.say().into(),
        ),
    ];
    with(el("li", "entry", inner), &[("key", &entry.place.to_string())])
}
