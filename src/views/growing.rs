//! How the child grows: wins, areas over time, how good our guesses were, and everything that was told.

use just_right_engine::area::Area;
use yew::prelude::*;

use super::parts::{button, div, el, heading, lines, link, nothing, p, section, text};
use super::told::{hands, remarked};
use super::On;
use crate::app::growing::Act as Told;
use crate::app::{Act, State};
use crate::model::growing::{much, Chart, Entry, Growing, Told as DayTold};
use crate::model::looking_back::LookingBack;
use crate::route::Route;
use crate::words::key;

/// So many charts stand open; the others are folded away.
const OPEN: usize = 4;

/// The screen.
pub fn growing(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return nothing();
    };
    let mut all = vec![heading(key::GROWING_TITLE.with(&present.places()))];
    match &state.growing {
        None => all.extend([
            p("lead", key::GROWING_EMPTY.with(&present.places())),
            link(on, &Route::Today, "button main", text(key::HELLO_FIND.say())),
        ]),
        Some(found) => all.extend(shown(found, &key::GROWING_OWN.with(&present.places()), on)),
    }
    div("growing", all)
}

fn shown(found: &Growing, own: &str, on: &On) -> Vec<Html> {
    let (open, folded) = found.charts.split_at(found.charts.len().min(OPEN));
    let charts = |some: &[Chart]| div("charts", some.iter().map(chart).collect());
    let others = if folded.is_empty() {
        nothing()
    } else {
        fold(key::GROWING_OTHERS.say(), charts(folded))
    };
    let mut told: Vec<Html> = found.days.iter().map(|day| day_told(day, on)).collect();
    if found.more {
        told.push(button(
            on,
            Act::Growing(Told::Earlier),
            "quiet wide",
            key::GROWING_EARLIER.say(),
        ));
    }
    vec![
        section(
            "card body wins",
            key::GROWING_WINS.say(),
            vec![lines("plain", &found.wins)],
        ),
        section(
            "areas",
            key::GROWING_AREAS.say(),
            vec![
                p("soft", own.to_owned()),
                charts(open),
                others,
                p("soft", found.untold.clone()),
                summary(&found.charts),
            ],
        ),
        found.back.as_ref().map_or_else(nothing, looking_back),
        section("history", key::GROWING_HISTORY.say(), told),
        button(on, Act::Growing(Told::Print), "quiet", key::GROWING_PRINT.say()),
    ]
}

fn fold(name: &'static str, inner: Html) -> Html {
    html! { <details key={name}><summary>{ text(name) }</summary>{ inner }</details> }
}

fn looking_back(back: &LookingBack) -> Html {
    section(
        "looking-back",
        key::BACK_TITLE.say(),
        vec![
            p("", back.said.clone()),
            p("", back.off.clone().unwrap_or_default()),
            p("soft small-print", key::BACK_COUNTS.say()),
        ],
    )
}

/// Width and height of a chart, in its own units.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 96.0;

/// A place in a chart, in tenths: to write numbers with a point would cost more than all of this screen.
fn at(path: &mut String, x: f64, y: f64) {
    for part in [x * WIDTH, (1.0 - y) * HEIGHT] {
        path.push(' ');
        path.push_str(&((part * 10.0).round() as i32).to_string());
    }
}

fn chart(chart: &Chart) -> Html {
    let mut band = String::from("M");
    let mut line = String::from("M");
    chart.points.iter().for_each(|point| {
        at(&mut line, point.x, point.y);
        at(&mut band, point.x, point.band.1);
    });
    chart
        .points
        .iter()
        .rev()
        .for_each(|point| at(&mut band, point.x, point.band.0));
    band.push('z');
    let (first, last) = (chart.points.first(), chart.points.last());
    let now = last.map_or(0.5, |point| point.y);
    let label = key::GROWING_CHART.with(&[
        ("Area", &chart.name),
        ("from", first.map_or("", |point| much(point.y))),
        ("to", much(now)),
    ]);
    let day = |point: Option<&crate::model::growing::Point>| {
        point.map_or_else(String::new, |point| point.day.clone())
    };
    html! {
        <div class="chart" data-area={chart.area.index().to_string()} key={chart.name.clone()}>
            <h3>{ sign(chart.area) }{ text(chart.name.clone()) }</h3>
            <p class="soft small-print">{ text(chart.said.clone()) }</p>
            <div class="plot">
                <span class="end" aria-hidden="true">{ text(key::GROWING_LOT.say()) }</span>
                <svg viewBox="-20 -20 3070 1000" role="img" aria-label={label}>
                    <path class="band" d={band} />
                    <path class="line" d={line} />
                    <circle class="now" cx="3000" cy={(((1.0 - now) * HEIGHT * 10.0).round() as i32).to_string()} r="50" />
                </svg>
                <span class="end" aria-hidden="true">{ text(key::GROWING_LITTLE.say()) }</span>
                <p class="when" aria-hidden="true">{ text(day(first)) }{ text(day(last)) }</p>
            </div>
            { fold(key::GROWING_TABLE.say(), table(chart)) }
        </div>
    }
}

