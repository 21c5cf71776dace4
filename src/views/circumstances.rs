//! What today is like: one tap each, and at once how many activities fit.

use yew::prelude::*;

use super::parts::{button, div, el, heading, item, link, nothing, p, section, status, text, toggle};
use super::On;
use crate::app::{today, Act, State};
use crate::model::circumstances::Asks;
use crate::model::Present;
use crate::route::Route;
use crate::words::{capital, key};

/// The screen.
pub fn circumstances(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return nothing();
    };
    let mut all = vec![
        heading(key::CIRCUMSTANCES_TITLE.say()),
        p("lead", key::CIRCUMSTANCES_LEAD.say()),
    ];
    all.extend(Asks::ALL.map(|asks| question(asks, present, on)));
    all.push(things(state, present, on));
    all.push(later_relax(state, on));
    let fit = state.fit.as_ref().map(|fit| text(fit.said(present)));
    all.push(div(
        "fit-bar",
        vec![
            status("", fit.into_iter().collect()),
            link(
                on,
                &Route::Today,
                "button main",
                text(key::CIRCUMSTANCES_TO_PICKS.say()),
            ),
        ],
    ));
    all.push(declined(state, on));
    div("circumstances", all)
}

fn question(asks: Asks, present: &Present, on: &On) -> Html {
    let holding = asks.holding(present);
    let answer = |answer: usize| {
        let act = Act::Today(today::Act::Answer(asks, answer));
        toggle(
            on,
            act,
            "tap",
            capital(&asks.answer(answer)),
            holding == Some(answer),
        )
    };
    group(asks.said(present), (0..asks.count()).map(answer).collect())
}

fn things(state: &State, present: &Present, on: &On) -> Html {
    let kinds = state.knowledge.catalogue.things.iter().enumerate();
    let all = kinds.map(|(place, thing)| {
        let missing = present.circumstances.missing.contains(&thing.id);
        let act = Act::Today(today::Act::Lack(place));
        toggle(on, act, "tap lack", thing.name.clone(), missing)
    });
    group(key::ASKS_THINGS.say().to_owned(), all.collect())
}

fn group(asks: String, taps: Vec<Html>) -> Html {
    el(
        "fieldset",
        "",
        vec![el("legend", "", vec![text(asks)]), div("taps", taps)],
    )
}

/// What would make more fit, where few do.
#[inline(never)]
pub fn later_relax(state: &State, on: &On) -> Html {
    let ways = state.fit.as_ref().map_or(&[][..], |fit| &fit.ways);
    if ways.is_empty() {
        return nothing();
    }
    let ways = ways.iter().enumerate().map(|(place, way)| {
        let act = Act::Today(today::Act::Relax(place));
        item(
            "",
            &way.said,
            vec![button(on, act, "quiet wide", way.said.clone())],
        )
    });
    let ways = el("ul", "plain", ways.collect());
    section("relax card body", key::RELAX_TITLE.say(), vec![ways])
}

/// What is left out, and the way back for it.
fn declined(state: &State, on: &On) -> Html {
    let mut all = Vec::new();
    let child = state.family.active_child();
    for one in child.into_iter().flat_map(|child| child.declined_on(state.today)) {
        if let Some((_, activity)) = state.knowledge.activity(&one.activity) {
            let why = super::activity::reason(one.reason).say();
            let back = key::DECLINE_BACK.with(&[("title", &activity.title)]);
            let act = Act::Today(today::Act::Welcome(activity.id.clone()));
            let row = vec![p("soft", why), button(on, act, "quiet small", back)];
            all.push(item("", &activity.id, row));
        }
    }
    if all.is_empty() {
        return nothing();
    }
    let what = p("soft", key::CIRCUMSTANCES_DECLINED_WHAT.say());
    section(
        "declined",
        key::CIRCUMSTANCES_DECLINED.say(),
        vec![what, el("ul", "plain", all)],
    )
}
