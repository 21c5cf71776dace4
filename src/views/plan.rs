//! The plan of the week.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{
    button, check, div, el, heading, link, nothing, p, picture, pressed, section, tap, text, track, truth,
    with,
};
use super::On;
use crate::app::plan::Act as Do;
use crate::app::{Act, State};
use crate::family::Day;
use crate::model::calendar::minutes;
use crate::model::plan::{Moment, PlannedDay};
use crate::route::Route;
use crate::words::{self, capital, key, DateStyle};

/// The screen.
pub fn plan(state: &State, on: &On) -> Html {
    let (Some(present), week) = (&state.present, &state.week) else {
        return nothing();
    };
    let empty = week.moments().next().is_none();
    let lead = if empty { key::PLAN_EMPTY } else { key::PLAN_LEAD };
    // Each part keeps its place, so that nothing that has the focus is made anew.
    let mut all = vec![
        heading(key::PLAN_TITLE.with(&present.places())),
        p("lead", lead.with(&present.places())),
        free_days(state, on),
        match (week.has_room(), empty) {
            (false, _) => nothing(),
            (true, true) => button(on, Act::Plan(Do::Fill), "main wide", key::PLAN_MAKE.say()),
            (true, false) => button(on, Act::Plan(Do::Fill), "quiet wide", key::PLAN_FILL.say()),
        },
        missed(state, on),
    ];
    if !empty {
        let days = week.days.iter().map(|one| day(state, one, on)).collect();
        let moments = key::PLAN_MOMENTS.of(week.moments().count());
        let minutes = week.minutes().to_string();
        all.extend([
            div("days", days),
            p(
                "soft total",
                key::PLAN_TOTAL.with(&[("moments", &moments), ("minutes", &minutes)]),
            ),
            take_along(state, on),
        ]);
    }
    all.push(said(state, on));
    div(if state.desk.large { "plan large" } else { "plan" }, all)
}

fn list(items: Vec<Html>) -> Html {
    el("ul", "plain moments", items)
}

/// What was done last, with the way back.
fn said(state: &State, on: &On) -> Html {
    let desk = &state.desk;
    let undo = if desk.before.is_some() {
        let name = key::LEARNED_TAKE_BACK.say();
        tap(
            on,
            Act::Plan(Do::Undo),
            "button quiet small",
            &[("data-undo", "1")],
            name.into(),
        )
    } else {
        nothing()
    };
    let shown = if desk.said.is_empty() {
        "said none"
    } else {
        "said notice"
    };
    div(
        shown,
        vec![with(p("", desk.said.clone()), &[("role", "status")]), undo],
    )
}

/// The seven days: those with a mark are planned, a tap keeps one free.
fn free_days(state: &State, on: &On) -> Html {
    let one = |day: &PlannedDay| {
        let class = ["day-chip", "day-chip here"];
        pressed(
            on,
            Act::Plan(Do::Free(day.on)),
            class,
            !day.free,
            day.brief.clone().into(),
        )
    };
    let name = key::PLAN_DAYS.say();
    let chips = div("chips", state.week.days.iter().map(one).collect());
    let group = div("free-days", vec![p("soft small-print", name), chips]);
    with(group, &[("role", "group"), ("aria-label", name)])
}

fn day(state: &State, day: &PlannedDay, on: &On) -> Html {
    let today = day.on == state.today;
    let minutes: u16 = day.moments.iter().map(|one| one.minutes).sum();
    let (class, about) = match (day.free, minutes) {
        (true, _) => ("card day bare-day", key::PLAN_FREE.say().to_owned()),
        (_, 0) => ("card day bare-day", key::PLAN_NOTHING.say().to_owned()),
        _ => (
            if today { "card day here" } else { "card day" },
            in_minutes(minutes),
        ),
    };
    let date = if today {
        key::PLAN_TODAY.with(&[("date", &day.date)])
    } else {
        day.date.clone()
    };
    let all = vec![
        el(
            "h2",
            "",
            vec![
                text(day.name.clone()),
                text(" "),
                el("span", "date", vec![text(date)]),
            ],
        ),
        p("soft day-about", about),
        list(day.moments.iter().map(|one| moment(state, one, on)).collect()),
        if day.free {
            nothing()
        } else {
            adding(state, day, on)
        },
    ];
    with(el("section", class, all), &[("key", &day.name)])
}

fn in_minutes(minutes: u16) -> String {
    key::PLAN_MINUTES.with(&[("minutes", &minutes.to_string())])
}

/// "Add something", and what.
fn adding(state: &State, day: &PlannedDay, on: &On) -> Html {
    let offers = state.desk.offers.as_ref().filter(|(on, _)| *on == day.on);
    let attributes = [
        ("aria-label", &*key::PLAN_ADD_TO.with(&[("day", &day.name)])),
        ("aria-expanded", truth(offers.is_some())),
    ];
    let toggle = Act::Plan(Do::Offer(day.on));
    let toggle = tap(
        on,
        toggle,
        "button plain small",
        &attributes,
        key::PLAN_ADD.say().into(),
    );
    let shown = match offers {
        Some((_, all)) if all.is_empty() => p("soft", key::PLAN_NO_OTHER.say()),
        Some((_, all)) => {
            let offer = |(place, (_, title)): (usize, &(String, String))| {
                let add = Act::Plan(Do::Add(place));
                el("li", "", vec![button(on, add, "quiet small", title.clone())])
            };
            list(all.iter().enumerate().map(offer).collect())
        }
        None => nothing(),
    };
    div("adding", vec![toggle, shown])
}