fn cells(tag: &'static str, all: [String; 3]) -> Html {
    el(
        "tr",
        "",
        all.into_iter().map(|one| el(tag, "", vec![text(one)])).collect(),
    )
}

/// The same as the chart, in words.
fn table(chart: &Chart) -> Html {
    let head = [key::GROWING_WHEN, key::GROWING_GUESS, key::GROWING_MAY_BE].map(|said| said.say().to_owned());
    let rows = chart.points.iter().map(|point| {
        let may_be = key::GROWING_BETWEEN.with(&[("from", much(point.band.0)), ("to", much(point.band.1))]);
        cells("td", [point.day.clone(), much(point.y).to_owned(), may_be])
    });
    el(
        "table",
        "",
        vec![
            el("caption", "", vec![text(chart.name.clone())]),
            el("thead", "", vec![cells("th", head)]),
            el("tbody", "", rows.collect()),
        ],
    )
}

/// All areas in one table, for paper only: on the screen each chart has its own.
fn summary(charts: &[Chart]) -> Html {
    let head = [key::GROWING_AREA, key::GROWING_FIRST, key::GROWING_NOW].map(|said| said.say().to_owned());
    let rows = charts.iter().filter_map(|chart| {
        let (first, last) = (chart.points.first()?, chart.points.last()?);
        let now = key::GROWING_NOW_BETWEEN.with(&[
            ("now", much(last.y)),
            ("from", much(last.band.0)),
            ("to", much(last.band.1)),
        ]);
        Some(cells("td", [chart.name.clone(), much(first.y).to_owned(), now]))
    });
    el(
        "table",
        "paper",
        vec![
            el("thead", "", vec![cells("th", head)]),
            el("tbody", "", rows.collect()),
        ],
    )
}

fn day_told(day: &DayTold, on: &On) -> Html {
    let entries = |all: &[Entry]| el("ul", "plain", all.iter().map(|one| entry(one, on)).collect());
    let answers = if day.answers.is_empty() {
        nothing()
    } else {
        let name = key::COUNT_ANSWERS.of(day.answers.len());
        html! { <details><summary>{ text(name) }</summary>{ entries(&day.answers) }</details> }
    };
    html! {
        <section class="day" key={day.day.0}>
            <h3>{ text(day.said.clone()) }</h3>
            { entries(&day.reports) }
            { answers }
        </section>
    }
}

fn entry(entry: &Entry, on: &On) -> Html {
    let (on, happening) = (on.clone(), entry.happening.clone());
    let mut told = vec![
        el("b", "", vec![text(entry.title.clone())]),
        p("soft", entry.how.clone()),
    ];
    told.extend(remarked(entry.enjoyed, entry.note.as_deref()));
    html! {
        <li class="entry">
            { entry.level.map_or_else(nothing, hands) }
            { div("", told) }
            <button type="button" class="button quiet small" aria-label={key::GROWING_UNDO_OF.with(&[("title", &entry.title)])}
                onclick={move |_| on.emit(Act::Growing(Told::TakeBack(happening.clone())))}>{ text(key::LEARNED_TAKE_BACK.say()) }</button>
        </li>
    }
}

/// The sign of an area: what tells it from others without colour.
fn sign(area: Area) -> Html {
    let path = match area {
        Area::SelfCare => "M5 7h10v7a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM15 9h2a2.500 2.500 0 0 1 0 5h-2M8 2v2M12 2v2",
        Area::GrossMotor => "M14 4a2 2 0 1 1-4 0a2 2 0 0 1 4 0zM4 10l8-2 8 2M12 8v7l-4 6M12 15l4 6",
        Area::FineMotor => "M8 21v-9M8 12V6.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6.500a1.500 1.500 0 0 1 3 0V15a6 6 0 0 1-3 6",
        Area::Executive => "M4 6l1.500 1.500L8 5M11 6h9M4 12l1.500 1.500L8 11M11 12h9M4 18h3M11 18h9",
        Area::Cognition => "M9 18h6M10 21h4M12 3a6 6 0 0 0-3 11v2h6v-2a6 6 0 0 0-3-11z",
        Area::Attention => "M20 12a8 8 0 1 1-16 0a8 8 0 0 1 16 0zM15 12a3 3 0 1 1-6 0a3 3 0 0 1 6 0z",
        Area::Sensory => "M3 8c3-3 6 3 9 0s6-3 9 0M3 16c3-3 6 3 9 0s6-3 9 0",
        Area::BodyAwareness => "M14.500 4.500a2.500 2.500 0 1 1-5 0a2.500 2.500 0 0 1 5 0zM6 12h12M12 8v7l-3 6M12 15l3 6",
        Area::MotorPlanning => "M4 19c7 0 1-7 8-7s1-7 8-7M17 2l3 3-3 3",
        Area::VisualMotor => "M3 12c4-7 14-7 18 0c-4 7-14 7-18 0zM15 12a3 3 0 1 1-6 0a3 3 0 0 1 6 0z",
        Area::HandEye => "M21 6.500a3.500 3.500 0 1 1-7 0a3.500 3.500 0 0 1 7 0zM4 20c1-6 4-9 8-10M4 13c1-3 3-5 6-6",
    };
    html! { <svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg> }
}