fn moment(state: &State, moment: &Moment, on: &On) -> Html {
    let spot = (moment.planned.on, moment.place);
    let open = state.desk.open == Some(spot);
    let mut meta = in_minutes(moment.minutes);
    let win = if moment.easy_win {
        key::CARD_EASY_WIN.say()
    } else {
        ""
    };
    for more in [&*capital(moment.area), win]
        .into_iter()
        .filter(|more| !more.is_empty())
    {
        meta.push_str(" · ");
        meta.push_str(more);
    }
    let (grade, rung) = if moment.grade.is_empty() {
        (None, key::REFUSED_NOW.say().to_owned())
    } else {
        (Some(moment.grade.clone()), moment.rung.clone())
    };
    let route = Route::Activity(moment.planned.activity.clone(), grade);
    let change_of = key::PLAN_CHANGE_OF.with(&[("title", &moment.title)]);
    let (end, editing) = if moment.done {
        (p("flag", key::PLAN_DONE.say()), nothing())
    } else {
        let attributes = [
            ("aria-label", &*change_of),
            ("aria-expanded", truth(open)),
            ("data-open", if open { "1" } else { "" }),
        ];
        let change = Act::Plan(Do::Open(spot));
        let change = tap(
            on,
            change,
            "button quiet small",
            &attributes,
            key::PLAN_CHANGE.say().into(),
        );
        (
            change,
            if open {
                editing(state, spot, &change_of, on)
            } else {
                nothing()
            },
        )
    };
    let about = vec![
        el("h3", "", vec![link(on, &route, "", text(moment.title.clone()))]),
        p("meta", meta),
        p("rung-line", rung),
        p("paper", moment.needs.clone()),
        p("paper", moment.supervision),
        moment
            .track
            .as_ref()
            .map_or_else(nothing, |found| div("paper", vec![track(found)])),
    ];
    let class = if moment.done { "moment done" } else { "moment" };
    let all = vec![thumb(state, moment), div("about", about), end, editing];
    with(el("li", class, all), &[("key", &moment.planned.activity)])
}

fn thumb(state: &State, moment: &Moment) -> Html {
    div("thumb", vec![picture(state, &moment.picture, "picture")])
}

/// What can be done with a moment.
fn editing(state: &State, spot: (Day, usize), name: &str, on: &On) -> Html {
    let to = |later: bool| match state.week.beside(spot.0, later) {
        Some(day) => {
            let name = key::PLAN_MOVE.with(&[("day", &day.name)]);
            button(on, Act::Plan(Do::Move(spot, day.on)), "quiet small", name)
        }
        None => nothing(),
    };
    let swap = Act::Plan(Do::Swap(spot));
    let swap = tap(
        on,
        swap,
        "button quiet small",
        &[("data-swap", "1")],
        key::PLAN_SWAP.say().into(),
    );
    let remove = button(
        on,
        Act::Plan(Do::Remove(spot)),
        "plain small",
        key::PLAN_REMOVE.say(),
    );
    let group = div("editing row", vec![swap, to(false), to(true), remove]);
    with(group, &[("role", "group"), ("aria-label", name)])
}

/// What did not happen: it waits, and nobody is reproached.
fn missed(state: &State, on: &On) -> Html {
    if state.week.missed.is_empty() {
        return nothing();
    }
    let one = |moment: &Moment| {
        let spot = (moment.planned.on, moment.place);
        let title = el("h3", "", vec![text(moment.title.clone())]);
        let to_today = Act::Plan(Do::Move(spot, state.today));
        let buttons = vec![
            button(on, to_today, "quiet small", key::PLAN_TO_TODAY.say()),
            button(
                on,
                Act::Plan(Do::Remove(spot)),
                "plain small",
                key::PLAN_LET_GO.say(),
            ),
        ];
        let about = div(
            "about",
            vec![title, p("meta", words::date(spot.0, DateStyle::Weekday))],
        );
        el(
            "li",
            "moment",
            vec![thumb(state, moment), about, div("editing row", buttons)],
        )
    };
    let why = p("soft", key::PLAN_MISSED_WHY.say());
    let all = list(state.week.missed.iter().map(one).collect());
    section("missed", key::PLAN_MISSED.say(), vec![why, all])
}

/// On paper, and into a calendar.
fn take_along(state: &State, on: &On) -> Html {
    let size = |large: bool, name: &'static str| {
        let class = ["segment", "segment here"];
        pressed(
            on,
            Act::Plan(Do::Large(large)),
            class,
            state.desk.large == large,
            name.into(),
        )
    };
    let sizes = vec![
        size(false, key::PLAN_USUAL.say()),
        size(true, key::PLAN_LARGE.say()),
    ];
    let name = key::PLAN_SIZE.say();
    let paper = vec![
        with(
            div("segments two", sizes),
            &[("role", "group"), ("aria-label", name)],
        ),
        button(on, Act::Plan(Do::Print), "quiet", key::PLAN_PRINT.say()),
    ];
    let typed = {
        let on = on.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            on.emit(Act::Plan(Do::At(minutes(&input.value()))));
        }
    };
    let time = html! { <label class="field">{ text(key::PLAN_AT.say()) }<input type="time" onchange={typed} /></label> };
    let nickname = state
        .family
        .active_child()
        .and_then(|child| child.nickname.as_ref());
    let named = nickname.map_or_else(nothing, |name| {
        let name = key::PLAN_NAMED.with(&[("name", name.as_str())]);
        check(on, Act::Plan(Do::Named), state.desk.named, name.into())
    });
    let calendar = vec![
        time,
        named,
        p("soft small-print", key::PLAN_CALENDAR_WHY.say()),
        button(on, Act::Plan(Do::Calendar), "quiet", key::PLAN_SAVE.say()),
    ];
    let both = vec![
        section("card body", key::PLAN_PAPER.say(), paper),
        section("card body", key::PLAN_CALENDAR.say(), calendar),
    ];
    div("take-along", both)
}
